"""Ephemeral resources: opened when needed, kept alive while used, closed whatever happens, and written down nowhere."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from iacctl.diag.events import EphemeralDeferred, ObjectFailed, ObjectFinished, ObjectStarted
from iacctl.session import plan_files

from .project import REQUIRED, actions, summaries, texts

if TYPE_CHECKING:
    from pathlib import Path

    from iacctl.diag.events import Event

    from .project import Project

TYPES = {
    "mock_token": {
        "ephemeral": True,
        "attributes": {
            "name": {"required": True},
            "token": {"computed": True, "sensitive": True},
            "plain": {"computed": True},
        },
        "blocks": {"scope": {"attributes": {"of": {}}}},
    },
    "mock_lease": {
        "ephemeral": True,
        "renew_after": 0.01,
        "attributes": {"name": {"required": True}, "token": {"computed": True}},
    },
    "mock_vault": {
        "attributes": {
            "name": {},
            "secret_wo": {"write_only": True},
            "secret_wo_version": {"type": "number"},
        },
    },
}

SECRET = "token-of-"
"""How the mock cloud's made-up tokens begin."""


@pytest.fixture(autouse=True)
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "types.json"
    path.write_text(json.dumps(TYPES))
    monkeypatch.setenv("IACCTL_MOCK_TYPES", str(path))


USED = """
ephemeral "mock_token" "a" { name = "a" }
resource "mock_vault" "v" {
  name              = "v"
  secret_wo         = ephemeral.mock_token.a.token
  secret_wo_version = 1
}
"""
ALL = ("open", "renew", "close", "plan", "create", "update", "delete", "read")


def test_it_is_open_for_as_long_as_it_is_used(project: Project) -> None:
    project.write(USED)
    assert actions(project.plan().plan) == {"mock_vault.v": "create"}
    assert project.calls(*ALL) == ["open a", "plan v", "close a"]
    project.apply()
    assert project.calls(*ALL) == ["open a", "plan v", "create v", "close a"]
    ended = [(line["operation"], line["name"]) for line in project.logged("end")]
    assert ended.index(("create", "v")) < ended.index(("close", "a"))


def test_it_is_written_down_nowhere(project: Project) -> None:
    project.write(USED + 'output "o" { value = mock_vault.v.secret_wo }\n')
    path = project.folder / "saved"

    def save(plan: object) -> None:
        assert project.last is not None
        plan_files.save(project.last, plan, str(path))  # type: ignore[arg-type]

    project.apply(before=save)
    for file in (path for path in project.folder.rglob("*") if path.is_file()):
        assert SECRET.encode() not in file.read_bytes(), file
    import zipfile

    with zipfile.ZipFile(path) as archive:
        assert not any(SECRET.encode() in archive.read(name) for name in archive.namelist())
    [vault] = project.state()["resources"]
    assert vault["instances"][0]["attributes"]["secret_wo"] is None
    assert vault["instances"][0]["sensitive_attributes"] == []
    assert vault["instances"][0]["dependencies"] == ["ephemeral.mock_token.a"]
    assert not any(SECRET in str(event) for event in project.events)
    assert actions(project.plan().plan) == {}


def test_it_is_put_off_while_its_configuration_is_unknown(project: Project) -> None:
    project.write(
        """
        resource "mock_object" "o" { name = "o" }
        ephemeral "mock_token" "a" { name = "key of ${mock_object.o.id}" }
        ephemeral "mock_token" "b" {
          name = ephemeral.mock_token.a.plain
          lifecycle {
            postcondition {
              condition     = self.token != ""
              error_message = "No token."
            }
          }
        }
        resource "mock_vault" "v" { secret_wo = ephemeral.mock_token.b.token }
        """
    )
    planned = project.plan()
    assert not planned.diagnostics.has_errors
    assert project.calls("open", "close") == []
    assert [event.address for event in project.events if type(event) is EphemeralDeferred] == [
        "ephemeral.mock_token.a",
        "ephemeral.mock_token.b",
    ]
    project.apply()
    [identity] = [item["id"] for item in project.objects("mock_object")]
    first, second = f"key of {identity}", f"plain-of-key of {identity}"
    assert project.calls("open", "close") == [f"open {first}", f"open {second}", f"close {second}", f"close {first}"]


