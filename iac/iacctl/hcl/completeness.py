"""Whether an expression that somebody types goes on in the next line."""

from __future__ import annotations

from typing import Final

from iacctl.hcl.lexer import Lexer

_OPENING: Final = {")": ("(",), "]": ("[",), "}": ("{",), "cq": ("oq",), "ch": ("oh",), "te": ("ti", "tc")}
_OPEN: Final = frozenset(("(", "[", "{", "oq", "oh", "ti", "tc"))


def still_open(text: str) -> str:
    """The bracket, interpolation or heredoc of an expression that is still open at the end of a line; empty if none is.

    A string that is not closed at the end of the line is none of these but a mistake, and so is a wrong closing bracket.

    Returns:
        The kind of the innermost token that is open, as in `iacctl.hcl.lexer`; `oh` for a heredoc.
    """
    lexer = Lexer(text, 0, len(text), "expression")
    pending: list[str] = []
    for number, kind in enumerate(lexer.kinds):
        if kind in _OPEN:
            pending.append(kind)
        elif kind in _OPENING:
            if not pending or pending.pop() not in _OPENING[kind]:
                return ""
        elif kind == "qnl" or (number in lexer.invalid and kind != "utf8"):
            return ""
    return pending[-1] if pending and pending[-1] != "oq" else ""
