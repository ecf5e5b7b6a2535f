"""Schemas: what a provider says about the shape of its configuration, resources and data sources.

The model is that of Terraform's plugin protocol, version 6: attributes (with a type or with nested attributes) and
nested blocks, each with a nesting mode.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, TypeVar

from iacctl.values import types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl.values.types import Type

T = TypeVar("T")
Nesting: TypeAlias = Literal["single", "group", "list", "set", "map"]
SINGLE: Final = "single"
GROUP: Final = "group"
LIST: Final = "list"
SET: Final = "set"
MAP: Final = "map"


class Attribute(NamedTuple):
    """One attribute: either `type` or `nested` is given.

    `deprecated` is the message to show, or empty.
    """

    type: Type | None = None
    nested: NestedObject | None = None
    required: bool = False
    optional: bool = False
    computed: bool = False
    sensitive: bool = False
    write_only: bool = False
    deprecated: str = ""
    description: str = ""
    markdown: bool = False

    def value_type(self) -> Type:
        """The type of the attribute's value, whichever way it was declared."""
        if self.nested is not None:
            return self.nested.value_type
        assert self.type is not None
        return self.type

    def config_type(self) -> Type:
        """What a configured value is converted to: in nested attributes, those that need not be given may be missing."""
        return self.value_type() if self.nested is None else self.nested.config_type

    def holds_computed(self) -> bool:
        """Whether the attribute, or one nested in it, is computed."""
        return self.computed or (self.nested is not None and self.nested.has_computed)

    def holds_sensitive(self) -> bool:
        """Whether the attribute, or one nested in it, is sensitive."""
        return self.sensitive or (self.nested is not None and self.nested.has_sensitive)

    def holds_write_only(self) -> bool:
        """Whether the attribute, or one nested in it, is write-only."""
        return self.write_only or (self.nested is not None and self.nested.has_write_only)


class NestedObject:
    """The object type of an attribute that has attributes of its own (protocol 6).

    Attributes:
        attributes: the attributes of one object.
        nesting: how many objects there are.
        object_type: the type of one object.
        value_type: the type of the attribute's value.
        config_type: the same, with optional attributes: what a configured value is converted to.
        has_computed: whether an attribute inside, at any depth, is computed.
        has_sensitive: whether an attribute inside, at any depth, is sensitive.
        has_write_only: whether an attribute inside, at any depth, is write-only.
    """

    __slots__ = (
        "attributes",
        "config_type",
        "has_computed",
        "has_sensitive",
        "has_write_only",
        "nesting",
        "object_type",
        "value_type",
    )

    has_computed: bool
    has_sensitive: bool
    has_write_only: bool

    def __init__(self, attributes: dict[str, Attribute], nesting: Nesting) -> None:
        self.attributes = attributes
        self.nesting = nesting
        self.has_computed = any(item.holds_computed() for item in attributes.values())
        self.has_sensitive = any(item.holds_sensitive() for item in attributes.values())
        self.has_write_only = any(item.holds_write_only() for item in attributes.values())
        self.object_type = types.object_of({name: item.value_type() for name, item in attributes.items()})
        self.value_type = _nest(self.object_type, nesting, None)
        omissible = [name for name, item in attributes.items() if not item.required]
        given = types.object_of({name: item.config_type() for name, item in attributes.items()}, omissible)
        self.config_type = _nest(given, nesting, None)


class NestedBlock(NamedTuple):
    """A block type inside a block. `max_items` 0 means any number."""

    block: Block
    nesting: Nesting
    min_items: int = 0
    max_items: int = 0

    def value_type(self) -> Type:
        """The type of the value that all blocks of this type form together."""
        return _nest(self.block.object_type, self.nesting, self.block)


def _nest(object_type: Type, nesting: Nesting, block: Block | None) -> Type:
    dynamic = block is not None and object_type.has_dynamic
    if nesting == LIST:
        # Blocks whose objects may differ in type cannot share a list: they form a tuple (protocol 6, NestedBlock).
        return types.DYNAMIC if dynamic else types.list_of(object_type)
    if nesting == SET:
        return types.set_of(object_type)
    if nesting == MAP:
        return types.DYNAMIC if dynamic else types.map_of(object_type)
    return object_type


