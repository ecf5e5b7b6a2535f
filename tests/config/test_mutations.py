"""Configurations damaged at random: `validate` says the same as Terraform's, in the same places.

What is damaged and how follows from fixed numbers, so that the test always sees the same text. Run this file as a program
with a number to see others: `python -m tests.config.test_mutations 7`.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.config.terraform import TESTS, Case, Report, _reports, validate_all
from tests.conformance.fork_server import ForkServer

BASES = (
    "bad-arguments",
    "bad-functions",
    "checks-of-all-kinds",
    "count-and-for-each",
    "expr-for",
    "expr-operators",
    "functions-collections",
    "functions-strings",
    "import-existing",
    "lifecycle-errors",
    "lifecycle-ignore-changes",
    "lifecycle-replace-triggered-by",
    "locals-chain",
    "modules-nested",
    "modules-unknown-output",
    "moved-invalid",
    "outputs-kinds",
    "variables-validation",
)
"""Configurations that need no provider but the built-in one."""

_TOKEN = re.compile(r'("[^"\n]*"|[A-Za-z_][\w-]*|[^\sA-Za-z_])')
_EACH = 50
_ONCE_MORE = re.compile(r'There is no variable named "')
"""Terraform reports a malformed reference of a condition once more when it evaluates it (docs/compatibility.md)."""


def _bases() -> list[dict[str, str]]:
    found = []
    for name in BASES:
        folder = TESTS / "conformance" / "cases" / name
        files = {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.tf"))}
        files = {name: text for name, text in files.items() if not re.match(r"\d+/", name)}
        if "main.tf" in files and sum(map(len, files.values())) < 6000:
            found.append(files)
    return found


def _damaged(text: str, words: list[str], dice: random.Random) -> str:
    parts = _TOKEN.split(text)
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        place, kind = dice.randrange(len(parts)), dice.random()
        if kind < 0.4:
            parts[place] = dice.choice(words)
        elif kind < 0.65:
            parts[place] = ""
        elif kind < 0.8:
            parts.insert(place, f" {dice.choice(words)} ")
        else:
            other = dice.randrange(len(parts))
            parts[place], parts[other] = parts[other], parts[place]
    return "".join(parts)


def damaged(seed: int) -> Iterator[Case]:
    """Configurations that are not as they were."""
    dice = random.Random(seed)
    bases = _bases()
    words = [word for files in bases for text in files.values() for word in _TOKEN.findall(text)]
    for number in range(_EACH):
        files = dict(dice.choice(bases))
        name = dice.choice(sorted(files))
        files[name] = _damaged(files[name], words, dice)
        yield Case(f"{seed}/{number}", files)


@cache
def _server() -> ForkServer:
    return ForkServer()


def _iacctl_says(case: Case) -> list[Report]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    with tempfile.TemporaryDirectory() as folder:
        case.write(Path(folder))
        ended = _server().run(["validate", "-json"], cwd=Path(folder), env=environment, stdin=b"", timeout_seconds=60)
        return _reports(json.loads(ended.stdout))


def _comparable(found: list[Report]) -> set[Report]:
    """Without what differs on purpose: repetitions, and the order in which cycles are told."""
    kept = set()
    for item in found:
        if item.summary.startswith("Cycle: "):
            members = ", ".join(sorted(item.summary.removeprefix("Cycle: ").split(", ")))
            kept.add(item._replace(summary=f"Cycle: {members}"))
        elif not _ONCE_MORE.match(item.detail):
            kept.add(item)
    return kept


def differences(seed: int) -> Iterator[tuple[Case, set[Report], set[Report]]]:
    """Cases about which the two say different things, with what only Terraform says, and what only iacctl does."""
    cases = list(damaged(seed))
    expected = validate_all(cases)
    for case in cases:
        theirs, ours = _comparable(expected[case.id]), _comparable(_iacctl_says(case))
        if theirs != ours:
            yield case, theirs - ours, ours - theirs


@pytest.mark.parametrize("seed", [2, 5])
def test_damaged_configurations(seed: int) -> None:
    assert not [(case.files, theirs, ours) for case, theirs, ours in differences(seed)]


if __name__ == "__main__":
    for case, theirs, ours in differences(int(sys.argv[1])):
        print("=" * 100, *(f"--- {name}\n{text}" for name, text in case.files.items()), sep="\n")
        print(*(f"Terraform: {item}" for item in theirs), *(f"iacctl:    {item}" for item in ours), sep="\n")
    _server().close()
