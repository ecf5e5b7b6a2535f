"""Numbers: exact integers, and binary floats of up to 512 bits as Terraform has them.

A number is an `int` where it is integral (except for integers that are only known roughly, and giant ones) and a `BigFloat` otherwise.
Never use Python's operators on a number that may be a `BigFloat`, nor pass one through a Python float.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.values.core import Number


class BigFloat:
    """mantissa * 2**exponent with `precision` bits; infinite when precision is 0."""

    __slots__ = ("exponent", "mantissa", "precision")

    def __init__(self, mantissa: int, exponent: int, precision: int) -> None:
        self.mantissa = mantissa
        self.exponent = exponent
        self.precision = precision


def parse(text: str) -> Number:
    """Reads decimal text such as "-12.5e3". Raises ValueError if it is not a number."""
    raise NotImplementedError


def text(number: Number) -> str:
    """The shortest decimal text that reads back as the number, without exponent, as Terraform prints it."""
    raise NotImplementedError


def from_float(number: float) -> Number:
    """The number a 64-bit float stands for (53 bits of precision)."""
    raise NotImplementedError


def to_float(number: Number) -> float:
    """The nearest 64-bit float; infinite when out of range."""
    raise NotImplementedError


def to_int(number: Number) -> int | None:
    """The number as an integer, or None if it is not integral."""
    raise NotImplementedError


def add(left: Number, right: Number) -> Number:
    """The sum."""
    raise NotImplementedError


def subtract(left: Number, right: Number) -> Number:
    """The difference."""
    raise NotImplementedError


def multiply(left: Number, right: Number) -> Number:
    """The product."""
    raise NotImplementedError


def divide(left: Number, right: Number) -> Number:
    """The quotient. Raises ZeroDivisionError."""
    raise NotImplementedError


def modulo(left: Number, right: Number) -> Number:
    """The remainder, with the sign of `left`, as the `%` operator gives. Raises ZeroDivisionError."""
    raise NotImplementedError


def negate(number: Number) -> Number:
    """The number with the other sign."""
    raise NotImplementedError


def absolute(number: Number) -> Number:
    """The number without its sign."""
    raise NotImplementedError


def compare(left: Number, right: Number) -> int:
    """-1, 0 or 1 as `left` is less than, equal to or greater than `right`; exact."""
    raise NotImplementedError


def floor(number: Number) -> Number:
    """The greatest integer not above it (infinities stay)."""
    raise NotImplementedError


def ceil(number: Number) -> Number:
    """The least integer not below it (infinities stay)."""
    raise NotImplementedError


def is_infinite(number: Number) -> bool:
    """Whether it is positive or negative infinity."""
    raise NotImplementedError
