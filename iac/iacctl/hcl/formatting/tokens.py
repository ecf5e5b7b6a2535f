"""A file as the formatter sees it: every token, newline and comment, without the spaces between them.

Kinds are those of `iacctl.hcl.lexer`, with these differences:

    nl      one newline               note     a comment that starts with `#` or `//`, with the newline after it
    remark  a comment in `/* */`      in       the word `in`
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from iacctl.hcl.lexer import Lexer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.diag.source import SourceFile

_GAP: Final = re.compile(r"[ \t]*(?:(?P<nl>\r?\n)|(?P<note>(?:#|//)[^\n]*\n?)|(?P<remark>/\*(?s:.*?)\*/))")


class Token:
    """A token of its own, for edits: its kind and its text."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.text = text


class Tokens:
    """The tokens of a file, as lists of the same length.

    Attributes:
        kinds: the kind of each token.
        texts: its text.
        starts: the character offset of its start; empty once `replace` was called.
        rest: the number of blanks between the last token and the end of the file.
    """

    __slots__ = ("kinds", "rest", "starts", "texts")

    def __init__(self, kinds: list[str], texts: list[str], starts: list[int], rest: int) -> None:
        self.kinds = kinds
        self.texts = texts
        self.starts = starts
        self.rest = rest

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first token at or after a character offset, and of the first at or after another one."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def replace(self, edits: Sequence[tuple[int, int, Sequence[Token]]]) -> None:
        """Put other tokens in the place of some.

        Args:
            edits: each the number of the first token to replace, that of the first one behind, and what to put there;
                in any order, and none touches what another one does.
        """
        if not edits:
            return
        kinds: list[str] = []
        texts: list[str] = []
        position = 0
        for start, end, tokens in sorted(edits, key=lambda edit: edit[:2]):
            kinds += self.kinds[position:start]
            texts += self.texts[position:start]
            kinds += [token.kind for token in tokens]
            texts += [token.text for token in tokens]
            position = end
        self.kinds = kinds + self.kinds[position:]
        self.texts = texts + self.texts[position:]
        self.starts = []


def scan(file: SourceFile) -> Tokens:
    """The tokens of a configuration file in native syntax that parses without errors. A byte order mark is left out."""
    text = file.text
    position = 1 if text.startswith("\ufeff") else 0
    lexer = Lexer(text, position, len(text), "config")
    kinds: list[str] = []
    texts: list[str] = []
    starts: list[int] = []
    add_kind, add_text, add_start = kinds.append, texts.append, starts.append
    for kind, start, end in zip(lexer.kinds, lexer.starts, lexer.ends, strict=True):
        if kind == "nl":
            continue  # found again below, apart from comments and further newlines
        if start - position > 1 or (start > position and text[position] != " "):
            for match in _GAP.finditer(text, position, start):
                found = match.lastgroup
                assert found is not None
                begin, position = match.span(found)
                add_kind(found)
                add_text(text[begin:position])
                add_start(begin)
        if kind == "eof":
            break
        piece = text[start:end]
        add_kind("in" if piece == "in" and kind == "id" else kind)
        add_text(piece)
        add_start(start)
        position = end
    return Tokens(kinds, texts, starts, len(text) - position)
