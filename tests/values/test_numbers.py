from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iacctl.values import BigFloat, Number, numbers

from . import terraform
from .strategies import any_number, decimal_texts


def parse(text: str) -> Number:
    return numbers.parse(text)


def fraction(number: Number) -> Fraction:
    if type(number) is int:
        return Fraction(number)
    assert type(number) is BigFloat
    return Fraction(number.mantissa) * Fraction(2) ** number.exponent


root_two = numbers.from_float(2**0.5)
root_three = numbers.from_float(3**0.5)
CASES: list[tuple[str, Number]] = [
    ("1.1*1.1", numbers.multiply(parse("1.1"), parse("1.1"))),
    ("1/3", numbers.divide(1, 3)),
    ("1/3*3", numbers.multiply(numbers.divide(1, 3), 3)),
    ("-5/3", numbers.divide(-5, 3)),
    ("1234567890" * 17, parse("1234567890" * 17)),
    ("9" * 154 + ".5", parse("9" * 154 + ".5")),
    ("1e100", parse("1e100")),
    ("1e-5", parse("1e-5")),
    ("1e-2000", parse("1e-2000")),
    ("1e10000", parse("1e10000")),
    ("1e15000", parse("1e15000")),
    ("1e1000/3", numbers.divide(parse("1e1000"), 3)),
    ("123.456e-10", parse("123.456e-10")),
    ("3e400 - 2e399", numbers.subtract(parse("3e400"), parse("2e399"))),
    ("1e300+1e-300", numbers.add(parse("1e300"), parse("1e-300"))),
    ("0.1+0.7", numbers.add(parse("0.1"), parse("0.7"))),
    ("100/3.3", numbers.divide(100, parse("3.3"))),
    ("1.5e300*1.5e300", numbers.multiply(parse("1.5e300"), parse("1.5e300"))),
    ('tonumber("1p-3")', parse("1p-3")),
    ('tonumber("1p3")', parse("1p3")),
    # Results of functions have the 53 bits of a float, and say so when printed.
    ("pow(2,0.5)", root_two),
    ("pow(2,0.5)*3", numbers.multiply(root_two, 3)),
    ("pow(2,0.5)+1", numbers.add(root_two, 1)),
    ("pow(2,0.5)+pow(3,0.5)", numbers.add(root_two, root_three)),
    ("pow(2,0.5)/pow(3,0.5)", numbers.divide(root_two, root_three)),
    ("pow(2,0.5)*pow(2,0.5)", numbers.multiply(root_two, root_two)),
    ("pow(2,0.5) % 1", numbers.modulo(root_two, 1)),
    ("5 % pow(2,0.5)", numbers.modulo(5, root_two)),
    ("pow(2,100)", numbers.from_float(2.0**100)),
    ("pow(3,40)+1", numbers.add(numbers.from_float(3.0**40), 1)),
    ("pow(7,30)*pow(7,30)", numbers.multiply(numbers.from_float(7.0**30), numbers.from_float(7.0**30))),
    ('parseint("' + "z" * 110 + '", 36)', numbers.from_int(int("z" * 110, 36))),
    ("10 % 0.3", numbers.modulo(10, parse("0.3"))),
    ("-7.5 % 2", numbers.modulo(parse("-7.5"), 2)),
    ("7 % -3", numbers.modulo(7, -3)),
    ("7.7 % -2.2", numbers.modulo(parse("7.7"), parse("-2.2"))),
    ("1e200 % 7", numbers.modulo(parse("1e200"), 7)),
    ("floor(-1.5)", numbers.floor(parse("-1.5"))),
    ("ceil(-1.5)", numbers.ceil(parse("-1.5"))),
    ("-0", numbers.negate(0)),
    ("0 * -1", numbers.multiply(0, -1)),
    ("0 / -5", numbers.divide(0, -5)),
    ("-0 % 3", numbers.modulo(numbers.negate(0), 3)),
    ("-0 - 0", numbers.subtract(numbers.negate(0), 0)),
    ("-5 + 5", numbers.add(-5, 5)),
    ("-4 % 2", numbers.modulo(-4, 2)),
    ("floor(-0)", numbers.floor(numbers.negate(0))),
    ("abs(-0)", numbers.absolute(numbers.negate(0))),
    ('tonumber("-0")', parse("-0")),
]


def test_numbers_print_as_in_terraform() -> None:
    expected = terraform.evaluate([f"tostring({expression})" for expression, _ in CASES])
    got = [(expression, numbers.text(number)) for expression, number in CASES]
    assert got == [(case[0], found) for case, found in zip(CASES, expected, strict=True)]


