"""Arithmetic and order of numbers some of which are unknown: what their bounds tell about the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.values import numbers
from iacctl.values.core import Unknown, unknown_of
from iacctl.values.numbers import NEGATIVE_INFINITY, POSITIVE_INFINITY
from iacctl.values.types import NUMBER
from iacctl.values.unknown import UNKNOWN_BOOL, UNREFINED, refine, refine_not_null

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.values.core import Number, Value

    Operation = Callable[[Number, Number], Number]

OPERATIONS: Final[dict[str, Operation]] = {
    "+": numbers.add,
    "-": numbers.subtract,
    "*": numbers.multiply,
    "/": numbers.divide,
    "%": numbers.modulo,
}


def arithmetic(operator: str, left: Number | Unknown, right: Number | Unknown) -> Value:
    """What `left operator right` gives: a number, or if a side is unknown an unknown one, not null, with the bounds that follow.

    Args:
        operator: one of `OPERATIONS`.
        left: a number or an unmarked unknown one.
        right: the same.

    Raises:
        ZeroDivisionError: for a known divisor of zero under a known dividend.
        ArithmeticError: if infinities leave no result.
    """
    operation = OPERATIONS[operator]
    if type(left) is not Unknown and type(right) is not Unknown:
        return operation(left, right)
    if operator == "*" and (left == 0 if type(left) is int else right == 0 if type(right) is int else False):
        return 0
    if operator in "/%":
        return refine_not_null(unknown_of(NUMBER))
    corners: list[Number] = []
    for one in _bounds(left):
        for other in _bounds(right):
            try:
                corners.append(operation(one, other))
            except ArithmeticError:
                return refine_not_null(unknown_of(NUMBER))
    lowest = highest = corners[0]
    for corner in corners:
        lowest = corner if numbers.compare(corner, lowest) < 0 else lowest
        highest = corner if numbers.compare(corner, highest) > 0 else highest
    return refine(
        unknown_of(NUMBER),
        not_null=True,
        lower=None if numbers.is_infinite(lowest) else lowest,
        upper=None if numbers.is_infinite(highest) else highest,
    )


def _bounds(value: Number | Unknown) -> tuple[Number, Number]:
    if type(value) is not Unknown:
        return value, value
    about = value.refinements or UNREFINED
    return (
        NEGATIVE_INFINITY if about.lower is None else about.lower,
        POSITIVE_INFINITY if about.upper is None else about.upper,
    )


def order(operator: str, left: Number | Unknown, right: Number | Unknown) -> bool | Unknown:
    """Whether `left operator right` holds; an unknown bool if that is not decided yet.

    Bounds count as if they were never reached, as in cty.

    Args:
        operator: "<", "<=", ">" or ">=".
        left: a number or an unmarked unknown one.
        right: the same.
    """
    (least, most), (other_least, other_most) = _bounds(left), _bounds(right)
    if type(left) is not Unknown and type(right) is not Unknown:
        found = numbers.compare(left, right)
        return (
            found < 0
            if operator == "<"
            else found > 0
            if operator == ">"
            else found <= 0
            if operator == "<="
            else found >= 0
        )
    below = numbers.compare(most, other_least) < 0
    above = numbers.compare(least, other_most) > 0
    if not below and not above:
        return UNKNOWN_BOOL
    return below if operator in ("<", "<=") else above
