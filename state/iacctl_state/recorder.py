"""The state during an apply: every change goes into the document and, at the same time, into the journal."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Final

from iacctl_state.errors import StateError, StorageError
from iacctl_state.journal import records, recovery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl_state.document import InstanceKey, Json, ObjectState, OutputState, ResourceKey, StateDocument
    from iacctl_state.journal.log import Journal
    from iacctl_state.journal.recovery import UnresolvedIntent
    from iacctl_state.manager import StateManager

JOURNAL_LIMIT: Final = 64 * 1024 * 1024
"""Bytes after which the journal is folded into the stored state."""

PERSIST_INTERVAL_SECONDS: Final = 20.0
"""How often a state that is not local is stored while an apply runs: its journal may be gone with this machine."""


class StateRecorder:
    """Records what an apply does. All methods may be called from any thread.

    Provider calls with effects outside are announced first: :meth:`intent`, or :meth:`submit_intent` for many and one
    :meth:`commit`. A provider without external effects needs no intents: just the results. Results return at once,
    and are flushed within moments.
    """

    def __init__(
        self, manager: StateManager, journal: Journal, document: StateDocument, unresolved: Iterable[UnresolvedIntent]
    ) -> None:
        """Use :meth:`StateManager.begin`."""
        self.document = document
        """The state as it is now. Other threads change it: take a :meth:`snapshot` to look at more than one object."""
        self._manager = manager
        self._journal = journal
        self._lock = threading.RLock()
        self._open: dict[str, recovery.UnresolvedIntent] = {item.intent.id: item for item in unresolved}
        self._run = os.urandom(5).hex()
        self._count = 0
        self._ended = False
        self._limit = JOURNAL_LIMIT
        self._changes = self._stored_changes = 0
        self._storing = threading.Lock()
        self._no_more = threading.Event()
        self._keeper: threading.Thread | None = None
        if not manager.store.is_local:
            self._keeper = threading.Thread(target=self._store_regularly, name="checkpoints", daemon=True)
            self._keeper.start()

    # -- intents ------------------------------------------------------------------------------------------------

    @property
    def unresolved(self) -> tuple[UnresolvedIntent, ...]:
        """The intents that have no result, those of earlier applies included."""
        with self._lock:
            return tuple(self._open.values())

    def intent(
        self,
        key: ResourceKey,
        instance_key: InstanceKey,
        *,
        action: str,
        provider: str,
        deposed: str | None = None,
        planned: Json = None,
        private: str | None = None,
        token: str | None = None,
    ) -> str:
        """Announce a provider call; returns when the announcement is durable, so that the call may go out.

        Args:
            key: The resource.
            instance_key: The instance.
            action: ``create``, ``update``, ``delete``, or another name for what the call does.
            provider: The provider configuration's address.
            deposed: The deposed key, for a call on a deposed object.
            planned: The planned values as JSON data.
            private: The planned private data, base64 text.
            token: The idempotency token that goes to the provider.

        Returns:
            The intent's id, for the result.

        Raises:
            StorageError: It could not be made durable: do not call the provider.
        """
        intent_id = self.submit_intent(
            key,
            instance_key,
            action=action,
            provider=provider,
            deposed=deposed,
            planned=planned,
            private=private,
            token=token,
        )
        try:
            self._journal.commit()
        except StorageError:
            self.resolve(intent_id)
            raise
        return intent_id

    def submit_intent(
        self,
        key: ResourceKey,
        instance_key: InstanceKey,
        *,
        action: str,
        provider: str,
        deposed: str | None = None,
        planned: Json = None,
        private: str | None = None,
        token: str | None = None,
        on_durable: Callable[[], None] | None = None,
        on_failure: Callable[[StorageError], None] | None = None,
    ) -> str:
        """Announce a provider call without waiting: it may go out after the next :meth:`commit`.

        Args:
            key: As in :meth:`intent`, like all the others.
            instance_key: The instance.
            action: What the call does.
            provider: The provider configuration's address.
            deposed: The deposed key.
            planned: The planned values.
            private: The planned private data.
            token: The idempotency token.
            on_durable: Called when the call may go out, from the thread that made the intent durable: it must be
                quick, not raise, and not call this recorder. With it no commit is needed.
            on_failure: Called instead, under the same rules, when the intent could not be made durable (the disk is
                full): do not call the provider, and :meth:`resolve` the intent. Without it ``on_durable`` comes as soon
                as there is room again.

        Returns:
            The intent's id.
        """
        with self._lock:
            self._count += 1
            intent_id = f"{self._run}-{self._count}"
            intent = records.Intent(
                intent_id, key, instance_key, deposed, action, provider, planned, private, token, time.time()
            )
            self._open[intent_id] = recovery.UnresolvedIntent(intent, None, False)
            self._journal.append(intent, on_durable, on_failure)
        return intent_id

    def commit(self) -> None:
        """Return when everything recorded before is durable; calls from many threads share one sync.

        Raises:
            StorageError: It could not be written. Intents submitted since the last commit do not count: resolve them.
        """
        self._journal.commit()

    def progress(self, intent_id: str, obj: ObjectState) -> None:
        """Record what a provider let know of its result so far: an id, private data.

        Should the apply end here, a new object is in the state, tainted, as after a failed creation.
        """
        with self._lock:
            item = self._open.get(intent_id)
            if item is not None:
                self._open[intent_id] = item._replace(object=obj)
                self._journal.append(records.Progress(intent_id, obj))

    def resolve(self, intent_id: str) -> None:
        """Record that an intent came to nothing, or that the user has dealt with it. Unknown ids are let pass."""
        with self._lock:
            if self._open.pop(intent_id, None) is not None:
                self._journal.append(records.Resolve(intent_id))

    # -- results ------------------------------------------------------------------------------------------------

    def set_object(
        self,
        key: ResourceKey,
        instance_key: InstanceKey,
        obj: ObjectState,
        *,
        provider: str,
        deposed: str | None = None,
        intent: str | None = None,
    ) -> None:
        """Record an object as it is now, and so resolve the intent, if there was one.

        Args:
            key: The resource.
            instance_key: The instance.
            obj: The object; immutable from now on.
            provider: The provider configuration's address.
            deposed: The deposed key, ``None`` for the current object.
            intent: The intent that this is the result of.
        """
        with self._lock:
            self.document.set_object(key, instance_key, obj, provider=provider, deposed=deposed)
            self._record(records.SetObject(key, instance_key, deposed, provider, obj, intent), intent)

    def remove_object(
        self, key: ResourceKey, instance_key: InstanceKey, deposed: str | None = None, *, intent: str | None = None
    ) -> None:
        """Record that an object is gone or forgotten, and so resolve the intent, if there was one."""
        with self._lock:
            self.document.remove_object(key, instance_key, deposed)
            self._record(records.RemoveObject(key, instance_key, deposed, intent), intent)

    def depose(self, key: ResourceKey, instance_key: InstanceKey, deposed: str | None = None) -> str | None:
        """Turn the current object into a deposed one; returns its key, ``None`` when there was no object."""
        with self._lock:
            chosen = self.document.depose(key, instance_key, deposed)
            if chosen is not None:
                self._record(records.Depose(key, instance_key, chosen))
            return chosen

    def restore_deposed(self, key: ResourceKey, instance_key: InstanceKey, deposed: str) -> bool:
        """Make a deposed object current again where there is no current one; tells whether it did."""
        with self._lock:
            restored = self.document.restore_deposed(key, instance_key, deposed)
            if restored:
                self._record(records.RestoreDeposed(key, instance_key, deposed))
            return restored

    def move_instance(
        self, key: ResourceKey, instance_key: InstanceKey, to: ResourceKey, to_instance_key: InstanceKey
    ) -> bool:
        """Put an instance with all its objects under another address, unless there is one; tells whether it did."""
        with self._lock:
            moved = self.document.move_instance(key, instance_key, to, to_instance_key)
            if moved:
                self._record(records.MoveInstance(key, instance_key, to, to_instance_key))
            return moved

    def set_output(self, name: str, output: OutputState | None) -> None:
        """Record an output value; ``None`` removes it."""
        with self._lock:
            if output is None:
                self.document.remove_output(name)
            else:
                self.document.set_output(name, output)
            self._record(records.SetOutput(name, output))

    def set_check_results(self, results: list[Json] | None) -> None:
        """Record the results of checks and conditions."""
        with self._lock:
            self.document.check_results = results
            self._record(records.SetChecks(results))

    def snapshot(self) -> StateDocument:
        """The state as it is now, unaffected by what follows."""
        with self._lock:
            return self.document.snapshot()

    def _store_regularly(self) -> None:
        """Store the state every now and then, without holding up what is recorded meanwhile."""
        interval = _persist_interval()
        while not self._no_more.wait(interval):
            self._store_now()

    def _store_now(self) -> None:
        with self._storing:
            with self._lock:
                if self._ended or self._changes == self._stored_changes:
                    return
                changes = self._changes
                prepared = self._manager.prepare(self.document.snapshot(), self._journal)
            try:
                if prepared is not None:
                    self._manager.store_prepared(prepared)
                self._stored_changes = changes
            except StateError:
                return  # everything is in the journal: the next time, or the end, will tell

    def store_soon(self) -> None:
        """Store a state that is not local as it is by now: an interrupt may be followed by the end of this machine."""
        if self._keeper is not None:
            threading.Thread(target=self._store_now, name="checkpoint", daemon=True).start()

    def _end_storing(self) -> None:
        """Wait until nothing is stored in the background any more."""
        self._no_more.set()
        if self._keeper is not None:
            self._keeper.join()

    def _record(self, record: records.Record, intent: str | None = None) -> None:
        self._changes += 1
        if intent is not None:
            self._open.pop(intent, None)
        self._journal.append(record)
        # (Who stores takes the other lock first: here it must not be waited for.)
        if self._journal.size > self._limit and self._storing.acquire(blocking=False):
            try:
                self._fold()
            except StateError:
                # Nothing is lost, as everything is in the journal: what is wrong will be told at the end.
                self._limit = 2 * self._journal.size
            finally:
                self._storing.release()

    # -- the end ------------------------------------------------------------------------------------------------

    def checkpoint(self) -> None:
        """Store the state as it is now, and begin the journal anew with the open intents.

        Raises:
            StorageError: It could not be stored; everything is still in the journal.
            ConflictError: The stored state is another one by now.
        """
        with self._storing, self._lock:
            self._fold()

    def _fold(self) -> None:
        self._manager.save(self.document, self._journal)
        self._journal.restart(self._manager.header(self.document), recovery.carried(self._open.values()))

    def finish(self) -> StateDocument:
        """Store the final state and remove the journal; unresolved intents stay in it.

        Returns:
            The state as stored.

        Raises:
            StorageError: It could not be stored. The journal is kept, and the next command merges it; the caller
                should also leave the document as :func:`~iacctl_state.errored.write_errored` does.
            ConflictError: The stored state is another one by now; the same holds.
        """
        self._end_storing()
        with self._storing, self._lock:
            if self._ended:
                return self.document
            self._ended = True
            try:
                self._manager.save(self.document, self._journal)
                if self._open:
                    header = self._manager.header(self.document)
                    self._journal.restart(header, recovery.carried(self._open.values()))
            except BaseException:
                self._journal.close()
                raise
            if self._open:
                self._journal.close()
            else:
                self._journal.remove()
            return self.document

    def abandon(self) -> None:
        """Close the journal and leave everything for recovery, as a crash would. Does nothing after the end."""
        self._end_storing()
        with self._lock:
            if not self._ended:
                self._ended = True
                self._journal.close()


def _persist_interval() -> float:
    """Seconds between checkpoints: TF_STATE_PERSIST_INTERVAL if it is a number of them, though at most the usual."""
    text = os.environ.get("TF_STATE_PERSIST_INTERVAL", "")
    try:
        return max(1.0, min(float(text), PERSIST_INTERVAL_SECONDS))
    except ValueError:
        return PERSIST_INTERVAL_SECONDS
