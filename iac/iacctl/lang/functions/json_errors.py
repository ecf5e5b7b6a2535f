"""What Go's token-wise JSON decoder says of malformed JSON."""

from __future__ import annotations

import re
from typing import Final

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_PART_OF_NUMBER: Final = re.compile(
    r"(-?(?:0|[1-9][0-9]*)\.(?![0-9]))|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?[eE][+-]?)|(-?)"
)
_LITERALS: Final = {"t": "true", "f": "false", "n": "null"}
_HEXADECIMAL: Final = frozenset("0123456789abcdefABCDEF")


class JsonSyntaxError(Exception):
    """The text is malformed; says how."""


def _invalid(char: str, where: str) -> JsonSyntaxError:
    first = char if char.isascii() else chr(char.encode("utf-8", "surrogateescape")[0])
    shown = {"'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}.get(first, first)
    if shown == first and (first < " " or first == "\x7f"):
        shown = f"\\x{ord(first):02x}"
    return JsonSyntaxError(f"invalid character '{shown}'{where}")


def check(text: str) -> int:
    """Where the first JSON value of a text ends. Raises JsonSyntaxError if it is malformed or other data follow it.

    Like Go's decoder it takes closing brackets behind the value for nothing.
    """
    open_brackets: list[str] = []
    at = 0
    wanted = "value"
    while True:
        at = _skip(text, at)
        if at == len(text):
            raise JsonSyntaxError("EOF")
        char = text[at]
        if wanted == "key" or wanted == "first key":
            if char == "}" and wanted == "first key":
                open_brackets.pop()
                at += 1
                wanted = "end"
            elif char == '"':
                at = _colon(text, _string(text, at))
                wanted = "value"
            else:
                raise _invalid(char, "" if wanted == "first key" else " looking for beginning of object key string")
        elif wanted == "end":
            bracket = open_brackets[-1]
            if char == ",":
                wanted = "key" if bracket == "{" else "value"
            elif char == {"{": "}", "[": "]"}[bracket]:
                open_brackets.pop()
            else:
                raise _invalid(char, " after object key:value pair" if bracket == "{" else " after array element")
            at += 1
        elif char in "{[":
            open_brackets.append(char)
            at += 1
            wanted = "first key" if char == "{" else "first value"
        elif char == "]" and wanted == "first value":
            open_brackets.pop()
            at += 1
            wanted = "end"
        else:
            at = _scalar(text, at)
            wanted = "end"
        if wanted == "end" and not open_brackets:
            rest = text[_skip(text, at) :]
            if rest and rest[0] not in "]}":
                raise JsonSyntaxError("extraneous data after JSON object")
            return at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    assert found is not None
    return found.end()


def _colon(text: str, at: int) -> int:
    at = _skip(text, at)
    if at == len(text):
        raise JsonSyntaxError("EOF")
    if text[at] != ":":
        raise _invalid(text[at], " after object key")
    return at + 1


def _scalar(text: str, at: int) -> int:
    char = text[at]
    if char == '"':
        return _string(text, at)
    if char in _LITERALS:
        return _literal(text, at, _LITERALS[char])
    if char != "-" and not (char.isascii() and char.isdigit()):
        raise _invalid(char, " looking for beginning of value")
    number = _NUMBER.match(text, at)
    end = number.end() if number is not None else at
    part = _PART_OF_NUMBER.match(text, at)
    assert part is not None
    for stop, where in (
        (part.end(1), "after decimal point in"),
        (part.end(2), "in exponent of"),
        (part.end(3), "in"),
    ):
        if stop > end:
            if stop == len(text):
                raise JsonSyntaxError("unexpected EOF")
            raise _invalid(text[stop], f" {where} numeric literal")
    return end


def _literal(text: str, at: int, word: str) -> int:
    for offset, expected in enumerate(word):
        if at + offset == len(text):
            raise JsonSyntaxError("unexpected EOF")
        if text[at + offset] != expected:
            raise _invalid(text[at + offset], f" in literal {word} (expecting '{expected}')")
    return at + len(word)


def _string(text: str, at: int) -> int:
    at += 1
    while at < len(text):
        char = text[at]
        if char == '"':
            return at + 1
        if char < " ":
            raise _invalid(char, " in string literal")
        at += 1
        if char != "\\":
            continue
        if at == len(text):
            break
        escape = text[at]
        at += 1
        if escape == "u":
            for _ in range(4):
                if at == len(text):
                    raise JsonSyntaxError("unexpected EOF")
                if text[at] not in _HEXADECIMAL:
                    raise _invalid(text[at], " in \\u hexadecimal character escape")
                at += 1
        elif escape not in '"\\/bfnrt':
            raise _invalid(escape, " in string escape code")
    raise JsonSyntaxError("unexpected EOF")
