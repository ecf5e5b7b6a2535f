"""The states of a test file: each run works with the one that its key names, and what cannot be cleaned up stays on disk."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH103, PTH106, PTH107, PTH118, PTH120

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iacctl_state.backends.local import LocalPaths
from iacctl_state.backends.local_store import LocalStateStore
from iacctl_state.document import StateDocument
from iacctl_state.manager import StateManager

if TYPE_CHECKING:
    from iacctl.config.test_files.model import TestRun
    from iacctl.testing.results import RunResult
    from iacctl_state.recorder import StateRecorder

FOLDER: Final = "test"
"""The folder in the data folder where the states of tests are while these run, and where left-overs stay."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH: Final = 8


class TestState:
    """One state.

    Args:
        folder: where its file is to be.

    Attributes:
        document: what it holds, as of the last apply's end.
        planned: addresses of the objects that the apply under way is to create.
        last: the run that was the last to change it; None as long as none has.
    """

    __slots__ = ("_folder", "_manager", "_recorder", "document", "last", "planned")
    __test__ = False

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._manager: StateManager | None = None
        self._recorder: StateRecorder | None = None
        self.planned: list[str] = []
        self.document = StateDocument()
        self.last: RunResult | None = None

    def begin(self) -> StateRecorder:
        """Open the journal for an apply. From now on a run that is killed leaves the state on disk.

        Raises:
            StateError: it cannot be written.
        """
        if self._manager is None:
            from random import choices

            os.makedirs(self._folder, exist_ok=True)
            name = "".join(choices(_LETTERS, k=_LENGTH)) + ".tfstate"
            path = os.path.join(self._folder, name)
            self._manager = StateManager(LocalStateStore("default", LocalPaths(path, path, "")))
            self._manager.read()
        self._recorder = self._manager.begin()
        return self._recorder

    def finish(self, recorder: StateRecorder) -> None:
        """Store what an apply has recorded.

        Raises:
            StateError: it cannot be stored.
        """
        self.document = recorder.finish()
        self._recorder = None
        self.planned = []

    @property
    def path(self) -> str:
        """The state's file; empty if there is none."""
        return "" if self._manager is None else self._manager.store.description

    def left(self) -> list[tuple[str, str]]:
        """Addresses of the managed objects that it holds, each with its deposed key or an empty text."""
        from iacctl.plan.planning import resource_of

        document = self.document if self._recorder is None else self._recorder.snapshot()
        found = [
            (resource_of(item.resource.key).instance(item.instance_key), item.deposed or "")
            for item in document.objects()
            if item.resource.mode == "managed"
        ]
        return [(str(address), deposed) for address, deposed in sorted(found, key=lambda one: (one[0].order(), one[1]))]

    def discard(self) -> None:
        """Remove the file, as nothing is left that it would be needed for."""
        path = self.path
        if path:
            for name in (path, self._manager.store.journal_path if self._manager is not None else ""):
                if name and os.path.exists(name):  # noqa: PTH110
                    os.remove(name)
            try:
                os.rmdir(os.path.dirname(path))
            except OSError:
                return  # others are in it


class FileStates:
    """The states of one test file, by key.

    Args:
        folder: where the files are to be.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._states: dict[str, TestState] = {}

    def of(self, run: TestRun) -> TestState:
        """The state that a run works with."""
        key = state_key(run)
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = TestState(self._folder)
        return found

    def held(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """For each state that holds objects its key, its file and the objects."""
        return [(key, state.path, left) for key, state in self._states.items() if (left := state.left())]

    def used(self) -> list[TestState]:
        """The states that runs have changed."""
        return [state for state in self._states.values() if state.last is not None]

    def discard(self) -> None:
        """Remove the files of all states that hold no objects."""
        for state in self._states.values():
            if not state.left():
                state.discard()


def state_key(run: TestRun) -> str:
    """The key of a run's state: the one it names, or else the module that it runs."""
    if run.state_key is not None:
        return run.state_key
    return "" if run.module is None else run.module.source.text
