"""Output as it arrives, cut into lines."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE: Final = 0.1
"""Seconds after which the beginning of a line is passed on without its end, as Terraform does: a prompt, say."""


class Lines:
    """Collects bytes and passes on lines, without their ends.

    Args:
        output: takes each line.
    """

    __slots__ = ("_decoder", "_output", "_rest")

    def __init__(self, output: Callable[[str], None]) -> None:
        self._output = output
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def waiting(self) -> bool:
        """Whether the beginning of a line waits for its end."""
        return bool(self._rest)

    def feed(self, data: bytes) -> None:
        """Take in what has arrived."""
        text = self._rest + self._decoder.decode(data)
        *whole, self._rest = text.split("\n")
        for line in whole:
            self._output(line)

    def flush(self) -> None:
        """Pass on the beginning of a line."""
        if self._rest:
            rest, self._rest = self._rest, ""
            self._output(rest)

    def close(self) -> None:
        """The end of everything."""
        self._rest += self._decoder.decode(b"", True)
        self.flush()
