"""244 snippets with the verdict, syntax tree and diagnostics of HashiCorp's parser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.parser import parse_config

from .ast_form import body_form

_LINES = (Path(__file__).parent / "data" / "hcl_syntax.jsonl").read_text(encoding="utf-8").splitlines()
SNIPPETS = {snippet["name"]: snippet for snippet in map(json.loads, _LINES)}


def parsed(snippet: dict[str, Any]) -> tuple[Any, list[list[Any]]]:
    found = Diagnostics()
    body = parse_config(SourceFile(f"snip/{snippet['name']}.tf", snippet["source"]), found)
    problems: list[list[Any]] = []
    for problem in found:
        assert problem.subject is not None
        start, end = problem.subject.start_pos, problem.subject.end_pos
        place = f"{start.line}:{start.column}-{end.line}:{end.column}"
        problems.append([place, problem.summary, problem.detail, problem.severity == "error"])
    return body_form(body), problems


@pytest.mark.parametrize("name", [name for name, snippet in SNIPPETS.items() if snippet["valid"]])
def test_valid_snippet_gives_the_same_tree(name: str) -> None:
    tree, problems = parsed(SNIPPETS[name])
    assert problems == []
    assert tree == SNIPPETS[name]["ast"]


@pytest.mark.parametrize("name", [name for name, snippet in SNIPPETS.items() if not snippet["valid"]])
def test_invalid_snippet_gives_the_same_diagnostics(name: str) -> None:
    _, problems = parsed(SNIPPETS[name])
    assert problems == SNIPPETS[name]["diagnostics"]


def test_nothing_is_missing() -> None:
    assert len(SNIPPETS) == 244
