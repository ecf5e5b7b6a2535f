"""The place that views write to: two streams, their width, and whether colour is wanted."""

from __future__ import annotations

import sys
from threading import Lock
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_COLUMNS: Final = 78
"""The width that Terraform assumes of a stream that is no terminal."""


class Terminal:
    """Standard output and standard error as views need them. Writing is safe from several threads.

    Attributes:
        out: where results go.
        err: where errors go.
        color: whether text may hold ANSI escape sequences.
        out_columns: width of `out` in characters.
        err_columns: width of `err` in characters.
        live: whether somebody watches `out`, so that text may be redrawn.
        automation: whether to leave out advice on which command to type next (TF_IN_AUTOMATION).
    """

    __slots__ = ("_lock", "automation", "color", "err", "err_columns", "live", "out", "out_columns")

    def __init__(
        self,
        out: TextIO,
        err: TextIO,
        *,
        color: bool = False,
        out_columns: int = DEFAULT_COLUMNS,
        err_columns: int = DEFAULT_COLUMNS,
        live: bool = False,
        automation: bool = False,
    ) -> None:
        self.out = out
        self.err = err
        self.color = color
        self.out_columns = out_columns
        self.err_columns = err_columns
        self.live = live
        self.automation = automation
        self._lock = Lock()

    @classmethod
    def standard(cls, environ: Mapping[str, str], *, color: bool = True) -> Terminal:
        """The process's own streams.

        Args:
            environ: environment variables; a non-empty `NO_COLOR` (no-color.org) or `TERM=dumb` turns colour off.
            color: False for `-no-color`. Colour goes to pipes as well, as Terraform's does.
        """
        dumb = environ.get("TERM") == "dumb"
        return cls(
            sys.stdout,
            sys.stderr,
            color=color and not environ.get("NO_COLOR") and not dumb,
            out_columns=_columns(sys.stdout),
            err_columns=_columns(sys.stderr),
            live=not dumb and sys.stdout.isatty() and sys.stderr.isatty(),
            automation=bool(environ.get("TF_IN_AUTOMATION")),
        )

    def print(self, text: str) -> None:
        """Write text as it is to standard output and flush it."""
        with self._lock:
            self.out.write(text)
            self.out.flush()

    def print_error(self, text: str) -> None:
        """Write text as it is to standard error and flush it, after what was printed before."""
        with self._lock:
            self.out.flush()
            self.err.write(text)
            self.err.flush()


def _columns(stream: TextIO) -> int:
    if not stream.isatty():
        return DEFAULT_COLUMNS
    import os

    try:
        return os.get_terminal_size(stream.fileno()).columns or DEFAULT_COLUMNS
    except (OSError, ValueError):
        return DEFAULT_COLUMNS
