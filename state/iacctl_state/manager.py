"""One workspace's state from reading to writing: parsing, recovery, serials and lineage, whatever the backend.

A command opens a :class:`StateManager` on a store, takes the lock, reads, and then either changes the document and
calls :meth:`StateManager.persist` (surgery), or runs an apply through :meth:`StateManager.begin` (journaled).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from iacctl_state.digest import digest
from iacctl_state.document import StateDocument, new_lineage
from iacctl_state.errors import ConflictError
from iacctl_state.filesystem import REAL
from iacctl_state.reader import parse
from iacctl_state.writer import content, serialize

if TYPE_CHECKING:
    from iacctl_state.backends.port import StateStore
    from iacctl_state.filesystem import FileSystem
    from iacctl_state.journal import records
    from iacctl_state.journal.log import Journal
    from iacctl_state.journal.recovery import Merge, UnresolvedIntent
    from iacctl_state.locks import LockRequest
    from iacctl_state.recorder import StateRecorder


class Prepared(NamedTuple):
    """A document on its way to the store."""

    data: bytes
    document: StateDocument
    is_changed: bool
    """Whether more differs than what nobody looks at."""
    journal: Journal | None


class StateManager:
    """The state of one workspace.

    Args:
        store: Where it is stored.
        fs: The filesystem of the journal.
    """

    def __init__(self, store: StateStore, *, fs: FileSystem = REAL) -> None:
        self.store = store
        self.recovered: Merge | None = None
        """What the last :meth:`read` made of a leftover journal; ``None`` when there was none."""
        self._fs = fs
        self._version = ""  # of the stored state
        self._stored: StateDocument | None = None  # as stored; never changed
        self._was_read = False

    # -- lock ---------------------------------------------------------------------------------------------------

    def lock(self, request: LockRequest) -> str:
        """Take the state's lock; see :meth:`~iacctl_state.backends.port.StateStore.lock`."""
        return self.store.lock(request)

    def unlock(self) -> None:
        """Give the lock back, if it is held."""
        self.store.unlock()

    # -- reading ------------------------------------------------------------------------------------------------

    def read(self) -> StateDocument:
        """The state now, with the results of an interrupted apply in it.

        Under the lock those results are also stored, and the journal is brought up to date; without it nothing on
        disk changes. What happened is in :attr:`recovered`.

        Returns:
            A document of the caller's own; empty, without lineage, when there is no state yet.

        Raises:
            FormatError: The state cannot be understood.
            StorageError: It could not be read, or the recovered one not be stored.
            JournalError: There is a journal that cannot be merged.
        """
        self.recovered = None
        if self._fs.stat(self.store.journal_path) is None:
            document = self._load()
            return StateDocument() if document is None else document.snapshot()
        from iacctl_state.journal import log, recovery

        if self.store.lock_id is None:
            leftover = log.peek(self.store.journal_path, fs=self._fs)
            document = self._load()
            if leftover is not None:
                self.recovered = recovery.merge(document, self._version, leftover, StateDocument())
                return self.recovered.document
            return StateDocument() if document is None else document.snapshot()
        journal = log.open_journal(self.store.journal_path, create=False, fs=self._fs)
        document = self._load()
        if journal is None:
            return StateDocument() if document is None else document.snapshot()
        try:
            recovered = self._settle(journal, document)
        except BaseException:
            journal.close()
            raise
        if recovered is not None and recovered.unresolved:
            journal.close()
        else:
            journal.remove()
        if recovered is not None:
            return recovered.document.snapshot()
        return StateDocument() if document is None else document.snapshot()

    def _load(self) -> StateDocument | None:
        stored = self.store.read()
        self._version = stored.version if stored is not None else ""
        self._stored = parse(stored.content) if stored is not None else None
        self._was_read = True
        return self._stored

    def _settle(self, journal: Journal, document: StateDocument | None) -> Merge | None:
        """Merge a leftover journal, store the result, and begin the journal anew with what is unresolved."""
        from iacctl_state.journal import recovery

        if journal.content is None:
            return None
        merged = recovery.merge(document, self._version, journal.content, StateDocument())
        self.recovered = merged
        if merged.changed:
            self.save(merged.document, journal)
        if merged.unresolved:
            journal.restart(self.header(merged.document), recovery.carried(merged.unresolved))
        return merged

    # -- writing ------------------------------------------------------------------------------------------------

    def persist(self, document: StateDocument) -> bool:
        """Store a document: crash-safe, with Terraform's rules for lineage and serial.

        A first write gives the state its lineage; the serial goes up by one when outputs, resources or check results
        differ from what is stored. Both are set on ``document``.

        Returns:
            Whether anything was written.

        Raises:
            ConflictError: The state is another one by now.
            StorageError: It could not be written; the old state is still there, or recoverable.
        """
        return self.save(document, None)

    def begin(self) -> StateRecorder:
        """Open the journal for an apply on the document that was read last, merging a leftover one first.

        Until the recorder's end nothing else may store this state through the manager.

        Raises:
            JournalBusyError: Another apply is running, even where the state is not locked.
            JournalError: There is a journal that cannot be merged.
            StorageError: The journal cannot be written.
        """
        from iacctl_state.journal import log, recovery
        from iacctl_state.recorder import StateRecorder

        journal = log.open_journal(self.store.journal_path, create=True, fs=self._fs)
        if journal is None:
            raise AssertionError("a journal that may be created is never missing")
        try:
            unresolved: tuple[UnresolvedIntent, ...] = ()
            if journal.content is not None:
                merged = self._settle(journal, self._load())
                unresolved = merged.unresolved if merged is not None else ()
                document = merged.document.snapshot() if merged is not None else StateDocument()
            else:
                stored = self._stored if self._was_read else self._load()
                document = StateDocument() if stored is None else stored.snapshot()
            if not document.lineage:
                document.lineage = new_lineage()
            journal.restart(self.header(document), recovery.carried(unresolved))
        except BaseException:
            journal.close()
            raise
        return StateRecorder(self, journal, document, unresolved)

    def header(self, document: StateDocument) -> records.Header:
        """The header of a journal that begins with a document, the stored one: for the recorder."""
        from iacctl_state.journal import records

        return records.Header(
            records.FORMAT,
            document.lineage,
            document.serial,
            self._version,
            self.store.workspace,
            time.time(),
        )

    def save(self, document: StateDocument, journal: Journal | None) -> bool:
        """As :meth:`persist`; where there is a journal, it learns first what will be in the store."""
        prepared = self.prepare(document, journal)
        if prepared is None:
            return False
        self.store_prepared(prepared)
        return True

    def prepare(self, document: StateDocument, journal: Journal | None) -> Prepared | None:
        """Do all of :meth:`save` but the storing; ``None`` when there is nothing to store.

        What the journal is told after this is not in the document that is stored.
        """
        stored = self._stored
        if stored is not None and stored.lineage and document.lineage and stored.lineage != document.lineage:
            raise ConflictError(
                "State lineage mismatch",
                f'The state to be written has lineage "{document.lineage}", but the one at {self.store.description} '
                f'has lineage "{stored.lineage}": they are not versions of the same state.',
            )
        body = content(document)
        is_changed = stored is None or body != content(stored)
        document.lineage = document.lineage or (stored.lineage if stored is not None else "") or new_lineage()
        base = stored.serial if stored is not None else document.serial
        document.serial = base + 1 if is_changed else base
        data = serialize(document, body)
        version = digest(data)
        if version == self._version:
            return None
        if journal is not None:
            from iacctl_state.journal import records

            journal.append(records.Saved(version, document.serial))
        return Prepared(data, document.snapshot(), is_changed, journal)

    def store_prepared(self, prepared: Prepared) -> None:
        """Store what was prepared.

        Raises:
            ConflictError: The state is another one by now.
            StorageError: It could not be written; the old state is still there, or recoverable.
        """
        if prepared.journal is not None:
            prepared.journal.try_commit()  # if its disk is full, the more reason to store the state
        self._version = self.store.write(prepared.data, expected=self._version, backup=prepared.is_changed)
        self._stored = prepared.document
