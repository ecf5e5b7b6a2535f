"""`local-exec` when an apply is interrupted, or killed: what it has started ends, and the object is known, tainted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

IACCTL = str(Path(sys.executable).parent / "iacctl")
PATIENCE = 60.0
CONFIG = """
resource "terraform_data" "a" {
  provisioner "local-exec" {
    command = "trap 'echo caught >> log; END' INT; sleep 1000 & echo $! > child; echo $$ > pid; while :; do sleep 0.1; done"
  }

  provisioner "local-exec" {
    command = "echo second >> log"
  }
}
"""
DESTROYED = """
resource "terraform_data" "a" {
  provisioner "local-exec" {
    when    = destroy
    command = "test ! -e slow || { echo $$ > pid; while :; do sleep 0.1; done; }"
  }
}
"""


def _wait(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def _start(folder: Path, command: str = "apply") -> subprocess.Popen[str]:
    """Start an apply, without a terminal, and wait until its provisioner is at work."""
    process = subprocess.Popen(
        [IACCTL, command, "-auto-approve", "-no-color"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    _wait(lambda: (folder / "pid").exists() and (folder / "pid").read_text().endswith("\n"))
    return process


def _plan(folder: Path) -> str:
    done = subprocess.run([IACCTL, "plan", "-no-color"], cwd=folder, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def _ended(folder: Path) -> bool:
    names = [name for name in ("pid", "child") if (folder / name).exists()]
    return not any(_is_alive(int((folder / name).read_text())) for name in names)


def test_the_first_interrupt_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(CONFIG.replace("END", "exit 3"))
    process = _start(tmp_path)
    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 1
    assert "local-exec provisioner error" in output
    assert "exit status 3" in " ".join(output.split())
    assert (tmp_path / "log").read_text() == "caught\n"
    state = json.loads((tmp_path / "terraform.tfstate").read_text())
    assert state["resources"][0]["instances"][0]["status"] == "tainted"
    _wait(lambda: _ended(tmp_path))
    assert not list(tmp_path.glob(".*journal"))


@pytest.mark.parametrize("last", [signal.SIGINT, signal.SIGKILL])
def test_what_takes_no_notice_is_killed_with_iacctl(tmp_path: Path, last: signal.Signals) -> None:
    (tmp_path / "main.tf").write_text(CONFIG.replace("END", ":"))
    process = _start(tmp_path)
    process.send_signal(signal.SIGINT)
    _wait(lambda: (tmp_path / "log").exists() and (tmp_path / "log").read_text() == "caught\n")
    assert process.poll() is None
    process.send_signal(last)
    process.communicate(timeout=PATIENCE)
    _wait(lambda: _ended(tmp_path))
    planned = _plan(tmp_path)
    assert "Warning: Interrupted provisioning" in planned
    assert 'terraform_data.a was provisioned with "local-exec". How far that went is not known. It is tainted' in planned
    assert "terraform_data.a is tainted, so must be replaced" in planned


def test_killed_while_provisioning_before_destruction(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(DESTROYED)
    subprocess.run([IACCTL, "apply", "-auto-approve"], cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / "slow").touch()
    process = _start(tmp_path, "destroy")
    process.kill()
    process.communicate(timeout=PATIENCE)
    _wait(lambda: _ended(tmp_path))
    planned = _plan(tmp_path)
    assert "Warning: Interrupted provisioning" in planned
    assert "still exists; destroying it runs them again" in planned
    assert "No changes." in planned
    (tmp_path / "slow").unlink()
    done = subprocess.run([IACCTL, "destroy", "-auto-approve"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "1 destroyed" in done.stdout


def test_what_a_finished_program_leaves_running_lives_on(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n'
        '    command = "sleep 1000 > /dev/null 2>&1 & echo $! > child"\n  }\n}\n'
    )
    subprocess.run([IACCTL, "apply", "-auto-approve"], cwd=tmp_path, capture_output=True, check=True)
    child = int((tmp_path / "child").read_text())
    assert _is_alive(child)
    os.kill(child, signal.SIGKILL)
