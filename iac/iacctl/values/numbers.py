"""Numbers: exact integers, and binary floats of up to 512 bits as Terraform has them.

A number is an `int` where it is integral and a `BigFloat` otherwise; integers of which only the leading bits are known
(a large result of `pow`) and giant ones are `BigFloat` too: `to_int` tells. An `int` counts as having 512 bits of
precision. Never use Python's operators on a number that may be a `BigFloat`, nor send one through a Python float.

The rules are those of Go's `math/big.Float` (precision of results, rounding half to even) as cty uses it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, final

from iacctl.values import decimals

if TYPE_CHECKING:
    from iacctl.values.core import Number

PRECISION: Final = 512
"""Bits of precision of a number that is read from text."""

_FLOAT_PRECISION: Final = 53
_INT_BITS: Final = 8192
_MAX_EXPONENT: Final = 2**31 - 1
_EXACT_POWER: Final = 5000
_SMALL: Final = 1 << 255

_SYNTAX: Final = r"([+-]?)(?:([0-9]+)\.?([0-9]*)|\.([0-9]+))(?:([eEpP])([+-]?[0-9]+))?\Z"


@final
class BigFloat:
    """mantissa * 2**exponent, rounded to a number of bits.

    Made by the functions of this module only, which see to it that the mantissa is odd and that integers become `int`.

    Attributes:
        mantissa: an odd integer with the sign; 1 or -1 for an infinity; 0 for negative zero.
        exponent: of two.
        precision: bits of precision; 0 for an infinity.
    """

    __slots__ = ("exponent", "mantissa", "precision")

    def __init__(self, mantissa: int, exponent: int, precision: int) -> None:
        self.mantissa = mantissa
        self.exponent = exponent
        self.precision = precision

    def __str__(self) -> str:
        return text(self)

    def __repr__(self) -> str:
        return f"BigFloat({text(self)})"


POSITIVE_INFINITY: Final = BigFloat(1, 0, 0)
NEGATIVE_INFINITY: Final = BigFloat(-1, 0, 0)
NEGATIVE_ZERO: Final = BigFloat(0, 0, PRECISION)
"""What `0 * -1` is: equal to 0, but printed as "-0"."""


def _parts(number: Number) -> tuple[int, int, int]:
    if type(number) is BigFloat:
        return number.mantissa, number.exponent, number.precision
    return number, 0, PRECISION


def _rounded(mantissa: int, exponent: int, precision: int) -> Number:
    """The number mantissa * 2**exponent rounded half to even to `precision` bits, in its canonical form."""
    if not mantissa:
        return 0
    size = abs(mantissa)
    excess = size.bit_length() - precision
    if excess > 0:
        half = 1 << (excess - 1)
        rest = size & ((half << 1) - 1)
        size >>= excess
        if rest > half or (rest == half and size & 1):
            size += 1
        exponent += excess
    zeros = (size & -size).bit_length() - 1
    size >>= zeros
    exponent += zeros
    bits = size.bit_length() + exponent
    if exponent >= 0 and bits <= (_INT_BITS if precision == PRECISION else min(precision, PRECISION)):
        return -(size << exponent) if mantissa < 0 else size << exponent
    if bits > _MAX_EXPONENT:
        return NEGATIVE_INFINITY if mantissa < 0 else POSITIVE_INFINITY
    if bits < -_MAX_EXPONENT:
        return NEGATIVE_ZERO if mantissa < 0 else 0
    return BigFloat(-size if mantissa < 0 else size, exponent, precision)


def from_int(number: int) -> Number:
    """An integer as a number. Read from text, one of more than 512 bits would be rounded; this one stays exact."""
    bits = number.bit_length()
    return number if bits <= PRECISION else _rounded(number, 0, bits)


def rounded(number: int) -> Number:
    """An integer as reading it from text would give it: of 512 bits."""
    return _rounded(number, 0, PRECISION)


def from_float(number: float) -> Number:
    """The number that a 64-bit float stands for, with 53 bits of precision.

    Raises:
        ValueError: for "not a number".
    """
    if number in (float("inf"), float("-inf")):
        return POSITIVE_INFINITY if number > 0 else NEGATIVE_INFINITY
    mantissa, divisor = number.as_integer_ratio()
    if not mantissa:
        return NEGATIVE_ZERO if str(number).startswith("-") else 0
    return _rounded(mantissa, 1 - divisor.bit_length(), _FLOAT_PRECISION)


def to_float(number: Number) -> float:
    """The nearest 64-bit float; infinite when the number is out of its range."""
    mantissa, exponent, precision = _parts(number)
    if not precision:
        return float("inf") if mantissa > 0 else float("-inf")
    try:
        if exponent >= 0:
            return float(mantissa << exponent) if mantissa.bit_length() + exponent < 2000 else float("inf") * mantissa
        return mantissa / (1 << -exponent) if exponent > -5000 else 0.0
    except OverflowError:
        return float("inf") if mantissa > 0 else float("-inf")


def to_int(number: Number) -> int | None:
    """The number as an integer, or None if it is not integral (or infinite, or too large to be written out)."""
    if type(number) is int:
        return number
    mantissa, exponent, precision = _parts(number)
    if precision and 0 <= exponent <= _INT_BITS * 8:
        return mantissa << exponent
    return None


def is_infinite(number: Number) -> bool:
    """Whether it is positive or negative infinity."""
    return type(number) is BigFloat and not number.precision


def parse(source: str) -> Number:
    """Reads decimal text, such as "-12.5e3", as 512 bits.

    The syntax is that of Go's `big.ParseFloat` in base 10, which also knows `1p3` (times a power of two) and `Inf`.

    Raises:
        ValueError: if it is not a number.
    """
    if len(source) < 150 and source.isdigit() and source.isascii():
        return int(source)
    match = re.match(_SYNTAX, source)  # compiled when the first fraction turns up, and kept by `re`
    if match is None:
        if source.lstrip("+-") in ("Inf", "inf") and len(source) <= 4:
            return NEGATIVE_INFINITY if source[0] == "-" else POSITIVE_INFINITY
        raise ValueError("not a number")
    sign, whole, fraction, only_fraction, letter, power = match.groups()
    digits = (whole or "") + (fraction or only_fraction or "")
    mantissa = decimals.to_int(digits)
    if sign == "-":
        mantissa = -mantissa
    tens = -len(fraction or only_fraction or "")
    if not mantissa:
        return NEGATIVE_ZERO if sign == "-" else 0
    if not power:
        return _times_power_of_ten(mantissa, tens, 0)
    shift = max(-_MAX_EXPONENT, min(decimals.to_int(power), _MAX_EXPONENT))
    return (
        _times_power_of_ten(mantissa, tens, shift) if letter in "pP" else _times_power_of_ten(mantissa, tens + shift, 0)
    )


def _times_power_of_ten(mantissa: int, tens: int, twos: int) -> Number:
    if tens >= 0:
        if tens <= _EXACT_POWER:
            return _rounded(mantissa * 5**tens, tens + twos, PRECISION)
        factor, exponent = _power_of_five(tens)
        return _rounded(mantissa * factor, exponent + tens + twos, PRECISION)
    if tens >= -_EXACT_POWER:
        return _quotient(mantissa, tens + twos, 5**-tens, 0, PRECISION)
    factor, exponent = _power_of_five(-tens)
    return _quotient(mantissa, tens + twos, factor, exponent, PRECISION)


def _power_of_five(power: int) -> tuple[int, int]:
    """5**power to some 700 bits, as mantissa and exponent."""
    mantissa, exponent, base, base_exponent = 1, 0, 5, 0
    while power:
        if power & 1:
            mantissa, exponent = mantissa * base, exponent + base_exponent
            if (excess := mantissa.bit_length() - 700) > 0:
                mantissa, exponent = mantissa >> excess, exponent + excess
        base, base_exponent = base * base, base_exponent * 2
        if (excess := base.bit_length() - 700) > 0:
            base, base_exponent = base >> excess, base_exponent + excess
        power >>= 1
    return mantissa, exponent


def _quotient(left: int, left_exponent: int, right: int, right_exponent: int, precision: int) -> Number:
    """left*2**left_exponent / (right*2**right_exponent), rounded; `right` is not zero."""
    shift = max(0, precision + 2 - left.bit_length() + right.bit_length())
    quotient, rest = divmod(abs(left) << shift, abs(right))
    # A sticky bit below all that counts lets the final rounding see that there is more.
    quotient = quotient << 1 | (rest != 0)
    return _rounded(
        -quotient if (left < 0) != (right < 0) else quotient, left_exponent - right_exponent - shift - 1, precision
    )


def text(number: Number) -> str:
    """The shortest decimal text that reads back as the number, without an exponent, as Terraform prints it."""
    if type(number) is int and -_SMALL < number < _SMALL:
        return str(number)
    mantissa, exponent, precision = _parts(number)
    if not precision:
        return "+Inf" if mantissa > 0 else "-Inf"
    if not mantissa:
        return "-0"
    digits, point = decimals.shortest(abs(mantissa), exponent, precision)
    return ("-" if mantissa < 0 else "") + decimals.plain(digits, point)


def short_text(number: Number) -> str:
    """The number with ten significant digits, as Go's `%.10g` has it; set elements are sorted by it."""
    if type(number) is int and -(10**9) < number < 10**9:
        return str(number)
    mantissa, exponent, precision = _parts(number)
    if not precision:
        return "+Inf" if mantissa > 0 else "-Inf"
    if not mantissa:
        return "-0"
    return ("-" if mantissa < 0 else "") + decimals.general(abs(mantissa), exponent, 10)


