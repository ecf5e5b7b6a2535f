"""Telling now and then that something still goes on."""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PERIOD_SECONDS: Final = 2.0
"""How often, as Terraform does."""


class Pulse:
    """A context in which a function is called every two seconds with the seconds since its beginning.

    Args:
        tell: the function; called from a thread of its own.
    """

    def __init__(self, tell: Callable[[float], None]) -> None:
        self._tell = tell
        self._over = Event()
        self._thread = Thread(target=self._beat, name="test progress", daemon=True)

    def _beat(self) -> None:
        began = time.monotonic()
        while not self._over.wait(PERIOD_SECONDS):
            self._tell(time.monotonic() - began)

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
