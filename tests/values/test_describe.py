from __future__ import annotations

import pytest

from iacctl.values import (
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    EPHEMERAL,
    NUMBER,
    SENSITIVE,
    STRING,
    Type,
    Value,
    conformance,
    describe,
    list_of,
    list_value,
    map_of,
    map_value,
    mark,
    null_of,
    numbers,
    object_of,
    paths,
    set_of,
    set_value,
    tuple_of,
    unknown_of,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (numbers.parse("5.25"), "is 5.25"),
        (numbers.parse("123456789012.5"), "is 1.23456789e+11"),
        ('a"b\n', 'is "a\\"b\\n"'),
        (True, "is true"),
        (None, "is null"),
        (null_of(STRING), "is null"),
        (list_value(STRING, ["a", "b"]), "is list of string with 2 elements"),
        (list_value(STRING, ["a"]), "is list of string with 1 element"),
        (list_value(DYNAMIC, []), "is empty list of dynamic"),
        (set_value(NUMBER, [1, 2]), "is set of number with 2 elements"),
        (map_value(NUMBER, {"a": 1}), "is map of number with 1 element"),
        ((1, "a"), "is tuple with 2 elements"),
        ((), "is empty tuple"),
        ({}, "is object with no attributes"),
        ({"a": 1}, 'is object with 1 attribute "a"'),
        ({"a": 1, "b": 2}, "is object with 2 attributes"),
        (unknown_of(STRING), "is a string"),
        (DYNAMIC_UNKNOWN, None),
        (mark(1, [SENSITIVE]), None),
        (mark(1, [EPHEMERAL]), None),
        (mark(1, ["deprecated"]), "is 1"),
    ],
)
def test_descriptions(value: Value, text: str | None) -> None:
    assert describe.describe(value) == text


def test_descriptions_of_what_caused_the_problem() -> None:
    assert describe.describe(unknown_of(STRING), unknown_matters=True) == "is a string, known only after apply"
    assert describe.describe(DYNAMIC_UNKNOWN, unknown_matters=True) == "will be known only after apply"
    assert describe.describe(mark(1, [SENSITIVE]), sensitive_matters=True) == "has a sensitive value"
    assert describe.describe(mark(1, [EPHEMERAL]), ephemeral_matters=True) == "has an ephemeral value"


A = object_of({"a": STRING})


@pytest.mark.parametrize(
    ("got", "want", "problems"),
    [
        (A, A, []),
        (A, DYNAMIC, []),
        (A, object_of({"a": DYNAMIC}), []),
        (STRING, NUMBER, [("", "number required, but received string")]),
        (A, object_of({"b": STRING}), [("", 'unsupported attribute "a"'), ("", 'missing required attribute "b"')]),
        (A, object_of({"a": NUMBER}), [(".a", "number required, but received string")]),
        (tuple_of([STRING]), tuple_of([]), [("", "0 elements are required, but got 1")]),
        (tuple_of([STRING]), tuple_of([NUMBER]), [("[0]", "number required, but received string")]),
        (
            list_of(A),
            list_of(object_of({"a": NUMBER})),
            [("[(not yet known)].a", "number required, but received string")],
        ),
        (map_of(STRING), map_of(NUMBER), [("[(not yet known)]", "number required, but received string")]),
        (set_of(STRING), list_of(STRING), [("", "list of string required, but received set of string")]),
    ],
)
def test_conformance(got: Type, want: Type, problems: list[tuple[str, str]]) -> None:
    assert [(paths.text(path), message) for path, message in conformance.nonconformities(got, want)] == problems
