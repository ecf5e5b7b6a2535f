"""Type constraints: Terraform's complaints, and what they are read as."""

from __future__ import annotations

import json
from pathlib import Path

from iacctl import values
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.parser import parse_expression
from iacctl.lang.type_constraints import Constraint, parse_variable_type

from .comparison import terraform

CONSTRAINTS = (Path(__file__).parent / "corpus" / "constraints.list").read_text(encoding="utf-8").splitlines()


def read(text: str) -> tuple[Constraint | None, Diagnostics]:
    source = f'variable "v" {{\n  type = {text}\n}}\n'
    diags = Diagnostics()
    start = source.index("= ") + 2
    tree = parse_expression(SourceFile("v.tf", source), diags, start, start + len(text))
    assert not len(diags)
    return parse_variable_type(tree, diags), diags


def test_like_terraform(tmp_path: Path) -> None:
    for number, text in enumerate(CONSTRAINTS):
        tmp_path.joinpath(f"v{number}.tf").write_text(f'variable "v{number}" {{\n  type = {text}\n}}\n')
    theirs: dict[str, list[object]] = {}
    for problem in json.loads(terraform(tmp_path, "validate", "-json").stdout)["diagnostics"]:
        where = problem["range"]
        place = (where["start"]["line"], where["start"]["column"], where["end"]["line"], where["end"]["column"])
        theirs.setdefault(where["filename"], []).append((problem["summary"], problem["detail"], place))
    differing = []
    for number, text in enumerate(CONSTRAINTS):
        constraint, diags = read(text)
        ours = []
        for found in diags:
            assert found.subject is not None
            start, end = found.subject.start_pos, found.subject.end_pos
            ours.append((found.summary, found.detail, (start.line, start.column, end.line, end.column)))
        if ours != theirs.get(f"v{number}.tf", []):
            differing.append((text, theirs.get(f"v{number}.tf"), ours))
        assert (constraint is None) == bool(ours)
    assert not differing, "\n".join(map(str, differing))


def test_types() -> None:
    constraint, _ = read(
        "object({ a = string, b = optional(list(number), [1]), c = optional(any), d = tuple([bool]) })"
    )
    assert constraint is not None
    assert constraint.type is values.object_of(
        {
            "a": values.STRING,
            "b": values.list_of(values.NUMBER),
            "c": values.DYNAMIC,
            "d": values.tuple_of([values.BOOL]),
        },
        ("b", "c"),
    )
    assert constraint.defaults is not None
    assert list(constraint.defaults.values) == ["b"]
    assert read("map")[0] == Constraint(values.map_of(values.DYNAMIC))
    assert read("set(string)")[0] == Constraint(values.set_of(values.STRING))


def test_nested_defaults() -> None:
    constraint, _ = read('list(object({ a = optional(object({ b = optional(string, "z") }), {}) }))')
    assert constraint is not None and constraint.defaults is not None
    filled = values.convert(values.defaults.apply(constraint.defaults, ({},)), constraint.type)
    assert isinstance(filled, values.ListValue)
    assert filled.items[0] == {"a": {"b": "z"}}


def test_deep() -> None:
    depth = 5_000
    constraint, diags = read("list(" * depth + "string" + ")" * depth)
    assert not len(diags)
    assert constraint is not None and constraint.type.depth == depth + 1
