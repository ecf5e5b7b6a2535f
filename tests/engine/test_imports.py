"""`import` blocks: objects that exist already come into the state.

What plans say and what goes wrong in configurations is held against Terraform in `tests/conformance/cases/import-*`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import events

from .project import actions, summaries, texts

if TYPE_CHECKING:
    from .project import Project


def thing(name: str, *lines: str) -> str:
    return f'resource "mock_object" "{name}" {{\n  name = "{name}"\n' + "".join(f"  {line}\n" for line in lines) + "}\n"


def importing(to: str, *lines: str) -> str:
    return f"import {{\n  to = {to}\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def existing(project: Project, *names: str) -> dict[str, str]:
    """Objects that a configuration has made and its state has lost; their ids by name."""
    project.write("".join(thing(name) for name in names))
    project.apply()
    (project.folder / "terraform.tfstate").unlink()
    return {item["name"]: item["id"] for item in project.objects()}


def test_an_object_is_taken_over_as_it_is(project: Project) -> None:
    ids = existing(project, "a")
    project.write(thing("a") + importing("mock_object.a", f'id = "{ids["a"]}"'))
    planned = project.plan()
    assert planned.plan is not None
    [change] = planned.plan.changes
    assert (change.action, change.importing and change.importing.id) == ("no-op", ids["a"])
    assert planned.plan.applyable
    applied = project.apply()
    assert applied.result is not None
    assert applied.result.counts.imported == 1
    assert project.calls() == []
    assert project.instances()["mock_object.a"]["attributes"]["id"] == ids["a"]
    assert actions(project.plan().plan) == {}


def test_an_object_is_changed_after_it_was_taken_over(project: Project) -> None:
    ids = existing(project, "a")
    project.write(thing("a", 'value = "changed"') + importing("mock_object.a", f'id = "{ids["a"]}"'))
    assert actions(project.plan().plan) == {"mock_object.a": "update"}
    project.apply()
    assert project.calls() == ["update a"]


def test_an_object_is_found_by_its_identity(project: Project) -> None:
    ids = existing(project, "a")
    project.write(thing("a") + importing("mock_object.a", f'identity = {{ id = "{ids["a"]}" }}'))
    project.apply()
    assert project.instances()["mock_object.a"]["attributes"]["id"] == ids["a"]
    labels = [event.label for event in project.events if isinstance(event, events.ImportStarted)]
    assert labels == [f"identity=id={ids['a']}"] * 2


def test_the_id_can_come_from_elsewhere(project: Project) -> None:
    ids = existing(project, "a")
    project.write(
        'variable "ids" {\n  type = map(string)\n}\nresource "mock_object" "many" {\n  for_each = var.ids\n'
        "  name = each.key\n}\n" + importing("mock_object.many[each.key]", "for_each = var.ids", "id = each.value")
    )
    project.apply('ids={a="' + ids["a"] + '"}')
    assert list(project.instances()) == ['mock_object.many["a"]']
    assert project.calls() == []


def test_what_does_not_exist_is_not_imported(project: Project) -> None:
    project.write(thing("a") + importing("mock_object.a", 'id = "nothing"'))
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Cannot import non-existent remote object"]
    project.write(thing("a") + importing("mock_object.a", 'identity = { id = "nothing" }'))
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Cannot import non-existent remote object"]
    assert 'or use "terraform apply" to create a new remote object' in texts(planned.diagnostics)[0]


def test_a_failed_import_stops_what_depends_on_it_alone(project: Project) -> None:
    project.write(
        thing("a")
        + thing("uses", "value = mock_object.a.id")
        + thing("other")
        + importing("mock_object.a", 'id = "nothing"')
    )
    planned = project.plan()
    assert actions(planned.plan) == {"mock_object.other": "create"}
    assert planned.plan is not None
    assert planned.plan.errored


def test_what_the_state_holds_is_not_imported_again(project: Project) -> None:
    ids = existing(project, "a", "b")
    project.write(thing("a") + importing("mock_object.a", f'id = "{ids["a"]}"'))
    project.apply()
    project.write(thing("a") + importing("mock_object.a", f'id = "{ids["b"]}"'))
    planned = project.plan()
    assert planned.plan is not None
    assert [change.importing for change in planned.plan.changes] == [None]


def test_an_imported_object_can_be_replaced(project: Project) -> None:
    ids = existing(project, "a")
    project.write(thing("a") + importing("mock_object.a", f'id = "{ids["a"]}"'))
    project.apply(replace=["mock_object.a"])
    assert project.calls() == ["delete a", "create a"]
    assert [item["id"] for item in project.objects()] != [ids["a"]]


def test_dependencies_of_imported_objects_are_recorded(project: Project) -> None:
    ids = existing(project, "a")
    project.write(
        thing("base") + thing("a", "value = mock_object.base.id") + importing("mock_object.a", f'id = "{ids["a"]}"')
    )
    project.apply()
    assert project.instances()["mock_object.a"]["dependencies"] == ["mock_object.base"]
    project.apply(mode="destroy")
    assert project.calls() == ["delete a", "delete base"]