def add(left: Number, right: Number) -> Number:
    """The sum.

    Raises:
        ArithmeticError: for infinities of different signs.
    """
    if type(left) is int and type(right) is int:
        total = left + right
        return total if -_SMALL < total < _SMALL else _rounded(total, 0, PRECISION)
    mantissa, exponent, precision = _parts(left)
    other, other_exponent, other_precision = _parts(right)
    if not precision or not other_precision:
        if not precision and not other_precision and mantissa != other:
            raise ArithmeticError("sum of infinities of different signs")
        return left if not precision else right
    precision = max(precision, other_precision)
    if not mantissa or not other:
        if not mantissa and not other:
            return NEGATIVE_ZERO if _is_negative(left) and _is_negative(right) else 0
        return _rounded(mantissa or other, exponent if mantissa else other_exponent, precision)
    if exponent < other_exponent:
        mantissa, exponent, other, other_exponent = other, other_exponent, mantissa, exponent
    gap = mantissa.bit_length() + exponent - other.bit_length() - other_exponent
    if gap > precision + 8:
        # The smaller one only decides how a tie is rounded: any tiny number of its sign does.
        other, other_exponent = (1 if other > 0 else -1), mantissa.bit_length() + exponent - precision - 8
        if exponent < other_exponent:
            other, other_exponent = other << (other_exponent - exponent), exponent
    return _rounded((mantissa << (exponent - other_exponent)) + other, other_exponent, precision)


