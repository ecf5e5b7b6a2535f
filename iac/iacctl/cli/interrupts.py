"""Interrupts: the first ends an operation gracefully, the second at once."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from types import FrameType

    from iacctl.cli.prompts import Prompt
    from iacctl.session import Session


class Interruptible(Protocol):
    """The part of a view that is needed here."""

    def interrupted(self, times: int) -> None:
        """Say that an interrupt was received, and what is done about it."""

    def close(self) -> None:
        """End what is drawn while the operation runs."""


class Interrupts:
    """Takes notice of SIGINT and SIGTERM while an operation runs.

    A signal handler runs in the middle of whatever the main thread does, perhaps of printing: it must not print. So it
    only wakes a thread, which does.

    Args:
        session: whose operation is stopped.
        view: tells the user.
        prompt: a question that is waiting for its answer is given up.
    """

    __slots__ = ("_prompt", "_seen", "_session", "_view", "_wake")

    def __init__(self, session: Session, view: Interruptible, prompt: Prompt) -> None:
        self._seen = 0
        self._session = session
        self._view = view
        self._prompt = prompt
        self._wake = -1

    def install(self) -> None:
        """Take over the signals, for the rest of the process's life."""
        from threading import Thread

        reading, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        Thread(target=self._watch, args=(reading,), name="interrupts", daemon=True).start()
        signal.signal(signal.SIGINT, self._interrupt)
        signal.signal(signal.SIGTERM, self._interrupt)

    def _interrupt(self, number: int, _frame: FrameType | None) -> None:
        self._seen += 1
        if self._seen > 2:
            os._exit(1)  # whatever is still being printed: nobody wants to wait for it
        if self._prompt.waiting:
            self._prompt.waiting = False
            # The main thread reads, so nothing is half printed but the line with the question.
            sys.stdout.write("\n")
            self._view.interrupted(self._seen)
            self._session.stop()
            raise KeyboardInterrupt
        os.write(self._wake, b"!")

    def _watch(self, reading: int) -> None:
        while os.read(reading, 1):
            # Another signal may arrive at any moment: what is told and what is done follow from one look.
            times = self._seen
            self._view.interrupted(times)
            if times < 2:
                self._session.stop()
                continue
            self._view.close()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(1)
