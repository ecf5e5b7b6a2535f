"""Interrupts: the first ends an operation gracefully, the second at once."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from iacctl.cli.prompts import Prompt
    from iacctl.session import Session
    from iacctl.views.protocols import OperationView


class Interrupts:
    """Takes notice of SIGINT and SIGTERM while an operation runs.

    Args:
        session: whose operation is stopped.
        view: tells the user.
        prompt: a question that is waiting for its answer is given up.
    """

    __slots__ = ("_prompt", "_session", "_view", "seen")

    def __init__(self, session: Session, view: OperationView, prompt: Prompt) -> None:
        self.seen = 0
        self._session = session
        self._view = view
        self._prompt = prompt

    def install(self) -> None:
        """Take over the signals."""
        signal.signal(signal.SIGINT, self._interrupt)
        signal.signal(signal.SIGTERM, self._interrupt)

    def _interrupt(self, number: int, _frame: FrameType | None) -> None:
        self.seen += 1
        if self.seen > 2:
            os._exit(1)  # the view itself hangs
        self._view.interrupted(self.seen)
        if self.seen == 2:
            self._view.close()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(1)
        self._session.stop()
        if self._prompt.waiting:
            raise KeyboardInterrupt
