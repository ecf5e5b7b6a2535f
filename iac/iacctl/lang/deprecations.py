"""Deprecated values: what a module says of its outputs comes up where their values are used.

A value of a deprecated output carries a mark through every expression. Where the result of an expression is put to use, the
mark becomes a warning and is taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag import Diagnostic
from iacctl.diag.diagnostics import DEPRECATION
from iacctl.hcl import ast
from iacctl.values import mark_with_paths, unmark_deep_with_paths

if TYPE_CHECKING:
    from iacctl.diag import Range
    from iacctl.hcl.ast import Expression
    from iacctl.lang.context import EvalContext
    from iacctl.values import Path, Value


class Deprecation(NamedTuple):
    """The mark of a deprecated value.

    Attributes:
        message: what its module says of it.
        origin: the output, as `module.NAME.OUTPUT`, with all modules around it.
    """

    message: str
    origin: str


def settle(value: Value, expression: Expression, context: EvalContext, *, nested: bool) -> Value:
    """Warn of deprecated values in the result of an expression, and take their marks off.

    Args:
        value: the result.
        expression: what gave it.
        context: of the evaluation.
        nested: whether values inside of others count as used, too; if not they keep their marks.
    """
    bare, found = unmark_deep_with_paths(value)
    kept = []
    for path, marks in found:
        if not nested and path:
            kept.append((path, marks))
            continue
        deprecations = {one for one in marks if type(one) is Deprecation}
        for one in sorted(deprecations):
            context.diags.append(
                Diagnostic(
                    "warning",
                    "Deprecated value used",
                    one.message,
                    _place(expression, path),
                    address=context.address,
                    origin=one.origin,
                    tag=DEPRECATION,
                )
            )
        kept.append((path, marks - deprecations))
    return mark_with_paths(bare, kept)


def _place(expression: Expression, path: Path) -> Range:
    """The part of an expression that gives a part of its value, as far as its constructors show that."""
    for step in path:
        part = _part(expression, step if isinstance(step, str) else step.key)
        if part is None:
            break
        expression = part
    return expression.range


def _part(expression: Expression, key: Value) -> Expression | None:
    if isinstance(expression, ast.TupleConstructor) and type(key) is int and key < len(expression.items):
        return expression.items[key]
    if isinstance(expression, ast.ObjectConstructor) and type(key) is str:
        for item in expression.items:
            if item.key.name == key:
                return item.value
    return None
