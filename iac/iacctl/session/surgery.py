"""Changing a state by hand: under its lock, with a backup, as a whole or not at all."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH110, PTH118

from __future__ import annotations

import os
import time
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from iacctl.diag import DiagnosticError
from iacctl.session.workdir import explain
from iacctl_state.backends.local import BACKUP_SUFFIX, NO_BACKUP, LocalBackend, LocalOverrides
from iacctl_state.document import new_lineage
from iacctl_state.errors import StateError
from iacctl_state.writer import content, serialize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.session.session import Session
    from iacctl_state.document import StateDocument


class PushError(Exception):
    """A state may not take another's place."""


@contextmanager
def opened(
    session: Session, operation: str, *, lock: bool = True, timeout: float = 0.0, timestamped: bool = True
) -> Iterator[StateDocument]:
    """Give the state out to be changed, and store it at the end, if nothing is raised and anything was changed.

    The local backend keeps what was there before in a file of its own, whose name has the time in it.

    Args:
        session: whose state. Its overrides of the local backend say where it is and where the backup goes.
        operation: what for, for the lock's record.
        lock: whether to lock the state.
        timeout: seconds to wait for the lock.
        timestamped: whether every backup gets a file of its own, or all share one.

    Raises:
        DiagnosticError: the state is locked, or cannot be read or written.
    """
    backend = session.backend()
    if timestamped and isinstance(backend, LocalBackend):
        _keep_every_backup(session, backend)
    with session.lock(operation, timeout=timeout) if lock else nullcontext():
        document = session.state()
        yield document
        try:
            session.manager().persist(document)
        except StateError as error:
            raise DiagnosticError(explain(error)) from None


def push(session: Session, document: StateDocument, *, force: bool, lock: bool, timeout: float) -> None:
    """Put another document in the state's place.

    Args:
        session: whose state.
        document: what it is to be.
        force: also if it is no later version of what is there.
        lock: whether to lock the state.
        timeout: seconds to wait for the lock.

    Raises:
        DiagnosticError: the state is locked, or cannot be read or written.
        PushError: the document is no later version of what is there.
    """
    with session.lock("state-push", timeout=timeout) if lock else nullcontext():
        current = session.state()
        changed = content(document) != content(current)
        if not force:
            _require_later(document, current, changed=changed)
        document.lineage = document.lineage or current.lineage or new_lineage()
        if changed and current.lineage:
            document.serial += 1
        try:
            session.manager().store.write(serialize(document), expected=None, backup=True)
        except StateError as error:
            raise DiagnosticError(explain(error)) from None


def _require_later(document: StateDocument, current: StateDocument, *, changed: bool) -> None:
    """Refuse what is no later version of the current state, in Terraform's words."""
    if document.lineage and current.lineage and document.lineage != current.lineage:
        raise PushError(
            f'cannot import state with lineage "{document.lineage}" over unrelated state with lineage "{current.lineage}"'
        )
    if document.serial < current.serial:
        raise PushError(
            f"cannot import state with serial {document.serial} over newer state with serial {current.serial}"
        )
    if document.serial == current.serial and changed and current.lineage:
        raise PushError(
            f"cannot overwrite existing state with serial {document.serial} with a different state that has the same serial"
        )


def exists(session: Session) -> bool:
    """Whether there is any state.

    Raises:
        DiagnosticError: it cannot be read.
    """
    state = session.state()
    return not state.is_empty or bool(state.lineage)


def _keep_every_backup(session: Session, backend: LocalBackend) -> None:
    overrides = session.overrides or LocalOverrides()
    if overrides.backup and overrides.backup != NO_BACKUP:
        return
    path = backend.paths(session.workspace()).write
    second = int(time.time())
    while os.path.exists(os.path.join(session.workdir.folder, name := f"{path}.{second}{BACKUP_SUFFIX}")):
        second += 1
    session.overrides = overrides._replace(backup=name)
    assert session.backend_config is not None
    session.use_backend(session.backend_config.open(session.workdir.folder, session.overrides))
