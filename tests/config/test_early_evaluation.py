"""Module sources built on values that are known early: const variables in Terraform's files, any variable in OpenTofu's."""

from __future__ import annotations

import pytest

from iacctl.config import loader
from iacctl.config.model import Config
from iacctl.config.source import MemorySource
from iacctl.config.variables import Option, gather
from iacctl.diag import Diagnostics

VARIABLE = 'variable "where" {\n  default = "a"\n}\n'
CALL = 'locals {\n  place = "./${var.where}"\n}\nmodule "m" {\n  source = local.place\n}\n'


def load(files: dict[str, str], **given: str) -> Config:
    everything = {**files, "a/m.tf": "", "b/m.tf": ""}
    source = MemorySource({name: text.encode() for name, text in everything.items()})
    options = [Option("var", f"{name}={value}") for name, value in given.items()]
    found = Diagnostics()
    values = gather(source, options, {}, found)
    assert not found.has_errors, list(found)
    return loader.load(source, given=values, locate=loader.locate_local)


def test_any_variable_in_an_opentofu_file() -> None:
    files = {"main.tofu": VARIABLE + CALL}
    assert load(files).root.children["m"].directory == "a"
    assert load(files, where="b").root.children["m"].directory == "b"
    mixed = {"variables.tf": VARIABLE, "main.tofu": CALL}
    assert load(mixed, where="b").root.children["m"].directory == "b"


@pytest.mark.parametrize("files", [{"main.tf": VARIABLE + CALL}, {"v.tofu": VARIABLE, "main.tf": CALL}])
def test_only_const_variables_in_a_terraform_file(files: dict[str, str]) -> None:
    assert [item.summary for item in load(files).diagnostics] == ["Unknown module source"]


def test_values_are_handed_on() -> None:
    inner = 'variable "to" {}\nvariable "more" {\n  default = "b"\n}\nmodule "x" {\n  source = "../${var.to}"\n}\n'
    inner += 'module "y" {\n  source = "../${var.more}"\n}\n'
    call = 'module "m" {\n  source = "./c"\n  to     = var.where\n}\n'
    root = load({"main.tofu": VARIABLE + call, "c/m.tofu": inner}, where="b").root
    assert [child.directory for child in root.children["m"].children.values()] == ["b", "b"]


def test_what_is_not_known_early() -> None:
    unset = {"main.tofu": 'variable "where" {}\n' + CALL}
    assert [item.summary for item in load(unset).diagnostics] == ["Unknown module source"]
    computed = {"main.tofu": 'resource "terraform_data" "x" {}\nmodule "m" {\n  source = terraform_data.x.id\n}\n'}
    assert [item.summary for item in load(computed).diagnostics] == ["Invalid module source"]


def test_a_value_that_is_not_constant_is_reported_once() -> None:
    child = 'variable "to" {\n  const = true\n}\nmodule "x" {\n  source = var.to\n}\n'
    call = 'module "m" {\n  source = "./c"\n  to     = var.where\n}\n'
    found = load({"main.tf": VARIABLE + call, "c/m.tf": child}).diagnostics
    assert [item.summary for item in found] == ["Const variables must be known"]
