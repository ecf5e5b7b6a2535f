"""Whatever happens to the machine or the process, every object is in the state or named by an unresolved intent.

The points are enumerated: a story is told once to count its changing calls on the disk, then once for each of them,
ending there. The world of real objects is a set that provider calls add to and take from.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from iacctl_state.backends.local import LocalPaths
from iacctl_state.backends.local_store import LocalStateStore
from iacctl_state.document import OutputState, StateDocument
from iacctl_state.filesystem import FileSystem
from iacctl_state.journal import log
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager

from .disks import Disk, FailingFileSystem, PowerCut
from .samples import PROVIDER, key, text, thing

APPLY = LockRequest("OperationTypeApply")
World = set[str]


@pytest.fixture(autouse=True)
def no_flushing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal's thread would make the number of calls a matter of chance."""
    monkeypatch.setattr(log, "_PAUSE", 1000.0)


class QuietStore(LocalStateStore):
    """A store without the lock's record, which is no part of what must survive."""

    def _write_info(self, info: object) -> None:
        return

    def holder(self) -> None:
        return None


def manager(fs: FileSystem, folder: str = "/disk") -> StateManager:
    paths = LocalPaths("terraform.tfstate", "terraform.tfstate", "terraform.tfstate.backup")
    return StateManager(QuietStore("default", paths, folder=folder, fs=fs), fs=fs)


def prepare(fs: FileSystem, folder: str = "/disk") -> World:
    """A state with objects of some size, so that a write has several blocks."""
    state = manager(fs, folder)
    document = state.read()
    world = set()
    for name in ("a", "b", "d", "e"):
        document.set_object(key(name), None, thing(f"{name}-1", name * 700), provider=PROVIDER)
        world.add(f"{name}-1")
    state.persist(document)
    return world


def story(fs: FileSystem, world: World, folder: str = "/disk", *, grow: bool = True, is_over: bool = True) -> None:
    """An apply: create, update, delete, replace either way, outputs, a failure, progress, a checkpoint."""
    state = manager(fs, folder)
    state.lock(APPLY)
    state.read()
    recorder = state.begin()
    try:
        intent = recorder.intent(key("c"), 0, action="create", provider=PROVIDER, planned={"input": 1}, token="tok")
        world.add("c-1")
        recorder.set_object(key("c"), 0, thing("c-1", "c" * 900 if grow else "c"), provider=PROVIDER, intent=intent)

        intent = recorder.intent(key("a"), None, action="update", provider=PROVIDER)
        recorder.set_object(
            key("a"), None, thing("a-1", "new" * (500 if grow else 1)), provider=PROVIDER, intent=intent
        )

        intent = recorder.intent(key("b"), None, action="delete", provider=PROVIDER)
        world.discard("b-1")
        recorder.remove_object(key("b"), None, intent=intent)

        deposed = recorder.depose(key("d"), None, "0000000d")
        intent = recorder.intent(key("d"), None, action="create", provider=PROVIDER)
        world.add("d-2")
        recorder.progress(intent, thing("d-2", "half"))
        recorder.commit()
        recorder.set_object(key("d"), None, thing("d-2"), provider=PROVIDER, intent=intent)
        recorder.checkpoint()
        intent = recorder.intent(key("d"), None, action="delete", provider=PROVIDER, deposed=deposed)
        world.discard("d-1")
        recorder.remove_object(key("d"), None, deposed, intent=intent)

        first = recorder.submit_intent(key("f"), "one", action="create", provider=PROVIDER)
        second = recorder.submit_intent(key("f"), "two", action="create", provider=PROVIDER)
        recorder.commit()
        world.add("f-1")
        recorder.set_object(key("f"), "one", thing("f-1"), provider=PROVIDER, intent=first)
        recorder.resolve(second)  # failed: nothing was made
        recorder.set_object(key("g"), None, thing("no-effects"), provider=PROVIDER)
        recorder.set_output("o", OutputState("x", "string"))
        recorder.set_check_results([{"object_kind": "check"}])
        if is_over:
            recorder.finish()
            state.unlock()
    finally:
        if isinstance(fs, Disk) and fs.is_dead:
            _end_thread(recorder)


def _end_thread(recorder: object) -> None:
    """A power cut ends all threads; an exception in a test does not."""
    journal = recorder._journal  # type: ignore[attr-defined]
    journal._stop()


def names_all(document: StateDocument, unresolved: set[str], world: World) -> set[str]:
    """The world's objects that neither the state nor an unresolved intent names."""
    held = {obj.object.attributes["id"] for obj in document.objects() if obj.object.attributes}
    return {ident for ident in world if ident not in held and ident.split("-")[0] not in unresolved}


