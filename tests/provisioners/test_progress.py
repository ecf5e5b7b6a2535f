"""What is told while provisioners run: to people and to programs the same as by Terraform."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conformance import oracle

CONFIG = r"""
variable "secret" {
  default   = "hush"
  sensitive = true
}

variable "passing" {
  default   = "by"
  ephemeral = true
}

resource "terraform_data" "first" {
  input = "x"

  provisioner "local-exec" {
    command = "echo \"one\"; echo; echo '  two  ' >&2; printf 'a\\rb\\r\\n\\033[1mbold\\033[0m\\tend'"
  }

  provisioner "local-exec" {
    command     = "print(1); print(2)"
    interpreter = ["python3", "-c"]
    quiet       = true
  }

  provisioner "local-exec" {
    command     = "echo $A"
    environment = { A = var.secret }
  }

  provisioner "local-exec" {
    command = "echo ${var.passing}"
  }

  provisioner "local-exec" {
    command = "echo ${var.passing} ${var.secret}"
  }

  provisioner "local-exec" {
    command    = "echo é; exit 4"
    on_failure = continue
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo ${self.input}"
  }
}

module "m" {
  source     = "./m"
  depends_on = [terraform_data.first]
}
"""
MODULE = """
resource "terraform_data" "fails" {
  for_each = toset(["k"])

  provisioner "local-exec" {
    command = "echo out; exit 1"
  }
}
"""
COMMANDS = ("apply -auto-approve -json", "destroy -auto-approve -json", "apply -auto-approve", "destroy -auto-approve")


def _run(tool: list[str], folder: Path) -> list[str]:
    (folder / "m").mkdir()
    (folder / "main.tf").write_text(CONFIG)
    (folder / "m" / "main.tf").write_text(MODULE)
    env = {key: value for key, value in os.environ.items() if not key.startswith("TF_")}
    env |= {"HOME": str(folder), "CHECKPOINT_DISABLE": "1"}
    found: list[str] = []
    for words in ("init", *COMMANDS):
        done = subprocess.run([*tool, *words.split()], cwd=folder, env=env, capture_output=True, text=True)
        text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", done.stdout)
        found.append(re.sub(r'(after |"elapsed_seconds":)\d+', r"\1N", text))
    return found[1:]


def _messages(text: str) -> list[dict[str, Any]]:
    kept = []
    for line in text.splitlines():
        message = json.loads(line.replace('"elapsed_seconds":N', '"elapsed_seconds":0'))
        if message["type"].startswith(("provision", "apply")) and message["type"] != "apply_progress":
            del message["@timestamp"]
            kept.append(message)
    return kept


def _lines(text: str) -> list[str]:
    _, _, after = text.partition("Plan:")
    return [line for line in after.splitlines() if "terraform_data" in line and ": Still " not in line]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    own = [str(Path(sys.executable).parent / "iacctl")]
    terraform, iacctl = (_run(tool, tmp_path_factory.mktemp("run")) for tool in (list(oracle.command()), own))
    return terraform, iacctl


@pytest.mark.parametrize("step", [0, 1])
def test_messages_for_programs(both: tuple[list[str], list[str]], step: int) -> None:
    terraform, iacctl = (_messages(texts[step]) for texts in both)
    assert iacctl == terraform
    assert len(terraform) > 3


@pytest.mark.parametrize("step", [2, 3])
def test_lines_for_people(both: tuple[list[str], list[str]], step: int) -> None:
    terraform, iacctl = (_lines(texts[step]) for texts in both)
    assert iacctl == terraform
    assert len(terraform) > 3
    assert not any("hush" in line for line in iacctl)
