#!/usr/bin/env python3
"""Walks through the tour of the README in a scratch copy of this example.

Without arguments every command is shown with what it really prints, to be copied into the README. With `--check` nothing
is shown, unless the README says something else. In the README `...` stands for any text, and on a line of its own for
any lines.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

EXAMPLE = Path(__file__).resolve().parent
README = EXAMPLE.parents[1] / "README.md"
PROMPT = "  Enter a value: "


class Command(NamedTuple):
    """A command of the tour and the lines that it should print."""

    line: str
    printed: list[str]

    @property
    def answer(self) -> str:
        """What is typed when the command asks."""
        return "".join(f"{line.removeprefix(PROMPT)}\n" for line in self.printed if line.startswith(PROMPT))


def commands(text: str) -> list[Command]:
    """The commands in the console blocks of the README's section `A tour`."""
    tour = re.search(r"^## A tour$(.*?)^## ", text, re.DOTALL | re.MULTILINE)
    if tour is None:
        raise SystemExit("the README has no section `A tour`")
    found: list[Command] = []
    for block in re.findall(r"^```console\n(.*?)^```$", tour[1], re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Command(line[2:], []))
            elif line or found[-1].printed:
                found[-1].printed.append(line)
    return found


def run(command: Command, folder: Path, environment: dict[str, str]) -> list[str]:
    """Run a command in the scratch copy; the lines that it prints."""
    done = subprocess.run(
        ["bash", "-c", command.line],
        cwd=folder,
        env=environment,
        input=command.answer,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout.splitlines()


def agrees(expected: list[str], printed: list[str]) -> bool:
    """Whether lines are what the README says. Blank lines at the ends do not matter."""
    pattern = ""
    for line in _trimmed(expected):
        if line == "...":
            pattern += r"(?:[^\n]*\n)*"
            continue
        shown = PROMPT if line.startswith(PROMPT) else line
        pattern += ".*".join(re.escape(part) for part in shown.split("...")) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _trimmed(printed))) is not None


def _trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")


def main() -> int:
    """Walk, and show or compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environment["NO_COLOR"] = "1"
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    differ = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "quickstart")
        shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out", ".terraform*", "*.tfstate*"))
        for command in commands(README.read_text(encoding="utf-8")):
            if command.line.startswith("cd "):
                continue
            printed = run(command, folder, environment)
            agreed = agrees(command.printed, printed)
            differ += not agreed
            if not check or not agreed:
                print(f"$ {command.line}", *printed, sep="\n")
            if check and not agreed:
                print("--- but the README says:", *command.printed, sep="\n")
    return 1 if check and differ else 0


if __name__ == "__main__":
    raise SystemExit(main())
