"""Collecting diagnostics and quoting their source."""

from __future__ import annotations

import pytest

from iacctl.diag import Diagnostic, DiagnosticError, Diagnostics, Snippet, SourceFile, snippet


def test_collector() -> None:
    found = Diagnostics()
    assert not found.has_errors and len(found) == 0
    found.warning("Careful", "Sharp.")
    assert not found.has_errors
    found.raise_errors()
    found.error("Wrong", address="a.b")
    found.append(Diagnostic("error", "Worse"))
    found.extend([Diagnostic("warning", "Odd")])
    assert found.has_errors
    assert [item.summary for item in found] == ["Careful", "Wrong", "Worse", "Odd"]
    assert [item.summary for item in found.errors] == ["Wrong", "Worse"]
    assert found[1].address == "a.b"
    with pytest.raises(DiagnosticError, match="Wrong") as caught:
        found.raise_errors()
    assert caught.value.diagnostics is found


def test_text_form() -> None:
    file = SourceFile("main.tf", "a = 1\n")
    assert str(Diagnostic("error", "Wrong", "Because.", file.range(4, 5))) == "main.tf:1,5-6: Wrong; Because."
    assert str(Diagnostic("error", "Wrong")) == "Wrong"


SOURCE = "one\ntwo é\n\nfour\nfive"


def quoted(start: int, end: int, context: tuple[int, int] | None = None, text: str = SOURCE) -> Snippet:
    file = SourceFile("main.tf", text, describe=lambda offset: f"at {offset}")
    wide = None if context is None else file.range(*context)
    result = snippet(Diagnostic("error", "Wrong", "", file.range(start, end), wide, (("a", "is 1"),)))
    assert result is not None
    return result


def test_nothing_to_quote() -> None:
    assert snippet(Diagnostic("error", "Wrong")) is None


@pytest.mark.parametrize(
    ("place", "context", "code", "line", "highlight"),
    [
        ((0, 3), None, "one", 1, (0, 3)),
        ((8, 9), None, "two é", 2, (4, 6)),
        # A newline brings in the line behind it, and an empty line is never quoted.
        ((3, 4), None, "one\ntwo é", 1, (3, 4)),
        ((9, 10), None, "two é", 2, (6, 6)),
        ((4, 7), (0, 15), "one\ntwo é\nfour", 1, (4, 7)),
        ((20, 20), None, "five", 5, (4, 4)),
    ],
)
def test_quoted_lines(
    place: tuple[int, int], context: tuple[int, int] | None, code: str, line: int, highlight: tuple[int, int]
) -> None:
    result = quoted(*place, context)
    assert (result.code, result.start_line) == (code, line)
    assert (result.highlight_start_offset, result.highlight_end_offset) == highlight
    assert result.context == f"at {place[0] - 1}"
    assert result.values == (("a", "is 1"),)


def test_line_ends_and_broken_bytes() -> None:
    assert quoted(0, 5, text="a\r\nb\udcff\r\n").code == "a\nb\ufffd"
