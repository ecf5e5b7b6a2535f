"""Conditions with their messages: the shape common to `validation`, `precondition`, `postcondition` and `assert` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config.model import Condition
from iacctl.hcl.body import BodySchema
from iacctl.lang.references import RESOURCE, references
from iacctl.lang.traversals import free_traversals

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics
    from iacctl.hcl.body import Block

SCHEMA: Final = BodySchema({"condition": True, "error_message": True})


def decode(block: Block, diags: Diagnostics, *, override: bool = False) -> Condition | None:
    """The condition of a block; None if it was reported, as it always is in an override file."""
    if override:
        diags.error(
            f"Can't override {block.type} blocks",
            f'Override files cannot override "{block.type}" blocks.',
            block.definition_range,
        )
        return None
    content = block.body.content(SCHEMA, diags)
    condition = content.attributes.get("condition")
    message = content.attributes.get("error_message")
    if condition is not None and next(free_traversals(condition.expression), None) is None:
        diags.error(
            f"Invalid {block.type} expression",
            "The condition expression must refer to at least one object from elsewhere in the configuration, or else its"
            " result would not be checking anything.",
            condition.expression.range,
        )
    if condition is None or message is None:
        return None
    return Condition(condition.expression, message.expression, block.definition_range)


def refuse_self(condition: Condition, kind: str, mode: str, type_: str, name: str, diags: Diagnostics) -> None:
    """Report a pre- or postcondition that names the resource it belongs to.

    Args:
        condition: what to look through.
        kind: `"precondition"` or `"postcondition"`.
        mode, type_, name: the resource.
        diags: gets the report.
    """
    subject = (RESOURCE, mode, type_, name)
    prefix = "" if mode == "managed" else f"{mode}."
    for expression in (condition.condition, condition.error_message):
        for reference in references(expression):
            if reference.subject == subject:
                diags.error(
                    f"Invalid reference in {kind}",
                    f"Configuration for {prefix}{type_}.{name} may not refer to itself.",
                    expression.range,
                )
                break
