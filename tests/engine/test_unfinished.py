"""What a plan makes of the journal that an interrupted apply has left."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from iacctl.diag.events import PhaseStarted
from iacctl_providers.mock.provider import Mock
from iacctl_state import recorder
from iacctl_state.backends.local_store import LocalStateStore
from iacctl_state.errors import StorageError
from iacctl_state.filesystem import FileSystem
from iacctl_state.journal.recovery import instance_address

from .project import actions, summaries, texts

if TYPE_CHECKING:
    from iacctl.diag.events import Event
    from iacctl.plan.model import Plan

    from .project import Project

ONE = 'resource "mock_object" "a" { name = "a" }\n'
TWO = ONE + 'resource "mock_object" "b" { name = "b" }\n'


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that cannot tell what became of a creation."""
    monkeypatch.setattr(Mock, "_capabilities", Mock._capabilities._replace(find_created=False))


def interrupt(project: Project, *, made: bool = True) -> None:
    """Leave the journal of an apply that was killed while `mock_object.a` was created."""
    project.write(ONE)
    session = project.session()
    with session.lock("test"):
        session.state()
        recording = session.manager().begin()
        recording.intent(
            ("", "managed", "mock_object", "a"),
            None,
            action="create",
            provider='provider["registry.terraform.io/iacctl/mock"]',
            planned={"name": "a"},
            token="the-token",
        )
        recording.abandon()
    if made:
        from pathlib import Path

        from iacctl_providers.mock.cloud import Cloud, FolderStore

        Cloud(FolderStore(Path(project.cloud))).create("mock_object", {"name": "a"}, "the-token")


def test_an_object_that_was_made_is_taken_over(project: Project) -> None:
    interrupt(project)
    planned = project.plan()
    assert actions(planned.plan) == {}
    assert summaries(planned.diagnostics) == ["Object of an interrupted apply found"]
    assert planned.plan is not None
    assert planned.plan.applyable
    # Nothing is recorded by planning; the next plan says the same.
    assert summaries(project.plan().diagnostics) == ["Object of an interrupted apply found"]
    project.apply()
    assert project.calls() == []
    assert project.instances()["mock_object.a"]["attributes"]["id"] == project.objects()[0]["id"]
    assert not project.journal().exists()
    assert len(project.plan().diagnostics) == 0


def test_an_object_that_was_not_made_is_created(project: Project) -> None:
    interrupt(project, made=False)
    planned = project.plan()
    assert actions(planned.plan) == {"mock_object.a": "create"}
    assert len(planned.diagnostics) == 0
    project.apply()
    assert project.names() == ["a"]
    assert not project.journal().exists()


@pytest.mark.usefixtures("silent")
def test_what_nobody_can_tell_is_not_created_again(project: Project) -> None:
    interrupt(project)
    project.write(TWO)
    planned = project.plan()
    assert actions(planned.plan) == {"mock_object.b": "create"}
    assert summaries(planned.diagnostics) == ["Object may already exist"]
    detail = planned.diagnostics[0].detail
    assert "mock_object.a" in detail
    assert "iacctl/mock" in detail
    assert str(project.journal()) in detail
    # What the message says to do helps.
    project.remove("a")
    project.journal().unlink()
    project.apply()
    assert project.names() == ["a", "b"]


@pytest.mark.usefixtures("silent")
def test_what_is_not_to_be_created_only_warns(project: Project) -> None:
    interrupt(project)
    project.write('resource "mock_object" "b" { name = "b" }')
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Unfinished creation"]
    assert planned.diagnostics[0].severity == "warning"
    project.apply()
    # It is named until somebody has dealt with it.
    assert summaries(project.plan().diagnostics) == ["Unfinished creation"]


def test_an_object_whose_block_is_gone_is_found_and_deleted(project: Project) -> None:
    interrupt(project)
    project.write("")
    planned = project.plan()
    assert actions(planned.plan) == {"mock_object.a": "delete"}
    assert summaries(planned.diagnostics) == ["Object of an interrupted apply found"]
    project.apply()
    assert project.names() == []
    assert not project.journal().exists()


def test_destroying_everything_includes_what_was_not_recorded(project: Project) -> None:
    interrupt(project)
    assert actions(project.plan(mode="destroy").plan) == {"mock_object.a": "delete"}
    project.apply(mode="destroy")
    assert project.names() == []
    assert not project.journal().exists()


def test_a_plan_that_only_refreshes_takes_it_over(project: Project) -> None:
    interrupt(project)
    project.apply(mode="refresh-only")
    assert list(project.instances()) == ["mock_object.a"]
    assert not project.journal().exists()


