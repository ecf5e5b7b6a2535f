from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iacctl import values
from iacctl.values import (
    BOOL,
    DYNAMIC_UNKNOWN,
    NUMBER,
    SENSITIVE,
    STRING,
    Marked,
    SetValue,
    Type,
    Unknown,
    Value,
    equal,
    equality,
    key,
    list_of,
    list_value,
    map_value,
    mark,
    null_of,
    numbers,
    object_of,
    object_value,
    raw_equals,
    refine,
    set_hash,
    set_value,
    tuple_value,
    unknown_of,
)

from . import terraform
from .strategies import any_values, types, values_of

UNKNOWN_STRING = unknown_of(STRING)
TIMESTAMP = refine(UNKNOWN_STRING, not_null=True)
DYNAMIC = DYNAMIC_UNKNOWN
# An expression, its two sides as values.
COMPARED: list[tuple[str, Value, Value]] = [
    ('1 == "1"', 1, "1"),
    ("1 == 1.0", 1, numbers.parse("1.0")),
    ("true == 1", True, 1),
    ("null == null", None, None),
    ("tostring(null) == tolist(null)", null_of(STRING), null_of(list_of(STRING))),
    ('"" == null', "", None),
    ("[1] == tolist([1])", (1,), list_value(NUMBER, [1])),
    ("[1] == [1]", (1,), (1,)),
    ("[1] == [true]", (1,), (True,)),
    ("[1, null] == [1, null]", (1, None), (1, None)),
    ("{a=1} == {a=1}", {"a": 1}, {"a": 1}),
    ("{a=1} == tomap({a=1})", {"a": 1}, map_value(NUMBER, {"a": 1})),
    ("tolist([]) == []", list_value(values.DYNAMIC, []), ()),
    ("[null] == [tostring(null)]", (None,), (null_of(STRING),)),
    ("pow(2,100) == 1267650600228229401496703205376", numbers.from_float(2.0**100), 2**100),
    ("timestamp() == null", TIMESTAMP, None),
    ('timestamp() == ""', TIMESTAMP, ""),
    ("timestamp() == 5", TIMESTAMP, 5),
    ("timestamp() == []", TIMESTAMP, ()),
    ("[timestamp(), 1] == [1, 2]", tuple_value([TIMESTAMP, 1]), (1, 2)),
    ('[timestamp(), 1] == ["a", 2]', tuple_value([TIMESTAMP, 1]), ("a", 2)),
    ('["a", timestamp()] == ["b", timestamp()]', tuple_value(["a", TIMESTAMP]), tuple_value(["b", TIMESTAMP])),
    ('tolist([timestamp()]) == tolist(["a", "b"])', list_value(STRING, [TIMESTAMP]), list_value(STRING, ["a", "b"])),
    ('tomap({a=timestamp()}) == tomap({b="a"})', map_value(STRING, {"a": TIMESTAMP}), map_value(STRING, {"b": "a"})),
    ('tomap({a=timestamp()}) == tomap({a="a"})', map_value(STRING, {"a": TIMESTAMP}), map_value(STRING, {"a": "a"})),
    ('toset([timestamp()]) == toset(["a", "b"])', set_value(STRING, [TIMESTAMP]), set_value(STRING, ["a", "b"])),
    ("jsondecode(timestamp()) == null", DYNAMIC, None),
    ("jsondecode(timestamp()) == 5", DYNAMIC, 5),
    ("[jsondecode(timestamp())] == [1]", tuple_value([DYNAMIC]), (1,)),
    ("[jsondecode(timestamp()), 1] == [1]", tuple_value([DYNAMIC, 1]), (1,)),
    ("[jsondecode(timestamp()), 1] == [1, 2]", tuple_value([DYNAMIC, 1]), (1, 2)),
    ("{a=jsondecode(timestamp())} == {a=1}", object_value({"a": DYNAMIC}), {"a": 1}),
    ('{a=jsondecode(timestamp()),b=1} == {a=1,b="x"}', object_value({"a": DYNAMIC, "b": 1}), {"a": 1, "b": "x"}),
    ("[jsondecode(timestamp())] == {}", tuple_value([DYNAMIC]), {}),
    ('"ab-${timestamp()}" == "abx"', refine(UNKNOWN_STRING, not_null=True, prefix="ab-"), "abx"),
    ('"ab-${timestamp()}" == "ab-c"', refine(UNKNOWN_STRING, not_null=True, prefix="ab-"), "ab-c"),
    ("length(split(timestamp(), timestamp())) == -1", refine(unknown_of(NUMBER), not_null=True, lower=0), -1),
    ("length(split(timestamp(), timestamp())) == 1", refine(unknown_of(NUMBER), not_null=True, lower=0), 1),
]


def test_equality_is_that_of_terraform() -> None:
    found = terraform.planned([expression for expression, _, _ in COMPARED])
    for (expression, left, right), change in zip(COMPARED, found, strict=True):
        for got in (equal(left, right), equal(right, left)):
            assert (type(got) is Unknown) == change["after_unknown"], expression
            assert change["after_unknown"] or got is change["after"], expression


