"""What `init` puts in place, held against Terraform's own `init`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from iacctl.addrs import Provider
from iacctl.config import loader, manifest, unsupported
from iacctl.config.source import DirectorySource, MemorySource
from iacctl.diag import Diagnostics
from iacctl.install import modules, providers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.config.model import Module

ORACLE = Path(__file__).resolve().parents[1] / "conformance" / "oracle.py"

TREES = {
    "none": {"main.tf": 'resource "terraform_data" "a" {}\n'},
    "nested": {
        "main.tf": 'module "z" {\n  source = "./a"\n}\nmodule "b" {\n  source = "./a/../a/"\n}\n',
        "a/main.tf": 'module "c" {\n  source = "../c"\n}\n',
        "c/main.tf": "",
    },
    "odd names": {
        "main.tf": 'module "a-b" {\n  source = "./x<y>&z"\n}\n'
        'module "a" {\n  source = "./ä"\n}\nmodule "aa" {\n  source = "./a b"\n}\n',
        "x<y>&z/main.tf": 'module "q" {\n  source = "./deep/er"\n}\n',
        "x<y>&z/deep/er/main.tf": "",
        "ä/main.tf": "",
        "a b/main.tf": "",
    },
    "required version in a child": {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n',
        "a/main.tf": 'terraform {\n  required_version = "> 99"\n}\n',
    },
    "missing directory": {"main.tf": 'module "a" {\n  source = "./nope"\n}\n'},
    "error in a child": {"main.tf": 'module "a" {\n  source = "./a"\n}\n', "a/main.tf": 'resource "x" {}\n'},
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def terraform_init(folder: Path) -> tuple[list[str], str]:
    """Summaries of Terraform's errors, and its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    command = [sys.executable, str(ORACLE), "init", "-json"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [line["diagnostic"]["summary"] for line in lines if line.get("@level") == "error"], done.stdout


@pytest.mark.parametrize("name", TREES)
def test_modules_are_installed_as_by_terraform(name: str, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        write(folder, TREES[name])
    errors, _ = terraform_init(theirs)
    config = modules.install(str(ours))
    assert [item.summary for item in config.diagnostics] == errors
    files = [folder / manifest.path_in(".terraform") for folder in (ours, theirs)]
    assert files[0].exists() == files[1].exists()
    if files[0].exists():
        assert files[0].read_bytes() == files[1].read_bytes()
        again = loader.load(DirectorySource(str(ours)))
        assert not again.diagnostics.has_errors


def test_terraform_accepts_what_iacctl_installed(tmp_path: Path) -> None:
    write(tmp_path, TREES["nested"])
    modules.install(str(tmp_path))
    done = subprocess.run(
        [sys.executable, str(ORACLE), "validate", "-json"], cwd=tmp_path, capture_output=True, text=True
    )
    assert json.loads(done.stdout)["valid"]


def test_listener_hears_of_callers_first(tmp_path: Path) -> None:
    write(tmp_path, TREES["nested"])
    heard: list[str] = []
    modules.install(
        str(tmp_path), listener=lambda path, entry: heard.append(f"- {'.'.join(path)} in {entry.directory}")
    )
    assert heard == ["- b in a", "- z in a", "- b.c in c", "- z.c in c"]


def root_of(text: str) -> Module:
    config = loader.load(MemorySource({"main.tf": text.encode()}))
    assert not [item for item in config.diagnostics.errors if item.tag != unsupported.TAG]
    return config.root


def requiring(source: str, version: str = "") -> str:
    constraint = f'\n      version = "{version}"' if version else ""
    return (
        f'terraform {{\n  required_providers {{\n    p = {{\n      source = "{source}"{constraint}\n    }}\n  }}\n}}\n'
    )


class Catalog:
    """Two providers at hand."""

    versions: Final = {
        Provider("registry.terraform.io", "hashicorp", "random"): "3.7.2",
        Provider("registry.terraform.io", "hashicorp", "null"): "3.2.4",
    }

    def version(self, source: Provider) -> str | None:
        return self.versions.get(source)

    def sources(self) -> Iterable[Provider]:
        return self.versions


AVAILABLE = Catalog()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('resource "terraform_data" "a" {}\n', [("terraform.io/builtin/terraform", None, "built-in", "")]),
        ('resource "random_id" "a" {}\n', [("registry.terraform.io/hashicorp/random", "3.7.2", "in-process", "")]),
        (
            requiring("hashicorp/random", "~> 3.5, != 3.6"),
            [("registry.terraform.io/hashicorp/random", "3.7.2", "in-process", "~> 3.5, != 3.6.0")],
        ),
    ],
)
def test_selection(text: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    diags = Diagnostics()
    found = providers.select(root_of(text), AVAILABLE, diags)
    assert [(str(item.source), *item[1:]) for item in found] == expected
    assert not diags.has_errors


@pytest.mark.parametrize(
    ("text", "summary", "part"),
    [
        (
            requiring("hashicorp/random", "~> 4.0"),
            "Failed to query available provider packages",
            "provider hashicorp/random: no available releases match the given constraints ~> 4.0",
        ),
        (
            requiring("x/nope"),
            "Failed to query available provider packages",
            "provider registry.terraform.io/x/nope was not found in any of the search locations",
        ),
        (
            requiring("x/null"),
            "Failed to query available provider packages",
            "Did you intend to use hashicorp/null?",
        ),
        (
            requiring("terraform.io/builtin/terraform", "1.0"),
            "Invalid dependency on built-in provider",
            "Cannot use terraform.io/builtin/terraform: built-in providers do not support explicit version constraints.",
        ),
        (
            requiring("terraform.io/builtin/nope"),
            "Invalid dependency on built-in provider",
            'this Terraform release has no built-in provider named "nope".',
        ),
    ],
)
def test_no_provider(text: str, summary: str, part: str) -> None:
    diags = Diagnostics()
    assert providers.select(root_of(text), AVAILABLE, diags) == []
    assert [item.summary for item in diags] == [summary]
    assert part in diags[0].detail


def test_choices_are_noted_outside_of_the_lock_file(tmp_path: Path) -> None:
    found = providers.select(root_of('resource "random_id" "a" {}\n'), AVAILABLE, Diagnostics())
    providers.record(str(tmp_path), found)
    noted = json.loads((tmp_path / providers.NOTE).read_text())
    assert noted["providers"] == {"registry.terraform.io/hashicorp/random": {"version": "3.7.2", "constraints": ""}}
    assert not (tmp_path / ".terraform.lock.hcl").exists()
    assert providers.recorded(str(tmp_path)) == {Provider("registry.terraform.io", "hashicorp", "random"): "3.7.2"}
    providers.record(str(tmp_path), [])
    assert providers.recorded(str(tmp_path)) == {}
    assert not (tmp_path / providers.NOTE).exists()


def test_missing_provider_without_init() -> None:
    diags = Diagnostics()
    providers.check_available(root_of('resource "random_id" "a" {}\nresource "nope_x" "b" {}\n'), AVAILABLE, diags)
    assert [item.detail.splitlines()[0] for item in diags] == [
        "This configuration requires provider registry.terraform.io/hashicorp/nope, but that provider isn't available. You may be"
        " able to install it automatically by running:"
    ]
