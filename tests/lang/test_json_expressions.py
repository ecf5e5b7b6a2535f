"""Expressions in the JSON syntax: strings are templates, objects have unique keys, syntax errors appear when evaluated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from iacctl import values
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.body import BodySchema
from iacctl.hcl.json_syntax import parse_config
from iacctl.lang.compile import compile_expression

from .comparison import show, terraform
from .surroundings import Surroundings

EXPRESSIONS: dict[str, Any] = {
    "a": "${1+1}",
    "b": 'x${upper("a")}y',
    "c": {"k": 1, "k2": "${[1]}"},
    "d": [1, "${2}", None, True],
    "e": "${upper([])}",
    "f": {"a": 1, '${"a"}': 2},
    "g": "${",
    "h": {"${null}": 1},
    "i": {"${[]}": 1},
    "j": "a$${b}",
    "k": '${1 + "x"}',
    "l": 1.5,
    "m": 1e40,
    "n": "%{ if true }y%{ endif }",
    "o": {"${1}": "n"},
    "p": 'line\nbreak ${"é"}',
    "q": "${nofn(1)}",
    "r": "plain",
}


def test_like_terraform(tmp_path: Path) -> None:
    for name, expression in EXPRESSIONS.items():
        text = json.dumps({"output": {name: {"value": expression}}}, ensure_ascii=False)
        tmp_path.joinpath(f"{name}.tf.json").write_text(text, encoding="utf-8")
    theirs: dict[str, list[Any]] = {}
    for problem in json.loads(terraform(tmp_path, "validate", "-json").stdout)["diagnostics"]:
        where = problem["range"]
        place = (where["start"]["line"], where["start"]["column"], where["end"]["line"], where["end"]["column"])
        theirs.setdefault(where["filename"], []).append((problem["summary"], problem["detail"], place))
    for name in theirs:
        tmp_path.joinpath(name).unlink()
    terraform(tmp_path, "plan", "-out=plan")
    shown = json.loads(terraform(tmp_path, "show", "-json", "plan").stdout, parse_float=str, parse_int=str)
    for name, expression in EXPRESSIONS.items():
        problems, value = _ours(name, expression)
        assert problems == theirs.get(f"{name}.tf.json", [])
        if not problems:
            known = shown["planned_values"]["outputs"][name]
            assert show(value) == known["value"]
            assert values.type_to_json(values.type_of(value)) == known["type"]


def _ours(name: str, expression: Any) -> tuple[list[Any], values.Value]:
    text = json.dumps({"output": {name: {"value": expression}}}, ensure_ascii=False)
    diags = Diagnostics()
    body = parse_config(SourceFile(f"{name}.tf.json", text), diags)
    block = body.content(BodySchema(blocks={"output": ("name",)}), diags).blocks[0]
    attribute = block.body.content(BodySchema({"value": True}), diags).attributes["value"]
    assert not len(diags)
    context = Surroundings("plan").context()
    value = compile_expression(attribute.expression)(context)
    problems = []
    for found in context.diags:
        assert found.subject is not None
        start, end = found.subject.start_pos, found.subject.end_pos
        problems.append(
            (found.summary, found.detail, (start.line, start.column, end.line, end.column + (start == end)))
        )
    return problems, value
