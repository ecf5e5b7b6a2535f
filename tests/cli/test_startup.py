"""Start-up is a feature: commands import what they use, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.tools import ENVIRONMENT, write

NEVER = {
    "argparse", "asyncio", "bcrypt", "boto3", "concurrent.futures", "dataclasses", "email", "gmpy2", "importlib.metadata",
    "inspect", "jsonschema", "logging", "multiprocessing", "networkx", "pathlib", "rich", "shutil", "socket", "ssl",
    "subprocess", "tempfile", "urllib.request", "uuid",
}  # fmt: skip
"""Modules that cost milliseconds, and have their uses, but none in a `version` or a plain `plan`."""


def imported(folder: Path, *words: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    program = (
        "import os, sys; from iacctl.cli import main; sys.argv = ['iacctl', *sys.argv[1:]];"
        "os._exit = lambda code: (sys.stderr.write('\\n'.join(['', *sys.modules])), sys.stderr.flush(), sys.exit(code));"
        "main.run()"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, *words],
        cwd=folder,
        env={name: text for name, text in ENVIRONMENT.items() if name != "TF_CLI_CONFIG_FILE"} | {"HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {"main.tf": 'resource "terraform_data" "x" {\n  count = 2\n  input = "a${count.index}"\n}\n'})
    return tmp_path


def test_version_imports_next_to_nothing(folder: Path) -> None:
    found = imported(folder, "version")
    assert not found & NEVER
    packages = {name.split(".")[1] for name in found if name.startswith("iacctl.")}
    assert packages <= {"cli", "config", "diag", "plan", "version", "views"}  # config: only to look for a file
    assert len([name for name in found if name.startswith("iacctl")]) < 30


def test_plan_imports_what_it_uses(folder: Path) -> None:
    found = imported(folder, "plan", "-no-color")
    assert not found & NEVER
    assert not [name for name in found if name.startswith(("iacctl.apply", "iacctl.testing"))]


def test_a_command_is_imported_alone(folder: Path) -> None:
    found = {name for name in imported(folder, "validate") if name.startswith("iacctl.cli.commands.")}
    assert found == {"iacctl.cli.commands.validate"}
