"""`graph` draws what Terraform's draws."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.tools import IACCTL, TERRAFORM, run, succeed, write

MAIN = """
variable "s" {
  default = "x"
}
variable "checked" {
  default = 1
  validation {
    condition     = var.checked > 0 && var.s != ""
    error_message = "Too small."
  }
}
locals {
  l      = terraform_data.one.id
  unused = 1
}
resource "terraform_data" "one" {
  input = var.s
}
resource "terraform_data" "two" {
  count      = var.checked
  input      = local.l
  depends_on = [module.m]
}
data "terraform_remote_state" "rs" {
  backend = "local"
  config  = { path = terraform_data.one.output }
}
module "m" {
  source = "./mod"
  x      = terraform_data.one.id
}
module "n" {
  source = "./mod"
  count  = 2
  x      = module.m.o
}
check "c" {
  data "terraform_remote_state" "scoped" {
    backend = "local"
  }
  assert {
    condition     = terraform_data.one.id != data.terraform_remote_state.scoped.backend
    error_message = "Same."
  }
}
import {
  to = terraform_data.two[0]
  id = local.unused
}
output "o" {
  value = module.n[0].o
}
"""
MOD = """
variable "x" {
  validation {
    condition     = var.x != ""
    error_message = "Empty."
  }
}
resource "terraform_data" "in" {
  input = var.x
}
module "i" {
  source = "../inner"
  z      = terraform_data.in.id
}
check "inside" {
  assert {
    condition     = var.x != ""
    error_message = "Empty."
  }
}
output "o" {
  value = module.i.y
}
"""
INNER = """
variable "z" {}
resource "terraform_data" "deep" {
  input = var.z
}
output "y" {
  value = terraform_data.deep.id
}
"""
PROVIDER = 'provider["terraform.io/builtin/terraform"]'


def stored(module: str, name: str, keys: list[str | None], needs: list[str], deposed: str = "") -> dict[str, object]:
    """A resource as a state file holds it."""
    items: list[dict[str, object]] = []
    for key in keys:
        item: dict[str, object] = {"schema_version": 0, "attributes": {"id": "x"}, "dependencies": needs}
        items.append(item if key is None else {**item, "index_key": key})
    items += [{**items[0], "deposed": deposed}] if deposed else []
    found: dict[str, object] = {"module": module} if module else {}
    return {
        **found,
        "mode": "managed",
        "type": "terraform_data",
        "name": name,
        "provider": PROVIDER,
        "instances": items,
    }


STATE = {
    "version": 4,
    "terraform_version": "1.15.5",
    "serial": 1,
    "lineage": "00000000-0000-0000-0000-000000000000",
    "outputs": {"lost": {"value": 1, "type": "number"}},
    "resources": [
        stored("", "one", [None], [], "0a0a0a0a"),
        stored("", "gone", ["a", "b"], ["terraform_data.one"]),
        stored("module.lost[0]", "r", [None], ["terraform_data.gone", "terraform_data.one"]),
        stored("module.m.module.i", "deep", [None], ["terraform_data.one"]),
    ],
    "check_results": None,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph")
    write(path, {"main.tf": MAIN, "mod/main.tf": MOD, "inner/main.tf": INNER, "terraform.tfstate": json.dumps(STATE)})
    succeed(path, "get")
    return path


KINDS = ("plan", "plan-refresh-only", "plan-destroy", "apply")


@pytest.mark.parametrize("words", [[], *([f"-type={kind}"] for kind in KINDS), ["-type=nonsense"], ["-plan=no"], ["x"]])
def test_graphs_are_terraforms(folder: Path, words: list[str]) -> None:
    words = ["graph", "-no-color", *words]
    assert run(folder, *words) == run(folder, *words, program=TERRAFORM)


def test_nothing_to_draw(tmp_path: Path) -> None:
    for words in (["graph"], ["graph", "-type=plan"]):
        assert run(tmp_path, *words) == run(tmp_path, *words, program=TERRAFORM)


BEFORE = """
resource "terraform_data" "a" {
  input = 1
}
resource "terraform_data" "b" {
  input = terraform_data.a.output
}
resource "terraform_data" "replaced" {
  triggers_replace = 1
  input            = terraform_data.b.output
}
resource "terraform_data" "first" {
  triggers_replace = 1
  lifecycle {
    create_before_destroy = true
  }
}
resource "terraform_data" "gone" {
  input = terraform_data.replaced.output
}
resource "terraform_data" "counted" {
  count = 2
  input = [terraform_data.replaced.id, terraform_data.first.id]
}
resource "terraform_data" "same" {}
output "o" {
  value = terraform_data.counted[*].id
}
"""
AFTER = (
    re.sub(r'resource "terraform_data" "gone" {.*?}\n', "", BEFORE, flags=re.DOTALL)
    .replace("= 1\n", "= 2\n")
    .replace("count = 2", "count = 1")
    + 'resource "terraform_data" "new" {\n  input = terraform_data.a.id\n}\n'
)


@pytest.mark.parametrize("words", [[], ["-destroy"]])
def test_plans_are_drawn_as_terraform_draws_its_own(tmp_path: Path, words: list[str]) -> None:
    drawn: list[str] = []
    for name, program in (("terraform", TERRAFORM), ("iacctl", IACCTL)):
        folder = tmp_path / name
        write(folder, {"main.tf": BEFORE})
        for step in (["init"], ["apply", "-auto-approve"]):
            assert run(folder, *step, program=program).code == 0
        write(folder, {"main.tf": AFTER})
        assert run(folder, "plan", "-out=saved", *words, program=program).code == 0
        drawn.append(run(folder, "graph", "-plan=saved", program=program).out)
    # Terraform makes up the key under which it will put the old object aside.
    assert drawn[1] == re.sub(r"destroy deposed \w+", "destroy", drawn[0])
    assert ("destroy deposed" in drawn[0]) is not bool(words)


CYCLE = "locals {\n  a = local.b\n  b = local.a\n}\n"


def test_cycles_are_refused_or_drawn(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": CYCLE})
    for words in (["graph", "-no-color"], ["graph", "-no-color", "-type=plan"]):
        said = run(tmp_path, *words)
        assert said.code == 1 and "Error: Cycle: local.a (expand), local.b (expand)" in said.err
    drawn = succeed(tmp_path, "graph", "-type=plan", "-draw-cycles")
    assert '"[root] local.a (expand)" -> "[root] local.b (expand)" [color = "red", penwidth = "2.0"]' in drawn
