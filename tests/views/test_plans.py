"""Whole plans as text, compared with Terraform: recorded ones, and live ones of the built-in provider."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from iacctl.plan.model import Options, Plan
from iacctl.views.human import plan as plans

from . import builders, terraform

RECORDED = sorted((Path(__file__).parent / "data" / "plans").glob("*.json"))

SOURCE = """
variable "v" {
  default = 1
}
resource "terraform_data" "a" {
  input = { number = var.v, list = ["x", "y", tostring(var.v)], text = "one\\n${var.v}\\nthree\\n", none = null }
}
resource "terraform_data" "replaced" {
  triggers_replace = [var.v, terraform_data.a.id]
}
resource "terraform_data" "counted" {
  count = 3 - var.v
  input = sensitive("secret ${var.v}")
}
resource "terraform_data" "each" {
  for_each         = toset(["a b", "k${var.v}"])
  triggers_replace = jsonencode({ v = var.v, l = [1, 2] })
  lifecycle {
    create_before_destroy = true
  }
}
output "plain" {
  value = var.v
}
output "later" {
  value = terraform_data.a.output
}
output "hidden" {
  value     = "s${var.v}"
  sensitive = true
}
"""


@pytest.mark.parametrize("color", [False, True], ids=["plain", "color"])
@pytest.mark.parametrize("path", RECORDED, ids=[path.stem for path in RECORDED])
def test_a_recorded_plan(path: Path, color: bool) -> None:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    plan = builders.plan(record["plan"], record["schemas"], record["mode"])
    assert plans.text(plan, color=color, columns=78) == record["color" if color else "plain"]


def _compare(folder: Path, mode: str = "normal") -> None:
    document = json.loads(terraform.succeed(folder, "show", "-json", "plan"))
    schemas = json.loads(terraform.succeed(folder, "providers", "schema", "-json"))
    plan = builders.plan(document, schemas, mode)
    assert plans.text(plan, color=False, columns=78) == terraform.succeed(folder, "show", "-no-color", "plan")
    assert plans.text(plan, color=True, columns=78) == terraform.succeed(folder, "show", "plan")


def test_a_history_of_plans(tmp_path: Path) -> None:
    tmp_path.joinpath("main.tf").write_text(SOURCE)
    terraform.succeed(tmp_path, "init")
    terraform.succeed(tmp_path, "plan", "-out=plan")
    _compare(tmp_path)
    terraform.succeed(tmp_path, "apply", "plan")
    terraform.succeed(tmp_path, "plan", "-out=plan")
    _compare(tmp_path)
    terraform.succeed(tmp_path, "plan", "-out=plan", "-var=v=2")
    _compare(tmp_path)
    terraform.succeed(tmp_path, "plan", "-out=plan", "-destroy")
    _compare(tmp_path, "destroy")


def test_an_errored_plan(tmp_path: Path) -> None:
    tmp_path.joinpath("main.tf").write_text(
        'resource "terraform_data" "a" {\n  input = 1\n  lifecycle {\n    postcondition {\n'
        '      condition     = self.input == 2\n      error_message = "no"\n    }\n  }\n}\n'
    )
    terraform.succeed(tmp_path, "init")
    assert terraform.run(tmp_path, "plan", "-out=plan").code == 1
    _compare(tmp_path)


def test_four_thousand_changes_render_within_a_second() -> None:
    schema = builders.schema({"block": {"attributes": {"id": {"type": "string"}, "input": {"type": "dynamic"}}}})
    entry = {"provider_name": "terraform.io/builtin/terraform"}
    change = {
        "actions": ["update"],
        "before": {"id": "i", "input": {"a": 1, "l": ["x", "y"], "s": "same"}},
        "after": {"id": "i", "input": {"a": 2, "l": ["x", "z"], "s": "same"}},
        "before_sensitive": {},
        "after_sensitive": {},
    }
    changes = tuple(
        builders.resource_change({**entry, "address": f"terraform_data.a[{index}]", "change": change}, schema)
        for index in range(4000)
    )
    plan = Plan(Options(), None, {}, None, None, changes, (), {}, (), (), "")  # type: ignore[arg-type]
    start = perf_counter()
    text = plans.text(plan, color=True, columns=78)
    assert perf_counter() - start < 1
    assert text.count("will be updated in-place") == 4000
