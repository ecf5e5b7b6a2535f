"""The examples work as their pages say, and are written as `terraform fmt` writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import tools

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PROGRAMS = Path(sys.executable).parent


def _environment() -> dict[str, str]:
    return {**tools.environment(), "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def environments(tmp_path: Path) -> Path:
    folder = tmp_path / "environments"
    shutil.copytree(EXAMPLES / "environments", folder, ignore=shutil.ignore_patterns("out", ".terraform*", "*tfstate*"))
    _iacctl(folder, "init", "-input=false")
    return folder


def _iacctl(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run one command that must succeed (or fail), and give what it printed."""
    done = subprocess.run(
        [PROGRAMS / "iacctl", *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert (done.returncode != 0) is fails, done.stdout
    return done.stdout


def test_examples_are_formatted() -> None:
    try:
        terraform = tools.terraform()
    except tools.ToolMissingError as missing:
        pytest.skip(str(missing))
    done = subprocess.run(
        [*terraform.command, "fmt", "-check", "-recursive", "-diff", str(EXAMPLES)],
        env=tools.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_quickstart_runs_from_init_to_destroy() -> None:
    done = subprocess.run(
        [EXAMPLES / "quickstart" / "demo.sh"],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    for line in (
        "Plan: 10 to add, 0 to change, 0 to destroy.",
        "Apply complete! Resources: 10 added, 0 changed, 0 destroyed.",
        "tokens = <sensitive>",
        "Plan: 6 to add, 0 to change, 2 to destroy.",
        "Apply complete! Resources: 6 added, 0 changed, 2 destroyed.",
        "No changes.",
        "3 services, 5 backends",
        "Destroy complete! Resources: 14 destroyed.",
    ):
        assert line in done.stdout, f"{line!r} is missing in:\n{done.stdout}"


def test_each_environment_has_its_own_state(environments: Path) -> None:
    hosts = {"dev": 1, "staging": 2, "prod": 4}
    for name in hosts:
        _iacctl(environments, "workspace", "select", "-or-create", name)
        _iacctl(environments, "apply", "-auto-approve", f"-var-file=envs/{name}.tfvars")
    for name, count in hosts.items():
        _iacctl(environments, "workspace", "select", name)
        assert len(json.loads(_iacctl(environments, "output", "-json", "hosts"))) == count
        assert "No changes." in _iacctl(environments, "plan", f"-var-file=envs/{name}.tfvars")
    written = {path.relative_to(environments / "out").parts[0] for path in (environments / "out").rglob("*.json")}
    assert written == set(hosts)
    assert not (environments / "out" / "dev" / "backup.json").exists()
    assert json.loads((environments / "out" / "prod" / "backup.json").read_text())["retention_days"] == 90


def test_values_of_another_environment_are_refused(environments: Path) -> None:
    _iacctl(environments, "workspace", "new", "prod")
    printed = _iacctl(environments, "plan", "-no-color", "-var-file=envs/dev.tfvars", fails=True)
    assert "The values are for dev, but the workspace is prod." in " ".join(printed.split())
