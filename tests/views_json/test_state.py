"""States as `show -json` prints them, and outputs as `output -json` does, held against Terraform's."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from iacctl.diag import DiagnosticError
from iacctl.views.json.outputs import OutputJson
from iacctl.views.json.show import ShowJson
from iacctl.views.terminal import Terminal

from . import terraform

CONFIGURATION = """
resource "terraform_data" "many" { count = 12 }
resource "terraform_data" "secret" { input = sensitive([1.50, "x", {}, null]) }
resource "terraform_data" "keyed" {
  for_each   = toset(["b", "a", "B"])
  depends_on = [terraform_data.secret, module.m]
}
data "terraform_remote_state" "r" {
  backend  = "local"
  config   = { path = "missing.tfstate" }
  defaults = { x = "1" }
}
module "m" {
  source = "./m"
  count  = 11
}
module "b" { source = "./m" }
output "data" { value = data.terraform_remote_state.r.defaults }
output "secret" {
  value     = terraform_data.secret.input
  sensitive = true
}
output "null" { value = null }
output "set" { value = toset([0.1, 2]) }
check "c" {
  assert {
    condition     = terraform_data.many[0].id == ""
    error_message = "always"
  }
}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def ours() -> Any:
    session = terraform.session()
    state = session.state()
    return terraform.comparable(
        terraform.loads(terraform.printed(lambda terminal: ShowJson(terminal).state(state, terraform.pool(session))))
    )


def theirs() -> Any:
    return terraform.comparable(terraform.loads(terraform.run("show", "-json")))


def applied() -> None:
    empty = {"version": 4, "terraform_version": "1.15.5", "serial": 1, "lineage": "x", "outputs": {}, "resources": []}
    terraform.write(
        {
            "main.tf": CONFIGURATION,
            "m/main.tf": 'resource "terraform_data" "z" {}\n',
            "missing.tfstate": json.dumps(empty),
        }
    )
    terraform.run("apply", "-auto-approve", "-no-color")


def test_a_state() -> None:
    applied()
    assert ours() == theirs()


def test_tainted_and_deposed_objects() -> None:
    applied()
    path = Path("terraform.tfstate")
    state = json.loads(path.read_text())
    for resource in state["resources"]:
        if resource["name"] == "secret":
            current = resource["instances"][0]
            resource["instances"] += [{**current, "deposed": key} for key in ("bbbb2222", "aaaa1111")]
            current["status"] = "tainted"
    state["terraform_version"] = "1.4.0"
    path.write_text(json.dumps(state))
    assert ours() == theirs()


@pytest.mark.parametrize("resources", [None, []])
def test_no_state(resources: list[object] | None) -> None:
    if resources is not None:
        document = {"version": 4, "terraform_version": "1.4.0", "serial": 1, "lineage": "x", "outputs": {}}
        Path("terraform.tfstate").write_text(json.dumps({**document, "resources": resources}))
    assert ours() == theirs() == {"format_version": "1.0"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"schema_version": 0', '"schema_version": 5'),
        ('"type": "terraform_data"', '"type": "terraform_x"'),
        ('"terraform_remote_state"', '"terraform_foo"'),
        ('"input"', '"inputs"'),
    ],
)
def test_a_state_that_does_not_fit(old: str, new: str) -> None:
    applied()
    text = Path("terraform.tfstate").read_text().replace(old, new)
    Path("other.tfstate").write_text(text)
    expected = terraform.call("show", "-json", "other.tfstate")
    found = terraform.call("show", "-json", "other.tfstate", program=terraform.IACCTL)
    assert found.returncode == expected.returncode == 1
    assert found.stdout == expected.stdout == ""
    assert found.stderr.strip() == expected.stderr.strip()


def test_a_resource_without_instances() -> None:
    resource = {
        "mode": "managed",
        "type": "terraform_data",
        "name": "a",
        "provider": "provider.terraform",
        "instances": [],
    }
    document = {"version": 4, "terraform_version": "1.4.0", "serial": 1, "lineage": "x", "outputs": {}}
    Path("terraform.tfstate").write_text(json.dumps({**document, "resources": [resource]}))
    assert ours() == theirs()


def test_outputs() -> None:
    applied()
    outputs = terraform.session().outputs()
    assert terraform.printed(lambda terminal: OutputJson(terminal).all(outputs)) == terraform.run("output", "-json")
    for name in ("data", "secret", "set"):
        text = terraform.printed(lambda terminal, name=name: OutputJson(terminal).one(name, outputs))
        assert text == terraform.run("output", "-json", name)


def test_no_outputs() -> None:
    assert terraform.printed(lambda terminal: OutputJson(terminal).all({})) == terraform.run("output", "-json")


def test_problems_are_for_people() -> None:
    err = io.StringIO()
    view = OutputJson(Terminal(io.StringIO(), err))
    assert view.one("nope", {}) is False
    assert 'Output "nope" not found' in err.getvalue()


def test_a_state_of_an_unknown_provider_is_refused() -> None:
    applied()
    path = Path("terraform.tfstate")
    path.write_text(path.read_text().replace('"type": "terraform_data"', '"type": "terraform_x"'))
    session = terraform.session()
    state = session.state()
    with pytest.raises(DiagnosticError, match="no schema found for terraform_x"):
        ShowJson(Terminal(io.StringIO(), io.StringIO())).state(state, terraform.pool(session))
