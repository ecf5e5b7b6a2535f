"""Differences as Terraform 1.15.5 drew them, recorded with a provider that plans whatever it is told to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iacctl import values
from iacctl.values import types
from iacctl.views.human.diff import build, nodes
from iacctl.views.human.style import style

from . import builders

_CORPUS = Path(__file__).parent / "data" / "differences.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in _CORPUS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_recorded_difference(case: dict[str, Any]) -> None:
    found = builders.schema(case["schema"])
    change = builders.resource_change(case["change"], found)
    look = style(case["color"])
    node = build.of_bodies(found.block, change.before, change.after, change.replace_paths)
    header = f'{look.reset}{look.symbols[change.action]}resource "shape" "x" '
    assert header + nodes.draw(node, 0, nodes.Options(look)) == case["text"]


def test_thousands_of_levels() -> None:
    value: values.Value = "inside"
    other: values.Value = "within"
    for _ in range(2_000):
        value, other = (value,), (other,)
    node = build.of_any(value, other)
    lines = nodes.draw(node, 0, nodes.Options(style(False))).split("\n")
    assert len(lines) == 4_001
    assert lines[2_000].strip() == '~ "inside" -> "within",'


def test_ten_thousand_elements() -> None:
    before = values.list_value(types.STRING, [f"e{index}" for index in range(10_000)])
    after = values.list_value(types.STRING, [f"e{index}" for index in range(9_000, -1, -1)])
    node = build.of_any(before, after)
    assert len(nodes.draw(node, 0, nodes.Options(style(False))).split("\n")) > 10_000
