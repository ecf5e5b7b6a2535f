"""`providers schema -json` is what Terraform prints, where both have the same provider."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.tools import TERRAFORM, run, write
from tests.conformance import null_provider
from tests.conformance.runner import CACHE

SCHEMA = ("providers", "schema", "-json")


def test_of_the_built_in_provider(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "terraform_data" "a" {\n}\n'})
    ours = run(tmp_path, *SCHEMA)
    assert ours.code == 0, ours.err
    assert ours.out == run(tmp_path, *SCHEMA, program=TERRAFORM).out


def test_of_the_null_provider(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'resource "null_resource" "a" {\n}\n'})
    env = {"TF_CLI_CONFIG_FILE": str(null_provider.cli_config(CACHE))}
    assert run(tmp_path, "init", program=TERRAFORM, env=env).code == 0
    theirs = json.loads(run(tmp_path, *SCHEMA, program=TERRAFORM, env=env).out)
    ours = json.loads(run(tmp_path, *SCHEMA).out)
    assert _shape(ours) == _shape(theirs)


def _shape(value: object) -> object:
    """Without texts: the versions of the provider differ in them, and in who computes what."""
    if isinstance(value, dict):
        left_out = ("description", "description_kind", "deprecated", "optional", "computed")
        return {name: _shape(item) for name, item in value.items() if name not in left_out}
    return value


def test_of_every_provider_there_is(tmp_path: Path) -> None:
    names = ("local", "null", "random", "time")
    requirements = "".join(f'    {name} = {{\n      source = "hashicorp/{name}"\n    }}\n' for name in names)
    write(tmp_path, {"main.tf": f"terraform {{\n  required_providers {{\n{requirements}  }}\n}}\n"})
    found = json.loads(run(tmp_path, *SCHEMA).out)["provider_schemas"]
    assert set(found) == {f"registry.terraform.io/hashicorp/{name}" for name in names}
    password = found["registry.terraform.io/hashicorp/random"]["resource_schemas"]["random_password"]["block"]
    assert password["attributes"]["result"]["sensitive"] is True
    assert "direxists" in found["registry.terraform.io/hashicorp/local"]["functions"]


def test_wrong_command_lines(tmp_path: Path) -> None:
    for words in (("schema",), ("schema", "-json", "x")):
        ours = run(tmp_path, "providers", *words, "-no-color")
        assert ours == run(tmp_path, "providers", *words, "-no-color", program=TERRAFORM)
