"""Diagnostics of evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostic
from iacctl.lang.reference_values import reference_values

if TYPE_CHECKING:
    from iacctl.diag import FunctionCallNote, Range
    from iacctl.hcl.ast import Expression
    from iacctl.lang.compiler.core import Names
    from iacctl.lang.context import EvalContext

__all__ = ["reference_values", "report"]


def report(
    context: EvalContext,
    names: Names,
    expression: Expression | None,
    summary: str,
    detail: str,
    subject: Range,
    wider: Range | None = None,
    function_call: FunctionCallNote | None = None,
) -> None:
    """Adds an error to the context's diagnostics.

    Args:
        context: of the evaluation.
        names: local names in reach where the expression stands.
        expression: its references are described below the snippet; None: nothing is.
        summary: in one line.
        detail: in sentences.
        subject: what is at fault.
        wider: what to quote around it.
        function_call: the call that failed.
    """
    values = () if context.quiet or expression is None else reference_values(expression, context, names)
    context.diags.append(
        Diagnostic("error", summary, detail, subject, wider, values, function_call=function_call),
    )
