"""Whether a block has an instance at all: `enabled`, of OpenTofu 1.11, in the `lifecycle` block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl import values
from iacctl.eval.data import SINGLE
from iacctl.eval.expansion import ONE, UNKNOWN_TAG, Expansion
from iacctl.lang.compiler.report import reference_values
from iacctl.values import BOOL, EPHEMERAL, SENSITIVE, ConversionError

if TYPE_CHECKING:
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext

NONE: Final = Expansion(SINGLE, ())
"""The expansion of a block that is not enabled."""


def expand(enabled: Compiled, ctx: EvalContext) -> Expansion | None:
    """Evaluate `enabled`: one instance or none; None when the argument is at fault, which has been reported."""
    before = len(ctx.diags)
    given = enabled(ctx)
    if any(ctx.diags[index].severity == "error" for index in range(before, len(ctx.diags))):
        return None
    value, marks = values.unmark(given)
    problem, tag = "", None
    if EPHEMERAL in marks:
        problem = "is derived from an ephemeral value, which cannot be persisted between plan/apply rounds"
    elif SENSITIVE in marks:
        problem = "is derived from a sensitive value, which could be exposed by whether there is an instance"
    elif values.is_null(value):
        problem = "is null; a bool is required"
    else:
        try:
            value = values.convert(value, BOOL)
        except ConversionError as error:
            problem = f"is unsuitable: {error.message}"
        else:
            if type(value) is bool:
                return ONE if value else NONE
            problem = (
                "depends on resource attributes that cannot be determined until apply, so it cannot be predicted whether there "
                "will be an instance; use the -target argument to first apply only what it depends on"
            )
            tag = UNKNOWN_TAG
    ctx.diags.error(
        "Invalid enabled argument",
        f'The given "enabled" argument value {problem}.',
        enabled.expression.range,
        values=reference_values(
            enabled.expression,
            ctx,
            caused_by_unknown=tag is not None,
            caused_by_sensitive=SENSITIVE in marks,
            caused_by_ephemeral=EPHEMERAL in marks,
        ),
        tag=tag,
    )
    return None


def acceptable(enabled: Compiled, ctx: EvalContext) -> bool:
    """Evaluate `enabled` while validating, when it need not be known; whether nothing is wrong."""
    before = len(ctx.diags)
    if expand(enabled, ctx) is not None:
        return True
    found = [item for item in ctx.diags.cut(before) if item.tag != UNKNOWN_TAG]
    ctx.diags.extend(found)
    return not any(item.severity == "error" for item in found)
