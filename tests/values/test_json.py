from __future__ import annotations

import json as standard_json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iacctl import values
from iacctl.values import (
    BOOL,
    DYNAMIC,
    NUMBER,
    SENSITIVE,
    STRING,
    BigFloat,
    Type,
    Value,
    json,
    list_of,
    list_value,
    map_of,
    map_value,
    mark,
    null_of,
    numbers,
    object_of,
    raw_equals,
    set_of,
    set_value,
    tuple_of,
    tuple_value,
    type_of,
    unknown_of,
)

from . import terraform
from .strategies import constraints, typed_values, values_of


@given(typed_values)
def test_round_trip(typed: tuple[Type, Value]) -> None:
    type_, value = typed
    text = json.dumps(value, type_)
    assert raw_equals(json.decode(json.loads(text), type_), value) or has_rough_numbers(value)
    assert standard_json.loads(text) == standard_json.loads(text)
    assert raw_equals(json.decode(json.encode(value, type_), type_), value)


def has_rough_numbers(value: Value) -> bool:
    """Whether it has numbers of less than 512 bits, which print as few digits as tell them apart at their precision."""
    found: list[Value] = []
    values.paths.walk(value, lambda path, part: found.append(part) or True)
    return any(type(part) is BigFloat and part.precision < numbers.PRECISION for part in found)


@given(constraints, st.data())
def test_round_trip_with_any_type(type_: Type, data: st.DataObject) -> None:
    value = data.draw(values_of(type_))
    if not values.conformance.conforms(value, type_) or has_rough_numbers(value):
        return
    again = json.decode(json.loads(json.dumps(value, type_)), type_)
    assert values.json.dumps(again, type_) == values.json.dumps(value, type_)


def test_any_type_is_written_with_its_type() -> None:
    assert json.dumps((1, "a"), DYNAMIC) == '{"value":[1,"a"],"type":["tuple",["number","string"]]}'
    assert json.dumps({"a": None}, object_of({"a": DYNAMIC})) == '{"a":null}'
    assert json.encode({"a": 1}, map_of(DYNAMIC)) == {"a": {"value": 1, "type": "number"}}
    assert raw_equals(json.decode({"value": [], "type": ["list", "string"]}, DYNAMIC), list_value(STRING, []))


ENCODED = [
    '"<>&\\u2028\\u2029\\u0001\\u007f\\u0008\\u000c\\n\\r\\t\\"\\\\/é😀"',
    "[1, 1.5, 1e30, 1e-7, pow(2, 100), -0, 1/3]",
    '{b = null, a = [true, {}], "c d" = []}',
]
AS_VALUES: list[Value] = [
    '<>&\u2028\u2029\u0001\u007f\b\f\n\r\t"\\/é😀',
    (
        1,
        numbers.parse("1.5"),
        10**30,
        numbers.parse("1e-7"),
        numbers.from_float(2.0**100),
        numbers.NEGATIVE_ZERO,
        numbers.divide(1, 3),
    ),
    {"a": (True, {}), "b": None, "c d": ()},
]


def test_text_is_that_of_jsonencode() -> None:
    found = terraform.evaluate([f"jsonencode({text})" for text in ENCODED])
    assert [json.dumps(value, type_of(value)) for value in AS_VALUES] == found


def test_numbers_are_exact() -> None:
    text = "[0.1,123456789012345678901234567890.5,1e400,1.0]"
    value = json.implied(json.loads(text))
    assert json.dumps(value, type_of(value)) == "[0.1,123456789012345678901234567890.5,1" + "0" * 400 + ",1]"
    long = json.decode(json.loads("1" * 400), NUMBER)
    assert type(long) is int and numbers.text(long).endswith("000") and len(numbers.text(long)) == 400
    assert json.dumps(long, NUMBER) == numbers.text(long)
    assert raw_equals(json.decode(3**400, NUMBER), numbers.parse(str(3**400)))