def test_which_texts_are_numbers() -> None:
    texts = [
        "5",
        "+5",
        ".5",
        "5.",
        "1e5",
        "1p3",
        "Inf",
        "-inf",
        "",
        ".",
        " 1",
        "0x10",
        "1_000",
        "1e",
        "٣",
        "NaN",
        "--1",
    ]
    expected = terraform.evaluate([f'can(tonumber("{text}"))' for text in texts])
    for text, found in zip(texts, expected, strict=True):
        try:
            numbers.parse(text)
            assert found is True, text
        except ValueError:
            assert found is False, text


@given(any_number)
def test_text_reads_back(number: Number) -> None:
    again = numbers.parse(numbers.text(number))
    if type(number) is BigFloat and number.precision < numbers.PRECISION:
        assert numbers.text(numbers.from_float(numbers.to_float(again))) == numbers.text(number)
    else:
        assert numbers.compare(again, number) == 0
    assert type(number) is not int or type(again) is int


@given(decimal_texts)
def test_parsing_rounds_half_to_even_at_512_bits(text: str) -> None:
    exact, number = Fraction(text), fraction(numbers.parse(text))
    if exact:
        error = abs(exact - number)
        ulp = Fraction(2) ** (math.floor(math.log2(abs(exact.numerator)) - math.log2(exact.denominator)) - 510)
        assert error <= ulp


@given(any_number, any_number)
def test_arithmetic_is_close_and_compares(left: Number, right: Number) -> None:
    for operation, exact in (
        (numbers.add, fraction(left) + fraction(right)),
        (numbers.subtract, fraction(left) - fraction(right)),
        (numbers.multiply, fraction(left) * fraction(right)),
    ):
        got = fraction(operation(left, right))
        assert abs(got - exact) <= abs(exact) / 2**52
        assert (got > 0) == (exact > 0) or got == 0
    assert numbers.compare(left, right) == (fraction(left) > fraction(right)) - (fraction(left) < fraction(right))


@given(any_number, any_number)
def test_division(left: Number, right: Number) -> None:
    if fraction(right):
        exact = fraction(left) / fraction(right)
        assert abs(fraction(numbers.divide(left, right)) - exact) <= abs(exact) / 2**52
    else:
        with pytest.raises(ZeroDivisionError):
            numbers.divide(left, right)


@given(st.integers(-(2**200), 2**200), st.integers(-(2**200), 2**200).filter(bool))
def test_whole_remainders(left: int, right: int) -> None:
    rest = numbers.modulo(left, right)
    assert type(rest) is int
    assert (left - rest) % right == 0 and abs(rest) < abs(right) and rest * left >= 0


@given(st.floats(allow_nan=False))
def test_floats_round_trip(number: float) -> None:
    assert numbers.to_float(numbers.from_float(number)) == number


@given(any_number)
def test_floor_and_ceil(number: Number) -> None:
    exact = fraction(number)
    assert fraction(numbers.floor(number)) <= exact < fraction(numbers.floor(number)) + 1 or abs(exact) > 2**50
    assert numbers.compare(numbers.ceil(number), number) >= 0


def test_infinity() -> None:
    infinity = numbers.POSITIVE_INFINITY
    assert numbers.text(infinity) == "+Inf" and numbers.text(numbers.negate(infinity)) == "-Inf"
    assert numbers.compare(infinity, 10**100) == 1 and numbers.compare(numbers.negate(infinity), infinity) == -1
    assert numbers.divide(1, infinity) == 0
    assert numbers.is_infinite(numbers.add(infinity, 1))
    with pytest.raises(ArithmeticError):
        numbers.subtract(infinity, infinity)
    assert numbers.is_infinite(parse("1e999999999999"))
    assert parse("1e-999999999999") == 0


def test_integers_stay_integers() -> None:
    assert type(parse("1e3")) is int and type(parse("10.00")) is int
    assert type(numbers.multiply(parse("0.5"), 2)) is int
    assert numbers.to_int(numbers.from_float(2.0**100)) == 2**100
    assert numbers.compare(numbers.from_float(2.0**100), 2**100) == 0
    assert numbers.to_int(parse("1.5")) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5, "5"),
        (numbers.parse("5.25"), "5.25"),
        (123456789012, "1.23456789e+11"),
        (numbers.parse("123456789012.5"), "1.23456789e+11"),
        (numbers.parse("0.00001"), "1e-05"),
        (-1234567890, "-1234567890"),
        (numbers.parse("99999999999.9"), "1e+11"),
    ],
)
def test_short_text(number: Number, text: str) -> None:
    assert numbers.short_text(number) == text


def test_very_long_literals() -> None:
    text = "9" * 20_000
    number = parse(text)
    assert numbers.text(number) == "1" + "0" * 20_000