def test_targets_leave_the_rest_alone(project: Project) -> None:
    interrupt(project)
    project.write(TWO)
    planned = project.plan(targets=["mock_object.b"])
    assert actions(planned.plan) == {"mock_object.b": "create"}
    assert summaries(planned.diagnostics) == ["Resource targeting is in effect", "Unfinished creation"]
    project.apply(targets=["mock_object.b"])
    project.apply()
    assert project.names() == ["a", "b"]


def test_a_saved_plan_settles_it_as_well(project: Project) -> None:
    interrupt(project)
    session = project.session()
    with session.lock("test"):
        planned = session.plan()
        assert planned.plan is not None
        session.save_plan(planned.plan, str(project.folder / "saved"))
    session = project.session()
    plan: Plan = session.open_plan(str(project.folder / "saved"))
    with session.lock("test"):
        session.apply(plan)
    assert list(project.instances()) == ["mock_object.a"]
    assert not project.journal().exists()


def test_an_object_behind_another_one_is_named(project: Project) -> None:
    project.write(ONE)
    project.apply()
    interrupt(project)
    planned = project.plan()
    assert actions(planned.plan) == {}
    assert summaries(planned.diagnostics) == ["Unfinished creation"]
    assert "The state holds another object" in planned.diagnostics[0].detail
    assert summaries(project.plan(replace=["mock_object.a"]).diagnostics) == ["Object may already exist"]


def test_interrupted_updates_and_deletions_show_when_objects_are_read(project: Project) -> None:
    project.write(TWO)
    project.apply()
    session = project.session()
    with session.lock("test"):
        session.state()
        recording = session.manager().begin()
        for name, action in (("a", "update"), ("b", "delete")):
            recording.intent(
                ("", "managed", "mock_object", name), None, action=action, provider='provider["registry.terraform.io/x/y"]'
            )
        recording.abandon()
    project.remove("b")
    planned = project.plan()
    assert actions(planned.plan) == {"mock_object.b": "create"}
    assert summaries(planned.diagnostics) == ["Interrupted change", "Interrupted change"]
    assert "asked to update mock_object.a" in planned.diagnostics[0].detail
    assert len(project.plan().diagnostics) == 0


def test_contradictions_with_a_state_that_was_written_since(project: Project) -> None:
    project.write(ONE)
    project.apply()
    before = (project.folder / "terraform.tfstate").read_text()
    session = project.session()
    with session.lock("test"):
        session.state()
        recording = session.manager().begin()
        recording.remove_object(("", "managed", "mock_object", "a"), None)
        recording.commit()
        recording.abandon()
    (project.folder / "terraform.tfstate").write_text(before.replace('"serial": 1', '"serial": 7'))
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["State changed during an interrupted apply"]
    assert "mock_object.a was destroyed, and the state still holds it" in planned.diagnostics[0].detail


def test_nothing_is_asked_of_a_provider_that_could_not_be_recorded(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(TWO)

    def full(_self: FileSystem, _descriptor: int, _data: bytes, _position: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def fill(event: Event) -> None:
        if event == PhaseStarted("applying", event[1]):
            monkeypatch.setattr(FileSystem, "write", full)

    project.hook = fill
    applied = project.apply(fails=True)
    assert project.calls() == []
    assert project.names() == []
    found = texts(applied.diagnostics)
    assert [text for text in found if "Failed to record a change" in text]
    monkeypatch.undo()
    project.hook = None
    project.apply()
    assert project.names() == ["a", "b"]


def test_a_state_that_cannot_be_stored_meanwhile_does_not_end_the_apply(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "JOURNAL_LIMIT", 1)
    tries: list[int] = []

    def full(_self: LocalStateStore, *_: object, **__: object) -> str:
        tries.append(len(project.names()))
        raise StorageError("Failed to write the state", "terraform.tfstate", OSError(errno.ENOSPC, "no space left on device"))

    monkeypatch.setattr(LocalStateStore, "write", full)
    project.write(TWO)
    applied = project.apply(fails=True)
    # The journal has everything; only the end says that the state could not be stored.
    assert [text for text in texts(applied.diagnostics) if "no space left" in text]
    assert project.names() == ["a", "b"]
    assert len(tries) > 1
    monkeypatch.undo()
    (project.folder / "errored.tfstate").unlink()
    assert actions(project.plan().plan) == {}
    assert len(project.instances()) == 2


def test_addresses_are_those_of_the_configuration() -> None:
    assert instance_address(("module.m", "managed", "t", "n"), "k") == 'module.m.t.n["k"]'
