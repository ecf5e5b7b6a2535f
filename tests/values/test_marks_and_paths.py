from __future__ import annotations

import pytest
from hypothesis import given

from iacctl import values
from iacctl.values import (
    DYNAMIC,
    EPHEMERAL,
    NUMBER,
    SENSITIVE,
    STRING,
    Index,
    Path,
    PathError,
    Value,
    list_of,
    list_value,
    map_of,
    map_value,
    mark,
    mark_with_paths,
    marks,
    null_of,
    object_of,
    object_value,
    paths,
    raw_equals,
    set_of,
    set_value,
    tuple_of,
    tuple_value,
    type_of,
    unknown_of,
    unmark,
    unmark_deep,
    unmark_deep_with_paths,
)

from .strategies import any_values, known_values

BOTH = frozenset({SENSITIVE, EPHEMERAL})
NESTED = object_value(
    {
        "a": (1, {"b": "x"}),
        "l": list_value(STRING, [mark("s", [SENSITIVE])]),
        "m": map_value(NUMBER, {"k": 1}),
        "s": set_value(STRING, ["e"]),
        "u": unknown_of(object_of({"deep": STRING})),
    }
)


def test_marking() -> None:
    marked = mark("a", [SENSITIVE])
    assert mark("a", []) == "a" and mark(marked, [SENSITIVE]) is marked
    assert unmark(mark(marked, [EPHEMERAL])) == ("a", BOTH)
    assert values.is_marked(marked, SENSITIVE) and not values.is_marked(marked, EPHEMERAL)
    assert values.contains_mark(NESTED, SENSITIVE) and not values.contains_mark(NESTED, EPHEMERAL)


@given(any_values)
def test_marks_come_off_and_go_on_again(value: Value) -> None:
    bare, found = unmark_deep_with_paths(value)
    assert not values.has_marks(bare)
    assert raw_equals(mark_with_paths(bare, found), value)
    assert raw_equals(unmark_deep(value)[0], bare)
    assert unmark_deep(value)[1] == frozenset().union(*[each for _, each in found])
    assert raw_equals(marks.without_mark(value, SENSITIVE), bare)


@given(known_values)
def test_unmarking_what_has_no_marks_is_free(value: Value) -> None:
    assert unmark_deep(value)[0] is value and unmark_deep_with_paths(value) == (value, [])


def test_marks_at_paths() -> None:
    value = {"a": (1, 2), "s": set_value(STRING, ["x"]), "m": map_value(STRING, {"k": "v"})}
    only = frozenset({SENSITIVE})
    got = mark_with_paths(
        value,
        [
            (("a", Index(1)), only),
            (("s", Index("x")), only),
            (("m", Index("k")), only),
            (("m", Index("absent")), only),
            (("nothing", "here"), only),
            (("a",), frozenset({EPHEMERAL})),
        ],
    )
    expected = object_value(
        {
            "a": mark(tuple_value([1, mark(2, only)]), [EPHEMERAL]),
            "s": mark(set_value(STRING, ["x"]), only),
            "m": map_value(STRING, {"k": mark("v", only)}),
        }
    )
    assert raw_equals(got, expected)
    assert mark_with_paths(null_of(object_of({"a": STRING})), [(("a",), only)]) is null_of(object_of({"a": STRING}))


def test_changing_marks() -> None:
    value = tuple_value([mark(1, BOTH), mark(2, [SENSITIVE])])
    got = marks.change_marks(value, lambda old: old & {EPHEMERAL})
    assert raw_equals(got, tuple_value([mark(1, [EPHEMERAL]), 2]))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("foo", Index(0), "bar", Index("k")), '.foo[0].bar["k"]'),
        ((Index('a"b'),), '["a\\"b"]'),
        (("s", Index((1, 2))), ".s[tuple with 2 elements]"),
    ],
)
def test_path_text(path: Path, text: str) -> None:
    assert paths.text(path) == text


def test_applying_paths() -> None:
    assert paths.apply(("a", Index(1), "b"), NESTED) == "x"
    assert raw_equals(paths.apply(("l", Index(0)), NESTED), mark("s", [SENSITIVE]))
    assert paths.apply(("m", Index("k")), NESTED) == 1
    assert paths.apply(("s", Index("e")), NESTED) == "e"
    assert paths.apply(("u", "deep"), NESTED) is unknown_of(STRING)
    assert raw_equals(paths.apply(("a",), mark({"a": 1}, [SENSITIVE])), mark(1, [SENSITIVE]))
    for path, message in (
        (("x",), 'object has no attribute "x"'),
        (("a", Index(5)), "value does not have given index key"),
        (("a", "b"), "not an object type"),
        (("m", Index("x")), "value does not have given index key"),
        (("s", Index("x")), "value does not have given index key"),
        (("u", "x"), 'object has no attribute "x"'),
        (("a", Index(0), Index(0)), "not a map type"),
    ):
        with pytest.raises(PathError) as caught:
            paths.apply(path, NESTED)
        assert caught.value.message == message
    with pytest.raises(PathError, match="null"):
        paths.apply(("a",), null_of(object_of({"a": STRING})))


def test_applying_paths_to_types() -> None:
    type_ = object_of({"a": list_of(tuple_of([map_of(NUMBER)])), "d": DYNAMIC, "s": set_of(STRING)})
    assert paths.apply_type(("a", Index(3), Index(0), Index("k")), type_) is NUMBER
    assert paths.apply_type(("d", "whatever"), type_) is DYNAMIC
    assert paths.apply_type(("s", Index("x")), type_) is STRING
    for path in (("x",), ("a", "b"), ("a", Index(0), Index(1)), ("s", Index("x"), Index(0))):
        with pytest.raises(PathError):
            paths.apply_type(path, type_)


def test_walking() -> None:
    seen: list[str] = []

    def visit(path: Path, value: Value) -> bool:
        seen.append(paths.text(path))
        return path != ("a",)

    paths.walk(NESTED, visit)
    assert seen == ["", ".a", ".l", ".l[0]", ".m", '.m["k"]', ".s", '.s["e"]', ".u"]


@given(any_values)
def test_transforming_nothing_gives_the_very_same(value: Value) -> None:
    assert paths.transform(value, lambda path, part: part) is value


def test_transforming() -> None:
    def change(path: Path, value: Value) -> Value:
        return f"{paths.text(path)}={value}" if type(unmark(value)[0]) is str else value

    got = paths.transform(NESTED, change)
    assert raw_equals(paths.apply(("a", Index(1), "b"), got), ".a[1].b=x")
    assert raw_equals(paths.apply(("s",), got), set_value(STRING, ['.s["e"]=e']))
    numbers_to_text = paths.transform(map_value(NUMBER, {"a": 1}), lambda path, part: str(part) if path else part)
    assert type_of(numbers_to_text) is map_of(STRING)


def test_keys_and_json_of_paths() -> None:
    path: Path = ("a", Index(1), Index("k"), Index({"x": True}))
    assert paths.key(path) == paths.key(("a", Index(1), Index("k"), Index({"x": True})))
    assert paths.key(("a",)) != paths.key((Index("a"),))
    assert paths.to_json(path) == ["a", 1, "k", {"value": {"x": True}, "type": ["object", {"x": "bool"}]}]
