"""Values as expressions of the configuration language, laid out as Terraform's formatter does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl import values
from iacctl.hcl.names import is_name
from iacctl.values import numbers
from iacctl.values.nesting import depth_safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.values import Value

_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class _Line(NamedTuple):
    """A line of text, not indented yet.

    Attributes:
        name: what stands before the equals sign, or empty.
        text: the rest.
        opens: how many brackets it opens, less those it closes.
    """

    name: str
    text: str
    opens: int


class _Writer:
    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self._name = ""
        self._parts: list[str] = []
        self._opens = 0

    def add(self, text: str, opens: int = 0) -> None:
        self._parts.append(text)
        self._opens += opens

    def assign(self, name: str) -> None:
        self._name = name

    def end_line(self) -> None:
        self.lines.append(_Line(self._name, "".join(self._parts), self._opens))
        self._name, self._parts, self._opens = "", [], 0


def expression(value: Value) -> str:
    """The text of an expression that gives the value (lists, sets and tuples alike, maps and objects alike)."""
    return "\n".join(_laid_out(_lines("", value)))


def definitions(entries: Mapping[str, Value]) -> str:
    """The text of a file that defines variables."""
    lines = [line for name, value in entries.items() for line in _lines(name, value)]
    return "".join([f"{line}\n" for line in _laid_out(lines)])


@depth_safe
def _lines(name: str, value: Value) -> list[_Line]:
    writer = _Writer()
    writer.assign(name)
    _write(value, writer)
    writer.end_line()
    return writer.lines


def _write(value: Value, out: _Writer) -> None:
    if isinstance(value, str):
        out.add(_quoted(value))
    elif isinstance(value, bool):
        out.add("true" if value else "false")
    elif isinstance(value, (int, values.BigFloat)):
        out.add(numbers.text(value))
    elif values.is_null(value):
        out.add("null")
    elif isinstance(value, (tuple, values.ListValue, values.SetValue)):
        items = value if isinstance(value, tuple) else value.items
        out.add("[", 1)
        for index, item in enumerate(items):
            if index:
                out.add(", ")
            _write(item, out)
        out.add("]", -1)
    else:
        _write_entries(value, out)


def _write_entries(value: Value, out: _Writer) -> None:
    assert isinstance(value, (dict, values.MapValue))
    entries = value if isinstance(value, dict) else value.entries
    if not entries:
        out.add("{}")
        return
    out.add("{", 1)
    out.end_line()
    for name, item in entries.items():
        out.assign(name if is_name(name) else _quoted(name))
        _write(item, out)
        out.end_line()
    out.add("}", -1)


def _quoted(text: str) -> str:
    if text.isprintable() and not any(mark in text for mark in ('"', "\\", "{")):
        return f'"{text}"'
    parts = []
    for index, letter in enumerate(text):
        if letter in "$%" and text[index + 1 : index + 2] == "{":
            parts.append(letter * 2)
        elif letter in _ESCAPES:
            parts.append(_ESCAPES[letter])
        elif letter.isprintable():
            parts.append(letter)
        else:
            code = ord(letter)
            parts.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return f'"{"".join(parts)}"'


def _laid_out(lines: list[_Line]) -> list[str]:
    """The lines indented, with the equals signs of neighbouring one-line definitions below each other."""
    laid_out = []
    levels: list[int] = []
    column = 0
    for index, line in enumerate(lines):
        left = -line.opens
        while left > 0 and levels:
            taken = min(left, levels[-1])
            left -= taken
            levels[-1] -= taken
            if not levels[-1]:
                levels.pop()
        lead = "  " * len(levels)
        if line.opens > 0:
            levels.append(line.opens)
        if line.name and not line.opens:
            if not index or not _in_a_line(lines[index - 1]):
                column = _widest_name(lines, index)
            laid_out.append(f"{lead}{line.name.ljust(column)} = {line.text}")
        else:
            laid_out.append(f"{lead}{line.name} = {line.text}" if line.name else f"{lead}{line.text}")
    return laid_out


def _in_a_line(line: _Line) -> bool:
    return bool(line.name) and not line.opens


def _widest_name(lines: list[_Line], start: int) -> int:
    widest = 0
    for index in range(start, len(lines)):
        line = lines[index]
        if not _in_a_line(line):
            break
        widest = max(widest, len(line.name))
    return widest
