"""Runs real Terraform in a folder, for its texts and documents."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_ORACLE = [sys.executable, str(Path(__file__).parents[1] / "conformance" / "oracle.py")]
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("TF_")} | {
    "CHECKPOINT_DISABLE": "1",
    "TF_CLI_CONFIG_FILE": os.devnull,
}


class Said(NamedTuple):
    out: str
    err: str
    code: int


def run(folder: Path, *words: str, stdin: str = "") -> Said:
    done = subprocess.run(
        [*_ORACLE, *words], cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, input=stdin, timeout=120
    )
    return Said(done.stdout, done.stderr, done.returncode)


def succeed(folder: Path, *words: str) -> str:
    said = run(folder, *words)
    assert said.code == 0, said.out + said.err
    return said.out
