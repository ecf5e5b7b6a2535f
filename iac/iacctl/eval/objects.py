"""Objects of the state as values: decoded by their provider, encoded by their schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl import values
from iacctl.provider import requests
from iacctl.values import SENSITIVE, Index
from iacctl_state.document import ObjectState, OutputState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.provider.schema import Schema
    from iacctl.values import Mark, Value
    from iacctl.values.paths import Path
    from iacctl_state.document import Status

SENSITIVE_ONLY: Final[frozenset[Mark]] = frozenset((SENSITIVE,))


class Object(NamedTuple):
    """A remote object as the engine handles it.

    Attributes:
        value: its attributes, conforming to the schema; sensitive parts are marked.
        private: the provider's private data.
        status: "ready" or "tainted".
        dependencies: addresses of resources (as text, without keys) that it was made from.
        create_before_destroy: whether a replacement is created first.
        identity: its identity, or None.
        retained: whether it is forgotten where it would be destroyed.
        provider_key: which instance of its provider's configuration it belongs to, where that has `for_each`.
    """

    value: Value
    private: bytes = b""
    status: Status = "ready"
    dependencies: tuple[str, ...] = ()
    create_before_destroy: bool = False
    identity: Value = None
    retained: bool = False
    provider_key: str | None = None


_RETAINED: Final = "skip_destroy"
"""The field of OpenTofu's states that says so of an object; Terraform takes no notice of it."""


def upgrade_request(type_name: str, stored: ObjectState) -> requests.UpgradeStateRequest:
    """The request that makes a value of a stored object."""
    return requests.UpgradeStateRequest(
        type_name, stored.schema_version, stored.attributes, stored.attributes_flat
    )


def decoded(stored: ObjectState, value: Value) -> Object:
    """The object whose upgraded value is given."""
    if stored.sensitive_attributes:
        paths = [path for item in stored.sensitive_attributes if (path := path_from_json(item)) is not None]
        value = values.mark_with_paths(value, [(path, SENSITIVE_ONLY) for path in paths])
    private = b""
    if stored.private:
        from binascii import a2b_base64

        private = a2b_base64(stored.private)
    retained = stored.extra is not None and stored.extra.get(_RETAINED) is True
    return Object(
        value,
        private,
        stored.status,
        stored.dependencies,
        stored.create_before_destroy,
        retained=retained,
        provider_key=provider_key(stored),
    )


_PROVIDER: Final = "provider_instance_key"
"""The field of an object in the state that names its provider instance. Terraform takes no notice of it."""


def provider_key(stored: ObjectState | None) -> str | None:
    """The key of the provider instance that the state notes for an object, if any."""
    found = None if stored is None or stored.extra is None else stored.extra.get(_PROVIDER)
    return found if type(found) is str else None


def decoded_data(stored: ObjectState, schema: Schema) -> Object | None:
    """A stored data source's object; None when it does not fit the schema (it is then to be read anew).

    Data sources are not upgraded, as they are read again by each plan.
    """
    try:
        value = values.json.decode(stored.attributes, schema.block.object_type)
    except values.json.JsonError:
        return None
    return decoded(stored, value)


def encoded(item: Object, schema: Schema) -> ObjectState:
    """The object as a state file holds it. Marks become sensitive paths; unknown values are a fault of the caller."""
    value = item.value
    sensitive: list[Any] | None = None
    if values.has_marks(value):
        value, found = values.unmark_deep_with_paths(value)
        sensitive = sorted(
            (path_to_json(path) for path, marks in found if SENSITIVE in marks),
            key=repr,
        )
    private: str | None = None
    if item.private:
        from binascii import b2a_base64

        private = b2a_base64(item.private, newline=False).decode()
    return ObjectState(
        values.json.encode(value, schema.block.object_type),
        status=item.status,
        schema_version=schema.version,
        sensitive_attributes=sensitive if sensitive is not None else [],
        private=private,
        dependencies=item.dependencies,
        create_before_destroy=item.create_before_destroy,
        identity=_encoded_identity(item.identity),
        identity_schema_version=schema.identity.version if schema.identity else 0,
        extra=_extra(item) if item.retained or item.provider_key is not None else None,
    )


def _extra(item: Object) -> dict[str, Any]:
    found: dict[str, Any] = {_RETAINED: True} if item.retained else {}
    if item.provider_key is not None:
        found[_PROVIDER] = item.provider_key
    return found


def _encoded_identity(identity: Value) -> Any:
    if identity is None or values.is_null(identity):
        return None
    return values.json.encode(identity, values.type_of(identity))


def without_unknown(value: Value, before: Value = None) -> Value:
    """The value with what it was before, or else nulls, in place of what is unknown."""

    def settle(path: Path, part: Value) -> Value:
        if not isinstance(part, values.Unknown):
            return part
        try:
            former = values.paths.apply(path, before)
        except values.PathError:
            return values.null_of(part.type)
        return former if values.type_of(former) is part.type else values.null_of(part.type)

    if values.is_wholly_known(value):
        return value
    return values.paths.transform(value, settle)


def output_state(value: Value, sensitive: bool) -> OutputState:
    """An output value as a state file holds it."""
    kind = values.type_of(value)
    return OutputState(values.json.encode(value, kind), values.type_to_json(kind), sensitive)


def path_to_json(path: Path) -> list[dict[str, Any]]:
    """A path as `sensitive_attributes` of a state file writes it."""
    steps: list[dict[str, Any]] = []
    for step in path:
        if type(step) is str:
            steps.append({"type": "get_attr", "value": step})
        else:
            assert isinstance(step, Index)
            key = step.key
            kind = values.type_to_json(values.type_of(key))
            steps.append(
                {"type": "index", "value": {"value": values.json.encode(key, values.type_of(key)), "type": kind}}
            )
    return steps


def path_from_json(steps: Iterable[Any]) -> Path | None:
    """The path that `sensitive_attributes` of a state file holds; None when it is of no known form."""
    path: list[str | Index] = []
    for step in steps:
        if not isinstance(step, dict):
            return None
        if step.get("type") == "get_attr" and isinstance(step.get("value"), str):
            path.append(step["value"])
        elif step.get("type") == "index" and isinstance(step.get("value"), dict):
            inner = step["value"]
            try:
                kind = values.type_from_json(inner.get("type"))
                path.append(Index(values.json.decode(inner.get("value"), kind)))
            except (ValueError, KeyError, values.json.JsonError):
                return None
        else:
            return None
    return tuple(path)


def object_id(value: Value) -> tuple[str, str]:
    """The attribute by which people know an object, and its text: `("id", "i-123")`, or two empty strings.

    Terraform shows `id`, else `name` (its "object value ID or name" rule), never a sensitive one.
    """
    members = attributes_of(value)
    if members is not None:
        for name in ("id", "name"):
            found = members.get(name)
            if type(found) is str:
                return name, found
    return "", ""


def attributes_of(value: Value) -> dict[str, Value] | None:
    """The attributes of an object value, marked or not; None when there are none to be seen."""
    if type(value) is values.Marked:
        value = value.value
    if type(value) is dict:
        return value
    if type(value) is values.ObjectValue:
        return value.attributes
    return None


def is_absent(value: Value) -> bool:
    """Whether a provider's object says that there is no object."""
    return values.is_null(value)
