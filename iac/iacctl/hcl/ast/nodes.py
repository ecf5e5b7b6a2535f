"""What every node is, and the simplest ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from iacctl.diag.source import Range

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile

Constant: TypeAlias = Any
"""What a literal holds: `None`, `bool`, `str` (NFC) or a number as `iacctl.values` represents it."""


class Node:
    """Something written in a file, from character offset `start` up to `end`."""

    __slots__ = ("end", "file", "start")

    file: SourceFile
    start: int
    end: int

    @property
    def range(self) -> Range:
        """Where the node is written."""
        return Range(self.file, self.start, self.end)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.file.text[self.start : self.end]!r}>"


class Expression(Node):
    """Anything that has a value."""

    __slots__ = ()

    @property
    def start_range(self) -> Range:
        """What HCL points at when the whole expression would be too much: its first operand or its opening bracket."""
        return self.range


class Literal(Expression):
    """A number, `true`, `false`, `null`, or a string.

    In an expression position a string Literal is a whole quoted string or heredoc without interpolations, and its range
    holds the quotes. As a part of a `Template` it is the text between interpolations.
    """

    __slots__ = ("value",)

    def __init__(self, file: SourceFile, start: int, end: int, value: Constant) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.value = value

    @property
    def start_range(self) -> Range:
        """The text without its quotes or heredoc markers."""
        text = self.file.text
        if type(self.value) is not str or self.start == self.end:
            return self.range
        if text[self.start] == '"':
            start, end = self.start + 1, self.end - 1
            return Range(self.file, start, end) if start < end else Range(self.file, self.end, self.end)
        if text.startswith("<<", self.start):
            start = text.index("\n", self.start) + 1
            return Range(self.file, start, max(start, text.rfind("\n", 0, self.end) + 1))
        return self.range


class Invalid(Expression):
    """Source that could not be understood and was reported by the parser; its value is unknown."""

    __slots__ = ()

    def __init__(self, file: SourceFile, start: int, end: int) -> None:
        self.file = file
        self.start = start
        self.end = end


CONSTANTS: dict[str, Constant] = {"true": True, "false": False, "null": None}
"""The words that are literals."""


class Attribute(Node):
    """`name = expression` in a body. The name ends at offset `name_end`."""

    __slots__ = ("expression", "name", "name_end")

    def __init__(
        self, file: SourceFile, start: int, end: int, name: str, name_end: int, expression: Expression
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.name = name
        self.name_end = name_end
        self.expression = expression

    @property
    def name_range(self) -> Range:
        """The range of the name (in JSON with its quotes)."""
        return Range(self.file, self.start, self.name_end)
