"""Plans as `show -json` prints them, held against Terraform's in every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iacctl.plan.model import Options, Plan
from iacctl.session import Session
from iacctl.views.json.show import ShowJson
from tests.conformance.compare import differences

from . import terraform

KINDS = """
variable "secret" {
  default   = "x"
  sensitive = true
}
variable "shape" {
  type    = object({ a = string, b = optional(list(number)) })
  default = { a = "q" }
}
variable "passing" {
  ephemeral = true
  default   = "e"
}
resource "terraform_data" "many" {
  count = 12
  input = count.index
}
resource "terraform_data" "values" {
  input = [1, null, { a = 1.5e3 }, 1e-20, 123456789012345678901234567890, var.secret, "<a & b>\\u2028", [], {}]
}
resource "terraform_data" "partly" {
  input            = { known = "k", unknown = terraform_data.many[0].id, deep = [terraform_data.many[1].id, "z"] }
  triggers_replace = [var.secret, 0.1]
}
resource "terraform_data" "each" {
  for_each = toset(["b", "a", "C", "with \\"quotes\\""])
  input    = each.value
  lifecycle {
    precondition {
      condition     = var.secret != ""
      error_message = "no"
    }
  }
}
module "m" {
  source   = "./m"
  for_each = { a = 1, b = 2 }
  v        = each.value
}
output "unknown" { value = terraform_data.many[0].id }
output "partly" { value = [terraform_data.many[0].id, "z"] }
output "null" { value = null }
output "number" { value = 1.5 }
output "set" { value = toset(["b", "a"]) }
output "secret" {
  value     = var.secret
  sensitive = true
}
check "c" {
  assert {
    condition     = terraform_data.many[0].id == "1"
    error_message = "m"
  }
}
"""

MODULE = """
variable "v" {
  validation {
    condition     = var.v > 0
    error_message = "v"
  }
}
module "inner" {
  source = "./inner"
  count  = 11
  v      = var.v
}
"""


def assert_same(theirs: Any, ours: Any) -> None:
    found = [str(difference) for difference in differences(theirs, ours)]
    assert not found, "\n".join(found)


def compare(
    *flags: str,
    options: Options | None = None,
    variables: tuple[str, ...] = (),
    leave_out: tuple[str, ...] = ("relevant_attributes",),
) -> Any:
    """Plan with both; their documents must be the same. Returns Terraform's."""
    terraform.run("plan", "-no-color", "-input=false", "-out=plan", *flags)
    theirs = terraform.comparable(terraform.loads(terraform.run("show", "-json", "plan")), *leave_out)
    session = terraform.session(*variables)
    planned = session.plan(options)
    assert planned.plan is not None, planned.diagnostics
    plan = planned.plan
    ours = shown(plan, session, *leave_out)
    assert_same(theirs, ours)
    assert list(ours) == list(theirs)
    session.save_plan(plan, "saved")
    assert_same(theirs, shown(terraform.session(*variables).open_plan("saved"), session, *leave_out))
    return theirs


def shown(plan: Plan, session: Session, *leave_out: str) -> Any:
    text = terraform.printed(lambda terminal: ShowJson(terminal).plan(plan, terraform.pool(session)))
    assert text.count("\n") == 1
    return terraform.comparable(terraform.loads(text), *leave_out)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_kinds_of_values() -> None:
    terraform.write(
        {
            "main.tf": KINDS,
            "m/main.tf": MODULE,
            "m/inner/main.tf": 'variable "v" {}\nresource "terraform_data" "r" {\n  input = var.v\n}\n',
        }
    )
    document = compare()
    assert "prior_state" in document  # known outputs are in it already
    terraform.run("apply", "-auto-approve")
    compare()  # nothing to do
    Path("main.tf").write_text(KINDS.replace("0.1", "0.2").replace("count = 12", "count = 2").replace('"C"', '"D"'))
    compare()
    compare("-destroy", options=Options(mode="destroy"))