def subtract(left: Number, right: Number) -> Number:
    """The difference. Raises ArithmeticError like `add`."""
    return add(left, negate(right))


def negate(number: Number) -> Number:
    """The number with the other sign."""
    if type(number) is BigFloat:
        return BigFloat(-number.mantissa, number.exponent, number.precision) if number.mantissa else 0
    return -number if number else NEGATIVE_ZERO


def absolute(number: Number) -> Number:
    """The number without its sign."""
    return negate(number) if _is_negative(number) else number


def _is_negative(number: Number) -> bool:
    return number.mantissa <= 0 if type(number) is BigFloat else number < 0


def sign(number: Number) -> int:
    """-1, 0 or 1."""
    mantissa = number if type(number) is int else _parts(number)[0]
    return (mantissa > 0) - (mantissa < 0)


def multiply(left: Number, right: Number) -> Number:
    """The product.

    Raises:
        ArithmeticError: for zero times infinity.
    """
    if type(left) is int and type(right) is int:
        exact = left * right
        if not exact:
            return NEGATIVE_ZERO if left < 0 or right < 0 else 0
        return exact if -_SMALL < exact < _SMALL else _rounded(exact, 0, PRECISION)
    mantissa, exponent, precision = _parts(left)
    other, other_exponent, other_precision = _parts(right)
    if not precision or not other_precision:
        if not mantissa or not other:
            raise ArithmeticError("product of zero and infinity")
        return POSITIVE_INFINITY if (mantissa > 0) == (other > 0) else NEGATIVE_INFINITY
    if not mantissa or not other:
        return NEGATIVE_ZERO if _is_negative(left) is not _is_negative(right) else 0
    product = _rounded(mantissa * other, exponent + other_exponent, PRECISION)
    mantissa, exponent, _ = _parts(product)
    needed = mantissa.bit_length() - (mantissa & -mantissa).bit_length() + 1
    return _rounded(mantissa, exponent, max(precision, other_precision, needed))


