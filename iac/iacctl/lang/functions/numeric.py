"""Functions of numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, cast

from iacctl.lang.compiler.access import items_of
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.lang.functions.maps import entries_of
from iacctl.values import (
    DYNAMIC,
    NUMBER,
    STRING,
    ConversionError,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    convert,
    is_null,
    is_wholly_known,
    numbers,
    refine_not_null,
    type_of,
    unknown_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Number, Type, Value

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def whole(number: Number, what: str = "") -> int:
    """A number that must be an integer of 64 bits.

    Args:
        number: as given.
        what: starts the message, such as "invalid index: ".

    Raises:
        FunctionError: if it is not.
    """
    found = numbers.to_int(number)
    if found is None or not -(2**63) <= found < 2**63:
        raise FunctionError(f"{what}value must be a whole number, between -9223372036854775808 and 9223372036854775807")
    return found


def _signum(number: Number) -> Number:
    value = whole(number)
    return (value > 0) - (value < 0)


def _log(number: Number, base: Number) -> Number:
    return _from_float(_quotient(_natural(numbers.to_float(number)), _natural(numbers.to_float(base))))


def _quotient(left: float, right: float) -> float:
    """Division of 64-bit floats as hardware does it, by zero too."""
    if right:
        return left / right
    if not left or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _from_float(number: float) -> Number:
    try:
        return numbers.from_float(number)
    except ValueError:
        raise FunctionError("the result is not a number") from None


_LN2_HIGH: Final = float.fromhex("0x1.62e42feep-1")
_LN2_LOW: Final = float.fromhex("0x1.a39ef35793c76p-33")
_LOG_TERMS: Final = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)


def _natural(value: float) -> float:
    """The natural logarithm by the polynomial of FreeBSD's `e_log.c`, which Go uses too: the last bit is the same."""
    if math.isnan(value) or value == math.inf:
        return value
    if value <= 0:
        return math.nan if value else -math.inf
    fraction, power = math.frexp(value)
    if fraction < math.sqrt(0.5):
        fraction *= 2
        power -= 1
    fraction -= 1
    ratio = fraction / (2 + fraction)
    square = ratio * ratio
    fourth = square * square
    one, two, three, four, five, six, seven = _LOG_TERMS
    odd = square * (one + fourth * (three + fourth * (five + fourth * seven)))
    even = fourth * (two + fourth * (four + fourth * six))
    half = 0.5 * fraction * fraction
    return power * _LN2_HIGH - ((half - (ratio * (half + (odd + even)) + power * _LN2_LOW)) - fraction)


def _pow(number: Number, power: Number) -> Number:
    return _from_float(_power(numbers.to_float(number), numbers.to_float(power)))


def _power(base: float, exponent: float) -> float:
    """`base ** exponent` by repeated squaring of the mantissa, as Go does it: the last bit is the same."""
    if not exponent or base == 1:
        return 1.0
    if exponent == 1:
        return base
    if abs(exponent) == 0.5 and base > 0:
        return math.sqrt(base) if exponent > 0 else 1 / math.sqrt(base)
    if not base or math.isinf(base) or math.isinf(exponent):
        return _extreme_power(base, exponent)
    part, whole_part = math.modf(abs(exponent))
    if part and base < 0:
        return math.nan
    if whole_part >= 2.0**63:
        return _extreme_power(base, math.copysign(math.inf, exponent))
    result, result_power = 1.0, 0
    if part:
        if part > 0.5:
            part -= 1
            whole_part += 1
        result = math.exp(part * _natural(base))
    square, square_power = math.frexp(base)
    count = int(whole_part)
    while count:
        if abs(square_power) > 1 << 12:
            result_power += square_power
            break
        if count & 1:
            result *= square
            result_power += square_power
        square *= square
        square_power <<= 1
        if square < 0.5:
            square += square
            square_power -= 1
        count >>= 1
    if exponent < 0:
        result = 1 / result
        result_power = -result_power
    try:
        return math.ldexp(result, result_power)
    except OverflowError:
        return math.copysign(math.inf, result)


def _extreme_power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except ValueError:
        return math.inf
    except OverflowError:
        return math.inf


def _max(*values: Number) -> Number:
    return _extreme(values, 1)


def _min(*values: Number) -> Number:
    return _extreme(values, -1)


def _extreme(values: tuple[Number, ...], sign: int) -> Number:
    if not values:
        raise FunctionError("must pass at least one number")
    best = values[0]
    for value in values:
        if numbers.compare(value, best) == sign:
            best = value
    return best


def _parseint(text: Value, base: Number) -> Value:
    if type_of(text) is not STRING:
        raise ArgumentError(0, f"first argument must be a string, not {type_of(text).friendly_name()}")
    try:
        radix = whole(base)
    except FunctionError as error:
        raise ArgumentError(1, str(error)) from None
    if not 2 <= radix <= 62:
        raise ArgumentError(1, "base must be a whole number between 2 and 62 inclusive")
    source = cast("str", text)
    found = _read_integer(source, radix)
    if found is None:
        raise ArgumentError(0, f'cannot parse "{source}" as a base {radix} integer')
    return numbers.from_int(found)


def _read_integer(source: str, radix: int) -> int | None:
    digits = source[1:] if source[:1] in ("-", "+") else source
    if radix <= 36:
        digits = digits.lower()
    if not digits or any(digit not in _DIGITS[:radix] for digit in digits):
        return None
    value = 0
    if radix <= 36:
        value = int(digits, radix)
    else:
        for digit in digits:
            value = value * radix + _DIGITS.index(digit)
    return -value if source[0] == "-" else value


def _parseint_type(text: Value, base: Value) -> Type:
    if type_of(text) is not STRING:
        raise ArgumentError(0, f"first argument must be a string, not {type_of(text).friendly_name()}")
    return NUMBER


_NOT_NUMBERS: Final = "argument must be list, set, or tuple of number values"


def _sum(collection: Value) -> Value:
    type_ = type_of(collection)
    if isinstance(type_, MapType | ObjectType):
        if not entries_of(collection):
            raise ArgumentError(0, "cannot sum an empty list")
        raise ArgumentError(0, f"argument must be list, set, or tuple. Received {type_.friendly_name()}")
    if not isinstance(type_, ListType | SetType | TupleType):
        raise ArgumentError(0, "cannot sum noniterable")
    items = items_of(collection)
    if not items:
        raise ArgumentError(0, "cannot sum an empty list")
    if not is_wholly_known(collection):
        return refine_not_null(unknown_of(NUMBER))
    total: Number | None = None
    for item in items:
        if is_null(item):
            raise ArgumentError(0, _NOT_NUMBERS)
        try:
            number = cast("Number", convert(item, NUMBER))
            total = number if total is None else numbers.add(total, number)
        except ConversionError:
            raise ArgumentError(0, _NOT_NUMBERS) from None
        except ArithmeticError:
            raise FunctionError("can't compute sum of opposing infinities") from None
    assert total is not None
    return total


def _sum_type(collection: Value) -> Type:
    return NUMBER if type_of(collection) is not DYNAMIC else DYNAMIC


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "abs": numbers.absolute,
    "ceil": numbers.ceil,
    "floor": numbers.floor,
    "log": _log,
    "max": _max,
    "min": _min,
    "parseint": Implementation(_parseint, _parseint_type),
    "pow": _pow,
    "signum": _signum,
    "sum": Implementation(_sum, _sum_type),
}
