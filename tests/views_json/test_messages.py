"""The message streams of `plan -json`, `apply -json` and `destroy -json`, held against Terraform's message by message."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from iacctl.addrs import parse_resource_instance
from iacctl.diag.events import ObjectFailed, ObjectFinished, ObjectProgress, ObjectStarted, RefreshFinished
from iacctl.views.json import messages
from iacctl.views.json.operations import ApplyJson
from iacctl.views.terminal import Terminal

from . import terraform

CONFIGURATION = """
variable "v" { default = "1" }
resource "terraform_data" "a" { input = var.v }
resource "terraform_data" "b" {
  for_each         = toset(["x\\"y"])
  triggers_replace = [var.v, terraform_data.a.id]
}
data "terraform_remote_state" "late" {
  backend  = "local"
  config   = { path = terraform_data.a.id == "" ? "x" : "other.tfstate" }
}
module "m" {
  source = "./m"
  count  = 1
}
output "o" { value = terraform_data.a.id }
output "s" {
  value     = var.v
  sensitive = true
}
output "known" { value = [1.50, { a = "<b>" }] }
check "c" {
  assert {
    condition     = var.v == "2"
    error_message = "check failed"
  }
}
"""

STATE = '{"version": 4, "terraform_version": "1.15.5", "serial": 1, "lineage": "x", "outputs": {}, "resources": []}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def iacctl(*words: str) -> str:
    done = terraform.call(*words, program=terraform.IACCTL)
    assert done.stderr == ""
    return done.stdout


def parsed(stream: str) -> list[Any]:
    found = [terraform.without_ids(terraform.loads(line)) for line in stream.splitlines()]
    for message in found:
        assert message.pop("@timestamp").endswith("Z")
    return found


def compare(*words: str, fails: bool = False) -> list[Any]:
    """Run a command with both, each in its own copy of the state; they must send the same messages."""
    state = Path("terraform.tfstate")
    before = state.read_bytes() if state.exists() else None
    expected = parsed(terraform.run(*words, fails=fails))
    if before is None:
        state.unlink(missing_ok=True)
    else:
        state.write_bytes(before)
    found = parsed(iacctl(*words))
    assert found[0] == expected[0]

    def in_order(stream: list[Any]) -> list[str]:
        """The messages sorted. Whether a plan that destroys everything reads data sources is not these views' business."""
        reads = words[0] == "destroy"
        return sorted(
            json.dumps(message) for message in stream if not (reads and message.get("hook", {}).get("action") == "read")
        )

    assert in_order(found) == in_order(expected)
    return found


def test_a_life() -> None:
    terraform.write(
        {"main.tf": CONFIGURATION, "m/main.tf": 'resource "terraform_data" "z" {}\n', "other.tfstate": STATE}
    )
    compare("plan", "-json")
    compare("apply", "-json", "-auto-approve")
    compare("plan", "-json")
    compare("apply", "-json", "-auto-approve", "-var", "v=2")
    compare("plan", "-json", "-refresh-only", "-var", "v=3")
    compare("apply", "-json", "-auto-approve", "-replace=terraform_data.a")
    found = compare("destroy", "-json", "-auto-approve")
    assert [message["type"] for message in found][-1] == "change_summary"


def test_errors() -> None:
    terraform.write({"main.tf": 'resource "terraform_data" "r" {}\n'})
    Path("main.tf").write_text('resource "terraform_data" "r" { inputs = "<&>" }\n')
    compare("plan", "-json", fails=True)
    Path("main.tf").write_text('resource "terraform_data" "r" {}\n')
    compare("plan", "-json", "-var", "x=1", fails=True)
    compare("apply", "-json", fails=True)


@pytest.mark.parametrize(
    ("event", "kind", "text"),
    [
        (ObjectStarted("a.b", "update", "id", "i-1"), "apply_start", "a.b: Modifying... [id=i-1]"),
        (ObjectProgress("a.b", "create", 10.2), "apply_progress", "a.b: Still creating... [10s elapsed]"),
        (ObjectProgress("a.b", "delete", 90.0), "apply_progress", "a.b: Still destroying... [1m30s elapsed]"),
        (
            ObjectFinished("a.b", "create", 3605.0, "id", "x"),
            "apply_complete",
            "a.b: Creation complete after 1h0m5s [id=x]",
        ),
        (ObjectFinished("a.b", "delete", 0.4, "id", "x"), "apply_complete", "a.b: Destruction complete after 0s"),
        (ObjectFailed("a.b", "update", 2.0), "apply_errored", "a.b: Modifications errored after 2s"),
        (RefreshFinished("a.b", "", ""), "refresh_complete", "a.b: Refresh complete"),
        (ObjectStarted("ephemeral.a.b", "open"), "ephemeral_op_start", "ephemeral.a.b: Opening..."),
        (
            ObjectProgress("ephemeral.a.b", "close", 10.2),
            "ephemeral_op_progress",
            "ephemeral.a.b: Still closing... [10s elapsed]",
        ),
        (ObjectFinished("ephemeral.a.b", "close", 0.1), "ephemeral_op_complete", "ephemeral.a.b: Closing complete after 0s"),
        (ObjectFailed("ephemeral.a.b", "renew", 0.1), "ephemeral_op_errored", "ephemeral.a.b: Renewal errored after 0s"),
    ],
)
def test_events(event: Any, kind: str, text: str) -> None:
    message = messages.event(event)
    assert message is not None
    assert (message["type"], message["@message"]) == (kind, text)


def test_instances_of_modules() -> None:
    assert messages.resource(parse_resource_instance('module.m[0].module.n["k"].data.a_b.c["x"]')) == {
        "addr": 'module.m[0].module.n["k"].data.a_b.c["x"]',
        "module": 'module.m[0].module.n["k"]',
        "resource": 'data.a_b.c["x"]',
        "implied_provider": "a",
        "resource_type": "a_b",
        "resource_name": "c",
        "resource_key": "x",
    }


def test_nothing_is_summed_up_after_an_error() -> None:
    out = io.StringIO()
    view = ApplyJson(Terminal(out, io.StringIO()))
    view.finished("apply", {}, errored=True)
    view.interrupted(1)
    view.interrupted(2)
    view.cancelled("normal")
    view.state_lock("waiting")
    view.close()
    kinds = [json.loads(line)["type"] for line in out.getvalue().splitlines()]
    assert kinds == ["version", "log", "log", "log", "state_lock_acquire"]
