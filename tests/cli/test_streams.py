"""Output that cannot be written, and what must not depend on it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.cli.tools import ENVIRONMENT, IACCTL, run, succeed, write

DATA = 'resource "terraform_data" "x" {\n  count = 40\n}\noutput "o" {\n  value = "é"\n}\n'


def _into(folder: Path, target: int | None, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*IACCTL, *words],
        cwd=folder,
        env={**ENVIRONMENT, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=target,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_full_disk_under_the_output_does_not_stop_an_apply(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    with open("/dev/full", "wb") as full:
        done = _into(tmp_path, full.fileno(), "apply", "-auto-approve")
    assert done.returncode == 1
    assert "Error: Failed to write output" in done.stderr
    assert "no space left on device" in done.stderr
    assert "No changes" in succeed(tmp_path, "plan", "-no-color")


def test_a_reader_that_leaves_does_not_stop_an_apply(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    reading, writing = os.pipe()
    os.close(reading)
    done = _into(tmp_path, writing, "apply", "-auto-approve")
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "No changes" in succeed(tmp_path, "plan", "-no-color")


def test_closed_streams(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    command = " ".join((*IACCTL, "apply", "-auto-approve"))
    done = subprocess.run(["sh", "-c", f"{command} <&- >&- 2>&-"], cwd=tmp_path, env=ENVIRONMENT, timeout=60, check=False)
    assert done.returncode == 0
    assert "No changes" in succeed(tmp_path, "plan", "-no-color")


def test_text_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    done = run(tmp_path, "plan", "-no-color", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"})
    assert done.code == 0
    assert '+ o = "é"' in done.out


def test_no_color(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    assert "\x1b" in run(tmp_path, "plan").out
    for words, env in ((["-no-color"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})):
        assert "\x1b" not in run(tmp_path, "plan", *words, env=env).out


def test_automation(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    assert "-out option" in run(tmp_path, "plan", "-no-color").out
    assert "-out option" not in run(tmp_path, "plan", "-no-color", env={"TF_IN_AUTOMATION": "1"}).out
