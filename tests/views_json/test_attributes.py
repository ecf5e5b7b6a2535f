"""What is known, unknown and sensitive of a value."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iacctl import values
from iacctl.values import DYNAMIC, NUMBER, SENSITIVE, STRING, Value
from iacctl.views.json import text
from iacctl.views.json.attributes import OMITTED, known_part, sensitive_part, unknown_part

UNKNOWN = values.unknown_of(STRING)
SECRET = values.mark("s", [SENSITIVE])
OF_STRINGS = values.list_of(STRING)


@pytest.mark.parametrize(
    ("value", "known", "unknown", "sensitive"),
    [
        ("x", "x", False, False),
        (None, None, False, False),
        (values.null_of(OF_STRINGS), None, False, False),
        (SECRET, "s", False, True),
        (values.unknown_of(OF_STRINGS), OMITTED, True, []),
        (values.unknown_of(values.map_of(STRING)), OMITTED, True, {}),
        (values.unknown_of(values.object_of({"a": STRING})), OMITTED, True, {}),
        (values.unknown_of(DYNAMIC), OMITTED, True, False),
        (values.mark(UNKNOWN, [SENSITIVE]), OMITTED, True, True),
        (values.tuple_value(["x", UNKNOWN, SECRET]), ["x", None, "s"], [False, True, False], [False, False, True]),
        (values.list_value(STRING, ["x", UNKNOWN]), ["x", None], [False, True], [False, False]),
        (
            values.object_value({"k": 1, "u": UNKNOWN, "l": (), "n": values.null_of(NUMBER), "s": SECRET}),
            {"k": 1, "l": [], "n": None, "s": "s"},
            {"u": True, "l": []},
            {"l": [], "s": True},
        ),
        (values.map_value(STRING, {"a": "x"}), {"a": "x"}, {}, {}),
        (values.set_value(STRING, ["b", "a"]), ["a", "b"], [False, False], [False, False]),
    ],
)
def test_parts(value: Value, known: Any, unknown: Any, sensitive: Any) -> None:
    assert known_part(value) is known or known_part(value) == known
    assert unknown_part(value) == unknown
    assert sensitive_part(value) == sensitive


@pytest.mark.parametrize(
    "digits",
    [
        "1.5",
        "0.1",
        "0.00000000000000000001",
        "-0.5",
        "123456789012345678901234567890",
        "3.14159265358979323846264338327950288419716939937510582097494459",
        "1" + "0" * 300 + ".5",
    ],
)
def test_numbers_keep_every_digit(digits: str) -> None:
    number = values.numbers.parse(digits)
    assert text.one_line(known_part(values.tuple_value([number]))) == f"[{values.numbers.text(number)}]"
    assert text.one_line({"a": [known_part(number), "<&>"]}).startswith('{"a":[' + values.numbers.text(number))


def test_deep_nesting() -> None:
    value: Value = UNKNOWN
    for _ in range(10_000):
        value = values.tuple_value([value])
    written = text.one_line([known_part(value), unknown_part(value), sensitive_part(value)])
    assert written.count("[") == 30_001


def test_text_is_escaped_as_go_does() -> None:
    assert text.one_line({"a": "<b> & \u2028 é"}) == '{"a":"\\u003cb\\u003e \\u0026 \\u2028 é"}'
    assert text.indented({"a": [], "b": {"c": 1}}) == '{\n  "a": [],\n  "b": {\n    "c": 1\n  }\n}'
    assert json.loads(text.indented({"a": [1, 2]})) == {"a": [1, 2]}
