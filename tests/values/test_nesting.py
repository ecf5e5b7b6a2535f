"""Values that nest as deep as Terraform allows, and further."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from iacctl import values
from iacctl.values import (
    DYNAMIC,
    SENSITIVE,
    STRING,
    Type,
    Value,
    convert,
    equal,
    json,
    key,
    list_of,
    list_value,
    mark,
    paths,
    raw_equals,
    set_of,
    tuple_value,
    type_from_json,
    type_of,
    type_to_json,
    unknown_of,
    unmark_deep_with_paths,
)

DEPTH = 12_000


def nested_tuple(inside: Value, depth: int = DEPTH) -> Value:
    value = inside
    for _ in range(depth):
        value = tuple_value([value])
    return value


def nested_object() -> Value:
    value: Value = "end"
    for _ in range(DEPTH):
        value = {"a": value, "b": 1}
    return value


def nested_list_type() -> Type:
    type_: Type = STRING
    for _ in range(DEPTH):
        type_ = list_of(type_)
    return type_


def use_everything(value: Value) -> None:
    type_ = type_of(value)
    assert type_of(value) is type_
    assert type_from_json(type_to_json(type_)) is type_
    copy = json.decode(json.encode(value, type_), type_)
    assert raw_equals(copy, value) and key(copy) == key(value) and equal(copy, value) is True
    text = json.dumps(value, type_)
    assert json.dumps(json.implied(json.loads(text)), type_) == text
    assert convert(value, type_) is not None
    assert paths.transform(value, lambda path, part: part) is value
    values.describe.describe(value)
    assert not values.conformance.nonconformities(type_, type_)


@pytest.mark.parametrize("value", [nested_tuple("end"), nested_object()], ids=["tuple", "object"])
def test_deep_structures(value: Value) -> None:
    use_everything(value)


def test_deep_marks_and_unknowns() -> None:
    value = nested_tuple(tuple_value([mark("end", [SENSITIVE]), unknown_of(STRING)]))
    assert values.has_marks(value) and not values.is_wholly_known(value)
    bare, found = unmark_deep_with_paths(value)
    assert raw_equals(values.mark_with_paths(bare, found), value)
    assert equal(bare, bare) is not True
    assert raw_equals(bare, bare) and key(bare) == key(bare)
    assert type_of(value) is type_of(bare)


def test_deep_collections() -> None:
    type_ = nested_list_type()
    value: Value = "end"
    for _ in range(DEPTH):
        value = (value,)
    converted = convert(value, type_)
    assert type_of(converted) is type_
    assert raw_equals(convert(converted, type_), converted)
    assert raw_equals(json.decode(json.encode(converted, type_), type_), converted)
    assert values.without_optional(type_) is type_ and type_.friendly_name().startswith("list of list of")
    with pytest.raises(values.ConversionError):
        convert(value, list_of(type_))
    both = values.unify([type_of(value), type_])
    assert both is not None and both[0] is type_


def test_deep_elements_of_a_set() -> None:
    made = convert((nested_tuple("b"), nested_tuple("a"), nested_tuple("b")), set_of(DYNAMIC))
    assert type(made) is values.SetValue and len(made.items) == 2


def test_deep_values_in_several_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(use_everything, nested_tuple("end", 3_000)) for _ in range(4)]:
            done.result()


def test_list_values_may_nest() -> None:
    value: values.ListValue = list_value(STRING, [])
    for _ in range(DEPTH):
        value = list_value(value.type, [value])
    assert type_of(value).depth == DEPTH + 2 and raw_equals(value, value)
