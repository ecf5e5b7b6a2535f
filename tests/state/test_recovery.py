"""What the next command makes of an interrupted apply."""

from __future__ import annotations

from pathlib import Path

import pytest

from iacctl_state.backends.local import LocalBackend
from iacctl_state.document import OutputState, StateDocument
from iacctl_state.errors import JournalBusyError, JournalForeignError
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager
from iacctl_state.reader import parse
from iacctl_state.recorder import StateRecorder

from .samples import PROVIDER, key, text, thing
from .terraform import terraform

APPLY = LockRequest("OperationTypeApply")


def manager(folder: Path) -> StateManager:
    return StateManager(LocalBackend(folder=str(folder)).state("default"))


def begin(folder: Path) -> tuple[StateManager, StateRecorder]:
    state = manager(folder)
    state.lock(APPLY)
    state.read()
    return state, state.begin()


def crash(state: StateManager, recorder: StateRecorder) -> None:
    recorder.abandon()
    state.unlock()


def prepare(folder: Path, *names: str) -> None:
    state = manager(folder)
    document = state.read()
    for name in names:
        document.set_object(key(name), None, thing(f"{name}-1"), provider=PROVIDER)
    state.persist(document)


def advance(folder: Path, *names: str) -> None:
    """Another program, which knows nothing of journals, adds objects."""
    file = folder / "terraform.tfstate"
    document = parse(file.read_bytes())
    for name in names:
        document.set_object(key(name), None, thing(f"{name}-other"), provider=PROVIDER)
    document.serial += 1
    file.write_text(text(document))


def ids(document: StateDocument) -> set[str]:
    return {obj.object.attributes["id"] for obj in document.objects() if obj.object.attributes}


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


JOURNAL = ".terraform.tfstate.iacctl-journal"


def test_results_are_merged_and_stored_under_the_lock(tmp_path: Path) -> None:
    prepare(tmp_path, "a", "b")
    state, recorder = begin(tmp_path)
    recorder.set_object(key("c"), "k", thing("c-1"), provider=PROVIDER)
    recorder.remove_object(key("a"), None)
    recorder.set_output("o", OutputState(1, "number"))
    crash(state, recorder)

    looking = manager(tmp_path)
    assert ids(looking.read()) == {"b-1", "c-1"}
    assert JOURNAL in files(tmp_path)
    assert looking.recovered is not None and looking.recovered.changed

    state = manager(tmp_path)
    state.lock(APPLY)
    document = state.read()
    assert (ids(document), document.serial, list(document.outputs)) == ({"b-1", "c-1"}, 2, ["o"])
    assert text(parse((tmp_path / "terraform.tfstate").read_bytes())) == text(document)
    state.unlock()
    assert files(tmp_path) == {"terraform.tfstate", "terraform.tfstate.backup"}
    assert manager(tmp_path).read().serial == 2


def test_an_apply_recovers_even_without_the_lock(tmp_path: Path) -> None:
    state, recorder = begin(tmp_path)
    recorder.set_object(key("a"), None, thing("a-1"), provider=PROVIDER)
    lineage = recorder.document.lineage
    crash(state, recorder)
    state = manager(tmp_path)
    state.read()
    recorder = state.begin()
    recorder.set_object(key("b"), None, thing("b-1"), provider=PROVIDER)
    document = recorder.finish()
    assert ids(document) == {"a-1", "b-1"}
    assert document.lineage == lineage
    assert JOURNAL not in files(tmp_path)


def test_an_unresolved_creation_is_shown_until_it_is_resolved(tmp_path: Path) -> None:
    state, recorder = begin(tmp_path)
    planned = {"input": {"value": "x", "type": "string"}}
    intent = recorder.intent(
        key("a", "module.m[0]"), "k", action="create", provider=PROVIDER, planned=planned, token="t"
    )
    crash(state, recorder)
    for _ in range(2):
        state = manager(tmp_path)
        state.lock(APPLY)
        assert state.read().is_empty
        assert state.recovered is not None
        [found] = state.recovered.unresolved
        assert found.address == 'module.m[0].terraform_data.a["k"]'
        assert (found.intent.id, found.intent.planned, found.intent.token) == (intent, planned, "t")
        assert (found.object, found.holder_exists) == (None, False)
        state.unlock()
    state, recorder = begin(tmp_path)
    recorder.set_object(key("b"), None, thing("b-1"), provider=PROVIDER)
    assert [item.intent.id for item in recorder.unresolved] == [intent]
    recorder.finish()  # an apply of something else does not forget it
    state.unlock()
    assert JOURNAL in files(tmp_path)
    state, recorder = begin(tmp_path)
    assert ids(recorder.document) == {"b-1"}
    recorder.resolve(intent)
    recorder.finish()
    state.unlock()
    assert JOURNAL not in files(tmp_path)