def test_instances_and_modules(project: Project) -> None:
    project.write_module(
        "m",
        REQUIRED
        + """
        variable "name" {}
        variable "from" { ephemeral = true }
        ephemeral "mock_token" "inner" { name = "${var.name}-${length(var.from) > 0}" }
        output "token" {
          value     = ephemeral.mock_token.inner.token
          ephemeral = true
        }
        """,
    )
    project.install(m="m")
    project.write(
        """
        ephemeral "mock_token" "each" {
          for_each = toset(["x", "y"])
          name     = each.key
        }
        ephemeral "mock_token" "none" {
          count = 0
          name  = "none"
        }
        module "m" {
          source = "./m"
          count  = 2
          name   = "m${count.index}"
          from   = ephemeral.mock_token.each["x"].token
        }
        locals { tokens = module.m[*].token }
        resource "mock_vault" "v" {
          name      = "v"
          secret_wo = join(",", local.tokens)
        }
        resource "mock_object" "o" { name = length(ephemeralasnull(local.tokens)) }
        """
    )
    project.apply()
    calls = project.calls("open", "close", "create")
    assert sorted(calls[:4]) == ["open m0-true", "open m1-true", "open x", "open y"]
    assert sorted(calls[-4:]) == ["close m0-true", "close m1-true", "close x", "close y"]
    assert {"create v", "create 2"} < set(calls)


PROVIDER = """
ephemeral "mock_token" "a" { name = "%(path)s" }
provider "mock" {
  alias    = "other"
  path     = ephemeral.mock_token.a.name
  call_log = "%(log)s"
}
ephemeral "mock_token" "unused" { name = "unused" }
"""


def test_a_provider_uses_it_until_its_last_resource_is_done(project: Project) -> None:
    config = PROVIDER % {"path": project.cloud, "log": project.log}
    project.write(
        config
        + """
        resource "mock_object" "o" {
          provider = mock.other
          name     = "o"
        }
        resource "mock_object" "p" {
          provider = mock.other
          name     = "p"
          value    = mock_object.o.id
        }
        """
    )
    project.apply()
    own = f"close {project.cloud}"
    assert project.calls("close", "create")[-1] == own
    project.write(config)
    project.apply()
    assert project.calls("close", "delete")[-1] == own
    project.apply(mode="destroy")
    assert project.calls("open", "close", "delete") == []


def test_destroying_opens_only_what_providers_need(project: Project) -> None:
    text = PROVIDER % {"path": project.cloud, "log": project.log} + USED.replace('"a"', '"b"').replace(".a.", ".b.")
    project.write(text + 'resource "mock_object" "o" {\n  provider = mock.other\n  name = "o"\n}\n')
    project.apply()
    project.apply(mode="destroy")
    assert [call for call in project.calls("open", "close", "delete") if not call.startswith("delete")] == [
        f"open {project.cloud}",
        f"close {project.cloud}",
    ]
    assert project.objects() == []


def test_targets_and_refreshing_only(project: Project) -> None:
    project.write(USED + 'ephemeral "mock_token" "unused" { name = "unused" }\nresource "mock_object" "o" { name = "o" }\n')
    project.apply(targets=["mock_vault.v"])
    assert project.calls("open", "close", "create") == ["open a", "create v", "close a"]
    project.forget_calls()
    project.plan(targets=["mock_object.o"])
    assert project.calls("open") == []
    project.plan(mode="refresh-only")
    assert sorted(project.calls("open", "close")) == ["close a", "close unused", "open a", "open unused"]


def test_it_is_closed_after_a_failure(project: Project) -> None:
    failing = '  fault {\n    operation = "create"\n  }\n'
    project.write(USED, provider=failing)
    project.apply(fails=True)
    assert project.calls("open", "create", "close") == ["open a", "create v", "close a"]
    bad = 'ephemeral "mock_token" "bad" {\n  name = ephemeral.mock_token.a.name\n  scope { of = [][var.i] }\n}\n'
    project.write(USED + bad + 'variable "i" { default = 0 }\n')
    project.forget_calls()
    assert summaries(project.plan().diagnostics) == ["Invalid index"]
    assert project.calls("open", "close") == ["open a", "close a"]


