"""Mentions now and then what takes long."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, Final

from iacctl.diag.events import ObjectFailed, ObjectFinished, ObjectProgress, ObjectStarted

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.diag.events import Event

PERIOD: Final = 10.0
"""Seconds after which a change that takes long is mentioned, and mentioned again."""


class _Running:
    """A change that goes on: the event it began with, when that was, and when to mention it next."""

    __slots__ = ("due", "event", "since")

    def __init__(self, event: ObjectStarted, since: float) -> None:
        self.event = event
        self.since = since
        self.due = since + PERIOD


class Heartbeat:
    """Emits an `ObjectProgress` every ten seconds for each change that goes on.

    Args:
        listener: takes the events, in a thread of their own.
    """

    def __init__(self, listener: Callable[[ObjectProgress], None]) -> None:
        self._listener = listener
        self._running: dict[tuple[str, str | None], _Running] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def observe(self, event: Event) -> None:
        """Take note of an event; any thread may call it."""
        kind = type(event)
        if kind is ObjectStarted:
            assert isinstance(event, ObjectStarted)
            with self._changed:
                self._running[event.address, event.deposed] = _Running(event, monotonic())
                if self._thread is None:
                    self._thread = threading.Thread(target=self._watch, name="heartbeat", daemon=True)
                    self._thread.start()
        elif kind is ObjectFinished or kind is ObjectFailed:
            assert isinstance(event, ObjectFinished | ObjectFailed)
            with self._changed:
                self._running.pop((event.address, event.deposed), None)

    def running(self) -> list[tuple[ObjectStarted, float]]:
        """What goes on, the oldest first: the event each began with and the seconds since."""
        now = monotonic()
        with self._changed:
            return [(item.event, now - item.since) for item in self._running.values()]

    def close(self) -> None:
        """Forget what goes on; a new event begins it all again."""
        with self._changed:
            self._running.clear()
            self._thread = None
            self._changed.notify_all()

    def _watch(self) -> None:
        me = threading.current_thread()
        while True:
            with self._changed:
                if self._thread is not me:
                    return
                now = monotonic()
                late = [item for item in self._running.values() if item.due <= now]
                for item in late:
                    item.due += PERIOD
                if not late:
                    first = min((item.due for item in self._running.values()), default=now + PERIOD)
                    self._changed.wait(first - now)
                    continue
            for item in late:
                event = item.event
                self._listener(ObjectProgress(event.address, event.action, now - item.since, event.id_key, event.id))
