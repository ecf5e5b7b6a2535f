"""Functions of numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, cast

from iacctl.lang.compiler.access import items_of
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.values import (
    DYNAMIC,
    NUMBER,
    STRING,
    ConversionError,
    ListType,
    Null,
    ObjectType,
    SetType,
    TupleType,
    Unknown,
    convert,
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
        raise FunctionError(
            f"{what}value must be a whole number, between -9223372036854775808 and 9223372036854775807"
        )
    return found


def _signum(number: Number) -> Number:
    value = whole(number)
    return (value > 0) - (value < 0)


def _log(number: Number, base: Number) -> Number:
    value, radix = numbers.to_float(number), numbers.to_float(base)
    try:
        return numbers.from_float(_natural(value) / _natural(radix))
    except (ValueError, ZeroDivisionError):
        raise FunctionError("the result is not a number") from None


def _natural(value: float) -> float:
    if value == 0:
        return -math.inf
    return math.log(value)


def _pow(number: Number, power: Number) -> Number:
    value, exponent = numbers.to_float(number), numbers.to_float(power)
    try:
        result = math.pow(value, exponent)
    except OverflowError:
        result = math.inf if value > 0 or exponent % 2 == 0 else -math.inf
    except ValueError:
        if value == 0:
            result = math.inf
        else:
            raise FunctionError("the result is not a number") from None
    return numbers.from_float(result)


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
    radix = numbers.to_int(base)
    if radix is None or not 2 <= radix <= 62:
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
    if not isinstance(type_, ListType | SetType | TupleType):
        article = "list, set, or tuple. Received an object" if isinstance(type_, ObjectType) else ""
        raise ArgumentError(0, f"argument must be {article}" if article else _NOT_NUMBERS)
    items = items_of(collection)
    if not items:
        raise ArgumentError(0, "cannot sum an empty list")
    total: Number = 0
    unknown = False
    for item in items:
        if item is None or type(item) is Null:
            raise ArgumentError(0, _NOT_NUMBERS)
        try:
            number = convert(item, NUMBER)
        except ConversionError:
            raise ArgumentError(0, _NOT_NUMBERS) from None
        if type(number) is Unknown:
            unknown = True
        elif not unknown:
            total = numbers.add(total, cast("Number", number))
    return refine_not_null(unknown_of(NUMBER)) if unknown else total


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
