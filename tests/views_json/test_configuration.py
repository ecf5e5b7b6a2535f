"""The `configuration` of plan JSON: expressions, references, provider configurations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iacctl.views.json import configuration

from . import terraform

DECLARATIONS = """
variable "s" { default = "x" }
variable "o" { default = { a = "q" } }
variable "described" {
  type        = number
  default     = 1.50
  description = "A variable"
  sensitive   = true
}
variable "required" { default = null }
locals {
  l = { a = { b = [1] }, "a\\"b" = 1, "é" = { "x y" = 1 }, "$${x}" = [[1]], "a\\nb" = 2, "\\u0001" = 3 }
}
resource "terraform_data" "many" { count = 2 }
resource "terraform_data" "keyed" { for_each = { "a\\"$${b" = 1 } }
module "n" {
  source = "./m"
  count  = 1
}
module "m" {
  source   = "./m/../m/"
  for_each = { a = 1, b = var.s }
  v        = each.value
  depends_on = [terraform_data.many[0], module.n]
}
data "terraform_remote_state" "r" {
  backend = "local"
  config  = { path = "r.tfstate" }
}
"""

EXPRESSIONS = [
    "null",
    "-5",
    '"${"a"}${1}"',
    "[1, null, { a = 1.5e3 }, 1e-20, 123456789012345678901234567890]",
    "[]",
    "{}",
    "[[], {}, tolist([])]",
    "length([1])",
    'true ? "a" : var.s',
    'true || var.s == "x"',
    "1 + 2 == 3",
    "{ a = 1, (var.o.a) = 2 }",
    "[for x in [1, 2] : x * 2]",
    "[1, 2][0]",
    '"%{if true}a%{else}${var.s}%{endif}"',
    '<<EOT\nhello <world> & "x"\nEOT\n',
    '"${var.s}${var.s}"',
    '"${var.s}"',
    "(var.s)",
    "local.l.a.b[0]",
    'local.l["a"].b[*]',
    'local.l["a\\"b"]',
    'local.l["é"]["x y"]',
    'local.l["$${x}"].0',
    'local.l["a\\nb"]',
    'local.l["\\u0001"]',
    "terraform_data.many[*].id",
    "terraform_data.many.*.id",
    "terraform_data.many[0].output",
    'terraform_data.many[var.o.a == "q" ? 0 : 1].id',
    "(terraform_data.many)[0].id",
    "resource.terraform_data.many[1].id",
    'terraform_data.keyed["a\\"$${b"].id',
    '[for k, v in local.l : "${k}" if v != null]',
    "module.n[0].out",
    "module.n[0]",
    "module.n",
    'module.m["a"].out.x',
    'module.m["a"].out["x"][0]',
    "[path.module, path.root, terraform.workspace]",
    "data.terraform_remote_state.r.outputs.x",
    'data.terraform_remote_state.r.outputs["y"]',
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def theirs() -> Any:
    terraform.run("plan", "-no-color", "-input=false", "-out=plan")
    return terraform.loads(terraform.run("show", "-json", "plan"))["configuration"]


def ours() -> Any:
    from iacctl.views.json import text

    session = terraform.session()
    config = session.config()
    assert not config.diagnostics.has_errors, config.diagnostics
    return terraform.loads(text.one_line(configuration.document(config.root, terraform.pool(session))))


def test_expressions() -> None:
    outputs = "".join(f'output "o{number:02d}" {{\n  value = {text}\n}}\n' for number, text in enumerate(EXPRESSIONS))
    Path("r.tfstate").write_text(
        json.dumps(
            {
                "version": 4,
                "terraform_version": "1.15.5",
                "serial": 1,
                "lineage": "x",
                "outputs": {"x": {"value": "1", "type": "string"}, "y": {"value": "2", "type": "string"}},
                "resources": [],
            }
        )
    )
    module = 'variable "v" { default = 1 }\noutput "out" { value = { x = [1] } }\n'
    terraform.write({"main.tf": DECLARATIONS + outputs, "m/main.tf": module})
    expected, found = theirs(), ours()
    for number, text in enumerate(EXPRESSIONS):
        name = f"o{number:02d}"
        assert found["root_module"]["outputs"][name] == expected["root_module"]["outputs"][name], text
    assert found == expected


def test_json_syntax() -> None:
    document = {
        "variable": {"v": {"default": "x", "type": "string"}},
        "locals": {"l": {"é": 1}},
        "resource": {
            "terraform_data": {
                "a": {"input": "${var.v}", "triggers_replace": ["a${var.v}", "b", 1, None, True, 1.5]},
                "b": {"input": "plain", "//": "comment"},
                "c": {"input": {"k": "${terraform_data.a.id}-x", "${var.v}": 1}},
                "d": {
                    "count": '${var.v == "x" ? 2 : 3}',
                    "input": "${count.index}",
                    "depends_on": ["terraform_data.a"],
                },
                "e": {"for_each": {"a": "${var.v}"}, "input": "${each.value}"},
            }
        },
        "output": {"o": {"value": {"${var.v}": '${local.l["é"]}', "a": ["${var.v}"]}}},
    }
    terraform.write({"main.tf.json": json.dumps(document)})
    assert ours() == theirs()


def test_provisioners(monkeypatch: pytest.MonkeyPatch) -> None:
    from iacctl.config import loader
    from iacctl.config.source import DirectorySource

    terraform.write(
        {
            "main.tf": """
resource "terraform_data" "r" {
  for_each = toset(["x"])
  provisioner "local-exec" {
    command     = "echo ${self.id}"
    environment = { A = each.key }
  }
  provisioner "local-exec" {
    when    = destroy
    command = "true"
  }
  connection {
    host = "x"
  }
}
"""
        }
    )
    session = terraform.session()
    config = loader.load(DirectorySource(), ".")
    assert configuration.document(config.root, terraform.pool(session)) == theirs()


def test_provider_configurations() -> None:
    terraform.write(
        {
            "main.tf": """
terraform {
  required_providers {
    tf = {
      source = "terraform.io/builtin/terraform"
    }
  }
}
resource "terraform_data" "named" { provider = tf }
module "given" {
  source    = "./given"
  providers = { own = tf }
}
module "implied" { source = "./implied" }
module "below" { source = "./below" }
""",
            "given/main.tf": """
terraform {
  required_providers {
    own = {
      source = "terraform.io/builtin/terraform"
    }
  }
}
resource "terraform_data" "r" { provider = own }
""",
            "implied/main.tf": 'resource "terraform_data" "r" {}\n',
            "below/main.tf": 'module "deeper" { source = "../implied" }\n',
        }
    )
    assert ours() == theirs()