def test_marks_of_either_side_mark_the_answer() -> None:
    got = equal({"a": 1}, object_value({"a": mark(1, [SENSITIVE])}))
    assert type(got) is Marked and got.value is True and got.marks == {SENSITIVE}


def test_a_difference_decides_whatever_is_unknown_beside_it() -> None:
    assert equal(object_value({"a": UNKNOWN_STRING, "b": 1}), object_value({"a": "x", "b": 2})) is False
    assert equal(unknown_of(STRING), DYNAMIC_UNKNOWN) is not False


@given(types, st.data())
def test_keys_agree_with_equality(type_: Type, data: st.DataObject) -> None:
    left, right = data.draw(values_of(type_)), data.draw(values_of(type_))
    assert (key(left) == key(right)) == raw_equals(left, right)
    assert key(left) == key(left) and hash(key(left)) == hash(key(left))
    if not values.is_null(left) and not values.is_null(right):
        assert equal(left, right) is raw_equals(left, right)


@given(any_values)
def test_everything_is_the_same_as_itself(value: Value) -> None:
    copy = values.paths.transform(value, lambda path, part: part)
    assert raw_equals(value, copy) and key(value) == key(copy)


def test_keys_tell_types_apart() -> None:
    assert (
        len({key(value) for value in (1, True, "1", None, (1,), (True,), list_value(NUMBER, [1]), {"a": 1}, "")}) == 9
    )
    assert key(numbers.from_float(2.0**100)) == key(2**100)
    assert raw_equals(numbers.from_float(2.0**100), 2**100) and raw_equals(0, numbers.NEGATIVE_ZERO)


SETS = [
    ('["b", "a", "é", "Z", "10", "2"]', ("b", "a", "é", "Z", "10", "2")),
    ("[10, 2, -1, 2.5, 1e30]", (10, 2, -1, numbers.parse("2.5"), 10**30)),
    ("[true, false]", (True, False)),
    ('[null, "a"]', (None, "a")),
    (
        "[{a=1,b=true},{a=10,b=false},{a=2,b=true},{a=12345678901,b=true}]",
        tuple({"a": a, "b": b} for a, b in ((1, True), (10, False), (2, True), (12345678901, True))),
    ),
    ('[["a"],["B"],["\\"q"],["é"],["\\n"],["\\u200b"]]', (("a",), ("B",), ('"q',), ("é",), ("\n",), ("\u200b",))),
    ("[[1.5],[15],[0.000001],[-3]]", ((numbers.parse("1.5"),), (15,), (numbers.parse("0.000001"),), (-3,))),
    ("[[], [1], [1, 2]]", ((), (1,), (1, 2))),
    ('[{x="a"},{y="a"},{}]', ({"x": "a"}, {"y": "a"}, {})),
    ('[tolist(["b"]),tolist([])]', (list_value(STRING, ["b"]), list_value(STRING, []))),
]


def test_sets_iterate_as_in_terraform() -> None:
    found = terraform.evaluate([f"tolist(toset({text}))" for text, _ in SETS])
    for (text, items), expected in zip(SETS, found, strict=True):
        got = values.convert(values.convert(items, values.set_of(values.DYNAMIC)), list_of(values.DYNAMIC))
        assert raw_equals(got, expected), text


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("a", '"a"'),
        ('a"\\', '"a\\"\\\\"'),
        ("\a\v\x00", '"\\a\\v\\x00"'),
        ("\u200b\U000e0001", '"\\u200b\\U000e0001"'),
        ("é ", '"é "'),
    ],
)
def test_go_quoting(text: str, quoted: str) -> None:
    assert set_hash.go_quoted(text) == quoted


def test_elements_of_sets() -> None:
    numbers_set = set_value(NUMBER, [1, 2])
    assert type(numbers_set) is SetValue
    assert equality.has_element(numbers_set, 1) is True
    assert equality.has_element(numbers_set, 3) is False
    assert equality.has_element(numbers_set, "1") is False
    assert equality.has_element(numbers_set, unknown_of(STRING)) is False
    assert type(equality.has_element(numbers_set, unknown_of(NUMBER))) is Unknown
    unsure = set_value(STRING, ["a", unknown_of(STRING)])
    assert type(unsure) is SetValue
    assert equality.has_element(unsure, "a") is True
    assert type(equality.has_element(unsure, "b")) is Unknown


@pytest.mark.parametrize("value", [unknown_of(STRING), DYNAMIC_UNKNOWN, unknown_of(BOOL)])
def test_refinements_count_for_sameness(value: Value) -> None:
    refined = values.refine_not_null(value)
    assert raw_equals(value, refined) is (value is DYNAMIC_UNKNOWN)


def test_null_types_count_for_sameness_but_not_for_equality() -> None:
    assert not raw_equals(null_of(STRING), null_of(NUMBER)) and equal(null_of(STRING), null_of(NUMBER)) is True
    assert not raw_equals(list_value(STRING, []), list_value(NUMBER, []))
    assert not raw_equals(null_of(object_of({})), None)