class Block:
    """The body of a resource, data source, provider or nested block. Treated as immutable.

    Attributes:
        attributes: the attributes by name.
        blocks: the nested block types by name.
        object_type: the type of the body's value.
        flat: whether there are neither nested blocks nor nested attributes.
        computed: names of the computed attributes (optional ones included).
        has_computed: whether an attribute, at any depth, is computed.
        has_sensitive: whether an attribute, at any depth, is sensitive.
        has_write_only: whether an attribute, at any depth, is write-only.
    """

    __slots__ = (
        "attributes",
        "blocks",
        "computed",
        "deprecated",
        "description",
        "flat",
        "has_computed",
        "has_sensitive",
        "has_write_only",
        "markdown",
        "object_type",
    )

    has_computed: bool
    has_sensitive: bool
    has_write_only: bool

    def __init__(
        self,
        attributes: dict[str, Attribute] | None = None,
        blocks: dict[str, NestedBlock] | None = None,
        *,
        description: str = "",
        markdown: bool = False,
        deprecated: str = "",
    ) -> None:
        self.attributes: dict[str, Attribute] = attributes or {}
        self.blocks: dict[str, NestedBlock] = blocks or {}
        self.description = description
        self.markdown = markdown
        self.deprecated = deprecated
        members = {name: item.value_type() for name, item in self.attributes.items()}
        members.update((name, item.value_type()) for name, item in self.blocks.items())
        self.object_type = types.object_of(members)
        attribute_list = self.attributes.values()
        nested = [item.block for item in self.blocks.values()]
        self.flat = not nested and all(item.nested is None for item in attribute_list)
        self.computed = tuple([name for name, item in self.attributes.items() if item.computed])
        self.has_computed = any(item.holds_computed() for item in attribute_list) or any(
            block.has_computed for block in nested
        )
        self.has_sensitive = any(item.holds_sensitive() for item in attribute_list) or any(
            block.has_sensitive for block in nested
        )
        self.has_write_only = any(item.holds_write_only() for item in attribute_list) or any(
            block.has_write_only for block in nested
        )


class IdentityAttribute(NamedTuple):
    """One part of a resource's identity."""

    type: Type
    required_for_import: bool = False
    optional_for_import: bool = False
    description: str = ""


class IdentitySchema(NamedTuple):
    """What identifies an object of a resource type in the remote system."""

    version: int
    attributes: dict[str, IdentityAttribute]


class Schema(NamedTuple):
    """A versioned block."""

    block: Block
    version: int = 0
    identity: IdentitySchema | None = None


EMPTY: Final = Schema(Block())


class FunctionParameter(NamedTuple):
    """A parameter of a provider-defined function."""

    name: str
    type: Type
    allow_null: bool = False
    allow_unknown: bool = False
    description: str = ""
    markdown: bool = False


class FunctionSchema(NamedTuple):
    """A provider-defined function."""

    parameters: tuple[FunctionParameter, ...]
    return_type: Type
    variadic: FunctionParameter | None = None
    summary: str = ""
    description: str = ""
    markdown: bool = False
    deprecated: str = ""


class ActionSchema(NamedTuple):
    """An action: its configuration block."""

    block: Block


class ProviderSchema(NamedTuple):
    """Everything a provider declares. The mappings may build their entries when first asked."""

    provider: Schema = EMPTY
    resources: Mapping[str, Schema] = {}
    data_sources: Mapping[str, Schema] = {}
    ephemeral_resources: Mapping[str, Schema] = {}
    list_resources: Mapping[str, Schema] = {}
    actions: Mapping[str, ActionSchema] = {}
    functions: Mapping[str, FunctionSchema] = {}
    provider_meta: Schema | None = None


class Lazy(Mapping[str, T]):
    """Schemas by name that are made when first looked up; iteration and `in` know all names from the start."""

    __slots__ = ("_made", "_makers")

    def __init__(self, makers: Mapping[str, Callable[[], T]]) -> None:
        self._makers = makers
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._makers[name]()
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