def test_lenient_primitives() -> None:
    assert json.decode("5", NUMBER) == 5 and json.decode(5, STRING) == "5" and json.decode(True, STRING) == "true"
    assert json.decode("true", BOOL) is True and json.decode("0", BOOL) is False
    assert json.decode("e\u0301", STRING) == "\u00e9"

    class Literal:
        def __str__(self) -> str:
            return "1.50"

    assert raw_equals(json.decode(Literal(), NUMBER), numbers.parse("1.5")) and json.decode(Literal(), STRING) == "1.50"


def test_missing_attributes_are_null() -> None:
    assert raw_equals(json.decode({"a": "x"}, object_of({"a": STRING, "b": NUMBER})), {"a": "x", "b": null_of(NUMBER)})
    assert json.decode(None, list_of(STRING)) is null_of(list_of(STRING))


def test_sets_are_sorted_when_read() -> None:
    assert raw_equals(json.decode([3, 1, 3], set_of(NUMBER)), set_value(NUMBER, [1, 3]))


@pytest.mark.parametrize(
    ("data", "type_", "path", "message"),
    [
        ([], STRING, "", "string is required"),
        (True, NUMBER, "", "number is required"),
        ("x", NUMBER, "", "a number is required"),
        (1, BOOL, "", "bool is required"),
        ("x", BOOL, "", "a bool is required"),
        ({}, list_of(STRING), "", "need JSON array for list"),
        ({}, set_of(STRING), "", "need JSON array for set"),
        ([], map_of(STRING), "", "need JSON object for map"),
        ([], object_of({}), "", "need JSON object for object"),
        ({}, tuple_of([]), "", "need JSON array for tuple"),
        ([1], tuple_of([]), "", "too many tuple elements (need 0)"),
        ([], tuple_of([STRING]), "", "not enough tuple elements (need 1)"),
        ({"x": 1}, object_of({"a": STRING}), "", 'unsupported attribute "x"'),
        ({"x": None}, object_of({"a": STRING}), "", 'unsupported attribute "x"'),
        ({"a": [1, []]}, object_of({"a": list_of(STRING)}), ".a[1]", "string is required"),
        ({"a": {"k": []}}, object_of({"a": map_of(STRING)}), '.a["k"]', "string is required"),
        ([[]], tuple_of([STRING]), "[0]", "string is required"),
        (5, DYNAMIC, "", "need JSON object for dynamically-typed value"),
        ({"value": 1}, DYNAMIC, "", "missing type in dynamically-typed value"),
        ({"type": "string"}, DYNAMIC, "", "missing value in dynamically-typed value"),
        ({"x": 1}, DYNAMIC, "", 'invalid key "x" in dynamically-typed value'),
        ({"value": 1, "type": "what"}, DYNAMIC, "", "invalid primitive type name 'what'"),
    ],
)
def test_what_does_not_fit(data: object, type_: Type, path: str, message: str) -> None:
    with pytest.raises(json.JsonError) as caught:
        json.decode(data, type_)
    assert (values.paths.text(caught.value.path), caught.value.message) == (path, message)


@pytest.mark.parametrize(
    ("value", "path", "message"),
    [
        (unknown_of(STRING), "", "value is not known"),
        (tuple_value([1, unknown_of(STRING)]), "[1]", "value is not known"),
        (
            map_value(STRING, {"k": mark("x", [SENSITIVE])}),
            '["k"]',
            "value has marks, so it cannot be serialized as JSON",
        ),
        (numbers.POSITIVE_INFINITY, "", "cannot serialize infinity as JSON"),
    ],
)
def test_what_has_no_json(value: Value, path: str, message: str) -> None:
    for type_ in (type_of(value), DYNAMIC):
        with pytest.raises(json.JsonError) as caught:
            json.dumps(value, type_)
        assert (values.paths.text(caught.value.path), caught.value.message) == (path, message)


def test_implied_values() -> None:
    assert json.implied(json.loads('{"b":[1,null,"x"],"a":{}}')) == {"a": {}, "b": (1, None, "x")}
    assert list(json.implied(json.loads('{"b":1,"a":2}'))) == ["a", "b"]  # type: ignore[arg-type]
    for text in ("", "{", "[1,]", "NaN", "01", "nul"):
        with pytest.raises(ValueError):
            json.loads(text)
