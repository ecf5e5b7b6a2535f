"""The lines of source that a diagnostic quotes."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag.source import Pos

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostic
    from iacctl.diag.source import Range


class Snippet(NamedTuple):
    """The `snippet` object of `validate -json`.

    Attributes:
        context: what encloses the code, such as `resource "a" "b"`; None at the top level.
        code: whole lines, without the last newline.
        start_line: the line number of the first of them.
        highlight_start_offset: where in `code` the fault starts, in UTF-8 bytes.
        highlight_end_offset: where in `code` the fault ends, in UTF-8 bytes.
        values: see `Diagnostic.values`.
    """

    context: str | None
    code: str
    start_line: int
    highlight_start_offset: int
    highlight_end_offset: int
    values: tuple[tuple[str, str], ...]


def shown_range(place: Range) -> tuple[Pos, Pos]:
    """Start and end as Terraform prints them: an empty range is shown one column and one byte wide."""
    start, end = place.start_pos, place.end_pos
    return (start, end) if place.end > place.start else (start, Pos(start.line, start.column + 1, start.byte + 1))


def _widened(place: Range) -> Range:
    return place if place.end > place.start else place._replace(end=place.start + 1)


def snippet(diagnostic: Diagnostic) -> Snippet | None:
    """What to quote for a diagnostic; None if it has no place in a source, or in one that must not be quoted.

    The rules, with their quirks at newlines, are those of Terraform's `validate -json`.
    """
    if diagnostic.subject is None or not diagnostic.subject.file.quotable:
        return None
    highlight = _widened(diagnostic.subject)
    quoted = highlight
    if diagnostic.context is not None and diagnostic.context.file is highlight.file:
        quoted = _widened(diagnostic.context.covering(highlight))
    file = highlight.file
    text = file.text
    starts = file.line_starts()
    lines: list[str] = []
    code_start: int | None = None
    for number in range(max(0, bisect_left(starts, quoted.start) - 1), len(starts)):
        begin = starts[number]
        if begin > quoted.end:
            break
        last = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
        end = last - 1 if text[begin:last].endswith("\r") else last
        if _overlap(begin, end, quoted.start, quoted.end):
            if code_start is None:
                code_start = begin
            lines.append(text[begin:end])
    code = "\n".join(lines)
    size = len(code.encode("utf-8", "surrogateescape"))
    start = file.byte_offset(highlight.start) - file.byte_offset(code_start or 0)
    end = start + file.byte_offset(highlight.end) - file.byte_offset(highlight.start)
    context = file.describe(highlight.start - 1) if file.describe is not None else ""
    return Snippet(
        context or None,
        _readable(code),
        quoted.start_pos.line,
        min(max(start, 0), size),
        min(max(end, 0), size),
        diagnostic.values,
    )


def _overlap(begin: int, end: int, start: int, stop: int) -> bool:
    """Whether a line is quoted: HCL counts an end that touches, and never an empty line."""
    if begin == end:
        return False
    return begin <= start < end or begin <= stop < end or start <= begin < stop or start <= end < stop


def _readable(code: str) -> str:
    """The code with the replacement character for each byte that is not UTF-8."""
    if code.isascii():
        return code
    return "".join("\ufffd" if "\udc80" <= char <= "\udcff" else char for char in code)
