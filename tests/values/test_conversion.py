from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iacctl import values
from iacctl.values import (
    BOOL,
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NUMBER,
    SENSITIVE,
    STRING,
    ConversionError,
    Type,
    Unknown,
    Value,
    conversion,
    convert,
    list_of,
    list_value,
    map_of,
    map_value,
    mark,
    null_of,
    numbers,
    object_of,
    object_value,
    raw_equals,
    refine,
    set_of,
    set_value,
    tuple_of,
    tuple_value,
    type_of,
    unify,
    unknown_of,
)

from . import terraform
from .strategies import constraints, known_values, types, values_of

A_B = object_of({"a": NUMBER, "b": STRING}, ["b"])
ANY_A = object_of({"a": DYNAMIC})
TYPES: list[tuple[str, Type]] = [
    ("string", STRING),
    ("number", NUMBER),
    ("bool", BOOL),
    ("any", DYNAMIC),
    ("list(string)", list_of(STRING)),
    ("list(number)", list_of(NUMBER)),
    ("set(string)", set_of(STRING)),
    ("set(number)", set_of(NUMBER)),
    ("map(string)", map_of(STRING)),
    ("map(number)", map_of(NUMBER)),
    ("list(any)", list_of(DYNAMIC)),
    ("set(any)", set_of(DYNAMIC)),
    ("map(any)", map_of(DYNAMIC)),
    ("object({a=string})", object_of({"a": STRING})),
    ("object({a=number,b=optional(string)})", A_B),
    ("tuple([string,number])", tuple_of([STRING, NUMBER])),
    ("list(object({a=number,b=optional(string)}))", list_of(A_B)),
    ("set(object({a=number,b=optional(string)}))", set_of(A_B)),
    ("map(list(string))", map_of(list_of(STRING))),
    ("list(list(any))", list_of(list_of(DYNAMIC))),
    ("object({a=any})", ANY_A),
    ("list(object({a=any}))", list_of(ANY_A)),
    ("set(object({a=any}))", set_of(ANY_A)),
    (
        "map(object({a=optional(any),b=optional(list(any))}))",
        map_of(object_of({"a": DYNAMIC, "b": list_of(DYNAMIC)}, ["a", "b"])),
    ),
]
VALUES: list[tuple[str, Value]] = [
    ('"a"', "a"),
    ('"5"', "5"),
    ('"true"', "true"),
    ('"True"', "True"),
    ("5", 5),
    ("1.5", numbers.parse("1.5")),
    ("true", True),
    ("null", None),
    ("[]", ()),
    ("{}", {}),
    ('["b","a","b"]', ("b", "a", "b")),
    ('[1,"2",3]', (1, "2", 3)),
    ("[2,10,1]", (2, 10, 1)),
    ('["x",[]]', ("x", ())),
    ('[[1],["a"]]', ((1,), ("a",))),
    ('{a="x"}', {"a": "x"}),
    ("{a=1}", {"a": 1}),
    ('{a="1",b=2}', {"a": "1", "b": 2}),
    ("{a=1,b=[1]}", {"a": 1, "b": (1,)}),
    ('[{a=1},{a="2"}]', ({"a": 1}, {"a": "2"})),
    ("[{a=1},{a=[]}]", ({"a": 1}, {"a": ()})),
    ("[{a=1},{a=2,b=3}]", ({"a": 1}, {"a": 2, "b": 3})),
    ('{x={a=1},y={a="z"}}', {"x": {"a": 1}, "y": {"a": "z"}}),
    ("{x={a=1},y={b=[1,2]}}", {"x": {"a": 1}, "y": {"b": (1, 2)}}),
    ('{x=[1],y=["a","b"]}', {"x": (1,), "y": ("a", "b")}),
    ("[null,1]", (None, 1)),
    ("[null,[1]]", (None, (1,))),
    ("[null]", (None,)),
    ('[true,"x"]', (True, "x")),
    ("[1,true]", (1, True)),
    ("[[],[1]]", ((), (1,))),
    ("[[null],[1]]", ((None,), (1,))),
    ("{a=null}", {"a": None}),
    ("{a=null,b=[1]}", {"a": None, "b": (1,)}),
]


def outcome(value: Value, type_: Type) -> str | Value:
    try:
        return convert(value, type_)
    except ConversionError as problem:
        path = values.paths.text(problem.path)
        return f"{path}: {problem.message}." if path else f"{problem.message}."


def without_element(problem: str) -> str:
    """Go reports any element of a map that does not fit; we report the first."""
    return re.sub(r'element "\w": (.*), but have \w+|element "\w"', r"an element \1", problem)


