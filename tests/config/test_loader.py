"""Reading modules: files, trees, sharing, snapshots, const variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iacctl.config import loader, snapshot, variables
from iacctl.config.file_names import configuration_files
from iacctl.config.model import Module
from iacctl.config.source import DirectorySource, MemorySource
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.ast import Literal
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from pathlib import Path

    from iacctl.config.model import Config

INPUT = BodySchema({"input": False, "triggers_replace": False})


def load(files: dict[str, str], **more: object) -> Config:
    source = MemorySource({name: text.encode() for name, text in files.items()})
    return loader.load(source, locate=loader.locate_local, **more)  # type: ignore[arg-type]


def sound(config: Config) -> Module:
    assert [str(item) for item in config.diagnostics] == []
    return config.root


def test_configuration_files() -> None:
    names = [
        "b.tf", "a.tf.json", "override.tf", "x_override.tf.json", ".hidden.tf", "a.tf~", "#a.tf#", "a.txt", "m.tftest.hcl",
        "terraform.tfvars", "c.tofu", "c.tf", "d.tf.json", "d.tofu.json",
    ]  # fmt: skip
    primary = ["a.tf.json", "b.tf", "c.tofu", "d.tofu.json"]
    assert configuration_files(names) == (primary, ["override.tf", "x_override.tf.json"])


def test_resource() -> None:
    root = sound(
        load(
            {
                "main.tf": """