def test_an_object_whose_id_is_known_is_tainted(tmp_path: Path) -> None:
    state, recorder = begin(tmp_path)
    intent = recorder.intent(key("a"), None, action="create", provider=PROVIDER)
    recorder.progress(intent, thing("early"))
    recorder.progress(intent, thing("late", private="cA=="))
    crash(state, recorder)
    state = manager(tmp_path)
    state.lock(APPLY)
    obj = state.read().object(key("a"), None)
    assert obj is not None and obj.attributes is not None
    assert (obj.attributes["id"], obj.status, obj.private) == ("late", "tainted", "cA==")
    assert state.recovered is not None and not state.recovered.unresolved
    state.unlock()


def test_calls_on_objects_in_the_state_are_told_and_settled(tmp_path: Path) -> None:
    prepare(tmp_path, "a", "b")
    state, recorder = begin(tmp_path)
    recorder.intent(key("a"), None, action="update", provider=PROVIDER)
    intent = recorder.intent(key("b"), None, action="delete", provider=PROVIDER)
    recorder.progress(intent, thing("b-1", "half gone"))
    crash(state, recorder)
    state = manager(tmp_path)
    state.lock(APPLY)
    assert ids(state.read()) == {"a-1", "b-1"}
    assert state.recovered is not None
    assert [item.action for item in state.recovered.interrupted] == ["update", "delete"]
    assert not state.recovered.unresolved
    state.unlock()
    assert JOURNAL not in files(tmp_path)


def test_what_another_program_wrote_since_is_kept_and_what_it_lacks_is_added(tmp_path: Path) -> None:
    prepare(tmp_path, "a", "b")
    state, recorder = begin(tmp_path)
    recorder.set_object(key("new"), None, thing("new-1"), provider=PROVIDER)
    recorder.set_object(key("same"), None, thing("same-other"), provider=PROVIDER)
    intent = recorder.intent(key("both"), None, action="create", provider=PROVIDER)
    recorder.set_object(key("both"), None, thing("both-1"), provider=PROVIDER, intent=intent)
    recorder.remove_object(key("a"), None)
    deposed = recorder.depose(key("b"), None)
    recorder.set_object(key("b"), None, thing("b-2"), provider=PROVIDER)
    recorder.set_output("o", OutputState(1, "number"))
    crash(state, recorder)
    advance(tmp_path, "both", "same")

    state = manager(tmp_path)
    state.lock(APPLY)
    document = state.read()
    assert ids(document) == {"a-1", "b-1", "new-1", "both-other", "same-other"}
    assert not document.outputs
    merged = state.recovered
    assert merged is not None and merged.state_was_advanced
    found = {(item.address, item.object is None) for item in merged.conflicts}
    assert found == {
        ("terraform_data.a", True),
        ("terraform_data.both", False),
        ("terraform_data.b", False),
    }
    [left] = merged.unresolved  # a real object that no state holds
    assert left.holder_exists and left.object is not None and left.object.attributes is not None
    assert (left.address, left.object.attributes["id"]) == ("terraform_data.both", "both-1")
    assert deposed is not None
    state.unlock()

    state, recorder = begin(tmp_path)
    assert [item.address for item in recorder.unresolved] == ["terraform_data.both"]
    recorder.remove_object(key("both"), None, intent=left.intent.id)
    recorder.finish()
    state.unlock()
    assert JOURNAL not in files(tmp_path)


def test_a_move_is_done_or_not_done_but_never_half(tmp_path: Path) -> None:
    prepare(tmp_path, "a", "b")
    state, recorder = begin(tmp_path)
    assert recorder.move_instance(key("a"), None, key("c"), "k")
    crash(state, recorder)
    found = manager(tmp_path).read()
    assert ids(found) == {"a-1", "b-1"}
    assert found.object(key("c"), "k") is not None and found.resource(key("a")) is None


