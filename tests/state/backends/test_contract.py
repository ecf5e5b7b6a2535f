"""What every backend has to do, whatever is behind it."""

from __future__ import annotations

import threading

import pytest

from iacctl_state.errors import ConflictError, LockError, LockHeldError, WorkspaceError
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager

from ..samples import PROVIDER, key, thing
from .conftest import Opener

APPLY = LockRequest("OperationTypeApply", info="some remark")


def change(manager: StateManager, name: str, value: str = "v") -> None:
    """An apply that sets one object."""
    manager.lock(APPLY)
    try:
        manager.read()
        recorder = manager.begin()
        recorder.set_object(key(name), None, thing(f"id-{name}", value), provider=PROVIDER)
        recorder.finish()
    finally:
        manager.unlock()


def names(manager: StateManager) -> set[str]:
    return {item.resource.name for item in manager.read().objects()}


def state(opener: Opener, workspace: str = "default") -> StateManager:
    return StateManager(opener().state(workspace))


def test_there_is_no_state_at_first(open_backend: Opener) -> None:
    store = open_backend().state("default")
    assert store.read() is None
    assert StateManager(store).read().is_empty
    assert open_backend().workspaces() == ["default"]


def test_what_is_written_is_read(open_backend: Opener) -> None:
    change(state(open_backend), "a")
    change(state(open_backend), "b")
    found = state(open_backend).read()
    assert {item.resource.name for item in found.objects()} == {"a", "b"}
    assert (found.serial, len(found.lineage)) == (2, 36)


def test_workspaces(open_backend: Opener) -> None:
    backend = open_backend()
    if not backend.has_workspaces:
        for refused in (backend.create_workspace, backend.delete_workspace, backend.state):
            with pytest.raises(WorkspaceError, match="not supported"):
                refused("dev")
        return
    for name in ("dev", "prod", "a.b-c_d~1"):
        backend.create_workspace(name)
    assert open_backend().workspaces() == ["default", "a.b-c_d~1", "dev", "prod"]
    with pytest.raises(WorkspaceError, match="exists"):
        backend.create_workspace("dev")
    with pytest.raises(WorkspaceError, match="not allowed"):
        backend.create_workspace("a/b")
    change(state(open_backend, "dev"), "of_dev")
    change(state(open_backend), "of_default")
    assert names(state(open_backend, "dev")) == {"of_dev"}
    assert names(state(open_backend, "prod")) == set()
    assert names(state(open_backend)) == {"of_default"}
    open_backend().delete_workspace("dev")
    assert open_backend().workspaces() == ["default", "a.b-c_d~1", "prod"]
    with pytest.raises(WorkspaceError, match="exist"):
        open_backend().delete_workspace("dev")
    with pytest.raises(WorkspaceError, match="default"):
        open_backend().delete_workspace("default")
    assert names(state(open_backend)) == {"of_default"}


def test_only_one_holds_the_lock(open_backend: Opener) -> None:
    first, second = open_backend().state("default"), open_backend().state("default")
    lock_id = first.lock(APPLY)
    assert first.lock_id == lock_id
    with pytest.raises(LockHeldError) as refused:
        second.lock(LockRequest("OperationTypePlan"))
    info = refused.value.info
    if "row" not in second.description:  # PostgreSQL only says that there is somebody
        assert info is not None
        assert (info.id, info.operation, info.version) == (lock_id, "OperationTypeApply", "1.15.5")
        assert "@" in info.who
        assert lock_id in refused.value.detail
    with pytest.raises(LockError):
        first.lock(APPLY)
    if open_backend().has_workspaces and "row" not in second.description:  # there, one lock is for making any row
        other = open_backend().state("elsewhere")
        other.lock(APPLY)
        other.unlock()
    first.unlock()
    assert first.lock_id is None
    second.lock(LockRequest("OperationTypePlan"))
    second.unlock()
    second.unlock()  # does nothing
    assert second.holder() is None


def test_the_lock_is_waited_for(open_backend: Opener) -> None:
    first, second = open_backend().state("default"), open_backend().state("default")
    first.lock(APPLY)
    waiting = threading.Event()
    releaser = threading.Thread(target=lambda: (waiting.wait(20), first.unlock()))
    releaser.start()
    second.lock(LockRequest("OperationTypePlan", timeout=60, on_wait=waiting.set))
    releaser.join()
    assert waiting.is_set()
    second.unlock()


def test_waiting_can_be_given_up(open_backend: Opener) -> None:
    first, second = open_backend().state("default"), open_backend().state("default")
    first.lock(APPLY)
    with pytest.raises(LockHeldError):
        second.lock(LockRequest("OperationTypePlan", timeout=60, sleep=lambda _: True))
    first.unlock()


def test_a_lock_can_be_broken_where_it_outlives_its_holder(open_backend: Opener) -> None:
    first, second = open_backend().state("default"), open_backend().state("default")
    lock_id = first.lock(APPLY)
    if second.is_local or "row" in second.description:
        with pytest.raises(LockError, match="cannot be broken"):
            second.force_unlock(lock_id)
        first.unlock()
        return
    with pytest.raises(LockError, match=r"does not match|code 409"):
        second.force_unlock("another")
    second.force_unlock(lock_id)
    second.lock(APPLY)
    second.unlock()


def test_nobody_overwrites_what_another_wrote(open_backend: Opener) -> None:
    change(state(open_backend), "a")
    first, second = state(open_backend), state(open_backend)
    ours = first.read()
    change(second, "b")
    ours.set_object(key("c"), None, thing("id-c"), provider=PROVIDER)
    with pytest.raises(ConflictError):
        first.persist(ours)
    assert names(state(open_backend)) == {"a", "b"}


def test_another_lineage_is_refused(open_backend: Opener) -> None:
    change(state(open_backend), "a")
    manager = state(open_backend)
    document = manager.read()
    document.lineage = "00000000-0000-0000-0000-000000000000"
    document.set_object(key("b"), None, thing("id-b"), provider=PROVIDER)
    with pytest.raises(ConflictError, match="lineage"):
        manager.persist(document)


def test_many_writers_lose_nothing(open_backend: Opener) -> None:
    def work(number: int) -> None:
        manager = state(open_backend)
        manager.lock(LockRequest("OperationTypeApply", timeout=120))
        try:
            manager.read()
            recorder = manager.begin()
            recorder.set_object(key(f"n{number}"), None, thing(f"id-{number}"), provider=PROVIDER)
            recorder.finish()
        finally:
            manager.unlock()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert names(state(open_backend)) == {f"n{number}" for number in range(5)}
    assert state(open_backend).read().serial == 5


def test_a_large_state(open_backend: Opener) -> None:
    manager = state(open_backend)
    document = manager.read()
    for number in range(5_000):
        document.set_object(key(f"n{number}"), None, thing(f"id-{number}", "x" * 500), provider=PROVIDER)
    manager.persist(document)
    assert sum(1 for _ in state(open_backend).read().objects()) == 5_000
