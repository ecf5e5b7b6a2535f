"""What still runs, redrawn below the lines of progress while somebody watches."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.live import Live

    from iacctl.diag.events import ObjectStarted
    from iacctl.views.terminal import Terminal

_PATIENCE: Final = 1.0
"""Seconds that something must take before it is worth being shown."""
_SHOWN: Final = 8
"""How many running changes are shown at once."""
_WORDS: Final = {
    "create": "creating",
    "update": "modifying",
    "delete": "destroying",
    "read": "reading",
    "open": "opening",
    "renew": "renewing",
    "close": "closing",
}


class LiveStatus:
    """A few lines at the bottom of the terminal that say what has been running for how long.

    rich, which draws them, is loaded only once something takes longer than a second.

    Args:
        terminal: whose standard output is a terminal.
        running: gives what runs: the event it began with, and the seconds since.
    """

    def __init__(self, terminal: Terminal, running: Callable[[], list[tuple[ObjectStarted, float]]]) -> None:
        self._terminal = terminal
        self._running = running
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._live: Live | None = None
        self._thread = threading.Thread(target=self._watch, name="live status", daemon=True)
        self._thread.start()

    def print(self, text: str) -> None:
        """Print lines above the status."""
        with self._lock:
            if self._live is None:
                self._terminal.print(text)
            else:
                from rich.text import Text

                self._live.console.print(Text.from_ansi(text.removesuffix("\n")), soft_wrap=True)

    def close(self) -> None:
        """Take the status away."""
        self._ended.set()
        self._thread.join()
        with self._lock:
            if self._live is not None:
                self._live.stop()
                self._live = None

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            found = [(event, seconds) for event, seconds in self._running() if seconds >= _PATIENCE]
            with self._lock:
                if self._live is None and found:
                    self._live = self._start()
                if self._live is not None:
                    self._live.update(self._lines(found), refresh=True)

    def _start(self) -> Live:
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self._terminal.out, no_color=not self._terminal.color, highlight=False, markup=False)
        live = Live(console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False)
        live.start()
        return live

    def _lines(self, found: list[tuple[ObjectStarted, float]]) -> str:
        from iacctl.views.human.progress import duration

        lines = [
            f"  {event.address}: {_WORDS.get(event.action, event.action)} for {duration(int(seconds))}"
            for event, seconds in found[:_SHOWN]
        ]
        if len(found) > _SHOWN:
            lines.append(f"  and {len(found) - _SHOWN} more")
        return "\n".join(lines)
