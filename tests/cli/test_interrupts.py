"""Ctrl-C: the first ends an apply gracefully, the second at once; either way nothing is lost."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

from tests.cli.tools import ENVIRONMENT, IACCTL, succeed, watch, write

SLOW = """\
terraform {
  required_providers {
    time = {
      source = "hashicorp/time"
    }
  }
}
resource "terraform_data" "before" {
}
resource "time_sleep" "slow" {
  create_duration = "%s"
  depends_on      = [terraform_data.before]
}
resource "null_resource" "after" {
  triggers = {
    slow = time_sleep.slow.id
  }
}
"""

SLEEPING = "time_sleep.slow: Creating..."


def _start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*IACCTL, *words],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _wait_for(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    seen = ""
    while text not in seen:
        line = process.stdout.readline()
        assert line, seen
        seen += line
    return seen


def _types(folder: Path) -> list[str]:
    path = folder / "terraform.tfstate"
    return [item["type"] for item in json.loads(path.read_text())["resources"]] if path.exists() else []


def test_the_first_interrupt_ends_it_gracefully(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SLOW % "60s"})
    for number in (signal.SIGINT, signal.SIGTERM):
        process = _start(tmp_path, "apply", "-no-color", "-auto-approve")
        _wait_for(process, SLEEPING)
        process.send_signal(number)
        out, err = process.communicate(timeout=50)
        for text in ("Interrupt received.", "Gracefully shutting down...", "Stopping operation..."):
            assert text in out
        assert process.returncode == 1, out + err
        assert "Error: execution halted" in err
        assert "context canceled" in err
        assert "Traceback" not in err
        assert _types(tmp_path) == ["terraform_data"]
        succeed(tmp_path, "destroy", "-auto-approve")


def test_the_second_interrupt_ends_it_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SLOW % "60s"})
    process = _start(tmp_path, "apply", "-no-color", "-auto-approve")
    _wait_for(process, SLEEPING)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _wait_for(process, "Gracefully")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - started < 40  # the creation takes 60
    assert process.returncode == 1
    assert "Two interrupts received." in out
    assert "Traceback" not in err
    # The next plan knows that a call was under way.
    write(tmp_path, {"main.tf": SLOW % "1s"})
    assert "time_sleep.slow" in succeed(tmp_path, "plan", "-no-color")


def test_a_killed_apply_gives_back_the_lock(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SLOW % "60s"})
    process = _start(tmp_path, "apply", "-no-color", "-auto-approve")
    _wait_for(process, SLEEPING)
    process.kill()
    process.communicate(timeout=30)
    succeed(tmp_path, "plan", "-no-color")


def test_interrupts_at_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SLOW % "60s"})
    seen = watch(tmp_path, "apply", "-no-color", "-auto-approve", script=[(SLEEPING, "\x03")])
    assert seen.code == 1
    assert seen.text.count("Interrupt received.") == 1
    assert _types(tmp_path) == ["terraform_data"]


def test_somebody_else_holds_the_lock(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SLOW % "12s"})
    process = _start(tmp_path, "apply", "-no-color", "-auto-approve")
    _wait_for(process, SLEEPING)
    refused = _start(tmp_path, "plan", "-no-color")
    out, err = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert "Error: Error acquiring the state lock" in err
    advice = '"-lock=false"\nflag, but this is not recommended.'
    for text in ("Lock Info:", "OperationTypeApply", "Path:      terraform.tfstate", advice):
        assert text in err, err
    patient = _start(tmp_path, "plan", "-no-color", "-lock-timeout=60s")
    out, err = patient.communicate(timeout=80)
    assert patient.returncode == 0, err
    assert "Acquiring state lock. This may take a few moments..." in out
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert "No changes" in succeed(tmp_path, "plan", "-no-color", "-lock=false")
