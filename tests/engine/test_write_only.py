"""Write-only arguments: handed to the provider, and to be found nowhere afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .project import actions, texts

if TYPE_CHECKING:
    from pathlib import Path

    from .project import Project

WRITE_ONLY = {"write_only": True}
TYPES = {
    "mock_vault": {
        "attributes": {
            "name": {},
            "secret_wo": WRITE_ONLY,
            "secret_wo_version": {"type": "number"},
            "single": {"attributes": {"a": {}, "a_wo": WRITE_ONLY}},
            "list": {"nesting": "list", "attributes": {"a": {}, "a_wo": WRITE_ONLY}},
            "map": {"nesting": "map", "attributes": {"a": {}, "a_wo": WRITE_ONLY}},
        },
        "blocks": {"block": {"attributes": {"b": {}, "b_wo": WRITE_ONLY}}},
    },
    "mock_strict": {"attributes": {"name": {}, "secret_wo": {"write_only": True, "required": True}}},
}
EVERYWHERE = """
variable "secret" { ephemeral = true }
resource "mock_vault" "v" {
  name              = "v"
  secret_wo         = var.secret
  secret_wo_version = 1
  single            = { a = "x", a_wo = var.secret }
  list              = [{ a = "x", a_wo = "${var.secret}!" }]
  map               = { k = { a_wo = var.secret } }
  block {
    b    = "x"
    b_wo = var.secret
  }
  dynamic "block" {
    for_each = [var.secret]
    content {
      b    = block.key
      b_wo = block.value
    }
  }
}
output "all" { value = mock_vault.v }
"""
SECRET = "hunter2"


@pytest.fixture(autouse=True)
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "types.json"
    path.write_text(json.dumps(TYPES))
    monkeypatch.setenv("IACCTL_MOCK_TYPES", str(path))


def test_they_are_stored_nowhere(project: Project) -> None:
    project.write(EVERYWHERE)
    project.apply(f"secret={SECRET}")
    for file in (path for path in project.folder.rglob("*") if path.is_file()):
        assert SECRET not in file.read_text(errors="replace"), file
    [vault] = project.instances().values()
    held = vault["attributes"]
    assert held["secret_wo"] is None
    assert held["single"] == {"a": "x", "a_wo": None}
    assert held["list"] == [{"a": "x", "a_wo": None}]
    assert held["map"] == {"k": {"a": None, "a_wo": None}}
    assert held["block"] == [{"b": "x", "b_wo": None}, {"b": "0", "b_wo": None}]
    assert vault["sensitive_attributes"] == []


def test_only_the_version_makes_a_change(project: Project) -> None:
    project.write(EVERYWHERE)
    project.apply(f"secret={SECRET}")
    assert actions(project.plan("secret=another").plan) == {}
    project.write(EVERYWHERE.replace("secret_wo_version = 1", "secret_wo_version = 2"))
    project.apply("secret=another")
    assert project.calls() == ["update v"]


def test_ephemeral_values_may_be_in_them_alone(project: Project) -> None:
    project.write(
        """
        variable "secret" {
          ephemeral = true
          default   = "x"
        }
        resource "mock_vault" "v" {
          name   = "v${var.secret}"
          single = { a = var.secret, a_wo = var.secret }
          block {
            b    = var.secret
            b_wo = var.secret
          }
        }
        """
    )
    why = "because it is not a write-only attribute and must be persisted to state."
    assert sorted(texts(project.plan().diagnostics)) == [
        'error: Invalid use of ephemeral value: Ephemeral values are not valid for "block", because it is not an assignable '
        "attribute.",
        f'error: Invalid use of ephemeral value: Ephemeral values are not valid for "name", {why}',
        f'error: Invalid use of ephemeral value: Ephemeral values are not valid for "single", {why}',
    ]


def test_null_is_as_good_as_anything_for_a_required_one(project: Project) -> None:
    project.write('resource "mock_strict" "s" {\n  name = "s"\n  secret_wo = null\n}\n')
    project.apply()
    project.write('resource "mock_strict" "s" { name = "s" }\n')
    assert texts(project.plan().diagnostics) == [
        'error: Missing required argument: The argument "secret_wo" is required, but no definition was found.'
    ]


def test_ignored_ones_are_not_handed_over(project: Project) -> None:
    text = """
    resource "mock_vault" "v" {
      name      = "v"
      secret_wo = "x"
      lifecycle { ignore_changes = [secret_wo] }
    }
    """
    project.write(text)
    project.apply()
    assert actions(project.plan().plan) == {}


BUG = "Write-only attributes cannot be read back from the provider. This is a bug in the provider, which should be reported "
BUG += "in the provider's own issue tracker."
PROVIDER = r'Provider "provider[\"registry.terraform.io/iacctl/mock\"]"'


def leaking(operation: str) -> str:
    return f'  fault {{\n    operation = "{operation}"\n    kind = "leaked_result"\n  }}\n'


ONE = 'resource "mock_vault" "v" {\n  name = "v"\n  secret_wo = "x"\n}\n'


def test_a_plan_that_gives_one_back(project: Project) -> None:
    project.write(ONE, provider=leaking("plan"))
    assert texts(project.plan().diagnostics) == [
        f"error: Provider produced invalid plan: {PROVIDER} returned a value for the write-only attribute "
        f'"mock_vault.v.secret_wo" during planning. {BUG}'
    ]


def test_an_object_that_holds_one(project: Project) -> None:
    project.write(ONE, provider=leaking("create"))
    applied = project.apply(fails=True)
    assert texts(applied.diagnostics) == [
        f"error: Provider produced invalid object: {PROVIDER} returned a value for the write-only attribute "
        f'"mock_vault.v.secret_wo" after apply. {BUG}'
    ]
    [left] = project.instances().values()
    assert left["status"] == "tainted"
    assert left["attributes"]["secret_wo"] is None


def test_one_that_is_read(project: Project) -> None:
    project.write(ONE)
    project.apply()
    project.write(ONE, provider=leaking("read"))
    assert texts(project.plan().diagnostics) == [
        f"error: Provider produced invalid object: {PROVIDER} returned a value for the write-only attribute "
        f'"mock_vault.v.secret_wo" during refresh. {BUG}'
    ]


def test_one_that_the_state_has_from_before_it_was_write_only(project: Project) -> None:
    project.write(ONE)
    project.apply()
    path = project.folder / "terraform.tfstate"
    path.write_text(path.read_text().replace('"secret_wo": null', '"secret_wo": "old"'))
    assert actions(project.plan().plan) == {}
