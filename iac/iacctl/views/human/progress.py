"""What goes on while objects are read and changed, a line an event."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, Final

from iacctl.diag import events
from iacctl.views.human.style import style

if TYPE_CHECKING:
    from iacctl.diag.events import Event
    from iacctl.views.terminal import Terminal

_PERIOD: Final = 10.0
"""Seconds after which a change that takes long is mentioned again."""

_VERBS: Final = {
    "create": ("Creating...", "Still creating...", "Creation complete after"),
    "update": ("Modifying...", "Still modifying...", "Modifications complete after"),
    "delete": ("Destroying...", "Still destroying...", "Destruction complete after"),
    "read": ("Reading...", "Still reading...", "Read complete after"),
}


class Progress:
    """Prints events as Terraform does.

    Attributes:
        counts: how many objects were created, updated and deleted.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.counts = {"create": 0, "update": 0, "delete": 0}
        self._terminal = terminal
        self._running: dict[tuple[str, str | None], tuple[float, events.ObjectStarted]] = {}
        self._lock = threading.Lock()
        self._ticker: threading.Thread | None = None
        self._closed = threading.Event()

    def event(self, event: Event) -> None:
        """Show an event; any thread may call it."""
        if isinstance(event, events.RefreshStarted):
            self._line(event.address, event.deposed, f"Refreshing state...{_id(event.id_key, event.id)}")
        elif isinstance(event, events.ObjectStarted):
            self._started(event)
        elif isinstance(event, events.ObjectFinished):
            self._ended(event.address, event.deposed)
            if event.action in self.counts:
                self.counts[event.action] += 1
            elapsed = round(event.elapsed)
            found = "" if event.action == "delete" else _id(event.id_key, event.id)
            self._line(event.address, event.deposed, f"{_VERBS[event.action][2]} {_duration(elapsed)}{found}")
        elif isinstance(event, events.ObjectFailed):
            self._ended(event.address, event.deposed)

    def close(self) -> None:
        """Stop mentioning what still runs."""
        self._closed.set()

    def _started(self, event: events.ObjectStarted) -> None:
        found = _id(event.id_key, event.id) if event.action in ("update", "delete") else ""
        self._line(event.address, event.deposed, f"{_VERBS[event.action][0]}{found}")
        with self._lock:
            self._running[event.address, event.deposed] = (monotonic(), event)
            if self._ticker is None and not self._closed.is_set():
                self._ticker = threading.Thread(target=self._tick, name="progress", daemon=True)
                self._ticker.start()

    def _ended(self, address: str, deposed: str | None) -> None:
        with self._lock:
            self._running.pop((address, deposed), None)

    def _tick(self) -> None:
        mentioned: dict[tuple[str, str | None], float] = {}
        while not self._closed.wait(0.5):
            now = monotonic()
            with self._lock:
                running = list(self._running.items())
            for key, (since, event) in running:
                if now - mentioned.get(key, since) >= _PERIOD:
                    mentioned[key] = now
                    elapsed = int(now - since)
                    found = f"{event.id_key}={event.id}, " if event.id else ""
                    text = f"{_VERBS[event.action][1]} [{found}{_clock(elapsed)} elapsed]"
                    self._line(event.address, event.deposed, text)

    def _line(self, address: str, deposed: str | None, text: str) -> None:
        look = style(self._terminal.color)
        where = f"{address} (deposed object {deposed})" if deposed else address
        self._terminal.print(f"{look.reset}{look.bold}{where}: {text}{look.reset}\n")


def _id(key: str, value: str) -> str:
    return f" [{key}={value}]" if value else ""


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02}m{seconds % 60:02}s"


def _duration(seconds: int) -> str:
    """Seconds as Go prints a duration that was rounded to them."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours}h{minutes}m{left}s"
    return f"{minutes}m{left}s" if minutes else f"{left}s"
