"""`init` says and does what Terraform's does: modules, providers, backends and their migration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.tools import Run, Step, both, run, succeed, write

INIT = Run(["init", "-no-color"])
MIGRATE = ["init", "-no-color", "-migrate-state"]
DATA = 'resource "terraform_data" "x" {}\n'


def backend(arguments: str = "") -> str:
    return f'terraform {{\n  backend "local" {{\n{arguments}\n  }}\n}}\n'


def requiring(**arguments: str) -> str:
    lines = "\n".join(f'      {name} = "{value}"' for name, value in arguments.items())
    return f"terraform {{\n  required_providers {{\n    random = {{\n{lines}\n    }}\n  }}\n}}\n"


def state(value: str, serial: int = 1, lineage: str = "one") -> str:
    return json.dumps(
        {
            "version": 4,
            "terraform_version": "1.15.5",
            "serial": serial,
            "lineage": lineage,
            "outputs": {"o": {"value": value, "type": "string"}},
            "resources": [],
            "check_results": None,
        }
    )


A, B = backend('path = "a.tfstate"'), backend('path = "b.tfstate"')
TWO: list[Step] = [{"main.tf": A, "a.tfstate": state("a", 3), "b.tfstate": state("b", 5, "two")}, INIT, {"main.tf": B}]
ONE: list[Step] = [{"main.tf": A, "a.tfstate": state("a", 3)}, INIT, {"main.tf": B}]

HISTORIES: dict[str, list[Step]] = {
    "an empty directory": [INIT, Run(["init"])],
    "a configuration without anything": [{"main.tf": ""}, INIT],
    "in colour": [{"main.tf": DATA + 'module "m" {\n  source = "./m"\n}\n', "m/m.tf": ""}, Run(["init"])],
    "in automation": [{"main.tf": DATA}, Run(["init"], env={"TF_IN_AUTOMATION": "1"})],
    "as JSON": [{"main.tf": DATA + 'module "m" {\n  source = "./m"\n}\n', "m/m.tf": ""}, Run(["init", "-json"])],
    "an empty directory as JSON": [Run(["init", "-json"])],
    "modules in modules": [
        {
            "main.tf": 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m/n"\n}\n',
            "m/m.tf": 'module "n" {\n  source = "./n"\n}\n',
            "m/n/n.tf": "",
        },
        INIT,
        INIT,
        Run(["init", "-no-color", "-upgrade"]),
        Run(["init", "-no-color", "-get=false"]),
    ],
    "a module that goes": [
        {"main.tf": 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m"\n}\n', "m/m.tf": ""},
        INIT,
        {"main.tf": 'module "a" {\n  source = "./m"\n}\n'},
        INIT,
        {"main.tf": ""},
        INIT,
    ],
    "a data directory of its own": [
        {"main.tf": 'module "a" {\n  source = "./m"\n}\n' + A, "m/m.tf": ""},
        Run(["init", "-no-color"], env={"TF_DATA_DIR": ".terraform/elsewhere"}),
        Run(["plan", "-no-color"], env={"TF_DATA_DIR": ".terraform/elsewhere"}),
    ],
    "syntax errors": [{"main.tf": "x\n"}, INIT],
    "errors in a module": [{"main.tf": 'module "a" {\n  source = "./m"\n}\n', "m/m.tf": "x\n"}, INIT],
    "an argument that a module does not take": [
        {"main.tf": 'module "a" {\n  source = "./m"\n  foo    = 1\n}\n', "m/m.tf": ""},
        INIT,
    ],
    "a module that wants another version": [
        {"main.tf": 'module "a" {\n  source = "./m"\n}\n', "m/m.tf": 'terraform {\n  required_version = ">= 2"\n}\n'},
        INIT,
    ],
    "another version wanted": [{"main.tf": 'terraform {\n  required_version = ">= 2"\n}\n' + DATA}, INIT],
    "a built-in provider with a version": [
        {
            "main.tf": 'terraform {\n  required_providers {\n    t = {\n      source = "terraform.io/builtin/terraform"\n'
            '      version = "1.0"\n    }\n  }\n}\n'
        },
        INIT,
    ],
    "a built-in provider that there is not": [
        {"main.tf": 'terraform {\n  required_providers {\n    t = {\n      source = "terraform.io/builtin/t"\n    }\n  }\n}\n'},
        INIT,
    ],
    "variables that are not declared": [
        {"main.tf": DATA},
        Run(["init", "-no-color", "-var", "x"]),
    ],
    "flags that contradict one another": [
        {"main.tf": DATA},
        Run(["init", "-no-color", "-migrate-state", "-reconfigure"]),
        Run(["init", "-no-color", "extra"]),
    ],
    "flags without effect": [
        {"main.tf": DATA},
        Run(["init", "-no-color", "-plugin-dir=/nowhere", "-lockfile=readonly", "-ignore-remote-version"]),
        Run(["init", "-no-color", "-lock=false", "-lock-timeout=3s", "-input=false", "-upgrade"]),
    ],
    "no tests where they should be": [{"main.tf": DATA}, Run(["init", "-no-color", "-test-directory=missing"])],
    "a backend for the first time": [{"main.tf": DATA + A}, Run(["plan", "-no-color"]), INIT, Run(["init"])],
    "state found": [{"main.tf": DATA}, Run(["init"]), {"terraform.tfstate": state("x")}, Run(["init"]), INIT],
    "a backend that there is not": [{"main.tf": 'terraform {\n  backend "none" {}\n}\n'}, INIT, Run(["plan", "-no-color"])],
    "a backend that there was": [{"main.tf": 'terraform {\n  backend "etcd" {}\n}\n'}, INIT],
    "an argument that the backend does not take": [{"main.tf": backend("foo = 1")}, INIT, Run(["plan", "-no-color"])],
    "a variable in the backend": [{"main.tf": backend("path = var.x")}, INIT],
    "an empty path": [{"main.tf": backend('path = ""')}, INIT],
    "a backend that changed": [
        *ONE,
        Run(["plan", "-no-color"]),
        Run(["validate", "-no-color"]),
        Run(["show", "-no-color"]),
        Run(["output", "-no-color"]),
        INIT,
        Run(["init"]),
    ],
    "a backend that goes": [
        *ONE,
        {"main.tf": DATA},
        Run(["plan", "-no-color"]),
        INIT,
        Run(MIGRATE, "yes\n"),
        Run(["plan", "-no-color"]),
    ],
    "forgetting a backend": [*ONE, Run(["init", "-no-color", "-reconfigure"]), Run(["output", "-no-color"])],
    "taking state along": [*ONE, Run(MIGRATE, "yes\n"), Run(["output", "-no-color"])],
    "taking state along in colour": [*ONE, Run(["init", "-migrate-state"], "yes\n")],
    "not taking state along": [*ONE, Run(MIGRATE, "no\n")],
    "no answer about state": [*ONE, Run(MIGRATE)],
    "taking state along unasked": [*ONE, Run(["init", "-no-color", "-force-copy"])],
    "no question about state allowed": [*ONE, Run([*MIGRATE, "-input=false"])],
    "overwriting state": [*TWO, Run(MIGRATE, "no\n"), {"main.tf": A}, Run(MIGRATE, "yes\n")],
    "a local state finds a backend": [{"main.tf": B, "terraform.tfstate": state("x", 7)}, Run(["init", "-no-color"], "yes\n")],
    "a local state is left behind": [{"main.tf": B, "terraform.tfstate": state("x", 7)}, Run(["init", "-no-color"], "no\n")],
    "a backend in the same place": [{"main.tf": backend(), "terraform.tfstate": state("x", 7)}, INIT],
    "several workspaces": [
        {"main.tf": A, "a.tfstate": state("a")},
        INIT,
        Run(["workspace", "new", "-no-color", "w"]),
        {"terraform.tfstate.d/w/terraform.tfstate": state("w", 2, "three")},
        {"main.tf": backend('path = "b.tfstate"\nworkspace_dir = "others"')},
        Run(MIGRATE, "no\n"),
        Run(MIGRATE, "yes\n"),
    ],
    "a workspace that is gone": [
        {"main.tf": backend('workspace_dir = "w"'), ".terraform/environment": "gone", "w/u/x": "", "w/v/x": ""},
        Run(["init", "-no-color", "-input=false"]),
        Run(["init"], "7\n"),
        Run(["init"], "2\n"),
        Run(["workspace", "show"]),
    ],
    "only one workspace left": [
        {"main.tf": backend(), ".terraform/environment": "gone"},
        INIT,
        Run(["workspace", "show"]),
    ],
    "a workspace name that is none": [{"main.tf": A}, Run(["init", "-no-color"], env={"TF_WORKSPACE": "a b"})],
    "arguments on the command line": [
        {"main.tf": backend()},
        Run(["init", "-no-color", "-backend-config=path=x.tfstate"]),
        Run(["init", "-no-color"]),
        Run(["init", "-no-color", "-backend-config=path=y.tfstate"]),
        Run(["init", "-no-color", "-reconfigure", "-backend-config=path="]),
        Run(["init", "-no-color", "-reconfigure", "-backend-config=foo=1"]),
        Run(["plan", "-no-color"]),
    ],
    "arguments in files": [
        {"main.tf": backend(), "good.hcl": 'path = "x"\n', "bad.hcl": 'path = "x\n', "unknown.hcl": "foo = 1\n"},
        {"block.hcl": "x {}\n"},
        Run(["init", "-no-color", "-backend-config=good.hcl"]),
        Run(["init", "-no-color", "-reconfigure", "-backend-config=bad.hcl"]),
        Run(["init", "-no-color", "-reconfigure", "-backend-config=unknown.hcl"]),
        Run(["init", "-no-color", "-reconfigure", "-backend-config=block.hcl"]),
    ],
    "an argument that moves to the command line": [
        {"main.tf": A},
        INIT,
        {"main.tf": backend()},
        Run(["init", "-no-color", "-backend-config=path=a.tfstate"]),
        Run(["plan", "-no-color"]),
    ],
    "arguments without a backend": [{"main.tf": DATA}, Run(["init", "-no-color", "-backend-config=path=x"])],
    "no backend": [
        {"main.tf": A},
        Run(["init", "-no-color", "-backend=false"]),
        Run(["validate", "-no-color"]),
        INIT,
        {"main.tf": B},
        Run(["init", "-no-color", "-cloud=false"]),
    ],
    "from a module": [{"main.tf": DATA}, Run(["init", "-no-color", "-from-module=./m"])],
}


@pytest.mark.parametrize("name", HISTORIES)
def test_history(name: str, tmp_path: Path) -> None:
    ours, theirs = both(tmp_path, HISTORIES[name])
    assert ours == theirs


def test_providers_that_are_part_of_iacctl_are_noted_but_not_locked(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": requiring(version="~> 3.5") + 'resource "null_resource" "x" {}\n'})
    printed = succeed(tmp_path, "init", "-no-color")
    assert "- hashicorp/random v3." in printed
    noted = json.loads((tmp_path / ".terraform" / "iacctl-providers.json").read_text())["providers"]
    assert set(noted) == {"registry.terraform.io/hashicorp/null", "registry.terraform.io/hashicorp/random"}
    assert noted["registry.terraform.io/hashicorp/random"]["constraints"] == "~> 3.5"
    assert not (tmp_path / ".terraform.lock.hcl").exists()
    assert f"+ provider registry.terraform.io/hashicorp/random v{noted['registry.terraform.io/hashicorp/random']['version']}" in (
        succeed(tmp_path, "version")
    )


@pytest.mark.parametrize("command", [["init"], ["plan"], ["validate"], ["apply", "-auto-approve"]])
def test_a_provider_in_another_version(command: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": requiring(version="< 2.0.0")})
    said = run(tmp_path, *command, "-no-color")
    assert said.code == 1
    assert "hashicorp/random" in said.err
    assert "< 2.0.0" in said.err


def test_an_unknown_provider(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "nonesuch_thing" "x" {}\n'})
    said = run(tmp_path, "init", "-no-color")
    assert said.code == 1
    assert "Error: Failed to query available provider packages" in said.err
    assert "registry.terraform.io/hashicorp/nonesuch" in said.err
    assert not (tmp_path / ".terraform").exists()


def test_a_provider_with_the_wrong_namespace(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": requiring(source="acme/random")})
    assert "Did you intend to use hashicorp/random?" in " ".join(run(tmp_path, "init", "-no-color").err.split())


def test_a_copy_of_a_module(tmp_path: Path) -> None:
    write(tmp_path, {"source/main.tf": DATA, "source/.terraform/x": "", "source/sub/main.tf": DATA, "target/.keep": ""})
    (tmp_path / "target" / ".keep").unlink()
    succeed(tmp_path / "target", "init", "-no-color", "-from-module=../source")
    copied = sorted(str(path.relative_to(tmp_path / "target")) for path in (tmp_path / "target").rglob("*.tf"))
    assert copied == ["main.tf", "sub/main.tf"]
    assert not (tmp_path / "target" / ".terraform" / "x").exists()
    assert run(tmp_path / "target", "init", "-no-color", "-from-module=../source").code == 1


def test_terraform_and_iacctl_share_the_backend_record(tmp_path: Path) -> None:
    from tests.cli.tools import TERRAFORM

    write(tmp_path, {"main.tf": DATA + A})
    succeed(tmp_path, "init")
    assert run(tmp_path, "apply", "-auto-approve", program=TERRAFORM).code == 0
    assert "No changes" in succeed(tmp_path, "plan", "-no-color")
    write(tmp_path, {"main.tf": DATA + B})
    assert run(tmp_path, "init", "-force-copy", program=TERRAFORM).code == 0
    assert "No changes" in succeed(tmp_path, "plan", "-no-color")


def test_a_damaged_record(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": A, ".terraform/terraform.tfstate": "{"})
    said = run(tmp_path, "init", "-no-color")
    assert said.code == 1
    assert "Error: " in said.err
    assert "Internal error" not in said.err


def test_an_answer_that_is_neither_yes_nor_no_is_asked_for_again(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": A, "a.tfstate": state("a", 3)})
    succeed(tmp_path, "init")
    write(tmp_path, {"main.tf": B})
    printed = run(tmp_path, *MIGRATE, stdin="perhaps\nyes\n").out
    assert printed.count("Enter a value:") == 2
    assert (tmp_path / "b.tfstate").exists()
