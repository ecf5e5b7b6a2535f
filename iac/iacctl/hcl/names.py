"""Which words are names: Unicode identifiers (Standard Annex 31) in which dashes may occur."""

from __future__ import annotations

from typing import Final
from unicodedata import category

_START: Final = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl"))
_CONTINUE: Final = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Nd", "Pc"))
# The properties Other_ID_Start, Other_ID_Continue and, of letters, Pattern_Syntax.
_START_EXTRA: Final = frozenset("\u1885\u1886\u2118\u212e\u309b\u309c")
_CONTINUE_EXTRA: Final = frozenset("-\u00b7\u0387\u1369\u136a\u136b\u136c\u136d\u136e\u136f\u1370\u1371\u19da")
_NEVER: Final = "\u2e2f"


def is_name(text: str) -> bool:
    """Whether the whole text is a name."""
    return bool(text) and name_end(text, 0, len(text)) == len(text)


def name_end(text: str, start: int, end: int) -> int:
    """The offset after the longest name that starts at `start` and ends by `end`; `start` itself if there is none."""
    position = start
    while position < end:
        char = text[position]
        if position == start:
            if not (char == "_" or category(char) in _START or char in _START_EXTRA):
                break
        elif not (category(char) in _CONTINUE or char in _CONTINUE_EXTRA or char in _START_EXTRA):
            break
        if char == _NEVER:
            break
        position += 1
    return position


def dotted_name_end(text: str, start: int, end: int) -> int:
    """The same for names joined by single dots."""
    position = name_end(text, start, end)
    while start < position < end and text[position] == ".":
        following = name_end(text, position + 1, end)
        if following == position + 1:
            break
        position = following
    return position
