from __future__ import annotations

import pytest

from iacctl import values
from iacctl.values import (
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NUMBER,
    SENSITIVE,
    STRING,
    Marked,
    Null,
    ObjectValue,
    SetValue,
    TupleValue,
    list_of,
    list_value,
    map_value,
    mark,
    null_of,
    object_of,
    object_value,
    set_value,
    tuple_of,
    tuple_value,
    type_of,
    unknown_of,
)


def test_canonical_forms() -> None:
    assert tuple_value([1, "a", (True,)]) == (1, "a", (True,))
    assert type(tuple_value([1, unknown_of(STRING)])) is TupleValue
    assert type(tuple_value([1, list_value(STRING, ["a"])])) is tuple
    assert type(tuple_value([1, list_value(STRING, [unknown_of(STRING)])])) is TupleValue
    assert type(tuple_value([null_of(STRING)])) is tuple
    assert list(object_value({"b": 1, "a": 2})) == ["a", "b"]
    made = object_value({"b": mark(1, [SENSITIVE])})
    assert type(made) is ObjectValue and made.has_marks and not made.has_unknown
    assert type(object_value({"a": made})) is ObjectValue


def test_types_of_values() -> None:
    assert type_of(True) is values.BOOL and type_of(1) is NUMBER and type_of(None) is DYNAMIC
    assert type_of((1, ("a",))) is tuple_of([NUMBER, tuple_of([STRING])])
    assert type_of({"a": None}) is object_of({"a": DYNAMIC})
    assert type_of(tuple_value([mark("a", [SENSITIVE]), unknown_of(NUMBER)])) is tuple_of([STRING, NUMBER])
    assert type_of(object_value({"a": DYNAMIC_UNKNOWN})) is object_of({"a": DYNAMIC})
    assert type_of(mark(list_value(STRING, []), [SENSITIVE])) is list_of(STRING)


def test_nulls() -> None:
    assert null_of(DYNAMIC) is None
    assert null_of(STRING) is null_of(STRING)
    assert values.is_null(mark(null_of(STRING), [SENSITIVE])) and values.is_null(None) and not values.is_null("")
    with pytest.raises(ValueError, match="None"):
        Null(DYNAMIC)


def test_what_is_known() -> None:
    assert not values.is_known(mark(DYNAMIC_UNKNOWN, [SENSITIVE]))
    partly = tuple_value([1, DYNAMIC_UNKNOWN])
    assert values.is_known(partly) and not values.is_wholly_known(partly)
    assert values.is_wholly_known(null_of(STRING)) and values.is_wholly_known({"a": (1,)})
    assert not values.is_wholly_known(mark(partly, [SENSITIVE]))


def test_sets_drop_duplicates_and_hoist_marks() -> None:
    made = set_value(STRING, ["b", mark("a", [SENSITIVE]), "b"])
    assert type(made) is Marked and made.marks == {SENSITIVE}
    assert type(made.value) is SetValue and made.value.items == ("a", "b")
    unknown = set_value(STRING, [unknown_of(STRING), "a", unknown_of(STRING)])
    assert type(unknown) is SetValue and unknown.has_unknown and len(unknown.items) == 3 and unknown.items[0] == "a"


def test_maps_are_in_key_order() -> None:
    assert list(map_value(NUMBER, {"é": 1, "z": 2, "a": 3}).entries) == ["a", "z", "é"]


def test_representations() -> None:
    shown = repr(tuple_value([mark(null_of(STRING), [SENSITIVE]), unknown_of(NUMBER), list_value(STRING, ["a"])]))
    assert shown == "TupleValue((Marked(Null(string), {'sensitive'}), Unknown(number), ListValue(string, ('a',))))"