def look(fs: FileSystem, folder: str = "/disk") -> tuple[StateDocument, set[str]]:
    """The next command: what it finds, and which resources have an unresolved creation."""
    state = manager(fs, folder)
    state.lock(APPLY)
    document = state.read()
    unresolved = {item.intent.key[3] for item in state.recovered.unresolved} if state.recovered else set()
    state.unlock()
    return document, unresolved


def check(fs: FileSystem, world: World, where: str, folder: str = "/disk") -> None:
    before = manager(fs, folder).read()  # without the lock nothing is changed, but the same is seen
    document, unresolved = look(fs, folder)
    assert not names_all(document, unresolved, world), where
    assert _content(before) == _content(document), where
    again, still_unresolved = look(fs, folder)
    assert (_content(again), still_unresolved) == (_content(document), unresolved), where
    for name in ("a", "e"):
        assert document.object(key(name), None) is not None, where


def _content(document: StateDocument) -> str:
    return text(document).partition('"outputs"')[2]


def count_calls(tell: Callable[[Disk], None]) -> int:
    disk = Disk()
    prepare(disk)
    before = disk.changes
    tell(disk)
    return disk.changes - before


@pytest.mark.parametrize("grow", [True, False])
def test_a_power_cut_at_any_call_loses_nothing(grow: bool) -> None:
    dice = random.Random(1)
    calls = count_calls(lambda disk: story(disk, set(), grow=grow))
    assert calls > 40
    for point in range(calls):
        for variant in (0, 1, 2, 2, 2):
            disk = Disk()
            world = prepare(disk)
            disk = disk.after_crash(1, dice)
            disk.cut_at = point
            with pytest.raises(PowerCut):
                story(disk, world, grow=grow)
            check(disk.after_crash(variant, dice), world, f"call {point}, variant {variant}")


def test_a_power_cut_during_recovery_loses_nothing() -> None:
    dice = random.Random(2)
    calls = count_calls(lambda disk: story(disk, set()))
    for point in range(calls):
        disk = Disk()
        world = prepare(disk)
        disk = disk.after_crash(1, dice)
        disk.cut_at = point
        with pytest.raises(PowerCut):
            story(disk, world)
        broken = disk.after_crash(1, dice)
        second = 0
        while True:
            disk = broken.after_crash(1, dice)
            disk.cut_at = second
            try:
                look(disk)
            except PowerCut:
                check(disk.after_crash(dice.randrange(3), dice), world, f"call {point}, then {second}")
                second += 1
            else:
                break
        disk.cut_at = None
        check(disk, world, f"call {point}, recovered")


def test_a_first_apply_is_as_safe() -> None:
    """Without a state file before, and without a lock on it."""

    def first(disk: Disk, world: World) -> None:
        state = manager(disk)
        state.read()
        recorder = state.begin()
        try:
            for name in ("a", "e"):
                intent = recorder.intent(key(name), None, action="create", provider=PROVIDER)
                world.add(f"{name}-1")
                recorder.set_object(key(name), None, thing(f"{name}-1"), provider=PROVIDER, intent=intent)
            recorder.finish()
        finally:
            if disk.is_dead:
                _end_thread(recorder)

    disk = Disk()
    first(disk, set())
    dice = random.Random(3)
    for point in range(disk.changes):
        for variant in (0, 1, 2):
            disk = Disk(cut_at=point)
            world: World = set()
            with pytest.raises(PowerCut):
                first(disk, world)
            after = disk.after_crash(variant, dice)
            document, unresolved = look(after)
            assert not names_all(document, unresolved, world), (point, variant)


class ToldWorld(set[str]):
    """The world of a child process, told to its parent line by line."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor = descriptor

    def add(self, ident: str) -> None:
        os.write(self.descriptor, f"+{ident}\n".encode())

    def discard(self, ident: str) -> None:
        os.write(self.descriptor, f"-{ident}\n".encode())


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    """With real files, real locks and SIGKILL; half of a write is done when it comes."""
    counting = FailingFileSystem()
    folder = str(tmp_path)
    prepare(counting, folder)
    before = counting.changes
    story(counting, set(), folder)
    for point in range(counting.changes - before):
        for file in tmp_path.iterdir():
            file.unlink()
        world = prepare(FailingFileSystem(), folder)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - ends with SIGKILL
            try:
                story(FailingFileSystem(point, None), ToldWorld(writer), folder)
            finally:
                os._exit(1)
        os.close(writer)
        with open(reader) as told:
            for line in told.read().split():
                (world.add if line[0] == "+" else world.discard)(line[1:])
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, point
        check(FailingFileSystem(), world, f"call {point}", folder)
        left = {file.name for file in tmp_path.iterdir()}
        allowed = {"terraform.tfstate", "terraform.tfstate.backup"}
        partial = {".terraform.tfstate.iacctl-journal.new", ".terraform.tfstate.backup.iacctl-new"}
        assert left - allowed - partial <= {".terraform.tfstate.iacctl-journal"}, point
