"""What backends have in common whose states are not on this machine."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl_state import workspaces
from iacctl_state.backends.port import DEFAULT_WORKSPACE
from iacctl_state.digest import digest
from iacctl_state.errors import WorkspaceError

if TYPE_CHECKING:
    from iacctl_state.backends.port import Backend, StateStore


def create_workspace(backend: Backend, name: str) -> None:
    """Create a workspace with an empty state, under its lock.

    Raises:
        WorkspaceError: It exists, or its name is not allowed.
        LockError: It cannot be locked.
        StateError: It cannot be read or written.
    """
    workspaces.check_name(name)
    store = backend.state(name)
    _require_new(store, name)
    from iacctl_state.document import StateDocument, new_lineage
    from iacctl_state.locks import LockRequest
    from iacctl_state.writer import serialize

    store.lock(LockRequest("init"))
    try:
        _require_new(store, name)  # somebody may have made it while the lock was waited for
        store.write(serialize(StateDocument(lineage=new_lineage())), expected=None, backup=False)
    finally:
        store.unlock()


def _require_new(store: StateStore, name: str) -> None:
    if name == DEFAULT_WORKSPACE or store.read() is not None:
        raise WorkspaceError(f'Workspace "{name}" already exists')


def check_deletable(name: str) -> None:
    """Refuse to delete what cannot be deleted.

    Raises:
        WorkspaceError: It is the default workspace, or no name of a workspace.
    """
    workspaces.check_name(name)
    if name == DEFAULT_WORKSPACE:
        raise WorkspaceError("Cannot delete the default workspace", "can't delete default state")


def journal_path(folder: str, description: str) -> str:
    """Where changes of a state are journaled: in the working folder, under a name made of where the state is."""
    return os.path.join(folder, f".iacctl-{digest(description.encode())[:16]}.journal")
