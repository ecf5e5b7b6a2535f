"""`module` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import traversals
from iacctl.config.blocks.resources import refuse_both
from iacctl.config.bodies import JoinedBody
from iacctl.config.model import ModuleCall, PassedProvider
from iacctl.config.names import check_name
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics, Range
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.body import Block

_ARGUMENTS: Final = {
    "source": False,
    "version": False,
    "count": False,
    "for_each": False,
    "depends_on": False,
    "providers": False,
}
_BLOCKS: Final[dict[str, tuple[str, ...]]] = {"_": (), "lifecycle": (), "locals": (), "provider": ("type",)}
OVERRIDE_SCHEMA: Final = BodySchema(_ARGUMENTS, _BLOCKS)
SCHEMA: Final = BodySchema({**_ARGUMENTS, "source": True}, _BLOCKS)


def decode(block: Block, diags: Diagnostics, *, override: bool = False) -> ModuleCall:
    """A module call; source and version are read later, as they may refer to variables."""
    content, rest = block.body.partial_content(OVERRIDE_SCHEMA if override else SCHEMA, diags)
    call = ModuleCall(block.labels[0], rest, block.definition_range)
    check_name(call.name, "module instance", block.label_ranges[0], diags)
    attributes = content.attributes
    if "source" in attributes:
        call.source_expression = attributes["source"].expression
        call.source_range = call.source_expression.range
    if "version" in attributes:
        call.version_expression = attributes["version"].expression
        call.version_range = call.version_expression.range
    if "count" in attributes:
        call.count = attributes["count"].expression
    if "for_each" in attributes:
        call.for_each = attributes["for_each"].expression
        if call.count is not None:
            refuse_both(attributes["for_each"], diags)
    if "depends_on" in attributes:
        call.depends_on = traversals.depends_on(attributes["depends_on"], diags)
    if "providers" in attributes:
        call.providers = passed_providers(attributes["providers"].expression, diags)
    first_escape: Block | None = None
    for nested in content.blocks:
        if nested.type == "lifecycle" and call.enabled is None:
            from iacctl.config.blocks import lifecycle

            if lifecycle.decode_of_module(call, nested, diags):
                continue
        if nested.type != "_":
            diags.error(
                "Reserved block type name in module block",
                f'The block type name "{nested.type}" is reserved for use by Terraform in a future version.',
                nested.type_range,
            )
        elif first_escape is None:
            first_escape = nested
            call.body = JoinedBody((call.body, nested.body))
        else:
            diags.error(
                "Duplicate escaping block",
                'The special block type "_" can be used to force particular arguments to be interpreted as module input'
                " variables rather than as meta-arguments, but each module block can have only one such block. The first"
                f" escaping block was at {first_escape.definition_range}.",
                nested.definition_range,
            )
    return call


def passed_providers(expression: Expression, diags: Diagnostics) -> list[PassedProvider]:
    """The entries of a `providers` argument."""
    found: list[PassedProvider] = []
    seen: dict[str, Range] = {}
    for key, value in static.pairs(expression, diags) or ():
        in_child = traversals.provider_ref(key, "providers", diags)
        in_parent = traversals.provider_ref(value, "providers", diags)
        if in_child is None or in_parent is None:
            continue
        name = str(in_child)
        if name in seen:
            diags.error(
                "Duplicate provider address",
                f"A provider configuration was already passed to {name} at {seen[name]}. Each child provider"
                " configuration can be assigned only once.",
                in_parent.range,
            )
            continue
        seen[name] = key.range.until(value.range)
        found.append(PassedProvider(in_child, in_parent))
    return found
