"""`output` and `locals` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import conditions, constants, traversals
from iacctl.config.blocks import variables
from iacctl.config.model import Local, Output
from iacctl.config.names import BAD_NAME, check_name
from iacctl.hcl.body import BodySchema
from iacctl.hcl.names import is_name

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics
    from iacctl.hcl.body import Block

_ARGUMENTS: Final = {
    "description": False,
    "value": True,
    "depends_on": False,
    "sensitive": False,
    "ephemeral": False,
    "type": False,
    "deprecated": False,
}
_BLOCKS: Final[dict[str, tuple[str, ...]]] = {"precondition": (), "postcondition": ()}
SCHEMA: Final = BodySchema(_ARGUMENTS, _BLOCKS)
OVERRIDE_SCHEMA: Final = BodySchema({**_ARGUMENTS, "value": False}, _BLOCKS)


def decode(block: Block, diags: Diagnostics, *, override: bool = False) -> Output:
    """An output block; in an override file it may lack a value."""
    output = Output(block.labels[0], block.definition_range)
    content = block.body.content(OVERRIDE_SCHEMA if override else SCHEMA, diags)
    check_name(output.name, "output", block.label_ranges[0], diags)
    attributes = content.attributes
    output.sets = frozenset(attributes)
    if "description" in attributes:
        output.description = constants.string(attributes["description"], diags)
    if "value" in attributes:
        output.expression = attributes["value"].expression
    if "type" in attributes:
        output.type, output.defaults, _ = variables.constraint(attributes["type"].expression, diags)
    if "sensitive" in attributes:
        output.sensitive = bool(constants.boolean(attributes["sensitive"], diags))
    if "ephemeral" in attributes:
        output.ephemeral = bool(constants.boolean(attributes["ephemeral"], diags))
    if "deprecated" in attributes:
        output.deprecated = constants.string(attributes["deprecated"], diags)
        output.deprecated_range = attributes["deprecated"].range
    output.depends_on = traversals.depends_on(attributes.get("depends_on"), diags)
    for nested in content.blocks:
        if nested.type == "postcondition":
            diags.error(
                "Postconditions are not allowed",
                "Output values can only have preconditions, not postconditions.",
                nested.type_range,
            )
        elif (condition := conditions.decode(nested, diags, override=override)) is not None:
            output.preconditions.append(condition)
    return output


def decode_locals(block: Block, diags: Diagnostics) -> list[Local]:
    """The values of a locals block."""
    found: list[Local] = []
    for name, attribute in block.body.just_attributes(diags).items():
        if not is_name(name):
            diags.error("Invalid local value name", BAD_NAME, attribute.name_range)
        found.append(Local(name, attribute.expression, attribute.range))
    return found
