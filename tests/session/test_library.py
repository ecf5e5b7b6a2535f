"""`docs/library.md` tells the truth: its first program prints what the page says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "library.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _first(kind: str) -> str:
    return next(text for found, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if found == kind)


def _run(program: Path) -> str:
    done = subprocess.run(
        [sys.executable, program.name], cwd=program.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_program_prints_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "stack").mkdir()
    (tmp_path / "stack" / "main.tf").write_text(_first("hcl"))
    program = tmp_path / "deploy.py"
    program.write_text(_first("python"))
    printed = _first("text")
    assert _run(program) == printed
    assert (tmp_path / "stack" / "terraform.tfstate").exists()
    assert _run(program) == printed.replace("create", "no-op")


def test_the_program_is_about_fifteen_lines() -> None:
    lines = [line for line in _first("python").splitlines() if line]
    assert len(lines) <= 15


def test_all_python_on_the_page_compiles() -> None:
    for kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "python":
            compile(text, "library.md", "exec")
