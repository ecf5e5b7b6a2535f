"""Standard streams that outlive their reader: a full disk or a closed pipe must not end an apply half-way."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from typing import BinaryIO

_STDOUT: Final = 1
_STDERR: Final = 2


class GuardedStream(io.TextIOWrapper):
    """A text stream that goes on in silence when it can no longer be written to.

    Text is UTF-8 whatever the locale says, as Terraform's is.

    Attributes:
        failure: why nothing is written any more, if that is so.
    """

    failure: OSError | None = None

    def __init__(self, buffer: BinaryIO) -> None:
        super().__init__(buffer, encoding="utf-8", errors="backslashreplace")

    def write(self, text: str, /) -> int:
        """Write text; never raises `OSError`."""
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)
            return len(text)

    def flush(self) -> None:
        """Write what is held back; never raises `OSError`."""
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """Let all further output go nowhere."""
        if self.failure is None:
            self.failure = error
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self.fileno())
            os.close(null)
        try:
            super().flush()
        except OSError:
            return


def guard() -> None:
    """Put guarded streams in the place of standard output and standard error."""
    sys.stdout = _guarded(sys.stdout, _STDOUT)
    sys.stderr = _guarded(sys.stderr, _STDERR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - lives as long as the process


def _guarded(stream: TextIO | None, number: int) -> GuardedStream:
    if stream is None:  # the process was started with this stream closed
        null = os.open(os.devnull, os.O_WRONLY)
        if null != number:
            os.dup2(null, number)
            os.close(null)
        return GuardedStream(os.fdopen(number, "wb", closefd=False))
    return GuardedStream(stream.detach())  # type: ignore[attr-defined]


def failure() -> OSError | None:
    """Why standard output could not be written; None if all went well, or if its reader had merely enough of it."""
    stream = sys.stdout
    return stream.failure if isinstance(stream, GuardedStream) else None
