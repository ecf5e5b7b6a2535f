"""Stopping an operation: what runs is awaited, what waits is not begun, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iacctl.diag.events import ObjectStarted, RefreshStarted
from iacctl_providers.mock.misbehaviour import MockAdapter
from iacctl_providers.mock.provider import Mock

from .project import actions, summaries

if TYPE_CHECKING:
    from iacctl.diag.events import Event

    from .project import Project

SLOW = 'latency {\n  operation = "create"\n  seconds = 0.3\n}'
MANY = """
resource "mock_object" "first" {
  count = 4
  name  = "first${count.index}"
}
resource "mock_object" "second" {
  name  = "second"
  value = mock_object.first[*].id
}
"""
REPLACED = """
variable "v" { default = "1" }
resource "mock_object" "a" {
  count      = 3
  name       = "a${count.index}"
  replace_on = var.v
  LIFECYCLE
}
"""


class Patient(MockAdapter):
    """A provider that does not hurry."""

    def stop(self) -> None:
        return None


@pytest.fixture
def stopped(project: Project) -> Project:
    """A project whose operation is stopped when the first change begins."""

    def stop(event: Event) -> None:
        if isinstance(event, ObjectStarted):
            assert project.last is not None
            project.last.stop()

    project.hook = stop
    return project


def test_running_calls_are_awaited(stopped: Project) -> None:
    stopped.providers = {"registry.terraform.io/iacctl/mock": lambda: Patient(Mock)}
    stopped.write(MANY, provider=SLOW)
    applied = stopped.apply(fails=True, parallelism=2)
    assert summaries(applied.diagnostics) == ["execution halted"]
    assert applied.result is not None
    assert applied.result.stopped
    assert 1 <= len(stopped.names()) <= 2
    assert len(stopped.calls()) == len(stopped.names())
    assert sorted(item["attributes"]["name"] for item in stopped.instances().values()) == stopped.names()
    # All four were announced; of those that were not begun nothing is open.
    assert not stopped.journal().exists()
    stopped.hook = None
    stopped.apply()
    assert len(stopped.names()) == 5


def test_calls_that_the_provider_gives_up_are_settled(stopped: Project) -> None:
    stopped.write(MANY, provider=SLOW)
    applied = stopped.apply(fails=True, parallelism=2)
    assert set(summaries(applied.diagnostics)) == {"Call interrupted", "execution halted"}
    assert stopped.names() == []
    stopped.hook = None
    assert summaries(stopped.plan().diagnostics) == []
    stopped.apply()
    assert len(stopped.names()) == 5
    assert not stopped.journal().exists()


@pytest.mark.parametrize("lifecycle", ["", "lifecycle { create_before_destroy = true }"])
def test_a_replacement_may_be_half_done(stopped: Project, lifecycle: str) -> None:
    stopped.providers = {"registry.terraform.io/iacctl/mock": lambda: Patient(Mock)}
    stopped.write(REPLACED.replace("LIFECYCLE", lifecycle))
    hook, stopped.hook = stopped.hook, None
    stopped.apply()
    stopped.hook = hook
    stopped.write(REPLACED.replace("LIFECYCLE", lifecycle), provider=SLOW.replace("create", "*").replace("0.3", "0.1"))
    stopped.apply("v=2", fails=True, parallelism=1)
    held = stopped.instances()
    ids = {item["attributes"]["id"] for item in held.values()}
    assert {item["id"] for item in stopped.objects()} == ids
    if lifecycle:
        # One was replaced, and its old object has still to go; the others are what they were.
        assert sorted(name for name in held if "deposed" not in name) == [f"mock_object.a[{n}]" for n in range(3)]
        assert len(held) == 4
    else:
        assert len(held) == 2
    stopped.hook = None
    stopped.apply("v=2")
    assert stopped.names() == ["a0", "a1", "a2"]
    assert actions(stopped.plan("v=2").plan) == {}


def test_a_stopped_plan_is_none_to_apply(project: Project) -> None:
    project.write(MANY)
    project.apply()
    project.write(MANY, provider='latency {\n  operation = "read"\n  seconds = 0.2\n}')

    def stop(event: Event) -> None:
        if isinstance(event, RefreshStarted):
            assert project.last is not None
            project.last.stop()

    project.hook = stop
    planned = project.plan(parallelism=1)
    assert "execution halted" in summaries(planned.diagnostics)
    assert planned.plan is not None
    assert planned.plan.errored
    assert not planned.plan.applyable
