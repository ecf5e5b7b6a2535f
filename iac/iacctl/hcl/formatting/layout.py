"""Tokens to text, with canonical indentation, spaces and alignment.

A line is what is between two newlines outside of heredocs' text. It has up to three cells: what stands before the
equals sign, the assignment (if it is complete on the line), and a comment at the end. Equals signs are aligned over
consecutive lines that have an assignment cell, comments over consecutive lines that have a comment cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iacctl.hcl.formatting.spacing import CLOSING, OPENING, space_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.hcl.formatting.tokens import Tokens

_UNCOMBINED: Final = re.compile(r'(?<=["}])')
"""Between a token that nothing combines with, and what follows."""


class _Line:
    """A line: `lead` is what starts it, with its spaces; `assign` and `comment` follow, if it has them."""

    __slots__ = ("assign", "comment", "indent", "lead")

    def __init__(self, indent: int, lead: str, assign: str, comment: str) -> None:
        self.indent = indent
        self.lead = lead
        self.assign = assign
        self.comment = comment


def laid_out(tokens: Tokens) -> str:
    """The text of the tokens in canonical layout."""
    lines = _lines(tokens)
    _align_assignments(lines)
    _align_comments(lines)
    return "".join([f"{' ' * line.indent}{line.lead}{line.assign}{line.comment}" for line in lines]) + " " * tokens.rest


def _lines(tokens: Tokens) -> list[_Line]:
    kinds, texts = tokens.kinds, tokens.texts
    lines: list[_Line] = []
    opened: list[int] = []
    start = 0
    count = len(kinds)
    while start < count:
        end = start
        while end < count:
            kind = kinds[end]
            end += 1
            if kind == "nl" or (kind == "note" and texts[end - 1].endswith("\n")):
                break
        lines.append(_line(kinds[start:end], texts[start:end], opened))
        start = end
    return lines


def _line(kinds: list[str], texts: list[str], opened: list[int]) -> _Line:
    """Set out a line.

    Args:
        kinds: the kinds of its tokens.
        texts: their texts.
        opened: how many brackets each of the lines opened that are not closed yet; changed by this line.
    """
    if kinds[0] == "nl":
        return _Line(0, texts[0], "", "")
    comment = ""
    if len(kinds) > 1 and (kinds[-1] == "note" or kinds[-1] == "remark"):
        comment = texts[-1]
        kinds = kinds[:-1]
    equals = _assignment(kinds)
    indent = _indent(kinds[:equals], opened)  # as many brackets close in an assignment cell as open in it
    if equals is None:
        return _Line(indent, _spaced(kinds, texts), "", comment)
    return _Line(indent, _spaced(kinds[:equals], texts), _spaced(kinds[equals:], texts[equals:]), comment)


def _indent(kinds: Sequence[str], opened: list[int]) -> int:
    """The number of spaces before a line, from what starts it. Brackets behind the start of a heredoc don't count."""
    net = 0
    for kind in kinds:
        if kind in OPENING:
            net += 1
        elif kind in CLOSING:
            net -= 1
        elif kind == "oh":
            break
    depth = len(opened)
    if net > 0:
        opened.append(net)
        return 2 * depth
    while net < 0 and opened:
        last = opened.pop()
        if last > -net:
            opened.append(last + net)
            break
        net += last
    return 2 * len(opened)


def _assignment(kinds: Sequence[str]) -> int | None:
    """Where the assignment cell starts; None if the line has none, or if what is assigned goes on below."""
    try:
        equals = kinds.index("=", 1)
    except ValueError:
        return None
    net = 0
    for kind in kinds[equals:]:
        if kind in OPENING:
            net += 1
        elif kind in CLOSING:
            net -= 1
    return None if net else equals


def _spaced(kinds: Sequence[str], texts: Sequence[str]) -> str:
    """Tokens with the spaces between them; `texts` may be longer."""
    parts = [texts[0]]
    add = parts.append
    before, left = "", kinds[0]
    for number in range(1, len(kinds)):
        right = kinds[number]
        if space_between(before, left, right):
            add(" ")
        add(texts[number])
        before, left = left, right
    return "".join(parts)


def _align_assignments(lines: Sequence[_Line]) -> None:
    """Align the equals signs of consecutive lines that have an assignment cell."""
    run: list[_Line] = []
    for line in lines:
        if line.assign:
            run.append(line)
        elif run:
            _align_run(run)
            run = []
    if run:
        _align_run(run)


def _align_run(run: Sequence[_Line]) -> None:
    widths = [line.indent + columns(line.lead) for line in run]
    widest = max(widths)
    for line, width in zip(run, widths, strict=True):
        line.lead += " " * (widest - width + 1)


def _align_comments(lines: Sequence[_Line]) -> None:
    """Align the trailing comments of consecutive lines that have one."""
    run: list[_Line] = []
    for line in lines:
        if line.comment:
            run.append(line)
        elif run:
            _align_comment_run(run)
            run = []
    if run:
        _align_comment_run(run)


def _align_comment_run(run: Sequence[_Line]) -> None:
    widths = [line.indent + columns(line.lead) + columns(line.assign) for line in run]
    widest = max(widths)
    for line, width in zip(run, widths, strict=True):
        line.comment = " " * (widest - width + 1) + line.comment


def columns(text: str) -> int:
    """The width of a text: its number of grapheme clusters, of which a carriage return with its newline is one."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    from iacctl.diag import graphemes

    return sum(graphemes.count(part) for part in _UNCOMBINED.split(text))
