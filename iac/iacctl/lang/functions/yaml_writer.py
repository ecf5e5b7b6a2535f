"""Values as YAML text, in the layout of libyaml's emitter with Terraform's choices.

Strings are double-quoted, or literal blocks where they have several lines; all else is plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from iacctl.values import is_null, numbers
from iacctl.values.core import ListValue, MapValue, SetValue

if TYPE_CHECKING:
    from iacctl.values import Number, Value

_WIDTH: Final = 80
_LONGEST_SIMPLE_KEY: Final = 128
_BREAKS: Final = "\r\n\x85\u2028\u2029"
_ESCAPES: Final = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
    '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}  # fmt: skip
_UNPRINTABLE: Final = re.compile("[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_SPACE_BEFORE_BREAK: Final = re.compile(f" [{_BREAKS}]")


def document(value: Value) -> str:
    """A value that is wholly known and unmarked as a YAML document."""
    writer = _Writer()
    writer.node(value, -2, indentless=False)
    writer.fresh_line()
    if writer.open_ended:
        writer.out.append("...\n")
    return "".join(writer.out)


class _Writer:
    """Text so far, and the column in its last line."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.column = 0
        self.open_ended = False

    def write(self, text: str) -> None:
        self.out.append(text)
        self.column += len(text)

    def fresh_line(self) -> None:
        if self.column:
            self.out.append("\n")
            self.column = 0

    def indent(self, width: int) -> None:
        """Go on in a new line that starts with so many spaces."""
        self.fresh_line()
        self.write(" " * width)

    def node(self, value: Value, indent: int, *, indentless: bool) -> None:
        """Any value; `indent` is that of the collection it is in (-2 at the top)."""
        pending: list[tuple[Value, int, bool, bool]] = [(value, indent, indentless, False)]
        while pending:
            current, outer, flat, fresh = pending.pop()
            if isinstance(current, _Entry):
                simple = self._key(current.name, current.indent, fresh)
                pending.append((current.value, current.indent, simple, True))
                continue
            if isinstance(current, _Item):
                if fresh:
                    self.indent(current.indent)
                self.write("- ")
                pending.append((current.value, current.indent, False, False))
                continue
            if is_null(current) or not isinstance(current, dict | MapValue | tuple | ListValue | SetValue):
                self._scalar(current, outer, flat)
                continue
            if isinstance(current, dict | MapValue):
                entries = current.entries if isinstance(current, MapValue) else current
                if not entries:
                    self._separate(flat)
                    self.write("{}")
                    continue
                level = max(outer, -2) + 2
                for position, (name, inner) in reversed(list(enumerate(entries.items()))):
                    entry = _Entry(name, inner, level)
                    pending.append((cast("Value", entry), level, False, flat or position > 0))
                continue
            items = current if isinstance(current, tuple) else current.items
            if not items:
                self._separate(flat)
                self.write("[]")
                continue
            level = outer if flat else max(outer, -2) + 2
            for position, inner in reversed(list(enumerate(items))):
                pending.append((cast("Value", _Item(inner, level)), level, False, flat or position > 0))

    def _separate(self, behind_key: bool) -> None:
        """A space behind the colon of a key."""
        if behind_key:
            self.write(" ")

    def _key(self, name: str, indent: int, fresh: bool) -> bool:
        """A key up to its colon; whether it was simple, so that its value has to start a line of its own."""
        if fresh:
            self.indent(indent)
        if len(name.encode("utf-8", "surrogateescape")) <= _LONGEST_SIMPLE_KEY and not _is_block(name):
            self._quoted(name, indent, breaks=False)
            self.write(":")
            return True
        self.write("? ")
        self._text(name, indent)
        self.indent(indent)
        self.write(": ")
        return False

    def _scalar(self, value: Value, indent: int, behind_key: bool) -> None:
        self._separate(behind_key)
        if type(value) is str:
            self._text(value, indent)
            return
        if is_null(value):
            text = "null"
        elif type(value) is bool:
            text = "true" if value else "false"
        else:
            text = numbers.text(cast("Number", value))
        self.write(text)
        self.open_ended = indent < 0

    def _text(self, text: str, indent: int) -> None:
        inner = indent + 2 if indent >= 0 else 2
        if _is_block(text):
            self._block(text, inner)
        else:
            self._quoted(text, inner, breaks=True)

    def _block(self, text: str, indent: int) -> None:
        hints = "2" if text[0] in f" {_BREAKS}" else ""
        if text[-1] not in _BREAKS:
            hints += "-"
        elif len(text) == 1 or text[-2] in _BREAKS:
            hints += "+"
        self.out.append(f"|{hints}\n")
        self.column = 0
        at_start = True
        for char in text:
            if char in _BREAKS:
                self.out.append(char)
                self.column = 0
                at_start = True
                continue
            if at_start:
                self.write(" " * indent)
                at_start = False
            self.write(char)

    def _quoted(self, text: str, indent: int, breaks: bool) -> None:
        self.write('"')
        marked = text.startswith("\ufeff")
        spaces = False
        for position, char in enumerate(text):
            if marked or (char in _ESCAPES and char != "\xa0") or _UNPRINTABLE.match(char):
                self.write(_escaped(char))
                spaces = False
            elif char == " ":
                if breaks and not spaces and self.column > _WIDTH and 0 < position < len(text) - 1:
                    self.indent(indent)
                    if text[position + 1] == " ":
                        self.write("\\")
                else:
                    self.write(" ")
                spaces = True
            else:
                self.write(char)
                spaces = False
        self.write('"')


class _Entry:
    """A key of a mapping and what belongs to it, waiting to be written."""

    __slots__ = ("indent", "name", "value")

    def __init__(self, name: str, value: Value, indent: int) -> None:
        self.name = name
        self.value = value
        self.indent = indent


class _Item:
    """An element of a sequence, waiting to be written."""

    __slots__ = ("indent", "value")

    def __init__(self, value: Value, indent: int) -> None:
        self.value = value
        self.indent = indent


def _escaped(char: str) -> str:
    short = _ESCAPES.get(char)
    if short is not None:
        return f"\\{short}"
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _is_block(text: str) -> bool:
    """Whether a text is written as a literal block: several lines, and nothing in it that such a block cannot hold."""
    return (
        "\n" in text
        and not text.endswith(" ")
        and not _UNPRINTABLE.search(text)
        and not _SPACE_BEFORE_BREAK.search(text)
    )
