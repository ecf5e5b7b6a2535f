"""Providers that break the rules of the port: told as bugs of theirs, with nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .project import actions, summaries

if TYPE_CHECKING:
    from .project import Project

ONE = """
variable "v" { default = "1" }
resource "mock_server" "s" {
  name  = "s"
  image = var.v
}
resource "mock_object" "after" {
  name  = "after"
  value = mock_server.s.id
}
"""


def fault(operation: str, kind: str, call: int = 0) -> str:
    return f'  fault {{\n    operation = "{operation}"\n    kind = "{kind}"\n    name = "s"\n    call = {call}\n  }}'


def test_a_plan_that_changes_what_is_configured(project: Project) -> None:
    project.write(ONE, provider=fault("plan", "wrong_plan"))
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Provider produced invalid plan"]
    assert "bug in the provider" in planned.diagnostics[0].detail
    assert actions(planned.plan) == {}


NETWORK = """
resource "mock_network" "s" { name = "s" }
resource "mock_object" "after" {
  name  = "after"
  value = mock_network.s.id
}
"""


def test_a_result_that_is_not_what_was_planned(project: Project) -> None:
    project.write(NETWORK, provider=fault("create", "wrong_result"))
    applied = project.apply(fails=True)
    assert summaries(applied.diagnostics) == ["Provider produced inconsistent result after apply"]
    held = project.instances()
    assert held["mock_network.s"]["status"] == "tainted"
    assert "mock_object.after" not in held
    project.write(NETWORK)
    project.apply()
    assert project.calls() == ["delete s", "create s", "create after"]


def test_a_result_that_is_not_wholly_known(project: Project) -> None:
    project.write(ONE, provider=fault("create", "unknown_result"))
    applied = project.apply(fails=True)
    assert summaries(applied.diagnostics) == ["Provider returned invalid result object after apply"]
    held = project.instances()["mock_server.s"]
    assert held["status"] == "tainted"
    assert held["attributes"]["id"] == project.objects()[0]["id"]


@pytest.mark.parametrize("kind", ["null_result", "invalid_result"])
def test_a_result_that_says_nothing_of_the_object(project: Project, kind: str) -> None:
    project.write(ONE, provider=fault("create", kind))
    applied = project.apply(fails=True)
    assert len(applied.diagnostics) == 1
    assert applied.diagnostics[0].summary in (
        "Provider produced inconsistent result after apply",
        "Provider produced invalid object",
    )
    # The cloud knows the token that the object was made with, so that it is not lost.
    assert project.instances()["mock_server.s"]["attributes"]["id"] == project.objects()[0]["id"]
    project.write(ONE)
    project.apply()
    assert project.names() == ["after", "s"]


@pytest.mark.parametrize("kind", ["null_result", "invalid_result", "unknown_result", "wrong_result"])
def test_an_update_with_a_wrong_answer_keeps_the_object(project: Project, kind: str) -> None:
    text = ONE.replace("image = var.v", "network_id = var.v")
    project.write(text)
    project.apply()
    before = project.instances()["mock_server.s"]["attributes"]["id"]
    project.write(text, provider=fault("update", kind))
    project.apply("v=2", fails=True)
    held = project.instances()["mock_server.s"]
    assert "status" not in held
    assert held["attributes"]["id"] == before
    project.write(text)
    project.apply("v=2")
    assert project.names() == ["after", "s"]


@pytest.mark.parametrize("kind", ["wrong_result", "invalid_result", "unknown_result"])
def test_a_deletion_that_still_gives_an_object(project: Project, kind: str) -> None:
    project.write(ONE)
    project.apply()
    project.write(ONE, provider=fault("delete", kind))
    project.apply(mode="destroy", fails=True)
    assert list(project.instances()) == ["mock_server.s"]
    project.write(ONE)
    project.apply(mode="destroy")
    assert project.instances() == {}


@pytest.mark.parametrize("kind", ["invalid_result", "unknown_result"])
def test_a_refresh_with_an_object_of_no_use(project: Project, kind: str) -> None:
    project.write(ONE)
    project.apply()
    before = project.state()["resources"]
    project.write(ONE, provider=fault("read", kind))
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Provider produced invalid object"]
    assert project.state()["resources"] == before


def test_the_provider_block_is_checked_by_its_schema(project: Project) -> None:
    project.write(ONE, provider="  nonsense = 1")
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Unsupported argument"]
    assert planned.plan is None
    project.write(ONE, provider='  lag = "soon"')
    assert summaries(project.plan().diagnostics) == ["Incorrect attribute value type"]
