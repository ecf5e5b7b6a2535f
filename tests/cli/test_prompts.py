"""Questions at the terminal look and behave like Terraform's."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from tests.cli.tools import IACCTL, TERRAFORM, run, watch, write

DATA = 'resource "terraform_data" "x" {}\n'
VARIABLES = """\
variable "a" {
  description = "The first.\\nIn two lines."
}
variable "b" {
  sensitive = true
}
variable "c" {
  type = list(number)
}
output "o" {
  value = "${var.a}/${length(var.c)}"
}
"""
ASKED = "Enter a value"
ID = re.compile(r"[0-9a-f-]{36}")


def watched(folder: Path, *words: str, answers: list[str], program: tuple[str, ...]) -> tuple[int, str]:
    seen = watch(folder, *words, program=program, script=[(ASKED, answer) for answer in answers])
    return seen.code, ID.sub("<id>", seen.text)


def test_variables_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": VARIABLES})
    for flags in ([], ["-no-color"]):
        said = [
            watched(tmp_path, "plan", *flags, answers=["x\n", "hidden\n", "[1]\n"], program=program)
            for program in (IACCTL, TERRAFORM)
        ]
        assert said[0] == said[1]
        assert "hidden" not in said[0][1]


def test_answers_that_are_no_values(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": VARIABLES})
    code, text = watched(tmp_path, "plan", "-no-color", answers=["\n", "\n", "[1\n"], program=IACCTL)
    assert code == 1
    assert "on <value for var.c> line 1:\n  (source code not available)" in text


@pytest.mark.parametrize("command", ["plan", "apply", "destroy"])
def test_nobody_there_to_answer(command: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": VARIABLES})
    for flags, env in (([], {}), (["-input=false"], {}), ([], {"TF_INPUT": "0"}), ([], {"TF_INPUT": "false"})):
        ours = run(tmp_path, command, "-no-color", *flags, env=env)
        assert ours == run(tmp_path, command, "-no-color", *flags, env=env, program=TERRAFORM)
        assert ours.err.count("No value for required variable") == 3


def test_piped_answers(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": VARIABLES})
    said = run(tmp_path, "plan", "-no-color", stdin="x\nhidden\n[1, 2]\n")
    assert said.code == 0
    assert '+ o = "x/2"' in said.out


def test_nothing_is_asked_in_a_configuration_with_errors(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": VARIABLES + "x\n"})
    assert "var.a" not in run(tmp_path, "plan", "-no-color").out


@pytest.mark.parametrize("answer", ["yes\n", "no\n", "y\n", "\n", "YES\n", " yes\n"])
def test_approval(answer: str, tmp_path: Path) -> None:
    said = []
    for program in (IACCTL, TERRAFORM):
        folder = tmp_path / program[1].strip("-/").replace("/", "_")
        write(folder, {"main.tf": DATA})
        said.append([watched(folder, command, answers=[answer], program=program) for command in ("apply", "destroy")])
    assert said[0] == said[1]


def test_approval_in_a_workspace(tmp_path: Path) -> None:
    said = []
    for number, program in enumerate((IACCTL, TERRAFORM)):
        folder = tmp_path / str(number)
        write(folder, {"main.tf": DATA + 'output "o" {\n  value = 1\n}\n', ".terraform/environment": "dev"})
        said.append(
            [
                watched(folder, *words, "-no-color", answers=["no\n"], program=program)
                for words in (["apply"], ["apply", "-refresh-only"], ["apply", "-input=false"])
            ]
        )
    assert said[0] == said[1]


def test_no_answer_to_approval(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    ours = run(tmp_path, "apply", "-no-color")
    assert ours == run(tmp_path, "apply", "-no-color", program=TERRAFORM)
    assert "error asking for approval: EOF" in ours.err


def interrupt(process: int) -> None:
    os.kill(process, signal.SIGINT)


def test_an_interrupt_at_approval(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    seen = [watch(tmp_path, "apply", "-no-color", program=program, script=[(ASKED, "\x03")]) for program in (IACCTL, TERRAFORM)]
    assert seen[0].code == seen[1].code == 1
    # Terraform tells of the interrupt before or after the error, as it happens.
    assert sorted(filter(None, seen[0].text.splitlines())) == sorted(filter(None, seen[1].text.splitlines()))
    assert "error asking for approval: interrupted" in seen[0].text
    assert not (tmp_path / "terraform.tfstate").exists()


def test_an_interrupt_at_a_variable(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": VARIABLES})
    seen = watch(tmp_path, "plan", "-no-color", script=[(ASKED, interrupt)])
    assert seen.code == 1
    assert "Interrupt received." in seen.text
    assert seen.text.count("No value for required variable") == 3
    assert seen.text.count(ASKED) == 1


def test_the_terminal_shows_what_is_typed_again_after_a_hidden_answer_was_interrupted(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'variable "b" {\n  sensitive = true\n}\n'})
    seen = watch(tmp_path, "plan", "-no-color", script=[(ASKED, interrupt)])
    assert seen.code == 1
    assert "Traceback" not in seen.text
