"""Real Terraform for the tests of state: it says what a state file looks like and who may write it when."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ORACLE = [sys.executable, str(Path(__file__).parents[1] / "conformance" / "oracle.py")]
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith("TF_") and name != "NO_COLOR"
} | {"CHECKPOINT_DISABLE": "1", "NO_COLOR": "1"}


def terraform(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run Terraform in a folder."""
    done = subprocess.run(
        [*ORACLE, *words], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def start_terraform(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start Terraform in a folder without waiting for it."""
    return subprocess.Popen(
        [*ORACLE, *words], cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
