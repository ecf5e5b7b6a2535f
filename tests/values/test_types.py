from __future__ import annotations

import pytest
from hypothesis import given

from iacctl.values import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
    type_from_json,
    type_to_json,
    without_optional,
)

from .strategies import constraints


def test_equal_types_are_one_object() -> None:
    assert list_of(STRING) is list_of(STRING)
    assert object_of({"b": NUMBER, "a": STRING}) is object_of({"a": STRING, "b": NUMBER})
    assert object_of({"a": STRING}) is not object_of({"a": STRING}, ["a"])
    assert tuple_of([STRING, BOOL]) is tuple_of((STRING, BOOL))
    assert set_of(STRING) is not list_of(STRING)


@given(constraints)
def test_json_round_trip(type_: Type) -> None:
    assert type_from_json(type_to_json(type_)) is type_


@pytest.mark.parametrize(
    ("type_", "name", "constraint"),
    [
        (STRING, "string", "string"),
        (DYNAMIC, "dynamic", "any type"),
        (list_of(DYNAMIC), "list of dynamic", "list of any single type"),
        (map_of(list_of(NUMBER)), "map of list of number", "map of list of number"),
        (set_of(object_of({"a": STRING})), "set of object", "set of object"),
        (tuple_of([STRING]), "tuple", "tuple"),
    ],
)
def test_names(type_: Type, name: str, constraint: str) -> None:
    assert type_.friendly_name() == name
    assert type_.constraint_name() == constraint


def test_optional_attributes() -> None:
    constraint = list_of(object_of({"a": object_of({"b": STRING}, ["b"])}))
    assert constraint.has_optional
    assert type_to_json(constraint) == ["list", ["object", {"a": ["object", {"b": "string"}, ["b"]]}]]
    assert without_optional(constraint) is list_of(object_of({"a": object_of({"b": STRING})}))
    with pytest.raises(ValueError, match="optional"):
        object_of({"a": STRING}, ["b"])


@pytest.mark.parametrize(
    "data", ["text", 5, [], ["list"], ["list", "x"], ["object", ["a"]], ["tuple", "string"], ["list", "string", 1]]
)
def test_what_is_no_type(data: object) -> None:
    with pytest.raises(ValueError, match="invalid"):
        type_from_json(data)


def test_facts_about_types() -> None:
    assert list_of(tuple_of([STRING, DYNAMIC])).has_dynamic
    assert not list_of(tuple_of([STRING])).has_dynamic
    assert list_of(tuple_of([STRING, list_of(BOOL)])).depth == 4
    assert list_of(STRING).is_collection and not tuple_of([]).is_collection and NUMBER.is_primitive
