"""Source text and places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_UNCOMBINED: Final = re.compile(r'(?<=["}])')


class Pos(NamedTuple):
    """A position as HCL counts: `line` and `column` (in grapheme clusters) from 1, `byte` (of UTF-8) from 0."""

    line: int
    column: int
    byte: int


class SourceFile:
    """The text of one file and the name under which users know it.

    Args:
        name: the path as it is to be printed, relative to the working directory where possible.
        text: the whole text, with its line endings and byte order mark as they are on disk. Bytes that are not UTF-8
            appear as lone surrogates (`errors="surrogateescape"`), so that every byte has its place.

    `quotable` is false for text that comes from no file and may be secret: messages name places in it, but do not quote it.

    `describe` is set by whoever parses the file: it names what encloses a character offset (`resource "a" "b"`), or
    gives an empty string.
    """

    __slots__ = ("_ascii", "_lines", "describe", "name", "quotable", "text")

    def __init__(self, name: str, text: str, describe: Callable[[int], str] | None = None) -> None:
        self.name = name
        self.text = text
        self.describe = describe
        self.quotable = True
        self._ascii = text.isascii()
        self._lines: list[int] | None = None

    @classmethod
    def from_bytes(cls, name: str, data: bytes) -> SourceFile:
        """A file from what is on disk; bytes that are not UTF-8 are kept (and reported by the parser)."""
        return cls(name, data.decode("utf-8", "surrogateescape"))

    def __repr__(self) -> str:
        return f"SourceFile({self.name!r})"

    def line_starts(self) -> list[int]:
        """The character offset at which each line starts; a line ends with its newline."""
        starts = self._lines
        if starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._lines = starts
        return starts

    def pos(self, offset: int) -> Pos:
        """The position of a character offset."""
        starts = self.line_starts()
        line = bisect_right(starts, offset)
        begin = starts[line - 1]
        if self._ascii:
            return Pos(line, offset - begin + 1, offset)
        lead = self.text[begin:offset]
        if begin == 0 and lead[:1] == "\ufeff":
            lead = lead[1:]
        if lead.isascii():
            column = len(lead) + 1
        else:
            from iacctl.diag import graphemes

            # HCL counts token by token, and a quote or a closing brace is a token of its own: nothing combines with it.
            column = sum(graphemes.count(part) for part in _UNCOMBINED.split(lead)) + 1
        return Pos(line, column, self.byte_offset(offset))

    def byte_offset(self, offset: int) -> int:
        """The number of UTF-8 bytes before a character offset."""
        if self._ascii:
            return offset
        return len(self.text[:offset].encode("utf-8", "surrogateescape"))

    def range(self, start: int, end: int) -> Range:
        """The range between two character offsets."""
        return Range(self, start, end)


class Range(NamedTuple):
    """Part of a file: the characters from offset `start` up to, not including, offset `end`."""

    file: SourceFile
    start: int
    end: int

    @property
    def start_pos(self) -> Pos:
        """Line, column and byte of the first character."""
        return self.file.pos(self.start)

    @property
    def end_pos(self) -> Pos:
        """Line, column and byte just after the last character."""
        return self.file.pos(self.end)

    @property
    def text(self) -> str:
        """The source text of the range."""
        return self.file.text[self.start : self.end]

    def until(self, other: Range) -> Range:
        """From the start of this range to the end of `other`, which is in the same file."""
        return Range(self.file, self.start, other.end)

    def covering(self, other: Range) -> Range:
        """The smallest range that holds this one and `other`, which is in the same file."""
        return Range(self.file, min(self.start, other.start), max(self.end, other.end))

    def __str__(self) -> str:
        """`main.tf:3,5-12`, or `main.tf:3,5-4,2` over several lines: how HCL's own messages name a place."""
        start, end = self.start_pos, self.end_pos
        if start.line == end.line:
            return f"{self.file.name}:{start.line},{start.column}-{end.column}"
        return f"{self.file.name}:{start.line},{start.column}-{end.line},{end.column}"
