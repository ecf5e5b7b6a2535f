"""`check` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import conditions
from iacctl.config.blocks import resources
from iacctl.config.model import Check
from iacctl.config.names import check_name
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.model import Resource
    from iacctl.diag import Diagnostics
    from iacctl.hcl.body import Block

SCHEMA: Final = BodySchema({}, {"data": ("type", "name"), "assert": ()})


def decode(block: Block, diags: Diagnostics) -> tuple[Check, Resource | None]:
    """A check, and the data source within it."""
    check = Check(block.labels[0], block.definition_range)
    content = block.body.content(SCHEMA, diags)
    check_name(check.name, "check block", block.label_ranges[0], diags)
    scoped: Resource | None = None
    for nested in content.blocks:
        before = len(diags)
        if nested.type == "assert":
            condition = conditions.decode(nested, diags)
            if condition is not None and len(diags) == before:
                check.assertions.append(condition)
        elif scoped is not None:
            diags.error(
                "Multiple data resource blocks",
                f"This check block already has a data resource defined at {scoped.range}.",
                nested.definition_range,
            )
        else:
            found = resources.decode_data(nested, diags, check=check.name)
            if len(diags) == before:
                scoped = found
                check.data_resource = scoped.key
    if not check.assertions:
        diags.error("Zero assert blocks", "Check blocks must have at least one assert block.", check.range)
    return check, scoped