def test_replacement_and_taint() -> None:
    terraform.write({"main.tf": 'resource "terraform_data" "r" {\n  triggers_replace = { a = [1] }\n}\n'})
    terraform.run("apply", "-auto-approve")
    Path("main.tf").write_text('resource "terraform_data" "r" {\n  triggers_replace = { a = [2] }\n}\n')
    document = compare()
    assert document["resource_changes"][0]["change"]["replace_paths"] == [["triggers_replace"]]
    terraform.run("taint", "terraform_data.r")
    document = compare()
    assert document["prior_state"]["values"]["root_module"]["resources"][0]["tainted"] is True


def test_deposed_objects() -> None:
    terraform.write({"main.tf": 'resource "terraform_data" "r" {}\n'})
    terraform.run("apply", "-auto-approve")
    state = json.loads(Path("terraform.tfstate").read_text())
    instances = state["resources"][0]["instances"]
    instances += [{**instances[0], "deposed": key} for key in ("bbbb2222", "aaaa1111")]
    Path("terraform.tfstate").write_text(json.dumps(state))
    document = compare()
    assert [change.get("deposed") for change in document["resource_changes"]] == [None, "aaaa1111", "bbbb2222"]


def test_data_sources_read_and_put_off() -> None:
    terraform.write(
        {
            "other.tfstate": json.dumps(
                {
                    "version": 4,
                    "terraform_version": "1.15.5",
                    "serial": 1,
                    "lineage": "x",
                    "outputs": {"o": {"value": ["x", 1.50], "type": ["tuple", ["string", "number"]]}},
                    "resources": [],
                    "check_results": None,
                }
            ),
            "main.tf": """
resource "terraform_data" "r" {}
data "terraform_remote_state" "now" {
  backend = "local"
  config  = { path = "other.tfstate" }
}
data "terraform_remote_state" "later" {
  backend  = "local"
  config   = { path = terraform_data.r.id }
  defaults = data.terraform_remote_state.now.outputs
}
output "o" { value = data.terraform_remote_state.now.outputs.o }
""",
        }
    )
    document = compare()
    assert document["resource_changes"][0]["action_reason"] == "read_because_config_unknown"


def test_outputs_that_change_and_go() -> None:
    terraform.write({"main.tf": 'output "a" { value = 1 }\noutput "b" { value = "x" }\noutput "c" { value = [] }\n'})
    terraform.run("apply", "-auto-approve")
    Path("main.tf").write_text('output "a" {\n  value = 2\n  sensitive = true\n}\noutput "c" { value = [] }\n')
    document = compare()
    assert {name: change["actions"] for name, change in document["output_changes"].items()} == {
        "a": ["update"],
        "b": ["delete"],
        "c": ["no-op"],
    }


def test_variables_as_they_were_given() -> None:
    terraform.write(
        {
            "main.tf": """
variable "number" { type = number }
variable "text" { type = string }
variable "list" { type = set(string) }
variable "object" { type = object({ a = optional(string, "d"), n = number }) }
variable "any" {}
variable "default" {
  type    = number
  default = "5"
}
variable "not_null" {
  default  = "x"
  nullable = false
}
""",
            "terraform.tfvars": 'text = 5\nobject = { n = "7", extra = 1 }\nnot_null = null\n',
        }
    )
    given = ("number=01.50", 'list=["b", "a", 1, "b"]', "any=3")
    document = compare(*(f"-var={text}" for text in given), options=Options(), variables=given)
    assert document["variables"]["number"] == {"value": "01.50"}


def test_nothing_at_all() -> None:
    terraform.write({"main.tf": "locals {}\n"})
    compare()


def test_plan_that_ends_in_errors() -> None:
    terraform.write(
        {
            "main.tf": """
variable "v" { default = 1 }
resource "terraform_data" "good" {}
resource "terraform_data" "bad" {
  lifecycle {
    precondition {
      condition     = var.v == 2
      error_message = "never"
    }
  }
}
"""
        }
    )
    terraform.run("plan", "-no-color", "-out=plan", fails=True)
    theirs = terraform.comparable(terraform.loads(terraform.run("show", "-json", "plan")))
    session = terraform.session()
    plan = session.plan().plan
    assert plan is not None
    text = terraform.printed(lambda terminal: ShowJson(terminal).plan(plan, terraform.pool(session)))
    assert_same(theirs, terraform.comparable(terraform.loads(text)))
    assert theirs["errored"] is True
