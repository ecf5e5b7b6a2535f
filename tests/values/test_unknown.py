from __future__ import annotations

import pytest

from iacctl import values
from iacctl.values import (
    DYNAMIC_UNKNOWN,
    NUMBER,
    SENSITIVE,
    STRING,
    Unknown,
    Value,
    list_of,
    list_value,
    map_of,
    map_value,
    mark,
    null_of,
    numbers,
    object_of,
    ranges,
    raw_equals,
    refine,
    set_of,
    set_value,
    tuple_of,
    unknown,
    unknown_of,
)

from . import terraform

U_STRING, U_NUMBER = unknown_of(STRING), unknown_of(NUMBER)
U_LIST = unknown_of(list_of(STRING))


def test_known_values_and_unknown_types_take_no_refinements() -> None:
    assert refine("a", not_null=True) == "a"
    assert refine(DYNAMIC_UNKNOWN, not_null=True) is DYNAMIC_UNKNOWN
    assert refine(U_STRING) is U_STRING


def test_refinements_add_up() -> None:
    twice = refine(refine(U_NUMBER, lower=1, upper=10), lower=5, upper=20, not_null=True)
    assert type(twice) is Unknown and twice.refinements is not None
    assert (twice.refinements.lower, twice.refinements.upper, twice.refinements.not_null) == (5, 10, True)
    longer = refine(refine(U_STRING, prefix="ab"), prefix="a")
    assert type(longer) is Unknown and longer.refinements is not None and longer.refinements.prefix == "ab"


def test_the_only_possibility_is_known() -> None:
    assert refine(U_NUMBER, not_null=True, lower=3, upper=3) == 3
    assert type(refine(U_NUMBER, lower=3, upper=3)) is Unknown
    assert raw_equals(refine(U_LIST, not_null=True, max_length=0), list_value(STRING, []))
    assert raw_equals(refine(U_LIST, not_null=True, min_length=2, max_length=2), list_value(STRING, [U_STRING] * 2))
    assert raw_equals(refine(unknown_of(map_of(STRING)), not_null=True, max_length=0), map_value(STRING, {}))
    assert raw_equals(
        refine(unknown_of(set_of(STRING)), not_null=True, min_length=1, max_length=1), set_value(STRING, [U_STRING])
    )
    assert type(refine(unknown_of(set_of(STRING)), not_null=True, min_length=2, max_length=2)) is Unknown


def test_marks_stay() -> None:
    assert raw_equals(
        refine(mark(U_STRING, [SENSITIVE]), not_null=True), mark(values.refine_not_null(U_STRING), [SENSITIVE])
    )


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("ami-", "ami-"),
        ("ami", "am"),
        ("a\r\n", "a"),
        ("", ""),
        ("e", ""),
        ("x=", "x"),
        ("ae\u0301", "a"),
        ("日本", "日"),
    ],
)
def test_safe_prefixes(text: str, safe: str) -> None:
    assert unknown.safe_prefix(text) == safe


def test_null_can_be_ruled_out() -> None:
    assert unknown.definitely_not_null("") and not unknown.definitely_not_null(None)
    assert not unknown.definitely_not_null(null_of(STRING)) and not unknown.definitely_not_null(U_STRING)
    assert unknown.definitely_not_null(mark(values.refine_not_null(U_STRING), [SENSITIVE]))


def test_merging_what_either_could_be() -> None:
    either = unknown.merge("ab-c", refine(U_STRING, not_null=True, prefix="ab-d"))
    assert raw_equals(either, refine(U_STRING, not_null=True, prefix="ab-"))
    assert raw_equals(unknown.merge(1, 5), refine(U_NUMBER, not_null=True, lower=1, upper=5))
    assert unknown.merge(4, 4) == 4
    assert unknown.merge(1, U_NUMBER) is U_NUMBER
    assert unknown.merge("a", 1) is DYNAMIC_UNKNOWN
    assert raw_equals(
        unknown.merge(list_value(STRING, ["a"]), list_value(STRING, ["a", "b", "c"])),
        refine(U_LIST, not_null=True, min_length=1, max_length=3),
    )
    assert raw_equals(unknown.merge("a", null_of(STRING)), U_STRING)


def test_lengths() -> None:
    assert unknown.length(list_value(STRING, ["a"])) == 1
    assert unknown.length(unknown_of(tuple_of([STRING, NUMBER]))) == 2
    assert unknown.length(unknown_of(object_of({"a": STRING}))) == 1
    assert raw_equals(unknown.length(U_LIST), refine(U_NUMBER, not_null=True, lower=0))
    sized = refine(U_LIST, min_length=1, max_length=4)
    assert raw_equals(unknown.length(sized), refine(U_NUMBER, not_null=True, lower=1, upper=4))
    assert unknown.length(set_value(STRING, [U_STRING])) == 1
    assert raw_equals(
        unknown.length(set_value(STRING, ["a", U_STRING])), refine(U_NUMBER, not_null=True, lower=1, upper=2)
    )
    assert raw_equals(unknown.length(mark((1, 2), [SENSITIVE])), mark(2, [SENSITIVE]))


COUNT = refine(U_NUMBER, not_null=True, lower=0)
TWO = refine(U_NUMBER, not_null=True, lower=1, upper=2)
SETUP = """
resource "terraform_data" "a" {}
resource "terraform_data" "b" {}
locals {
  count = length(split(timestamp(), timestamp()))
  two   = length(toset([terraform_data.a.id, terraform_data.b.id]))
}
"""
ORDERED: list[tuple[str, Value]] = [
    ("local.two > 0", ranges.order(">", TWO, 0)),
    ("local.two >= 1", ranges.order(">=", TWO, 1)),
    ("local.two > 2", ranges.order(">", TWO, 2)),
    ("local.two > 3", ranges.order(">", TWO, 3)),
    ("local.two < 3", ranges.order("<", TWO, 3)),
    ("3 <= local.two", ranges.order("<=", 3, TWO)),
    ("local.two == 3", values.equal(TWO, 3)),
    ("local.two == 2", values.equal(TWO, 2)),
]


def test_what_bounds_tell_is_what_terraform_concludes() -> None:
    found = terraform.planned([expression for expression, _ in ORDERED], SETUP)
    for (expression, got), change in zip(ORDERED, found, strict=True):
        assert (type(got) is Unknown) == change["after_unknown"], expression
        assert change["after_unknown"] or got is change["after"], expression


def test_order_of_known_numbers() -> None:
    assert ranges.order("<=", 1, 1) is True and ranges.order(">", numbers.parse("0.5"), 1) is False
    assert ranges.order(">=", 1, 2) is False and ranges.order("<", 1, 2) is True
