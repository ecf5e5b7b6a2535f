"""Arguments that must be constant: descriptions, flags, version constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.hcl.ast import Literal
from iacctl.hcl.json_expression import JsonExpression
from iacctl.values import BOOL, STRING, ConversionError, convert, is_null, is_wholly_known

if TYPE_CHECKING:
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Attribute, Expression
    from iacctl.values import Type, Value


def value(expression: Expression, diags: Diagnostics) -> Value:
    """The value of an expression that may use neither variables nor functions; DYNAMIC_UNKNOWN if it was reported."""
    if type(expression) is Literal:
        literal: Value = expression.value
        return literal
    if isinstance(expression, JsonExpression):
        # Without a scope HCL does not look for templates in JSON strings.
        expression = expression.native(diags, templates=False)
    from iacctl.lang.compile import evaluate_static

    return evaluate_static(expression, diags)


def _converted(expression: Expression, type_: Type, diags: Diagnostics) -> Value:
    """The constant as a known, non-null value of a primitive type; None if it was reported."""
    found = value(expression, diags)
    try:
        found = convert(found, type_)
    except ConversionError as error:
        diags.error("Unsuitable value type", f"Unsuitable value: {error.message}", expression.start_range)
        return None
    if not is_wholly_known(found):
        diags.error("Unsuitable value type", "Unsuitable value: value must be known", expression.start_range)
        return None
    if is_null(found):
        diags.error("Unsuitable value type", "Unsuitable value: null value is not allowed", expression.start_range)
        return None
    return found


def string(attribute: Attribute | None, diags: Diagnostics) -> str | None:
    """The constant string that an argument gives; None if it is missing or was reported."""
    if attribute is None:
        return None
    expression = attribute.expression
    if type(expression) is Literal and type(expression.value) is str:
        return expression.value
    found = _converted(expression, STRING, diags)
    return found if type(found) is str else None


def boolean(attribute: Attribute | None, diags: Diagnostics) -> bool | None:
    """The constant bool that an argument gives; None if it is missing or was reported."""
    if attribute is None:
        return None
    expression = attribute.expression
    if type(expression) is Literal and type(expression.value) is bool:
        return expression.value
    found = _converted(expression, BOOL, diags)
    return found if type(found) is bool else None