def test_a_move_is_repeated_on_what_another_program_wrote_since(tmp_path: Path) -> None:
    prepare(tmp_path, "a", "b")
    state, recorder = begin(tmp_path)
    recorder.move_instance(key("a"), None, key("moved"), None)
    recorder.move_instance(key("b"), None, key("taken"), None)
    crash(state, recorder)
    advance(tmp_path, "taken")
    found = manager(tmp_path).read()
    assert {name for _, _, _, name in found.resources} == {"moved", "b", "taken"}


def test_a_crash_after_storing_merges_nothing_twice(tmp_path: Path) -> None:
    """Deposing is not something to do twice."""
    prepare(tmp_path, "a")
    state, recorder = begin(tmp_path)
    recorder.depose(key("a"), None, "0000000a")
    recorder.set_object(key("a"), None, thing("a-2"), provider=PROVIDER)
    recorder.checkpoint()
    journal = (tmp_path / JOURNAL).read_bytes()
    recorder.depose(key("a"), None, "0000000b")
    recorder.set_object(key("a"), None, thing("a-3"), provider=PROVIDER)
    crash(state, recorder)
    stored_then = (tmp_path / "terraform.tfstate").read_bytes()
    state = manager(tmp_path)
    state.lock(APPLY)
    instance = state.read().instance(key("a"), None)
    state.unlock()
    assert instance is not None and sorted(instance.deposed) == ["0000000a", "0000000b"]
    (tmp_path / "terraform.tfstate").write_bytes(stored_then)
    (tmp_path / JOURNAL).write_bytes(journal)
    assert ids(manager(tmp_path).read()) == {"a-1", "a-2"}


def test_a_journal_of_another_state_is_refused_and_kept(tmp_path: Path) -> None:
    prepare(tmp_path, "a")
    state, recorder = begin(tmp_path)
    recorder.set_object(key("b"), None, thing("b-1"), provider=PROVIDER)
    crash(state, recorder)
    file = tmp_path / "terraform.tfstate"
    own = file.read_bytes()
    file.write_text(text(StateDocument(lineage="other", serial=9)))
    state = manager(tmp_path)
    state.lock(APPLY)
    with pytest.raises(JournalForeignError, match='lineage "other"'):
        state.read()
    with pytest.raises(JournalForeignError):
        state.begin()
    file.write_bytes(b"")
    with pytest.raises(JournalForeignError, match="state has been deleted"):
        state.read()
    file.write_bytes(own)
    assert ids(state.read()) == {"a-1", "b-1"}
    state.unlock()


def test_two_applies_without_locks_exclude_each_other(tmp_path: Path) -> None:
    first = manager(tmp_path)
    first.read()
    recorder = first.begin()
    recorder.set_object(key("a"), None, thing("a-1"), provider=PROVIDER)
    recorder.commit()
    second = manager(tmp_path)
    assert second.read().is_empty  # the other one is still at it
    with pytest.raises(JournalBusyError):
        second.begin()
    recorder.finish()
    second.read()
    second.begin().finish()


def test_a_growing_journal_is_folded_into_the_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iacctl_state.recorder.JOURNAL_LIMIT", 20_000)
    state, recorder = begin(tmp_path)
    waiting = recorder.submit_intent(key("slow"), None, action="create", provider=PROVIDER)
    for index in range(300):
        recorder.set_object(key("n"), index, thing(str(index)), provider=PROVIDER)
        recorder.commit()
        assert (tmp_path / JOURNAL).stat().st_size < 25_000
    crash(state, recorder)
    state = manager(tmp_path)
    state.lock(APPLY)
    assert len(ids(state.read())) == 300
    assert state.recovered is not None
    assert [item.intent.id for item in state.recovered.unresolved] == [waiting]
    state.unlock()


def test_terraform_goes_on_beside_a_journal(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "terraform_data" "a" {}\n')
    terraform(tmp_path, "init")
    terraform(tmp_path, "apply", "-auto-approve")
    state, recorder = begin(tmp_path)
    recorder.set_object(key("ours"), None, thing("ours-1"), provider=PROVIDER)
    crash(state, recorder)
    (tmp_path / "main.tf").write_text('resource "terraform_data" "a" {}\nresource "terraform_data" "b" {}\n')
    terraform(tmp_path, "apply", "-auto-approve")
    state = manager(tmp_path)
    state.lock(APPLY)
    document = state.read()
    assert {obj.resource.name for obj in document.objects()} == {"a", "b", "ours"}
    state.unlock()
    assert "terraform_data.ours" in terraform(tmp_path, "state", "list").stdout
