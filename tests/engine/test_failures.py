"""What is left when something goes wrong half-way, and how the next plan goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .project import actions, summaries, texts

if TYPE_CHECKING:
    from .project import Project


def fault(operation: str, name: str, kind: str = "error", when: str = "before", call: int = 0) -> str:
    return (
        f'  fault {{\n    operation = "{operation}"\n    name = "{name}"\n    kind = "{kind}"\n    when = "{when}"\n'
        f"    call = {call}\n  }}"
    )


PAIR = """
resource "mock_object" "a" { name = "a" }
resource "mock_object" "b" {
  name  = "b"
  value = mock_object.a.id
}
resource "mock_object" "other" { name = "other" }
"""


def test_independent_branches_go_on(project: Project) -> None:
    project.write(PAIR, provider=fault("create", "a"))
    applied = project.apply(fails=True)
    assert texts(applied.diagnostics) == ["error: Mock failure: injected failure"]
    assert applied.result is not None
    assert not applied.result.complete
    assert list(project.instances()) == ["mock_object.other"]
    project.write(PAIR)
    project.apply()
    assert project.names() == ["a", "b", "other"]


def test_instances_of_one_block_do_not_stop_each_other(project: Project) -> None:
    text = """
    resource "mock_object" "many" {
      count = 4
      name  = "n${count.index}"
    }
    resource "mock_object" "after" {
      name  = "after"
      value = mock_object.many[0].id
    }
    resource "mock_object" "all" {
      name  = "all"
      value = mock_object.many[*].id
    }
    """
    project.write(text, provider=fault("create", "n2"))
    project.apply(fails=True)
    assert project.names() == ["after", "n0", "n1", "n3"]


def test_a_creation_that_fails_half_way_leaves_a_tainted_object(project: Project) -> None:
    project.write(PAIR, provider=fault("create", "a", when="partial"))
    project.apply(fails=True)
    held = project.instances()["mock_object.a"]
    assert held["status"] == "tainted"
    assert held["attributes"]["id"] == project.objects()[0]["id"]
    project.write(PAIR)
    planned = project.plan()
    assert actions(planned.plan) == {"mock_object.a": "delete-create", "mock_object.b": "create"}
    assert planned.plan is not None
    assert planned.plan.changes[0].reason == "replace_because_tainted"
    project.apply()
    assert project.calls() == ["delete a", "create a", "create b"]
    assert project.names() == ["a", "b", "other"]


def test_an_update_that_fails_keeps_the_object_as_the_provider_says(project: Project) -> None:
    text = 'variable "v" { default = "1" }\nresource "mock_object" "a" {\n  name = "a"\n  value = var.v\n}'
    project.write(text)
    project.apply()
    project.write(text, provider=fault("update", "a"))
    project.apply("v=2", fails=True)
    held = project.instances()["mock_object.a"]
    assert held["attributes"]["value"]["value"] == "1"
    assert "status" not in held
    project.write(text, provider=fault("update", "a", when="partial"))
    project.apply("v=3", fails=True)
    assert project.instances()["mock_object.a"]["attributes"]["value"]["value"] == "3"


def test_a_destruction_that_fails_keeps_the_object(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.write(PAIR, provider=fault("delete", "b"))
    project.apply(mode="destroy", fails=True)
    assert sorted(project.instances()) == ["mock_object.a", "mock_object.b"]
    assert "delete a" not in project.calls()
    project.write(PAIR)
    project.apply(mode="destroy")
    assert project.names() == []


REPLACED = """
variable "generation" { default = "1" }
resource "mock_object" "many" {
  count      = 3
  name       = "n${count.index}"
  replace_on = var.generation
  LIFECYCLE
}
"""


def test_what_could_not_be_destroyed_is_not_created_again(project: Project) -> None:
    text = REPLACED.replace("LIFECYCLE", "")
    project.write(text)
    project.apply()
    project.write(text, provider=fault("delete", "n1"))
    project.apply("generation=2", fails=True)
    calls = project.calls()
    assert sorted(calls) == ["create n0", "create n2", "delete n0", "delete n1", "delete n2"]
    assert project.names() == ["n0", "n1", "n2"]
    project.write(text)
    assert actions(project.plan("generation=2").plan) == {"mock_object.many[1]": "delete-create"}


def test_an_object_that_could_not_be_deleted_stays_deposed(project: Project) -> None:
    text = REPLACED.replace("LIFECYCLE", "lifecycle { create_before_destroy = true }")
    project.write(text)
    project.apply()
    project.write(text, provider=fault("delete", "n1"))
    project.apply("generation=2", fails=True)
    assert project.names() == ["n0", "n1", "n1", "n2"]
    assert sorted(project.instances()) == [
        "mock_object.many[0]",
        "mock_object.many[1]",
        "mock_object.many[1] (deposed)",
        "mock_object.many[2]",
    ]
    project.write(text)
    assert actions(project.plan("generation=2").plan) == {"mock_object.many[1] (deposed)": "delete"}
    project.apply("generation=2")
    assert project.calls() == ["delete n1"]
    assert project.names() == ["n0", "n1", "n2"]


def test_a_replacement_that_fails_leaves_what_was_there(project: Project) -> None:
    text = REPLACED.replace("LIFECYCLE", "lifecycle { create_before_destroy = true }")
    project.write(text)
    project.apply()
    before = {item["name"]: item["id"] for item in project.objects()}
    project.write(text, provider=fault("create", "n1"))
    project.apply("generation=2", fails=True)
    assert sorted(project.instances()) == [f"mock_object.many[{index}]" for index in range(3)]
    after = {item["name"]: item["id"] for item in project.objects()}
    assert [before[name] == after[name] for name in ("n0", "n1", "n2")] == [False, True, False]
    project.write(text)
    assert actions(project.plan("generation=2").plan) == {"mock_object.many[1]": "create-delete"}


def test_a_replacement_that_fails_half_way_is_tainted_and_the_old_object_deposed(project: Project) -> None:
    text = REPLACED.replace("LIFECYCLE", "lifecycle { create_before_destroy = true }")
    project.write(text)
    project.apply()
    project.write(text, provider=fault("create", "n1", when="partial"))
    project.apply("generation=2", fails=True)
    held = project.instances()
    assert held["mock_object.many[1]"]["status"] == "tainted"
    assert "mock_object.many[1] (deposed)" in held
    project.write(text)
    assert actions(project.plan("generation=2").plan) == {
        "mock_object.many[1]": "create-delete",
        "mock_object.many[1] (deposed)": "delete",
    }
    project.apply("generation=2")
    assert project.names() == ["n0", "n1", "n2"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", ["error", "exception"])
def test_nothing_is_lost_or_made_twice_when_a_creation_fails(project: Project, kind: str, when: str) -> None:
    project.write(PAIR, provider=fault("create", "a", kind, when))
    project.apply(fails=True)
    assert ("mock_object.a" in project.instances()) is (when == "after")
    assert project.names() == (["a", "other"] if when == "after" else ["other"])
    project.write(PAIR)
    project.apply()
    assert project.names() == ["a", "b", "other"]
    assert not project.journal().exists()


@pytest.mark.parametrize("operation", ["read", "plan", "update"])
def test_an_exception_is_an_error_of_the_provider(project: Project, operation: str) -> None:
    text = 'variable "v" { default = "1" }\nresource "mock_object" "a" {\n  name = "a"\n  value = var.v\n}'
    project.write(text)
    project.apply()
    project.write(text, provider=fault(operation, "a", "exception"))
    if operation == "update":
        found = project.apply("v=2", fails=True).diagnostics
    else:
        found = project.plan("v=2").diagnostics
    assert len(found) == 1
    assert "injected failure" in found[0].detail
    assert list(project.instances()) == ["mock_object.a"]


def test_a_failed_refresh_stops_what_depends_on_it_and_nothing_else(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.write(PAIR + 'resource "mock_object" "new" { name = "new" }', provider=fault("read", "a"))
    planned = project.plan()
    assert planned.plan is not None
    assert planned.plan.errored
    assert summaries(planned.diagnostics) == ["Mock failure"]
    assert actions(planned.plan) == {"mock_object.new": "create"}


def test_without_refreshing_nothing_is_read(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.forget_calls()
    project.remove("a")
    assert actions(project.plan(refresh=False).plan) == {}
    assert project.calls("read") == []
    assert actions(project.plan().plan) == {"mock_object.a": "create", "mock_object.b": "update"}
