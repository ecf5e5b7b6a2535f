"""Whatever moment an apply is killed at: no object is lost without a word, and none is made twice."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"create": ["a", "b", "c"], "change": ["b", "c", "d"], "replace-create-first": ["b", "c", "d"], "destroy": []}
FEWEST_POINTS = 20


def outcomes(folder: Path, *words: str) -> list[dict[str, Any]]:
    """Run the program; what came of each point."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.killing", str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert found[-1]["finished"]
    assert not [item["broken"] for item in found if item.get("broken")]
    assert len(found) > FEWEST_POINTS
    return found[:-1]


@pytest.mark.parametrize("scenario", list(NAMES))
def test_the_next_apply_finishes_what_was_begun(tmp_path: Path, scenario: str) -> None:
    for found in outcomes(tmp_path, scenario):
        assert found["names"] == NAMES[scenario], found
        assert found["not in the state"] == [], found
        assert found["again"] == {}, found
        assert found["applied"] == [], found
        assert not found["journal"], found
        assert set(found["diagnostics"]) <= {"Interrupted change", "Object of an interrupted apply found"}, found


def test_a_write_that_is_torn_is_as_good_as_none(tmp_path: Path) -> None:
    for found in outcomes(tmp_path, "change", "torn"):
        assert found["names"] == NAMES["change"], found
        assert found["not in the state"] == [], found
        assert found["again"] == {}, found


@pytest.mark.parametrize("scenario", ["create", "replace-create-first"])
def test_where_the_provider_cannot_tell_nothing_is_created_again(tmp_path: Path, scenario: str) -> None:
    unresolved = 0
    for found in outcomes(tmp_path, scenario, "silent"):
        refused = found["diagnostics"].count("Object may already exist")
        # What the state does not hold was named: it is what must not be created again.
        assert len(found["not in the state"]) <= refused, found
        assert found["journal"] is (refused > 0), found
        if refused:
            unresolved += 1
            assert "applied" not in found, found
        else:
            assert found["names"] == NAMES[scenario], found
    assert unresolved > 0
