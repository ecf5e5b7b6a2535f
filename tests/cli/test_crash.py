"""A bug in iacctl shows as a short message, never as a traceback, and leaves the state alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.tools import ENVIRONMENT, write

BUG = """\
import sys
from iacctl.cli import main
from iacctl.session import Session

def broken(self, *arguments, **more):
    secret = "hunter2"
    raise KeyError("hunter2")

Session.{method} = broken
sys.argv = ["iacctl", *{words!r}]
main.run()
"""


def _crash(folder: Path, method: str, *words: str, log: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BUG.format(method=method, words=list(words))],
        cwd=folder,
        env={**ENVIRONMENT, "TMPDIR": str(folder), "TF_LOG": log},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_unexpected_exception(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "terraform_data" "x" {}\n'})
    done = _crash(tmp_path, "plan", "plan", "-no-color", "-var=x=hunter2")
    assert done.returncode == 1
    assert "Error: Internal error" in done.stderr
    assert "KeyError" in done.stderr
    for text in ("Traceback", "hunter2"):
        assert text not in done.stderr + done.stdout
    (report,) = tmp_path.glob("iacctl-crash-*.log")
    assert str(report) in done.stderr
    assert report.stat().st_mode & 0o777 == 0o600
    assert "Traceback" in report.read_text()
    assert "-var" not in report.read_text()


def test_the_details_can_be_seen(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": ""})
    assert "Traceback" in _crash(tmp_path, "plan", "plan", log="debug").stderr
    assert "Traceback" not in _crash(tmp_path, "plan", "plan", log="off").stderr


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "terraform_data" "x" {}\n'})
    assert _crash(tmp_path, "apply", "apply", "-auto-approve").returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir() if "tfstate" in path.name) == []
