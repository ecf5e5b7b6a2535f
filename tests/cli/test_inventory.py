"""`get`, `modules` and `providers` say what Terraform's say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.tools import TERRAFORM, Said, run, write

MAIN = """
terraform {
  required_providers {
    null   = { source = "hashicorp/null", version = "!= 2.0.5, ~> 2.0, >= 1, < 3.1.2-beta, > 0" }
    unused = { source = "example.com/foo/unused" }
    old    = "1.0"
  }
}
resource "aws_instance" "x" {}
data "http" "y" {}
check "c" {
  data "external" "e" {}
  assert {
    condition     = data.external.e.result == null
    error_message = "There is one."
  }
}
module "local" {
  source = "./mod"
}
module "another" {
  source = "./mod"
  count  = 2
}
"""
REMOTE = """
module "registry" {
  source  = "foo/bar/baz"
  version = "~> 1.0, != 1.0.7"
}
module "part" {
  source = "foo/bar/baz//sub"
}
module "git" {
  source = "git::https://example.com/x.git//a?ref=v1"
}
"""
FILES = {
    "main.tf": MAIN,
    "mod/main.tf": 'module "inner" {\n  source = "./in"\n}\nterraform {\n  required_providers {\n    null = ">= 2.1"\n  }\n}\n',
    "mod/in/main.tf": 'resource "null_resource" "x" {}\n',
    "tests/a.tftest.hcl": 'run "plain" {}\n',
}
INSTALLED = [
    {"Key": "", "Source": "", "Dir": "."},
    {"Key": "another", "Source": "./mod", "Dir": "mod"},
    {"Key": "another.inner", "Source": "./in", "Dir": "mod/in"},
    {"Key": "git", "Source": "git::https://example.com/x.git//a?ref=v1", "Dir": ".terraform/modules/git"},
    {"Key": "local", "Source": "./mod", "Dir": "mod"},
    {"Key": "local.inner", "Source": "./in", "Dir": "mod/in"},
    {
        "Key": "part",
        "Source": "registry.terraform.io/foo/bar/baz//sub",
        "Version": "2.0.0",
        "Dir": ".terraform/modules/git",
    },
    {
        "Key": "registry",
        "Source": "registry.terraform.io/foo/bar/baz",
        "Version": "1.2.3",
        "Dir": ".terraform/modules/git",
    },
]
STATE = {
    "version": 4,
    "terraform_version": "1.15.5",
    "serial": 1,
    "lineage": "00000000-0000-0000-0000-000000000000",
    "outputs": {},
    "resources": [
        {
            "mode": "managed",
            "type": "z_x",
            "name": "x",
            "provider": 'provider["registry.terraform.io/hashicorp/z"].alias',
            "instances": [],
        }
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {**FILES, "remote.tf": REMOTE, "terraform.tfstate": json.dumps(STATE)}
    write(tmp_path, {**files, ".terraform/modules/modules.json": json.dumps({"Modules": INSTALLED})})
    write(tmp_path, {".terraform/modules/git/main.tf": ""})
    return tmp_path


def unordered(said: Said) -> tuple[int, list[str], list[str]]:
    """What was said without its order, and without how lines of trees join: Terraform lists names in any order."""
    lines = [line.translate(str.maketrans("├└│\u00a0", "    ")).lstrip(" ─") for line in said.out.splitlines()]
    return said.code, sorted(lines), said.err.splitlines()


def both(folder: Path, *words: str) -> tuple[Said, Said]:
    return run(folder, *words, program=TERRAFORM), run(folder, *words)


def test_the_tree_of_modules(folder: Path) -> None:
    theirs, ours = both(folder, "modules", "-no-color")
    assert ours == theirs
    theirs, ours = both(folder, "modules", "-json")
    expected = json.loads(theirs.out)
    found = json.loads(ours.out)
    for document in (expected, found):
        document["modules"].sort(key=lambda item: sorted(item.items()))
    assert found == expected and ours.out.count("\n") == 1


def test_the_tree_of_providers(folder: Path) -> None:
    theirs, ours = both(folder, "providers", "-no-color")
    assert unordered(ours) == unordered(theirs)
    assert "├── module.another\n│\u00a0\u00a0 ├── provider[registry.terraform.io/hashicorp/null] >= 2.1.0\n" in ours.out
    assert ours.out.endswith("Providers required by state:\n\n    provider[registry.terraform.io/hashicorp/z]\n\n")


def test_modules_are_installed(tmp_path: Path) -> None:
    told: list[list[list[str]]] = []
    manifests: list[object] = []
    for name, program in (("terraform", TERRAFORM), ("iacctl", None)):
        folder = tmp_path / name
        write(folder, FILES)
        steps = (["get"], ["get"], ["get", "-update"])
        said = [run(folder, *words, **({"program": program} if program else {})) for words in steps]
        told.append([sorted(item.out.splitlines()) for item in said])
        manifests.append(json.loads((folder / ".terraform/modules/modules.json").read_text()))
    assert told[1] == told[0]
    assert manifests[1] == manifests[0]


@pytest.mark.parametrize(
    "words", [["get", "x"], ["get", "-nonsense"], ["providers", "x"], ["providers", "-test-directory=no"]]
)
def test_command_lines(tmp_path: Path, words: list[str]) -> None:
    write(tmp_path, {"main.tf": ""})
    theirs, ours = both(tmp_path, *words)
    assert ours == theirs


@pytest.mark.parametrize("words", [["get"], ["modules"], ["modules", "-json"], ["providers"]])
def test_without_configuration(tmp_path: Path, words: list[str]) -> None:
    theirs, ours = both(tmp_path, *words)
    assert ours == theirs


def test_modules_that_are_not_installed(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'module "m" {\n  source = "./mod"\n}\n', "mod/main.tf": ""})
    theirs, ours = both(tmp_path, "providers")
    assert ours == theirs
    theirs, ours = both(tmp_path, "modules")
    assert ours == theirs


@pytest.mark.parametrize("name", ["get", "graph", "modules", "providers"])
def test_help(tmp_path: Path, name: str) -> None:
    said = run(tmp_path, name, "-help")
    assert said.code == 0 and said.out.startswith(f"Usage: iacctl [global options] {name}")
