"""What a backend is: a place that keeps one state per workspace, with locks.

Stores deal in bytes. Parsing, serials, lineage, journals and encryption stand above them, in
:mod:`iacctl_state.manager`, and are the same for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from iacctl_state.locks import LockInfo, LockRequest

DEFAULT_WORKSPACE: Final = "default"


class StoredState(NamedTuple):
    """A state as stored."""

    content: bytes
    version: str
    """Identifies this content, so that a later write can tell whether it was changed in between: a digest, an ETag."""


class StateStore(Protocol):
    """The state of one workspace."""

    @property
    def workspace(self) -> str:
        """The workspace's name."""

    @property
    def description(self) -> str:
        """Where the state is, for messages: a path, a URL."""

    @property
    def journal_path(self) -> str:
        """The local file that journals changes of this state."""

    @property
    def is_local(self) -> bool:
        """Whether the state lives as long as the journal: then no checkpoints are needed during an apply."""

    @property
    def lock_id(self) -> str | None:
        """The lock we hold, if we do."""

    def read(self) -> StoredState | None:
        """The state now, ``None`` when there is none.

        Raises:
            StorageError: It could not be read.
        """

    def write(self, content: bytes, *, expected: str | None, backup: bool) -> str:
        """Replace the state, so that a crash leaves the old or the new one.

        Args:
            content: The new document.
            expected: The version that must still be there, "" for none at all; ``None`` does not check.
            backup: Whether the backend should keep what was there before, if it keeps backups by itself.

        Returns:
            The new version.

        Raises:
            ConflictError: Something else has written since.
            StorageError: It could not be written; the old state is still there, or recoverable.
        """

    def lock(self, request: LockRequest) -> str:
        """Take the lock, waiting as the request says.

        Returns:
            The lock's ID.

        Raises:
            LockHeldError: Somebody else holds it, still after the time given.
            LockError: The lock could not be taken for another reason.
        """

    def unlock(self) -> None:
        """Give back the lock taken by this store; nothing happens when there is none.

        Raises:
            LockError: It could not be given back.
        """

    def force_unlock(self, lock_id: str) -> None:
        """Break the lock with this ID, whoever holds it.

        Raises:
            LockError: There is no such lock, or this backend cannot break locks.
        """

    def holder(self) -> LockInfo | None:
        """Who holds the lock, as far as the backend knows."""


class Backend(Protocol):
    """A configured backend."""

    @property
    def type(self) -> str:
        """Its name in configurations: ``local``, ``s3``."""

    @property
    def has_workspaces(self) -> bool:
        """Whether there can be other workspaces than ``default``."""

    def workspaces(self) -> list[str]:
        """The names of all workspaces: ``default`` first, the others in order."""

    def create_workspace(self, name: str) -> None:
        """Create a workspace.

        Raises:
            WorkspaceError: It exists, or its name is not allowed.
        """

    def delete_workspace(self, name: str) -> None:
        """Delete a workspace with its state, without asking what is in it.

        Raises:
            WorkspaceError: There is none, or it is ``default``.
        """

    def state(self, workspace: str) -> StateStore:
        """The store of a workspace's state; the workspace need not exist yet."""
