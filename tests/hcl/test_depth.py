"""Deep nesting is read, or reported; it never ends in a RecursionError or worse."""

from __future__ import annotations

import threading

import pytest

from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl import json_syntax
from iacctl.hcl.parser import parse_config


def nested(depth: int) -> dict[str, str]:
    return {
        "tuples": "x = " + "[" * depth + "]" * depth + "\n",
        "parentheses": "x = " + "(" * depth + "1" + ")" * depth + "\n",
        "objects": "x = " + "{a=" * depth + "1" + "}" * depth + "\n",
        "templates": "x = " + '"${' * depth + "1" + '}"' * depth + "\n",
        "calls": "x = " + "f(" * depth + "1" + ")" * depth + "\n",
        "negations": "x = " + "!" * depth + "a\n",
        "sums": "x = " + "1+" * depth + "1\n",
        "conditionals": "x = " + "a?b:" * depth + "c\n",
        "indexes": "x = " + "a[" * depth + "1" + "]" * depth + "\n",
        "splats": "x = a" + "[*]" * depth + "\n",
        "directives": 'x = "' + "%{if a}" * depth + "%{endif}" * depth + '"\n',
        "blocks": "a {\n" * depth + "}\n" * depth,
        "unclosed": "x = " + "[" * depth,
    }


@pytest.mark.parametrize("kind", nested(1))
def test_ten_thousand_levels(kind: str) -> None:
    found = Diagnostics()
    body = parse_config(SourceFile("main.tf", nested(10_000)[kind]), found)
    assert [problem.summary for problem in found] == (["Missing expression"] if kind == "unclosed" else [])
    assert body.attributes or body.blocks


def test_json_of_ten_thousand_levels() -> None:
    found = Diagnostics()
    body = json_syntax.parse_config(SourceFile("main.tf.json", '{"a":' + "[" * 10_000 + "]" * 10_000 + "}"), found)
    assert list(body.just_attributes(found)) == ["a"]
    assert list(found) == []


def test_too_deep_is_reported() -> None:
    found = Diagnostics()
    parse_config(SourceFile("main.tf", nested(200_000)["parentheses"]), found)
    assert [problem.summary for problem in found] == ["Too much nesting"]


def test_on_a_thread_with_a_small_stack() -> None:
    found = Diagnostics()
    before = threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=parse_config, args=(SourceFile("main.tf", nested(10_000)["templates"]), found))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert list(found) == []
