"""Meaning of expressions that are read, not evaluated: references, keywords, lists and calls as syntax.

Each function takes native and JSON expressions: a JSON string stands for the expression written in it. A function that
reports takes `diagnostics`, and gives None when it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag.diagnostics import Diagnostics
from iacctl.hcl.ast import (
    CONSTANTS,
    FunctionCall,
    Literal,
    ObjectConstructor,
    RelativeTraversal,
    ScopeTraversal,
    TupleConstructor,
)
from iacctl.hcl.json_expression import JsonExpression, parse_embedded
from iacctl.hcl.json_values import JsonArray, JsonObject, JsonString

if TYPE_CHECKING:
    from iacctl.diag.source import Range
    from iacctl.hcl.ast import Expression


class StaticCall(NamedTuple):
    """A function call as syntax: `list(string)` of a type constraint."""

    name: str
    name_range: Range
    arguments: tuple[Expression, ...]
    open_range: Range
    close_range: Range


class StaticPair(NamedTuple):
    """One item of an object constructor as syntax."""

    key: Expression
    value: Expression


def as_traversal(expression: Expression) -> ScopeTraversal | None:
    """The absolute traversal an expression is, or None: does not report. A JSON string is parsed as one.

    As in HCL, `true`, `false` and `null` are names here.
    """
    if isinstance(expression, ScopeTraversal):
        return expression
    if isinstance(expression, Literal):
        for name, value in CONSTANTS.items():
            if value is expression.value:
                return ScopeTraversal(expression.file, expression.start, expression.end, name, ())
        return None
    if isinstance(expression, RelativeTraversal):
        source = as_traversal(expression.source)
        if source is None:
            return None
        steps = source.steps + expression.steps
        return ScopeTraversal(expression.file, expression.start, expression.end, source.root, steps)
    if isinstance(expression, JsonExpression) and isinstance(expression.json, JsonString):
        from iacctl.hcl.traversal_text import parse_traversal

        found = Diagnostics()
        parsed = parse_embedded(expression.json, parse_traversal, 0, found)
        return parsed if parsed is not None and not found.has_errors else None
    return None


def traversal(expression: Expression, diagnostics: Diagnostics) -> ScopeTraversal | None:
    """The absolute traversal an expression is; anything else is reported in HCL's words."""
    result = as_traversal(expression)
    if result is None:
        detail = (
            "A single static variable reference is required: only attribute access and indexing with constant keys."
            " No calculations, function calls, template expressions, etc are allowed here."
        )
        diagnostics.error("Invalid expression", detail, expression.range)
    return result


def quoted_traversal(literal: Literal, diagnostics: Diagnostics) -> ScopeTraversal | None:
    """The traversal written in a quoted string of native syntax, which Terraform 0.11 wanted in some places.

    Mistakes in it are reported; what was understood before them is given all the same.
    """
    from iacctl.hcl.traversal_text import parse_traversal

    text = JsonString(literal.file, literal.start, literal.end, literal.value, True)
    return parse_embedded(text, parse_traversal, 1, diagnostics)


def keyword(expression: Expression) -> str | None:
    """The bare word an expression is (`self`, `all`, `string`), or None."""
    result = as_traversal(expression)
    return result.root if result is not None and not result.steps else None


def items(expression: Expression, diagnostics: Diagnostics) -> tuple[Expression, ...] | None:
    """The elements of a tuple constructor; anything else is reported in HCL's words."""
    if isinstance(expression, TupleConstructor):
        return expression.items
    if isinstance(expression, JsonExpression) and isinstance(expression.json, JsonArray):
        return tuple(JsonExpression(item) for item in expression.json.items)
    diagnostics.error("Invalid expression", "A static list expression is required.", expression.start_range)
    return None


def pairs(expression: Expression, diagnostics: Diagnostics) -> tuple[StaticPair, ...] | None:
    """The items of an object constructor; anything else is reported in HCL's words."""
    if isinstance(expression, ObjectConstructor):
        return tuple(StaticPair(item.key.expression, item.value) for item in expression.items)
    if isinstance(expression, JsonExpression) and isinstance(expression.json, JsonObject):
        return tuple(
            StaticPair(JsonExpression(member.name), JsonExpression(member.value)) for member in expression.json.members
        )
    diagnostics.error("Invalid expression", "A static map expression is required.", expression.start_range)
    return None


def call(expression: Expression, diagnostics: Diagnostics) -> StaticCall | None:
    """The function call an expression is; anything else is reported in HCL's words."""
    result = as_call(expression)
    if result is None:
        diagnostics.error("Invalid expression", "A static function call is required.", expression.start_range)
    return result


def as_call(expression: Expression) -> StaticCall | None:
    """The function call an expression is, or None: does not report. A JSON string is parsed as one."""
    found: Expression | None = expression
    if isinstance(expression, JsonExpression):
        found = None
        if isinstance(expression.json, JsonString):
            from iacctl.hcl.parser import parse_expression

            problems = Diagnostics()
            parsed = parse_embedded(expression.json, parse_expression, 0, problems)
            found = None if problems.has_errors else parsed
    if not isinstance(found, FunctionCall):
        return None
    return StaticCall(found.name, found.name_range, found.arguments, found.open_range, found.close_range)
