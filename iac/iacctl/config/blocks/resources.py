"""`resource`, `data` and `ephemeral` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs.resources import DATA, EPHEMERAL, MANAGED
from iacctl.config import traversals
from iacctl.config.model import Resource
from iacctl.config.names import check_name
from iacctl.diag import Range
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.addrs.resources import Mode
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block, Content

_ARGUMENTS: Final = {"count": False, "for_each": False, "provider": False, "depends_on": False}
SCHEMA: Final = BodySchema(
    _ARGUMENTS, {"locals": (), "lifecycle": (), "connection": (), "provisioner": ("type",), "_": ()}
)
DATA_SCHEMA: Final = BodySchema(_ARGUMENTS, {"lifecycle": (), "locals": (), "_": ()})
_LABELS: Final = {
    MANAGED: ("resource type", "resource"),
    DATA: ("data source", "data resource"),
    EPHEMERAL: ("ephemeral resource type", "ephemeral resource"),
}
_BLOCK_NAMES: Final = {MANAGED: "resource", DATA: "data", EPHEMERAL: "ephemeral"}


def decode(block: Block, diags: Diagnostics, *, override: bool = False) -> Resource:
    """A `resource` block."""
    resource, content = _begin(block, MANAGED, SCHEMA, diags)
    _meta_arguments(resource, content.attributes, diags)
    if content.blocks:
        _managed_blocks(resource, content, diags, override)
    return resource


def decode_data(block: Block, diags: Diagnostics, *, override: bool = False, check: str | None = None) -> Resource:
    """A `data` block; `check` names the check block that it stands in."""
    resource, content = _begin(block, DATA, DATA_SCHEMA, diags)
    if check is not None:
        resource.enclosing_check = check
        _refuse_repetition(content.attributes, diags)
        content = content._replace(
            attributes={
                name: attribute for name, attribute in content.attributes.items() if name not in ("count", "for_each")
            }
        )
    _meta_arguments(resource, content.attributes, diags)
    if content.blocks:
        _other_blocks(resource, content, diags, override)
    return resource


def decode_ephemeral(block: Block, diags: Diagnostics, *, override: bool = False) -> Resource:
    """An `ephemeral` block."""
    resource, content = _begin(block, EPHEMERAL, DATA_SCHEMA, diags)
    _meta_arguments(resource, content.attributes, diags)
    if content.blocks:
        _other_blocks(resource, content, diags, override)
    return resource


def _begin(block: Block, mode: Mode, schema: BodySchema, diags: Diagnostics) -> tuple[Resource, Content]:
    content, rest = block.body.partial_content(schema, diags)
    type_, name = block.labels
    file = block.file
    (type_start, type_end), (name_start, name_end) = block.label_spans
    type_range = Range(file, type_start, type_end)
    resource = Resource(mode, type_, name, rest, Range(file, block.definition_start, block.definition_end), type_range)
    type_what, name_what = _LABELS[mode]
    if not type_.isidentifier():
        check_name(type_, type_what, type_range, diags)
    if not name.isidentifier():
        check_name(name, name_what, Range(file, name_start, name_end), diags)
    return resource, content


def _meta_arguments(resource: Resource, attributes: dict[str, Attribute], diags: Diagnostics) -> None:
    if not attributes:
        return
    if "count" in attributes:
        resource.count = attributes["count"].expression
    if "for_each" in attributes:
        resource.for_each = attributes["for_each"].expression
        if resource.count is not None:
            refuse_both(attributes["for_each"], diags)
    if "provider" in attributes:
        resource.provider_ref = traversals.provider_ref(attributes["provider"].expression, "provider", diags)
    if "depends_on" in attributes:
        resource.depends_on = traversals.depends_on(attributes["depends_on"], diags)


def refuse_both(for_each: Attribute, diags: Diagnostics) -> None:
    """Report that `for_each` stands beside `count`."""
    diags.error(
        'Invalid combination of "count" and "for_each"',
        'The "count" and "for_each" meta-arguments are mutually-exclusive, only one should be used to be explicit about'
        " the number of resources to be created.",
        for_each.name_range,
    )


def _refuse_repetition(attributes: dict[str, Attribute], diags: Diagnostics) -> None:
    for name in ("count", "for_each"):
        if name in attributes:
            diags.error(
                f'Invalid "{name}" attribute',
                'The "count" and "for_each" meta-arguments are not supported within nested data blocks.',
                attributes[name].name_range,
            )


def _managed_blocks(resource: Resource, content: Content, diags: Diagnostics, override: bool) -> None:
    seen: dict[str, Block] = {}
    for nested in content.blocks:
        kind = nested.type
        if kind == "lifecycle":
            if _is_first(seen, nested, "resource", diags):
                from iacctl.config.blocks import lifecycle

                lifecycle.decode(resource, nested, diags, override=override)
        elif kind == "connection":
            if _is_first(seen, nested, "resource", diags):
                resource.connection = nested.body
        elif kind == "provisioner":
            from iacctl.config.blocks import provisioners

            provisioner = provisioners.decode(nested, diags)
            if provisioner is not None:
                resource.provisioners.append(provisioner)
        elif kind == "_":
            _escape(resource, seen, nested, diags)
        else:
            _reserved(nested, "resource", diags)
    destroying = [provisioner for provisioner in resource.provisioners if provisioner.when == "destroy"]
    if destroying:
        bodies = [body for provisioner in destroying for body in (provisioner.body, provisioner.connection)]
        for body in (*bodies, resource.connection):
            provisioners.check_destroy_references(body, diags)


def _other_blocks(resource: Resource, content: Content, diags: Diagnostics, override: bool) -> None:
    seen: dict[str, Block] = {}
    for nested in content.blocks:
        kind = nested.type
        if kind == "lifecycle":
            if resource.enclosing_check is not None:
                diags.error(
                    "Invalid lifecycle block",
                    'Nested data blocks do not support "lifecycle" blocks as the lifecycle is managed by the containing'
                    " block.",
                    nested.definition_range,
                )
            if _is_first(seen, nested, "resource", diags):
                from iacctl.config.blocks import lifecycle

                lifecycle.decode_conditions_only(resource, nested, diags, override=override)
        elif kind == "_":
            _escape(resource, seen, nested, diags)
        else:
            _reserved(nested, _BLOCK_NAMES[resource.mode], diags)


def _is_first(seen: dict[str, Block], block: Block, owner: str, diags: Diagnostics) -> bool:
    first = seen.setdefault(block.type, block)
    if first is block:
        return True
    diags.error(
        f"Duplicate {block.type} block",
        f"This {owner} already has a {block.type} block at {first.definition_range}.",
        block.definition_range,
    )
    return False


def _escape(resource: Resource, seen: dict[str, Block], block: Block, diags: Diagnostics) -> None:
    first = seen.setdefault("_", block)
    if first is block:
        from iacctl.config.bodies import JoinedBody

        resource.body = JoinedBody((resource.body, block.body))
        return
    owner = "resource" if resource.mode == MANAGED else "data"  # Terraform says so of ephemeral blocks, too
    diags.error(
        "Duplicate escaping block",
        'The special block type "_" can be used to force particular arguments to be interpreted as'
        f" resource-type-specific rather than as meta-arguments, but each {owner} block can have"
        f" only one such block. The first escaping block was at {first.definition_range}.",
        block.definition_range,
    )


def _reserved(block: Block, owner: str, diags: Diagnostics) -> None:
    diags.error(
        f"Reserved block type name in {owner} block",
        f'The block type name "{block.type}" is reserved for use by Terraform in a future version.',
        block.type_range,
    )
