from __future__ import annotations

from typing import Any

from iacctl import values
from iacctl.values import (
    DYNAMIC,
    NUMBER,
    SENSITIVE,
    STRING,
    Type,
    Value,
    convert,
    list_of,
    map_of,
    mark,
    null_of,
    object_of,
    raw_equals,
    set_of,
    tuple_of,
    unknown_of,
)
from iacctl.values.defaults import Defaults, apply

from . import terraform

INNER = object_of({"n": NUMBER, "s": STRING}, ["n", "s"])
INNER_DEFAULTS = Defaults(INNER, {"n": 7}, {})
OUTER = object_of({"i": INNER, "l": list_of(INNER), "t": STRING}, ["i", "l", "t"])


def defaults_of(type_: Type, default_values: dict[str, Value] | None = None, **children: Defaults) -> Defaults:
    return Defaults(type_, default_values or {}, children)


INNER_TEXT = "object({n=optional(number,7),s=optional(string)})"
CASES: list[tuple[str, Type, Defaults, list[tuple[str, Any]]]] = [
    (
        INNER_TEXT,
        INNER,
        INNER_DEFAULTS,
        [("{}", {}), ("{n=null}", {"n": None}), ('{n="1",s=2}', {"n": "1", "s": 2}), ("null", None)],
    ),
    (
        f'object({{i=optional({INNER_TEXT},{{}}),l=optional(list({INNER_TEXT})),t=optional(string,"d")}})',
        OUTER,
        Defaults(
            OUTER,
            {"i": {"n": null_of(NUMBER), "s": null_of(STRING)}, "t": "d"},
            {"i": INNER_DEFAULTS, "l": Defaults(list_of(INNER), {}, {"": INNER_DEFAULTS})},
        ),
        [
            ("{}", {}),
            ("{i=null,t=null}", {"i": None, "t": None}),
            ("{i={s=1},l=[{},{n=1},{s=1}]}", {"i": {"s": 1}, "l": ({}, {"n": 1}, {"s": 1})}),
        ],
    ),
    (
        f"map({INNER_TEXT})",
        map_of(INNER),
        Defaults(map_of(INNER), {}, {"": INNER_DEFAULTS}),
        [("{}", {}), ('{x={},y={s="a"}}', {"x": {}, "y": {"s": "a"}}), ("{x=null}", {"x": None})],
    ),
    (
        f"set({INNER_TEXT})",
        set_of(INNER),
        Defaults(set_of(INNER), {}, {"": INNER_DEFAULTS}),
        [("[]", ()), ("[{},{n=7},{n=1}]", ({}, {"n": 7}, {"n": 1}))],
    ),
    (
        f"tuple([string,{INNER_TEXT}])",
        tuple_of([STRING, INNER]),
        Defaults(tuple_of([STRING, INNER]), {}, {"1": INNER_DEFAULTS}),
        [("[1,{}]", (1, {}))],
    ),
]


def test_defaults_are_filled_in_as_in_terraform() -> None:
    flat = [(text, type_, about, source, value) for text, type_, about, inputs in CASES for source, value in inputs]
    config = "".join(
        f'variable "v{n}" {{\n  type = {text}\n  default = {source}\n}}\n'
        for n, (text, _, _, source, _) in enumerate(flat)
    )
    found = terraform.evaluate([f"var.v{n}" for n in range(len(flat))], config)
    for (text, type_, about, source, value), expected in zip(flat, found, strict=True):
        got = convert(apply(about, value), type_)
        # A null output says nothing about its type.
        assert raw_equals(got, expected) or (values.is_null(got) and values.is_null(expected)), f"{source} as {text}"


def test_marks_unknown_and_unsuitable_values() -> None:
    assert raw_equals(apply(INNER_DEFAULTS, mark({}, [SENSITIVE])), mark({"n": 7}, [SENSITIVE]))
    assert apply(INNER_DEFAULTS, unknown_of(DYNAMIC)) is unknown_of(DYNAMIC)
    assert apply(INNER_DEFAULTS, "x") == "x"
    assert apply(defaults_of(INNER), {}) == {}