def test_it_is_closed_after_an_interrupt(project: Project) -> None:
    project.write(USED + 'resource "mock_object" "after" { value = mock_vault.v.id }\n')

    def interrupt(event: Event) -> None:
        if type(event) is ObjectStarted and event.action == "create":
            assert project.last is not None
            project.last.stop()

    project.hook = interrupt
    project.apply(fails=True)
    assert project.calls("open", "create", "close") == ["open a", "create v", "close a"]


def _until_renewed(project: Project, kind: type) -> None:
    """Let creations wait until a renewal has come to its end."""
    renewed = threading.Event()

    def hook(event: Event) -> None:
        if type(event) is kind and event.action == "renew":  # type: ignore[attr-defined]
            renewed.set()
        if type(event) is ObjectStarted and event.action == "create":
            assert renewed.wait(60)

    project.hook = hook


LEASED = USED.replace("mock_token", "mock_lease")


def test_it_is_renewed_while_it_is_in_use(project: Project) -> None:
    project.write(LEASED)
    _until_renewed(project, ObjectFinished)
    project.apply()
    calls = project.calls("open", "renew", "create", "close")
    assert calls[0] == "open a"
    assert "renew a" in calls
    assert calls[-1] == "close a"


def test_a_renewal_that_fails_is_warned_of(project: Project) -> None:
    project.write(LEASED, provider='  fault {\n    operation = "renew"\n    message = "lapsed"\n  }\n')
    _until_renewed(project, ObjectFailed)
    applied = project.apply()
    assert texts(applied.diagnostics) == ["warning: Mock failure: lapsed"]
    assert project.calls("renew", "close") == ["renew a", "close a"]


@pytest.mark.parametrize(
    ("operation", "kind", "summary"),
    [
        ("open", "error", "Mock failure"),
        ("open", "exception", "Provider crashed"),
        ("open", "null_result", "Provider produced null object"),
        ("open", "invalid_result", "Provider produced invalid ephemeral resource instance"),
        ("open", "wrong_result", "Provider produced invalid ephemeral resource instance"),
        ("close", "error", "Mock failure"),
        ("close", "exception", "Provider crashed"),
    ],
)
def test_what_goes_wrong(project: Project, operation: str, kind: str, summary: str) -> None:
    fault = f'  fault {{\n    operation = "{operation}"\n    kind = "{kind}"\n  }}\n'
    project.write(USED, provider=fault)
    planned = project.plan()
    assert set(summaries(planned.diagnostics)) == {summary}
    assert planned.plan is not None
    assert planned.plan.errored
    opened = operation == "close" or kind not in ("error", "exception")
    assert project.calls("close") == (["close a"] if opened else [])


def test_the_wording_of_an_inconsistent_result(project: Project) -> None:
    project.write(USED, provider='  fault {\n    operation = "open"\n    kind = "wrong_result"\n  }\n')
    assert texts(project.plan().diagnostics) == [
        "error: Provider produced invalid ephemeral resource instance: The provider for mock_token produced an inconsistent "
        'result: .name: planned value cty.StringVal("a as it is") does not match config value cty.StringVal("a").'
    ]


def test_conditions(project: Project) -> None:
    project.write(
        """
        ephemeral "mock_token" "a" { name = "a" }
        ephemeral "mock_token" "pre" {
          name = "pre"
          lifecycle {
            precondition {
              condition     = ephemeral.mock_token.a.name == "b"
              error_message = "Before."
            }
          }
        }
        ephemeral "mock_token" "post" {
          name = "post"
          lifecycle {
            postcondition {
              condition     = self.plain == "b"
              error_message = "After."
            }
          }
        }
        """
    )
    assert sorted(texts(project.plan().diagnostics)) == [
        "error: Resource postcondition failed: After.",
        "error: Resource precondition failed: Before.",
    ]
    assert sorted(project.calls("open", "close")) == ["close a", "close post", "open a", "open post"]


def test_nothing_is_opened_for_a_configuration_that_is_not_valid(project: Project) -> None:
    text = 'ephemeral "mock_token" "a" {\n  count = 2\n  name = "a"\n}\n'
    project.write(text + 'output "o" { value = length(ephemeral.mock_token.a) }\n')
    assert summaries(project.plan().diagnostics) == ["Ephemeral value not allowed"]
    assert project.calls("open") == []
