"""The journal's records, and their JSON form.

A record is a JSON array that begins with its kind. Objects are written with the field names of the state file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from iacctl_state.document import READY, ObjectState, OutputState
from iacctl_state.errors import JournalCorruptError
from iacctl_state.json_text import compact, decode

if TYPE_CHECKING:
    from iacctl_state.document import InstanceKey, Json, ResourceKey

FORMAT: Final = 1
"""The version of the journal's format that is read and written."""


class Header(NamedTuple):
    """Which state the journal belongs to."""

    format: int
    lineage: str
    """The state's lineage; for a state that does not exist yet, the one that it will have."""
    serial: int
    """The serial of the document that the records change."""
    digest: str
    """The digest of that document; "" when there was none."""
    workspace: str
    created: float
    """Unix time in seconds."""


class Intent(NamedTuple):
    """A provider call is about to go out."""

    id: str
    """Unique for all time: it survives the rewriting of journals."""
    key: ResourceKey
    instance_key: InstanceKey
    deposed: str | None
    action: str
    """``create``, ``update``, ``delete``, or another name for what is about to happen."""
    provider: str
    planned: Json
    """The planned values as JSON data, for finding the object by a unique argument."""
    private: str | None
    """The planned private data, base64 text."""
    token: str | None
    """The idempotency token passed to the provider, if it takes one."""
    created: float
    """Unix time in seconds."""


class Progress(NamedTuple):
    """The provider let know a part of the result before its call returned."""

    intent: str
    object: ObjectState


class SetObject(NamedTuple):
    """An object is now as given: the result of a call, or of a read."""

    key: ResourceKey
    instance_key: InstanceKey
    deposed: str | None
    provider: str
    object: ObjectState
    intent: str | None
    """The intent that this resolves."""


class RemoveObject(NamedTuple):
    """An object is gone, or forgotten."""

    key: ResourceKey
    instance_key: InstanceKey
    deposed: str | None
    intent: str | None


class Depose(NamedTuple):
    """The current object becomes a deposed one."""

    key: ResourceKey
    instance_key: InstanceKey
    deposed: str


class RestoreDeposed(NamedTuple):
    """A deposed object becomes current again."""

    key: ResourceKey
    instance_key: InstanceKey
    deposed: str


class MoveInstance(NamedTuple):
    """An instance is under another address now, with all its objects."""

    key: ResourceKey
    instance_key: InstanceKey
    to: ResourceKey
    to_instance_key: InstanceKey


class Resolve(NamedTuple):
    """An intent came to nothing, or the user has dealt with it."""

    intent: str


class SetOutput(NamedTuple):
    """An output value changed; ``None`` when it is gone."""

    name: str
    output: OutputState | None


class SetChecks(NamedTuple):
    """The check results changed."""

    results: list[Json] | None


class Saved(NamedTuple):
    """A document with everything up to here is about to be stored."""

    digest: str
    serial: int


Record: TypeAlias = (
    Header
    | Intent
    | Progress
    | SetObject
    | RemoveObject
    | Depose
    | RestoreDeposed
    | MoveInstance
    | Resolve
    | SetOutput
    | SetChecks
    | Saved
)


def encode(record: Record) -> bytes:
    """A record's JSON form."""
    fields: tuple[Json, ...]
    if isinstance(record, SetObject):  # the most frequent
        key, instance_key, deposed, provider, obj, intent = record
        fields = ("set", *key, instance_key, deposed, provider, _object_to_json(obj), intent)
    elif isinstance(record, Intent):
        key = record.key
        fields = ("intent", record.id, *key, *record[2:])
    elif isinstance(record, Progress):
        fields = ("progress", record.intent, _object_to_json(record.object))
    elif isinstance(record, MoveInstance):
        fields = ("move", *record.key, record.instance_key, *record.to, record.to_instance_key)
    elif isinstance(record, SetOutput):
        fields = ("output", record.name, None if record.output is None else list(record.output))
    else:
        name = _NAMES[type(record)]
        if isinstance(record, (RemoveObject, Depose, RestoreDeposed)):
            fields = (name, *record.key, *record[1:])
        else:
            fields = (name, *record)
    return compact(fields).encode("utf-8", "surrogatepass")


def decode_record(payload: bytes) -> Record:
    """A record from its JSON form.

    Raises:
        JournalCorruptError: It is not one of ours.
    """
    try:
        fields = decode(payload.decode("utf-8", "surrogatepass"))
        return _decode(fields[0], fields[1:])
    except Exception as error:  # whatever a strange payload makes fail: the checksum was right, so it is not damage
        raise JournalCorruptError(
            "Unknown record in the journal", "It was written by another version of iacctl; use that one to recover."
        ) from error


def _decode(name: str, rest: list[Json]) -> Record:
    if name == "set":
        module, mode, type_, label, instance_key, deposed, provider, obj, intent = rest
        return SetObject((module, mode, type_, label), instance_key, deposed, provider, _object_from_json(obj), intent)
    if name == "intent":
        id_, module, mode, type_, label, *others = rest
        others[-1] = float(str(others[-1]))
        return Intent(id_, (module, mode, type_, label), *others)
    if name == "progress":
        return Progress(rest[0], _object_from_json(rest[1]))
    if name == "move":
        module, mode, type_, label, instance_key, *to, to_instance_key = rest
        return MoveInstance((module, mode, type_, label), instance_key, (to[0], to[1], to[2], to[3]), to_instance_key)
    if name == "output":
        return SetOutput(rest[0], None if rest[1] is None else OutputState(*rest[1]))
    if name == "header":
        rest[-1] = float(str(rest[-1]))
        return Header(*rest)
    if name == "checks":
        return SetChecks(*rest)
    if name == "saved":
        return Saved(*rest)
    if name == "resolve":
        return Resolve(*rest)
    module, mode, type_, label, *others = rest
    key = (module, mode, type_, label)
    if name == "remove":
        return RemoveObject(key, *others)
    if name == "depose":
        return Depose(key, *others)
    if name == "restore":
        return RestoreDeposed(key, *others)
    raise ValueError(name)


_NAMES: Final[dict[type, str]] = {
    Header: "header",
    RemoveObject: "remove",
    Depose: "depose",
    RestoreDeposed: "restore",
    Resolve: "resolve",
    SetChecks: "checks",
    Saved: "saved",
}


def _object_to_json(obj: ObjectState) -> dict[str, Json]:
    fields: dict[str, Json] = {"attributes": obj.attributes}
    if obj.status != READY:
        fields["status"] = obj.status
    if obj.schema_version:
        fields["schema_version"] = obj.schema_version
    if obj.sensitive_attributes:
        fields["sensitive_attributes"] = obj.sensitive_attributes
    if obj.private:
        fields["private"] = obj.private
    if obj.dependencies:
        fields["dependencies"] = obj.dependencies
    if obj.create_before_destroy:
        fields["create_before_destroy"] = True
    if obj.identity is not None:
        fields["identity"] = obj.identity
    if obj.identity_schema_version:
        fields["identity_schema_version"] = obj.identity_schema_version
    if obj.attributes_flat is not None:
        fields["attributes_flat"] = obj.attributes_flat
    if obj.extra:
        fields["extra"] = obj.extra
    return fields


def _object_from_json(fields: dict[str, Json]) -> ObjectState:
    others = dict(fields)
    attributes = others.pop("attributes")
    others["dependencies"] = tuple(others.get("dependencies", ()))
    return ObjectState(attributes, **others)
