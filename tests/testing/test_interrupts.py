"""Ctrl-C while tests are run: the first lets the run come to its end, the second ends everything and says what is left."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.tools import ENVIRONMENT, IACCTL, run, write

FILES = {
    "main.tf": """
variable "wait" {
  default = ""
}
resource "terraform_data" "first" {
}
resource "terraform_data" "slow" {
  triggers_replace = [terraform_data.first.id]
  provisioner "local-exec" {
    command = "if [ -n \\"${var.wait}\\" ]; then cat go > /dev/null; fi"
  }
}
""",
    "a.tftest.hcl": """
run "quick" {
  state_key = "quick"
}
run "slow" {
  variables {
    wait = "yes"
  }
}
run "never" {
}
""",
    "b.tftest.hcl": 'run "other" {\n}\n',
}


def _start(folder: Path, *words: str) -> subprocess.Popen[str]:
    write(folder, FILES)
    subprocess.run(["mkfifo", "go"], cwd=folder, check=True)
    process = subprocess.Popen(
        [*IACCTL, "test", *words],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    # The provisioner reads from the pipe: opening it for writing waits until it does.
    return process


def _until(process: subprocess.Popen[str], text: str) -> str:
    assert process.stdout is not None
    seen = ""
    while text not in seen:
        line = process.stdout.readline()
        assert line, seen
        seen += line
    return seen


def test_the_first_interrupt_lets_the_run_end_and_cleans_up(tmp_path: Path) -> None:
    process = _start(tmp_path, "-no-color")
    with open(tmp_path / "go", "w"):
        process.send_signal(signal.SIGINT)
        said = _until(process, "Gracefully shutting down...")
    rest, _ = process.communicate(timeout=120)
    said += rest
    assert '  run "slow"... pass\n  run "never"... skip\n' in said
    assert 'b.tftest.hcl... in progress\n  run "other"... skip\n' in said
    assert "Success! 2 passed, 0 failed, 2 skipped." in said
    assert process.returncode == 0
    assert not (tmp_path / ".terraform" / "test").exists()


@pytest.mark.parametrize("as_json", [False, True])
def test_the_second_interrupt_ends_everything_and_tells_what_is_left(tmp_path: Path, as_json: bool) -> None:
    process = _start(tmp_path, "-json" if as_json else "-no-color")
    with open(tmp_path / "go", "w"):
        process.send_signal(signal.SIGINT)
        said = _until(process, "Gracefully shutting down...")
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=120)
    said += rest
    assert process.returncode == 1
    folder = tmp_path / ".terraform" / "test"
    if as_json:
        messages = [json.loads(line) for line in said.splitlines()]
        (told,) = [item["test_interrupt"] for item in messages if item["type"] == "test_interrupt"]
        quick = [{"instance": "terraform_data.first"}, {"instance": "terraform_data.slow"}]
        assert told["states"]["quick"] == quick
        assert {"instance": "terraform_data.first"} in told["states"][""]
    else:
        assert "Terraform was interrupted while executing a.tftest.hcl, and may not have" in said
        assert 'Terraform has already created the following resources for "quick"' in said
    # Both states can be taken up again: the one that is stored, and the one that only its journal knows of.
    names = {path.name.removeprefix(".").removesuffix(".iacctl-journal") for path in folder.iterdir()}
    assert len(names) == 2
    for name in names:
        done = run(tmp_path, "destroy", "-auto-approve", "-no-color", f"-state={folder / name}")
        assert "Destroy complete! Resources: 2 destroyed." in done.out, done.out + done.err