def test_conversions_and_their_errors_are_those_of_terraform() -> None:
    cases = list(itertools.product(TYPES, VALUES))
    problems = terraform.default_problems([(type_[0], value[0]) for type_, value in cases])
    fitting = [n for n, problem in enumerate(problems) if problem is None]
    config = "".join(
        f'variable "v{n}" {{\n  type = {cases[n][0][0]}\n  default = {cases[n][1][0]}\n}}\n' for n in fitting
    )
    found = dict(zip(fitting, terraform.evaluate([f"var.v{n}" for n in fitting], config), strict=True))
    for n, ((type_text, type_), (text, value)) in enumerate(cases):
        case = f"{text} as {type_text}"
        got = outcome(value, type_)
        wanted = problems[n]
        if wanted is not None:
            assert isinstance(got, str) and without_element(got) == without_element(wanted), case
        else:
            assert not isinstance(got, str) or got == found[n], case
            assert raw_equals(got, found[n]), case


def test_conversions_between_collections() -> None:
    strings = list_value(STRING, ["2", "1", "2"])
    assert raw_equals(convert(strings, set_of(NUMBER)), set_value(NUMBER, [1, 2]))
    assert raw_equals(convert(set_value(NUMBER, [2, 1]), list_of(STRING)), list_value(STRING, ["1", "2"]))
    assert raw_equals(convert(map_value(NUMBER, {"a": 1, "c": 2}), A_B), {"a": 1, "b": null_of(STRING)})
    for value, type_, message in (
        (map_value(STRING, {"b": "a"}), object_of({"a": STRING}), 'map has no element for required attribute "a"'),
        (map_value(STRING, {"a": "a"}), object_of({"a": list_of(STRING)}), "object required"),
        (
            list_value(STRING, []),
            list_of(list_of(STRING)),
            "incorrect list element type: list of string required, but have string",
        ),
        (list_value(STRING, []), map_of(DYNAMIC), "map of any single type required"),
        (list_value(STRING, []), tuple_of([]), "tuple required"),
        (list_value(STRING, []), NUMBER, "number required, but have list of string"),
        (null_of(list_of(STRING)), NUMBER, "number required, but have list of string"),
        (unknown_of(BOOL), NUMBER, "number required, but have bool"),
        (mark((), [SENSITIVE]), STRING, "string required, but have tuple"),
    ):
        with pytest.raises(ConversionError) as caught:
            convert(value, type_)
        assert caught.value.message == message


def test_marks_and_nulls_stay() -> None:
    assert raw_equals(convert(mark("5", [SENSITIVE]), NUMBER), mark(5, [SENSITIVE]))
    partly = (
        convert((mark("5", [SENSITIVE]), None), list_of(NUMBER))
        if False
        else convert(tuple_value([mark("5", [SENSITIVE]), None]), list_of(NUMBER))
    )
    assert raw_equals(partly, list_value(NUMBER, [mark(5, [SENSITIVE]), null_of(NUMBER)]))
    assert raw_equals(convert(None, A_B), null_of(object_of({"a": NUMBER, "b": STRING})))
    into_set = convert(tuple_value(["a", mark("b", [SENSITIVE])]), set_of(STRING))
    assert raw_equals(into_set, mark(set_value(STRING, ["a", "b"]), [SENSITIVE]))


def test_unknown_values_keep_what_is_known_of_them() -> None:
    assert raw_equals(convert(DYNAMIC_UNKNOWN, list_of(STRING)), unknown_of(list_of(STRING)))
    sized = refine(unknown_of(list_of(NUMBER)), not_null=True, min_length=2, max_length=4)
    got = convert(sized, list_of(STRING))
    assert raw_equals(got, refine(unknown_of(list_of(STRING)), not_null=True, min_length=2, max_length=4))
    got = convert(sized, set_of(STRING))
    assert raw_equals(got, refine(unknown_of(set_of(STRING)), not_null=True, min_length=1, max_length=4))
    got = convert(refine(unknown_of(object_of({"a": STRING})), not_null=True), map_of(DYNAMIC))
    assert raw_equals(got, refine(unknown_of(map_of(STRING)), not_null=True, min_length=1, max_length=1))
    got = convert(refine(unknown_of(tuple_of([STRING, NUMBER])), not_null=True), list_of(DYNAMIC))
    assert raw_equals(got, list_value(STRING, [unknown_of(STRING)] * 2))
    assert raw_equals(
        convert(refine(unknown_of(STRING), prefix="ab-"), STRING), refine(unknown_of(STRING), prefix="ab-")
    )
    assert raw_equals(
        convert(refine(unknown_of(NUMBER), not_null=True, lower=1), STRING), refine(unknown_of(STRING), not_null=True)
    )


def test_a_set_with_unknown_elements_becomes_an_unknown_list() -> None:
    unsure = set_value(STRING, ["a", unknown_of(STRING)])
    assert raw_equals(convert(unsure, list_of(STRING)), unknown_of(list_of(STRING)))
    alone = set_value(STRING, [unknown_of(STRING)])
    assert raw_equals(convert(alone, list_of(STRING)), list_value(STRING, [unknown_of(STRING)]))


