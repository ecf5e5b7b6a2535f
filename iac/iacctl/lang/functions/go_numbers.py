"""How Go's printf writes numbers of type `big.Float`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.values import decimals, numbers

if TYPE_CHECKING:
    from iacctl.values import Number


def _digits(number: Number) -> tuple[str, str, int]:
    """The sign, all digits without the sign, and how many of them stand before the point."""
    mantissa, exponent, _ = numbers._parts(number)
    digits, point = decimals.exact(abs(mantissa), exponent) if mantissa else ("", 0)
    negative = mantissa < 0 or (not mantissa and numbers.text(number) == "-0")
    return "-" if negative else "", digits, point


def _infinite(number: Number) -> str | None:
    return numbers.text(number) if numbers.is_infinite(number) else None


def exponent_form(number: Number, precision: int, letter: str) -> str:
    """`1.234560e+02`: one digit before the point and `precision` behind it."""
    special = _infinite(number)
    if special is not None:
        return special
    sign, digits, point = _digits(number)
    if digits:
        digits, point = decimals.rounded(digits, point, precision + 1)
    return sign + _with_exponent(digits.ljust(precision + 1, "0"), point if digits else 1, letter)


def _with_exponent(digits: str, point: int, letter: str) -> str:
    power = point - 1
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}{letter}{'-' if power < 0 else '+'}{abs(power):02d}"


def fixed_form(number: Number, precision: int) -> str:
    """`123.45`: `precision` digits behind the point."""
    special = _infinite(number)
    if special is not None:
        return special
    sign, digits, point = _digits(number)
    if digits and point + precision < len(digits):
        if point + precision < 0:
            digits, point = "", 0
        else:
            digits, point = decimals.rounded(digits, point, point + precision)
    whole = digits[:point].ljust(point, "0") if point > 0 else "0"
    behind = ("0" * -point + digits) if point <= 0 else digits[point:]
    return sign + whole + (f".{behind[:precision].ljust(precision, '0')}" if precision else "")


def general_form(number: Number, precision: int | None, letter: str) -> str:
    """The shorter of both forms, with `precision` digits or, for None, as many as tell the number from all others."""
    special = _infinite(number)
    if special is not None:
        return special
    mantissa, exponent, bits = numbers._parts(number)
    sign = "-" if mantissa < 0 else ""
    if not mantissa:
        return numbers.text(number)
    if precision is None:
        digits, point = decimals.shortest(abs(mantissa), exponent, bits)
        limit = 6
    else:
        precision = precision or 1
        digits, point = decimals.rounded(*decimals.exact(abs(mantissa), exponent), precision)
        limit = len(digits) if precision > len(digits) >= point else precision
    if precision is None and len(digits) > limit >= point:
        limit = max(limit, point)
    power = point - 1
    if power < -4 or power >= limit:
        return sign + _with_exponent(digits, point, letter)
    return sign + decimals.plain(digits, point)
