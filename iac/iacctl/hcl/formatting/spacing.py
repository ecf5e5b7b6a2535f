"""Whether there is a space between two tokens on a line.

The rules are those of HashiCorp's formatter, learned from what it does. It knows tokens only, no syntax tree: so it
guesses whether a minus is a sign or an operator from the token before it.
"""

from __future__ import annotations

from typing import Final

OPENING: Final = frozenset(("{", "[", "(", "ti", "tc"))
CLOSING: Final = frozenset(("}", "]", ")", "te"))

_NAMES: Final = frozenset(("id", "in"))
_BEFORE_TEXT: Final = frozenset(("ql", "hl", "oq", "oh"))
_AFTER_TEXT: Final = frozenset(("ql", "hl", "cq", "ch"))
_BEFORE_SIGN: Final = frozenset(
    ("", "(", "{", "[", "=", ":", ",", "?", "+", "*", "/", "%", "-", "==", "!=", ">", ">=", "<", "<=", "&&", "||", "!")
)
"""A minus behind one of these, or at the start of a line, is a sign."""

_KNOWN: Final[dict[tuple[str, str], bool]] = {}


def space_between(before: str, left: str, right: str) -> bool:
    """Whether a space belongs between two tokens.

    Args:
        before: the kind of the token before `left` on the same line; empty if there is none.
        left: the kind of a token.
        right: the kind of the token behind it.
    """
    if left == "-" and right not in _CLINGING:
        return before not in _BEFORE_SIGN
    if left == "in" and before in _NAMES and right == "[":
        return True  # not an index of something called `in`
    pair = (left, right)
    known = _KNOWN.get(pair)
    if known is None:
        known = _KNOWN[pair] = _space(left, right)
    return known


_CLINGING: Final = frozenset(("nl", ".", ",", "...")) | _AFTER_TEXT
"""Never a space before these."""


def _space(left: str, right: str) -> bool:
    if right in _CLINGING or left in _BEFORE_TEXT or left == "." or left == "!":
        return left == "," and right not in _CLINGING
    if left in _NAMES and (right == "(" or right == "::"):
        return False
    if left == "::" and right in _NAMES:
        return False
    if left == ",":
        return True
    if right == "[" and (left in _NAMES or left == "num" or left in CLOSING):
        return False
    if left == "{" or right == "}":
        return not (left == "{" and right == "}")
    if (left == "ti" or left == "tc") and right == "{":
        return True
    if left == "}" and right == "te":
        return True
    if left == "te" and (right == "ti" or right == "tc"):
        return False
    return left not in OPENING and right not in CLOSING
