"""What failed assertions compare, and what they refer to, written as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Comparison, Diagnostics
from iacctl.hcl import ast
from iacctl.lang.compile import compile_within
from iacctl.lang.reference_values import reference_texts as texts_of_references
from iacctl.values import EPHEMERAL, SENSITIVE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.hcl.ast import Expression
    from iacctl.lang.context import EvalContext
    from iacctl.values import Value

_DIFFERENT_TYPES = "LHS and RHS values are of different types"


def of(expression: Expression, ctx: EvalContext) -> Comparison | None:
    """The two sides of an expression that is one operation on two values; None of any other."""
    if type(expression) is not ast.BinaryOperation:
        return None
    left = _value(expression.left, ctx)
    right = _value(expression.right, ctx)
    different = values.type_of(values.unmark(left)[0]) is not values.type_of(values.unmark(right)[0])
    return Comparison(text(left), text(right), _DIFFERENT_TYPES if different else "")


def _value(expression: Expression, ctx: EvalContext) -> Value:
    diags, quiet = ctx.diags, ctx.quiet
    ctx.diags, ctx.quiet = Diagnostics(), True
    try:
        return compile_within(expression, ctx, None)(ctx)
    finally:
        ctx.diags, ctx.quiet = diags, quiet


def reference_texts(expression: Expression, ctx: EvalContext) -> tuple[tuple[str, str], ...]:
    """What the references of an expression hold, in full."""
    return texts_of_references(expression, ctx, _statement)


def _statement(value: Value) -> str | None:
    if isinstance(value, values.Unknown):
        return values.describe.describe(value, unknown_matters=True)
    return f"is {text(value)}"


def text(value: Value) -> str:
    """A value as indented JSON; what is unknown or sensitive is a text that says so."""
    from iacctl.values.nesting import run_deep

    try:
        return _json(value, "")
    except RecursionError:
        return run_deep(lambda item: _json(item, ""), value)


def _json(value: Value, indent: str) -> str:
    if isinstance(value, values.Marked):
        if SENSITIVE in value.marks:
            return '"(sensitive value)"'
        if EPHEMERAL in value.marks:
            return '"(ephemeral value)"'
        value = value.value
    if values.is_null(value):
        return "null"
    if isinstance(value, values.Unknown):
        return '"(not yet known)"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | values.BigFloat):
        return values.numbers.text(value)
    inner = f"{indent}  "
    members = _members(value)
    if members is not None:
        lines = [f"{inner}{_quoted(key)}: {_json(item, inner)}" for key, item in members.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}" if lines else "{}"
    assert isinstance(value, tuple | values.TupleValue | values.ListValue | values.SetValue)
    items = value if isinstance(value, tuple) else value.items
    lines = [f"{inner}{_json(item, inner)}" for item in items]
    return "[\n" + ",\n".join(lines) + f"\n{indent}]" if lines else "[]"


def _members(value: Value) -> Mapping[str, Value] | None:
    if isinstance(value, dict):
        return value
    if isinstance(value, values.ObjectValue):
        return value.attributes
    return value.entries if isinstance(value, values.MapValue) else None


def _quoted(text: str) -> str:
    """A JSON string as Go's encoder writes it."""
    import json

    found = json.dumps(text, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        found = found.replace(char, f"\\u{ord(char):04x}")
    return found
