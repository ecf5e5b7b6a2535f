"""Query files (`.tfquery.hcl`): `list` blocks, which find objects in remote systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from iacctl.config import traversals
from iacctl.config.file import File
from iacctl.config.names import check_name
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.addrs import Provider
    from iacctl.config.declarations import ProviderRef
    from iacctl.diag import Diagnostics, Range, SourceFile
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.body import Block, Body

EXTENSION: Final = ".tfquery.hcl"
"""The end of the names of query files."""

ListKey: TypeAlias = "tuple[str, str]"
"""Type and name: what tells the list blocks of a configuration apart."""

SCHEMA: Final = BodySchema(
    {}, {"list": ("type", "name"), "provider": ("name",), "variable": ("name",), "locals": ()}
)
LIST_SCHEMA: Final = BodySchema(
    {"count": False, "for_each": False, "provider": False, "include_resource": False, "limit": False}, {"config": ()}
)


class ListBlock:
    """A `list` block.

    Attributes:
        type: the type of the resources that are listed.
        name: the name.
        config: the body of the `config` block; None if there is none.
        count: how many instances, or None.
        for_each: the collection with an instance for each element, or None.
        include_resource: whether whole objects are wanted, not only their identities; None if not given.
        limit: how many objects are wanted; None if not given.
        provider_ref: what the `provider` argument names; None if it was missing (an error that has been reported).
        provider: the source address of the provider.
        range: the block's header.
        type_range: the type label.
    """

    __slots__ = (
        "config",
        "count",
        "for_each",
        "include_resource",
        "limit",
        "name",
        "provider",
        "provider_ref",
        "range",
        "type",
        "type_range",
    )

    def __init__(self, type: str, name: str, range: Range, type_range: Range) -> None:
        self.type = type
        self.name = name
        self.range = range
        self.type_range = type_range
        self.config: Body | None = None
        self.count: Expression | None = None
        self.for_each: Expression | None = None
        self.include_resource: Expression | None = None
        self.limit: Expression | None = None
        self.provider_ref: ProviderRef | None = None
        self.provider: Provider = None  # type: ignore[assignment]  # set once the module's required_providers are known

    @property
    def key(self) -> ListKey:
        """The key in `Module.lists`."""
        return (self.type, self.name)

    @property
    def provider_config_key(self) -> tuple[str, str | None]:
        """Local name and alias of the provider configuration that serves the block."""
        return ("", None) if self.provider_ref is None else self.provider_ref.key

    def __str__(self) -> str:
        return f"list.{self.type}.{self.name}"


def decode(source: SourceFile, body: Body, diags: Diagnostics) -> File:
    """Read the body of a query file."""
    from iacctl.config.blocks import outputs, providers, variables

    file = File(source)
    seen: dict[ListKey, ListBlock] = {}
    for block in body.content(SCHEMA, diags).blocks:
        if block.type == "list":
            item = _decode_list(block, diags)
            first = seen.setdefault(item.key, item)
            if first is not item:
                diags.error(
                    'Duplicate "list" block names',
                    f"This query file already has a list block named {item.type}.{item.name} defined at {first.range}.",
                    item.range,
                )
            file.lists.append(item)
        elif block.type == "provider":
            file.provider_configs.append(providers.decode(block, diags))
        elif block.type == "variable":
            file.variables.append(variables.decode(block, diags))
        else:
            file.locals.extend(outputs.decode_locals(block, diags))
    return file


def _decode_list(block: Block, diags: Diagnostics) -> ListBlock:
    content = block.body.content(LIST_SCHEMA, diags)
    type_, name = block.labels
    item = ListBlock(type_, name, block.definition_range, block.label_ranges[0])
    check_name(name, "list block", block.definition_range, diags)
    attributes = content.attributes
    if "count" in attributes:
        item.count = attributes["count"].expression
    if "for_each" in attributes:
        item.for_each = attributes["for_each"].expression
        if item.count is not None:
            diags.error(
                'Invalid combination of "count" and "for_each"',
                'The "count" and "for_each" meta-arguments are mutually-exclusive.',
                attributes["for_each"].name_range,
            )
    if "provider" in attributes:
        item.provider_ref = traversals.provider_ref(attributes["provider"].expression, "provider", diags)
    else:
        diags.error(
            'Missing "provider" attribute',
            "You must specify a provider attribute when defining a list block.",
            block.definition_range,
        )
    if "include_resource" in attributes:
        item.include_resource = attributes["include_resource"].expression
    if "limit" in attributes:
        item.limit = attributes["limit"].expression
    for nested in content.blocks:
        if item.config is not None:
            diags.error(
                "Duplicate config block", 'A list block must contain only one nested "config" block.', nested.type_range
            )
            continue
        item.config = nested.body
    return item
