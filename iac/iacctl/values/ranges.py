"""The order of numbers some of which are unknown: what their bounds tell already.

Arithmetic has no counterpart here: in Terraform's language the result for an unknown operand is any number but null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.values import numbers
from iacctl.values.core import Unknown
from iacctl.values.numbers import NEGATIVE_INFINITY, POSITIVE_INFINITY
from iacctl.values.unknown import UNKNOWN_BOOL, UNREFINED

if TYPE_CHECKING:
    from iacctl.values.core import Number


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