def test_unknown_elements_among_known_ones() -> None:
    got = convert(tuple_value([DYNAMIC_UNKNOWN, 1, "a"]), list_of(DYNAMIC))
    assert raw_equals(got, list_value(STRING, [unknown_of(STRING), "1", "a"]))
    with pytest.raises(ConversionError, match="all list elements must have the same type"):
        convert(tuple_value([DYNAMIC_UNKNOWN, (1,)]), list_of(DYNAMIC))
    assert raw_equals(convert(tuple_value([DYNAMIC_UNKNOWN]), list_of(DYNAMIC)), list_value(DYNAMIC, [DYNAMIC_UNKNOWN]))


UNIFIED: list[tuple[list[Type], Type | None]] = [
    ([STRING, NUMBER], STRING),
    ([NUMBER, BOOL], None),
    ([NUMBER, BOOL, STRING], STRING),
    ([NUMBER, DYNAMIC], NUMBER),
    ([tuple_of([NUMBER]), tuple_of([STRING])], tuple_of([STRING])),
    ([tuple_of([NUMBER]), tuple_of([STRING, STRING])], list_of(STRING)),
    ([tuple_of([]), tuple_of([NUMBER])], list_of(NUMBER)),
    ([tuple_of([]), object_of({})], None),
    ([object_of({"a": NUMBER}), object_of({"a": STRING})], object_of({"a": STRING})),
    ([object_of({"a": NUMBER}), object_of({"b": STRING})], map_of(STRING)),
    ([object_of({}), object_of({"a": BOOL})], map_of(BOOL)),
    ([map_of(NUMBER), object_of({"b": STRING})], map_of(STRING)),
    ([list_of(NUMBER), tuple_of([STRING])], list_of(STRING)),
    ([list_of(NUMBER), set_of(NUMBER)], list_of(NUMBER)),
    ([set_of(NUMBER), tuple_of([NUMBER])], set_of(NUMBER)),
    ([list_of(NUMBER), list_of(BOOL)], None),
    ([tuple_of([NUMBER]), DYNAMIC], DYNAMIC),
    ([STRING, list_of(STRING)], None),
]


@pytest.mark.parametrize(("given_types", "wanted"), UNIFIED)
def test_unification(given_types: list[Type], wanted: Type | None) -> None:
    for order in itertools.permutations(given_types):
        found = unify(order)
        assert (found[0] if found else None) is wanted


def test_unifying_with_unknown_types_gives_unknown_values() -> None:
    found = unify([tuple_of([NUMBER]), DYNAMIC])
    assert found is not None and all(
        convert_one is not None and convert_one((1,)) is DYNAMIC_UNKNOWN for convert_one in found[1]
    )


@given(types, constraints, st.data())
def test_converting_twice_changes_nothing(source: Type, target: Type, data: st.DataObject) -> None:
    value = data.draw(values_of(source, unknown=True, marks=True))
    try:
        once = convert(value, target)
    except ConversionError:
        return
    assert values.conformance.conforms(once, target) or not values.is_wholly_known(once)
    assert raw_equals(convert(once, target), once)
    assert values.marks.unmark_deep(once)[1] <= values.marks.unmark_deep(value)[1]
    if not target.has_dynamic:
        assert type_of(once) is values.without_optional(target)


@given(known_values)
def test_converting_to_the_own_type_is_free(value: Value) -> None:
    assert raw_equals(convert(value, type_of(value)), value)
    assert convert(value, DYNAMIC) is value


@given(st.lists(types, min_size=1, max_size=3), st.data())
def test_unified_values_have_the_unified_type(given_types: list[Type], data: st.DataObject) -> None:
    found = unify(given_types)
    if found is None:
        return
    common, converters = found
    for type_, convert_one in zip(given_types, converters, strict=True):
        value = data.draw(values_of(type_))
        assert type_of(value if convert_one is None else convert_one(value)) is common
        assert conversion.converts(type_, common, unsafe=False)


@given(types)
def test_a_type_unifies_with_itself(type_: Type) -> None:
    assert unify([type_, type_]) == (type_, [None, None])


def test_converters() -> None:
    assert conversion.converter(STRING, NUMBER, unsafe=False) is None
    to_text = conversion.converter(NUMBER, STRING, unsafe=False)
    assert to_text is not None and to_text(5) == "5"
    assert conversion.converter(list_of(STRING), NUMBER) is None
    assert conversion.converter(object_of({}), A_B) is None


def test_paths_of_errors() -> None:
    with pytest.raises(ConversionError) as caught:
        convert({"a": ({"b": ("1", "x")},)}, object_of({"a": list_of(object_of({"b": list_of(NUMBER)}))}))
    assert values.paths.text(caught.value.path) == ".a[0].b[1]"
    assert caught.value.message == "a number is required"


def test_an_object_with_unknown_parts_is_no_native_dict() -> None:
    got = convert({"a": "5"}, object_of({"a": NUMBER}))
    assert got == {"a": 5} and type(got) is dict
    partly = convert(object_value({"a": DYNAMIC_UNKNOWN}), object_of({"a": NUMBER}))
    assert type(partly) is values.ObjectValue and type(partly.attributes["a"]) is Unknown
