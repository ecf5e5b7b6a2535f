"""The parts of a state document: resources, their instances and objects, output values.

All are immutable by contract, and replaced rather than edited; see :mod:`iacctl_state.document`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Json: TypeAlias = Any
"""Undecoded JSON data: dict, list, str, bool, int, None, and NumberLiteral for numbers that are not plain integers."""

InstanceKey: TypeAlias = int | str | None
"""``None`` without count and for_each, ``int`` with count, ``str`` with for_each."""

ResourceKey: TypeAlias = tuple[str, str, str, str]
"""Module instance address ("" is the root module), mode, type and name: ``("module.a[0]", "managed", "t", "n")``."""

Mode: TypeAlias = Literal["managed", "data"]
Status: TypeAlias = Literal["ready", "tainted"]

READY: Final = "ready"
TAINTED: Final = "tainted"
MANAGED: Final = "managed"
DATA: Final = "data"


class NumberLiteral:
    """A JSON number that is not a plain integer, as the text that stood in the file.

    Keeping the text means that no digit is lost: Terraform's numbers have 512 bits, a Python float has 53.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"NumberLiteral({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NumberLiteral) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)


class ObjectState:
    """One remote object as last seen. Immutable by contract: use :meth:`replace`.

    Args:
        attributes: Undecoded attribute values, or ``None`` where ``attributes_flat`` is used instead.
        attributes_flat: Attribute values in the flat form of Terraform 0.11 and older.
        status: ``"ready"`` or ``"tainted"``.
        schema_version: Version of the resource type's schema that wrote the attributes.
        sensitive_attributes: Attribute paths in the file's own form (a list of paths, each a list of steps).
        private: The provider's private data: base64 text as in the file, ``None`` when there is none.
        dependencies: Addresses of the resources (not instances) that this object depends on. Sorted when written.
        create_before_destroy: Whether the object's replacement is created before it is destroyed.
        identity: Undecoded resource identity, ``None`` when the provider gave none.
        identity_schema_version: Version of the identity's schema.
        extra: Fields this version does not know, kept as they are.
    """

    __slots__ = (
        "attributes",
        "attributes_flat",
        "create_before_destroy",
        "dependencies",
        "extra",
        "identity",
        "identity_schema_version",
        "private",
        "schema_version",
        "sensitive_attributes",
        "status",
        "text",
    )

    text: str | None
    """The writer's cache: this object as it stands in a state file (without key and status). Not for others."""

    def __init__(
        self,
        attributes: dict[str, Json] | None,
        *,
        attributes_flat: dict[str, str] | None = None,
        status: Status = READY,
        schema_version: int = 0,
        sensitive_attributes: list[Json] | None = None,
        private: str | None = None,
        dependencies: tuple[str, ...] = (),
        create_before_destroy: bool = False,
        identity: Json = None,
        identity_schema_version: int = 0,
        extra: dict[str, Json] | None = None,
    ) -> None:
        self.attributes = attributes
        self.attributes_flat = attributes_flat
        self.status: Status = status
        self.schema_version = schema_version
        self.sensitive_attributes = sensitive_attributes
        self.private = private
        self.dependencies = dependencies
        self.create_before_destroy = create_before_destroy
        self.identity = identity
        self.identity_schema_version = identity_schema_version
        self.extra = extra
        self.text = None

    def replace(self, **changes: Any) -> ObjectState:
        """A copy with some fields (named as in the constructor) changed."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "text"}
        fields.update(changes)
        return ObjectState(fields.pop("attributes"), **fields)

    def __repr__(self) -> str:  # attribute values may be secret: never shown
        return f"<ObjectState {self.status} schema {self.schema_version}>"


class InstanceState(NamedTuple):
    """What the state holds for one resource instance. Replaced as a whole when one of its objects changes."""

    current: ObjectState | None
    deposed: Mapping[str, ObjectState] = {}
    """Objects waiting to be destroyed, by deposed key (eight hexadecimal digits)."""


class ResourceState:
    """One resource block in one module instance, with its instances.

    Read freely; change it only through :class:`StateDocument`.

    Args:
        module: Module instance address, "" for the root module.
        mode: ``"managed"`` or ``"data"``.
        type: Resource type.
        name: Resource name.
        provider: The provider configuration's address as in the file: ``provider["registry.example/ns/type"].alias``.
        instances: Instances by key.
        extra: Fields this version does not know.
    """

    __slots__ = ("extra", "instances", "mode", "module", "name", "owner", "provider", "type")

    owner: object
    """The document token under which ``instances`` may be edited in place. Not for others."""

    def __init__(
        self,
        module: str,
        mode: Mode,
        type: str,
        name: str,
        provider: str,
        instances: dict[InstanceKey, InstanceState] | None = None,
        extra: dict[str, Json] | None = None,
    ) -> None:
        self.module = module
        self.mode: Mode = mode
        self.type = type
        self.name = name
        self.provider = provider
        self.instances: dict[InstanceKey, InstanceState] = {} if instances is None else instances
        self.extra = extra
        self.owner = None

    @property
    def key(self) -> ResourceKey:
        """The key of this resource in :attr:`StateDocument.resources`."""
        return (self.module, self.mode, self.type, self.name)

    def __repr__(self) -> str:
        return f"<ResourceState {'.'.join(filter(None, self.key))} with {len(self.instances)} instances>"


class OutputState(NamedTuple):
    """One root module output value.

    ``value`` and ``type`` are undecoded JSON; the type is in cty's JSON form, such as ``["list", "string"]``.
    """

    value: Json
    type: Json
    sensitive: bool = False
    extra: dict[str, Json] | None = None