resource "terraform_data" "a" {
  count      = 2
  provider   = terraform.x
  depends_on = [terraform_data.b, module.m]
  input      = 1
  lifecycle {
    create_before_destroy = true
    prevent_destroy       = false
    ignore_changes        = [input, triggers_replace["k"]]
    replace_triggered_by  = [terraform_data.b.id]
    precondition {
      condition     = var.v
      error_message = "no"
    }
  }
}
"""
            }
        )
    )
    resource = root.resources["managed", "terraform_data", "a"]
    assert isinstance(resource.count, Literal)
    assert resource.count.value == 2
    assert resource.for_each is None
    assert resource.provider_config_key == ("terraform", "x")
    assert str(resource.provider) == "terraform.io/builtin/terraform"
    assert [item.range.text for item in resource.depends_on] == ["terraform_data.b", "module.m"]
    assert resource.create_before_destroy is True
    assert resource.prevent_destroy is False
    assert [item.range.text for item in resource.ignore_changes] == ["input", 'triggers_replace["k"]']
    assert not resource.ignore_all_changes
    assert [item.range.text for item in resource.replace_triggered_by] == ["terraform_data.b.id"]
    assert [item.condition.range.text for item in resource.preconditions] == ["var.v"]
    assert list(resource.body.content(INPUT, Diagnostics()).attributes) == ["input"]
    assert resource.range.text == 'resource "terraform_data" "a"'


def test_escape_block() -> None:
    text = 'resource "terraform_data" "a" {\n  input = 1\n  _ {\n    triggers_replace = 2\n  }\n}\n'
    body = sound(load({"main.tf": text})).resources["managed", "terraform_data", "a"].body
    diags = Diagnostics()
    assert list(body.content(INPUT, diags).attributes) == ["input", "triggers_replace"]
    assert list(body.just_attributes(diags)) == ["input", "triggers_replace"]
    assert not diags.has_errors
    body.content(BodySchema({"triggers_replace": False, "more": True}), diags)
    assert [item.summary for item in diags] == ["Unsupported argument", "Missing required argument"]


def test_argument_both_in_block_and_escape_block() -> None:
    text = 'resource "terraform_data" "a" {\n  input = 1\n  _ {\n    input = 2\n  }\n}\n'
    body = sound(load({"main.tf": text})).resources["managed", "terraform_data", "a"].body
    diags = Diagnostics()
    body.content(INPUT, diags)
    assert [str(item) for item in diags] == [
        'main.tf:4,5-10: Duplicate argument; Argument "input" was already set at main.tf:2,3-8'
    ]


OVERRIDDEN = """
resource "a_b" "x" {
  kept   = 1
  gone   = 1
  nested {
    n = 1
  }
  dynamic "other" {
    for_each = [1]
    content {}
  }
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [kept]
  }
}
variable "v" {
  type        = number
  default     = 1
  description = "base"
}
output "o" {
  value     = 1
  sensitive = true
}
locals {
  l = 1
  m = 1
}
terraform {
  required_version = "> 1"
  required_providers {
    a = { source = "x/a" }
    b = { source = "x/b" }
  }
  backend "local" {}
}
"""
OVERRIDING = """
resource "a_b" "x" {
  gone = 2
  more = 2
  nested {
    n = 2
  }
  other {}
  lifecycle {
    ignore_changes = [more]
  }
}
variable "v" {
  default = "5"
}
output "o" {
  value = 2
}
locals {
  l = 2
}
terraform {
  required_version = "> 1.1"
  required_providers {
    a = { source = "y/a" }
  }
}
"""


def test_overrides() -> None:
    root = sound(load({"main.tf": OVERRIDDEN, "x_override.tf": OVERRIDING}))
    resource = root.resources["managed", "a_b", "x"]
    schema = BodySchema({"kept": True, "gone": True, "more": False}, {"nested": (), "other": (), "dynamic": ("type",)})
    diags = Diagnostics()
    content = resource.body.content(schema, diags)
    assert not diags.has_errors
    found = {name: item.expression.range.text for name, item in content.attributes.items()}
    assert found == {"kept": "1", "gone": "2", "more": "2"}
    assert [(block.type, block.file.name) for block in content.blocks] == [
        ("nested", "x_override.tf"),
        ("other", "x_override.tf"),
    ]
    assert resource.create_before_destroy is True
    assert [item.range.text for item in resource.ignore_changes] == ["more"]
    assert str(resource.provider) == "registry.terraform.io/y/a"
    assert root.variables["v"].default == 5
    assert root.variables["v"].description == "base"
    output = root.outputs["o"]
    assert output.expression is not None
    assert output.expression.range.text == "2"
    assert output.sensitive
    assert {name: local.expression.range.text for name, local in root.locals.items()} == {"l": "2", "m": "1"}
    assert [item.constraints.text for item in root.required_versions] == ["> 1.1"]
    assert {name: str(item.source) for name, item in root.required_providers.items()} == {
        "a": "registry.terraform.io/y/a",
        "b": "registry.terraform.io/x/b",
    }
    assert root.backend is not None


TREE = {
    "main.tf": 'module "a" {\n  source = "./m"\n  v = 1\n}\nmodule "b" {\n  source = "./m"\n  v = 2\n  w = 3\n}\n',
    "m/main.tf": 'variable "v" {}\nvariable "w" {\n  default = 1\n}\nmodule "c" {\n  source = "../n"\n}\n',
    "n/main.tf": 'resource "terraform_data" "x" {}\noutput "o" {\n  value = 1\n}\n',
}


def test_tree() -> None:
    root = sound(load(TREE))
    assert [item.path for item in root.walk()] == [(), ("a",), ("a", "c"), ("b",), ("b", "c")]
    found = root.descendant(("b", "c"))
    assert found is not None
    assert found.directory == "n"
    assert found.parent is root.children["b"]
    assert found.call is root.children["b"].calls["c"]
    assert root.descendant(("b", "x")) is None
    assert list(root.calls["a"].arguments) == ["v"]
    assert list(root.calls["b"].arguments) == ["v", "w"]


def test_modules_of_one_directory_share_their_blocks() -> None:
    root = sound(load(TREE))
    first, second = root.children["a"], root.children["b"]
    assert first.variables["v"] is second.variables["v"]
    assert first.calls["c"] is not second.calls["c"]
    assert first.children["c"].resources is second.children["c"].resources


def test_const_variables_choose_modules(tmp_path: Path) -> None:
    files = {
        "main.tf": 'variable "dir" {\n  const = true\n}\nlocals {\n  path = "./${var.dir}"\n}\n'
        'module "a" {\n  source = local.path\n  inner = var.dir\n}\n',
        "m/main.tf": 'variable "inner" {\n  const = true\n}\nmodule "b" {\n  source = "../${var.inner}2"\n}\n',
        "m2/main.tf": "",
    }
    diags = Diagnostics()
    argument = variables.from_argument("dir=m", diags)
    assert argument is not None
    root = sound(load(files, given={"dir": argument}))
    assert [item.directory for item in root.walk()] == [".", "m", "m2"]


def test_long_chain_of_locals_in_a_source() -> None:
    chain = "".join(f"  l{n} = local.l{n + 1}\n" for n in range(3000))
    text = f'locals {{\n{chain}  l3000 = "./m"\n}}\nmodule "a" {{\n  source = local.l0\n}}\n'
    assert sound(load({"main.tf": text, "m/main.tf": ""})).children["a"].directory == "m"


def test_locals_in_a_source_that_depend_on_each_other() -> None:
    text = 'locals {\n  a = local.b\n  b = local.a\n}\nmodule "a" {\n  source = local.a\n}\n'
    assert [item.summary for item in load({"main.tf": text}).diagnostics] == ["Unknown module source"]


def test_module_that_calls_itself() -> None:
    files = {"main.tf": 'module "a" {\n  source = "./m"\n}\n', "m/main.tf": 'module "again" {\n  source = "../m"\n}\n'}
    assert [item.summary for item in load(files).diagnostics] == ["Module path too long"]


def test_snapshot_round_trip(tmp_path: Path) -> None:
    for name, text in TREE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "z.tf").write_bytes(b'\xef\xbb\xbflocals {\r\n  a = "\xc3\xa4"\r\n}\r\n')
    config = loader.load(DirectorySource(str(tmp_path)), locate=loader.locate_local)
    sound(config)
    taken = snapshot.capture(config)
    assert taken.files["z.tf"] == (tmp_path / "z.tf").read_bytes()
    restored = snapshot.decode(snapshot.encode(taken))
    assert restored == taken
    again = sound(snapshot.load(restored))
    assert [(item.path, item.directory, list(item.resources)) for item in again.walk()] == [
        (item.path, item.directory, list(item.resources)) for item in config.root.walk()
    ]
    assert [item.name for item in again.files] == ["main.tf", "z.tf"]


@pytest.mark.parametrize("members", [{}, {"modules.json": b"{"}, {"modules.json": b'{"format": 2}'}])
def test_damaged_snapshot(members: dict[str, bytes]) -> None:
    with pytest.raises(snapshot.SnapshotError):
        snapshot.decode(members)


def test_unreadable_directory(tmp_path: Path) -> None:
    config = loader.load(DirectorySource(str(tmp_path)), "nope")
    assert [str(item) for item in config.diagnostics] == [
        "Failed to read module directory; Module directory nope does not exist or cannot be read."
    ]


def test_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "main.tf").symlink_to(tmp_path / "nope")
    config = loader.load(DirectorySource(str(tmp_path)))
    assert [item.summary for item in config.diagnostics] == ["Failed to read file"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("terraform {\n  cloud {}\n}\n", "HCP Terraform (cloud blocks)"),
    ],
)
def test_what_is_not_carried_out_is_refused(text: str, what: str) -> None:
    diags = load({"main.tf": text}).diagnostics
    assert [item.summary for item in diags.errors] == [f"Unsupported feature: {what}"]


def _resources(count: int) -> SourceFile:
    blocks = (
        f'resource "terraform_data" "r{n}" {{\n'
        f'  input = {{\n    name = "r-${{{n}}}"\n    up   = terraform_data.r{n - 1}.id\n  }}\n}}\n'
        for n in range(count)
    )
    return SourceFile("main.tf", "".join(blocks))
