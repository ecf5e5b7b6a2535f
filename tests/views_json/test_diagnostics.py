"""`validate -json` and `version -json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iacctl.addrs import Provider
from iacctl.views.json.validate import ValidateJson
from iacctl.views.json.version import VersionJson
from iacctl.views.protocols import VersionInfo

from . import terraform

BROKEN = {
    "good": 'resource "terraform_data" "r" {}\n',
    "unknown argument": 'resource "terraform_data" "r" {\n  inputs = "é<>"\n}\n',
    "reference": 'output "o" {\n  value = var.missing\n}\n',
    "function call": 'output "o" {\n  value = element([], 0)\n}\n',
    "variadic function": 'output "o" {\n  value = [max("x", 1), format("%d", "x"), regex("(", "x")]\n}\n',
    "several lines": 'output "o" {\n  value = [\n    1 +\n    "x",\n  ]\n}\n',
    "values": 'variable "v" { default = "a" }\nlocals { l = "x" }\noutput "o" {\n  value = local.l + 1\n}\n',
    "syntax": 'resource "terraform_data" "r" {\n  input = \n}\n',
    "warning": 'output "o" {\n  value = "${terraform_data.r.id}"\n}\nresource "terraform_data" "r" {\n  depends_on = ["x"]\n}\n',
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", BROKEN)
def test_validate(name: str) -> None:
    Path("main.tf").write_text(BROKEN[name], encoding="utf-8")
    expected = terraform.run("validate", "-json", fails=name != "good")
    found = list(terraform.session().validate())
    printed = terraform.printed(lambda terminal: ValidateJson(terminal).results(found))
    assert json.loads(printed) == json.loads(expected)
    assert printed == expected


def test_version() -> None:
    providers = {Provider("registry.terraform.io", "hashicorp", "null"): "2.1.2"}
    info = VersionInfo("1.15.5", "9.9.9", "linux_amd64", providers)
    printed = json.loads(terraform.printed(lambda terminal: VersionJson(terminal).version(info)))
    assert printed.pop("iacctl_version") == "9.9.9"
    assert printed.pop("provider_selections") == {"registry.terraform.io/hashicorp/null": "2.1.2"}
    expected = json.loads(terraform.run("version", "-json"))
    del expected["provider_selections"]
    assert printed | {"platform": ""} == expected | {"platform": ""}