def divide(left: Number, right: Number) -> Number:
    """The quotient.

    Raises:
        ZeroDivisionError: if `right` is zero.
        ArithmeticError: for two infinities.
    """
    if type(left) is int and type(right) is int and left and -_SMALL < left < _SMALL:
        quotient, rest = divmod(left, right)
        if not rest:
            return quotient
    mantissa, exponent, precision = _parts(left)
    other, other_exponent, other_precision = _parts(right)
    if not other:
        raise ZeroDivisionError
    if not precision or not other_precision:
        if not precision and not other_precision:
            raise ArithmeticError("quotient of infinities")
        if not other_precision:
            return NEGATIVE_ZERO if _is_negative(left) is not _is_negative(right) else 0
        return POSITIVE_INFINITY if _is_negative(left) is _is_negative(right) else NEGATIVE_INFINITY
    if not mantissa:
        return NEGATIVE_ZERO if _is_negative(left) is not _is_negative(right) else 0
    return _quotient(mantissa, exponent, other, other_exponent, max(precision, other_precision))


def modulo(left: Number, right: Number) -> Number:
    """The remainder, with the sign of `left`, as the `%` operator gives it (by a rounded quotient, like cty).

    Raises:
        ZeroDivisionError: if `right` is zero.
    """
    if type(left) is int and type(right) is int and -_SMALL < left < _SMALL and -_SMALL < right < _SMALL:
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    if is_infinite(left) or is_infinite(right):
        return multiply(left, right)
    whole = truncate(divide(left, right))
    precision = _parts(left)[2]
    product = multiply(right, _reduced(whole, precision))
    return _reduced(subtract(left, _reduced(product, precision)), precision)


def _reduced(number: Number, precision: int) -> Number:
    mantissa, exponent, _ = _parts(number)
    return _rounded(mantissa, exponent, precision) if mantissa else number


def compare(left: Number, right: Number) -> int:
    """-1, 0 or 1 as `left` is less than, equal to or greater than `right`; exact, whatever their precision."""
    if type(left) is int and type(right) is int:
        return (left > right) - (left < right)
    mantissa, exponent, precision = _parts(left)
    other, other_exponent, other_precision = _parts(right)
    signs = sign(left), sign(right)
    if signs[0] != signs[1] or not signs[0]:
        return (signs[0] > signs[1]) - (signs[0] < signs[1])
    if not precision or not other_precision:
        return signs[0] * ((not precision) - (not other_precision))
    size, other_size = mantissa.bit_length() + exponent, other.bit_length() + other_exponent
    if size != other_size:
        return signs[0] if size > other_size else -signs[0]
    lowest = min(exponent, other_exponent)
    mantissa, other = mantissa << (exponent - lowest), other << (other_exponent - lowest)
    return (mantissa > other) - (mantissa < other)


def truncate(number: Number) -> Number:
    """The number without its fraction."""
    if type(number) is int:
        return number
    mantissa, exponent, precision = _parts(number)
    if not mantissa:
        return 0
    if exponent >= 0 or not precision:
        return number
    whole = abs(mantissa) >> -exponent if -exponent < mantissa.bit_length() else 0
    return -whole if mantissa < 0 else whole


def floor(number: Number) -> Number:
    """The greatest integer not above it; infinities stay."""
    whole = truncate(number)
    return subtract(whole, 1) if compare(whole, number) > 0 else whole


def ceil(number: Number) -> Number:
    """The least integer not below it; infinities stay."""
    whole = truncate(number)
    return add(whole, 1) if compare(whole, number) < 0 else whole
