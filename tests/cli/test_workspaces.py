"""Workspace commands say and do what Terraform's do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.tools import IACCTL, TERRAFORM, Run, Step, both, run, succeed, write

DATA = 'resource "terraform_data" "x" {}\n'
APPLY = Run(["apply", "-no-color", "-auto-approve"])


def workspace(*words: str, env: dict[str, str] | None = None) -> Run:
    return Run(["workspace", *words], env=env or {})


ELSEWHERE = {"TF_WORKSPACE": "elsewhere"}
HISTORIES: dict[str, list[Step]] = {
    "a life": [
        {"main.tf": DATA},
        workspace("show"),
        workspace("new", "dev"),
        workspace("show"),
        workspace("new", "dev"),
        workspace("select", "dev"),
        workspace("select", "default"),
        workspace("select", "nowhere"),
        workspace("select", "-or-create", "prod"),
        workspace("delete", "prod"),
        workspace("select", "-no-color", "default"),
        workspace("delete", "prod"),
        workspace("delete", "prod"),
        workspace("delete", "default"),
    ],
    "names": [
        {"main.tf": DATA},
        workspace("new", "a b"),
        workspace("new", "a/b"),
        workspace("new", "default"),
        workspace("select", ""),
        workspace("new", "a.b-c_d~1"),
    ],
    "no colour, wherever it says so": [
        {"main.tf": DATA},
        workspace("new", "x", "-no-color"),
        workspace("delete", "-no-color", "x"),
    ],
    "a workspace that holds something": [
        {"main.tf": DATA},
        workspace("new", "full"),
        APPLY,
        workspace("select", "default"),
        workspace("delete", "-force", "full"),
    ],
    "TF_WORKSPACE": [
        {"main.tf": DATA},
        workspace("show", env=ELSEWHERE),
        workspace("new", "x", env=ELSEWHERE),
        workspace("select", "x", env=ELSEWHERE),
        workspace("select", "elsewhere", env=ELSEWHERE),
        workspace("delete", "elsewhere", env=ELSEWHERE),
        Run(["apply", "-no-color", "-auto-approve"], env=ELSEWHERE),
        Run(["plan", "-no-color"], env={"TF_WORKSPACE": "a b"}),
        Run(["output", "-no-color"], env={"TF_WORKSPACE": "a b"}),
    ],
    "a plan of another workspace": [
        {"main.tf": DATA},
        Run(["plan", "-no-color", "-out=tfplan"]),
        workspace("new", "other"),
        workspace("select", "default"),
        Run(["apply", "-no-color", "tfplan"]),
    ],
}


@pytest.mark.parametrize("name", HISTORIES)
def test_history(name: str, tmp_path: Path) -> None:
    ours, theirs = both(tmp_path, HISTORIES[name])
    assert ours == theirs


def test_a_workspace_that_holds_something_is_not_deleted(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    succeed(tmp_path, "workspace", "new", "full")
    succeed(tmp_path, "apply", "-auto-approve")
    succeed(tmp_path, "workspace", "select", "default")
    for program in (IACCTL, TERRAFORM):
        said = run(tmp_path, "workspace", "delete", "-no-color", "full", program=program)
        assert said.code == 1
        assert 'Workspace "full" is currently tracking the following resource instances:\n  - terraform_data.x\n' in said.err


def test_a_plan_is_not_applied_in_another_workspace(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    succeed(tmp_path, "plan", "-out=tfplan")
    succeed(tmp_path, "workspace", "new", "other")
    said = run(tmp_path, "apply", "-no-color", "tfplan")
    assert said.code == 1
    assert 'describes changes to the "default" workspace, but the "other" workspace is currently in use.' in said.err
    assert not (tmp_path / "terraform.tfstate").exists()


def test_a_workspace_can_start_from_a_state(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    succeed(tmp_path, "apply", "-auto-approve")
    succeed(tmp_path, "workspace", "new", "-state=terraform.tfstate", "copy")
    assert "No changes" in succeed(tmp_path, "plan", "-no-color")
    said = run(tmp_path, "workspace", "new", "-state=missing", "no")
    assert said.code == 1
    assert "no such file" in said.err
    assert succeed(tmp_path, "workspace", "show") == "copy\n"
    assert "no" not in succeed(tmp_path, "workspace", "list").split()
