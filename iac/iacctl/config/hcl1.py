"""The first version of HCL, in which the CLI configuration file is written: no expressions, only literals, lists and objects.

A text that starts with a brace is JSON. See https://github.com/hashicorp/hcl/tree/hcl1 for the language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

_TOKEN: Final = re.compile(
    r"(?P<space>[ \t\r\n]+|\#[^\n]*|//[^\n]*|/\*.*?\*/)"
    r"|(?P<heredoc><<-?[^\n]*\n)"
    r"|(?P<word>[^\W\d][\w.-]*)"
    r"|(?P<number>-?(?:0[xX][0-9a-fA-F]+|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?))"
    r'|(?P<mark>[{}\[\],=])|(?P<quote>")',
    re.DOTALL,
)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_UNICODE_ESCAPE: Final = re.compile(r"u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([0-7]{3})")
_DEEPEST: Final = 100


class SyntaxProblemError(ValueError):
    """The text is not HCL; the message starts with the place."""

    def __init__(self, position: tuple[int, int], problem: str) -> None:
        super().__init__(f"At {position[0]}:{position[1]}: {problem}")


class Item(NamedTuple):
    """A block or an assignment.

    Attributes:
        keys: the name and the labels.
        value: an `Object`, a `ListOf` or a `Scalar`.
        assigned: whether there is an equals sign.
        line: where it starts, counted from 1.
        column: likewise.
    """

    keys: tuple[str, ...]
    value: Node
    assigned: bool
    line: int
    column: int


class Object(NamedTuple):
    """What is between braces, and where it starts."""

    items: tuple[Item, ...]
    line: int = 1
    column: int = 1


class ListOf(NamedTuple):
    """What is between brackets, and where it starts."""

    items: tuple[Node, ...]
    line: int = 1
    column: int = 1


class Scalar(NamedTuple):
    """A string, a number or a truth value, and where it starts."""

    value: str | int | float | bool
    line: int = 1
    column: int = 1


if TYPE_CHECKING:
    Node: TypeAlias = Object | ListOf | Scalar


def parse(text: str) -> Object:
    """Read a file.

    Raises:
        SyntaxProblemError: it is not HCL.
    """
    if text.lstrip().startswith("{"):
        return _json(text)
    reader = _Reader(text)
    return Object(reader.items(closing=""))


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


class _Reader:
    """Reads tokens, and items out of them."""

    __slots__ = ("_depth", "_next", "_offset", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = 0
        self._depth = 0
        self._next = self._read()

    def _place(self, offset: int) -> tuple[int, int]:
        before = self._text.rfind("\n", 0, offset)
        return self._text.count("\n", 0, offset) + 1, offset - before

    def _problem(self, offset: int, text: str) -> SyntaxProblemError:
        return SyntaxProblemError(self._place(offset), text)

    def _read(self) -> _Token:
        while self._offset < len(self._text):
            start = self._offset
            match = _TOKEN.match(self._text, start)
            if match is None:
                if self._text.startswith("/*", start):
                    raise self._problem(start, "comment not terminated")
                raise self._problem(start, "illegal char")
            self._offset = match.end()
            kind = str(match.lastgroup)
            if kind == "space":
                continue
            if kind == "quote":
                return _Token("string", self._string(start), start)
            if kind == "heredoc":
                return _Token("string", self._heredoc(match[0], start), start)
            if kind == "word" and match[0] in ("true", "false"):
                return _Token("bool", match[0], start)
            return _Token(match[0] if kind == "mark" else kind, match[0], start)
        return _Token("EOF", "", len(self._text) + 1)

    def _string(self, start: int) -> str:
        parts: list[str] = []
        at = start + 1
        braces = 0
        while at < len(self._text):
            char = self._text[at]
            if char == "\n" and not braces:
                break
            if char == '"' and not braces:
                self._offset = at + 1
                return "".join(parts)
            if char == "\\" and not braces:
                piece, at = self._escape(at + 1)
                parts.append(piece)
                continue
            if self._text.startswith("${", at):
                braces += 1
                parts.append("${")
                at += 2
                continue
            if braces and char in "{}":
                braces += 1 if char == "{" else -1
            parts.append(char)
            at += 1
        raise self._problem(min(at, len(self._text)), "literal not terminated")

    def _escape(self, at: int) -> tuple[str, int]:
        char = self._text[at : at + 1]
        if char in _ESCAPES:
            return _ESCAPES[char], at + 1
        match = _UNICODE_ESCAPE.match(self._text, at)
        if match is None:
            raise self._problem(at, "illegal char escape")
        code = int(match[4], 8) if match[4] else int(match[1] or match[2] or match[3], 16)
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise self._problem(at, "illegal char escape")
        return chr(code), match.end()

    def _heredoc(self, opening: str, start: int) -> str:
        indented = opening.startswith("<<-")
        mark = opening.lstrip("<-").strip()
        lines: list[str] = []
        at = self._offset
        while at < len(self._text):
            end = self._text.find("\n", at)
            line = self._text[at : len(self._text) if end < 0 else end + 1]
            if line.strip() == mark and (indented or line.rstrip() == mark):
                self._offset = at + len(line.rstrip("\r\n"))
                if indented:
                    margin = min((len(item) - len(item.lstrip(" \t")) for item in lines), default=0)
                    lines = [item[margin:] for item in lines]
                return "".join(lines)
            lines.append(line)
            at += len(line)
        raise self._problem(start, "heredoc not terminated")

    def _take(self) -> _Token:
        token = self._next
        self._next = self._read()
        return token

    def items(self, closing: str) -> tuple[Item, ...]:
        found: list[Item] = []
        while True:
            if self._next.kind == closing or (not closing and self._next.kind == "EOF"):
                return tuple(found)
            if self._next.kind == "EOF":
                raise self._problem(self._next.start, "object expected closing RBRACE got: EOF")
            found.append(self._item())
            if self._next.kind == ",":
                self._take()

    def _item(self) -> Item:
        first = self._next
        keys: list[str] = []
        while self._next.kind in ("word", "string", "bool", "number"):
            if self._next.kind == "number" and not keys:
                break
            keys.append(self._take().text)
        line, column = self._place(first.start)
        kind = self._next.kind
        if not keys:
            if kind == "=":
                raise self._problem(first.start, "no object keys found!")
            raise self._problem(first.start, f"expected: IDENT | STRING | ASSIGN | LBRACE got: {_named(self._next)}")
        if kind == "=":
            if len(keys) > 1:
                raise self._problem(self._next.start, "nested object expected: LBRACE got: ASSIGN")
            self._take()
            return Item(tuple(keys), self._value(), True, line, column)
        if kind == "{":
            return Item(tuple(keys), self._value(), False, line, column)
        raise self._problem(self._next.start, f"key '{' '.join(keys)}' expected start of object ('{{') or assignment ('=')")

    def _value(self) -> Node:
        token = self._take()
        line, column = self._place(token.start)
        if token.kind in ("{", "["):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise self._problem(token.start, "nested too deeply")
            try:
                if token.kind == "[":
                    return ListOf(self._list(), line, column)
                items = self.items("}")
                self._take()
                return Object(items, line, column)
            finally:
                self._depth -= 1
        if token.kind == "string":
            return Scalar(token.text, line, column)
        if token.kind == "bool":
            return Scalar(token.text == "true", line, column)
        if token.kind == "number":
            return Scalar(_number(token.text), line, column)
        raise self._problem(token.start, f"Unknown token: {line}:{column} {_named(token)} {token.text}")

    def _list(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while True:
            if self._next.kind == "]":
                self._take()
                return tuple(found)
            if found:
                if self._next.kind != ",":
                    raise self._problem(
                        self._next.start, f"error parsing list, expected comma or list end, got: {_named(self._next)}"
                    )
                self._take()
                if self._next.kind == "]":
                    continue
            found.append(self._value())


_NAMES: Final = {"{": "LBRACE", "}": "RBRACE", "[": "LBRACK", "]": "RBRACK", ",": "COMMA", "=": "ASSIGN", "word": "IDENT"}


def _named(token: _Token) -> str:
    return _NAMES.get(token.kind, token.kind.upper() if token.kind != "EOF" else "EOF")


def _number(text: str) -> int | float:
    try:
        return int(text, 0) if text.lower().startswith(("0x", "-0x")) else int(text)
    except ValueError:
        return float(text)


def _json(text: str) -> Object:
    import json

    # The reader in C trusts the interpreter's recursion limit, which may be higher than its stack allows.
    if _depth(text) > _DEEPEST:
        raise SyntaxProblemError((1, 1), "nested too deeply")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise SyntaxProblemError((error.lineno, error.colno), error.msg[:1].lower() + error.msg[1:]) from None
    except (ValueError, RecursionError) as error:
        raise SyntaxProblemError((1, 1), str(error)) from None
    found = _from_json(document)
    assert isinstance(found, Object)
    return found


def _depth(text: str) -> int:
    """How deep brackets of JSON text are nested; those in strings count, too."""
    depth = deepest = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _from_json(value: object) -> Node:
    if isinstance(value, dict):
        return Object(
            tuple(Item((key,), _from_json(item), not isinstance(item, dict), 1, 1) for key, item in value.items())
        )
    if isinstance(value, list):
        return ListOf(tuple(_from_json(item) for item in value))
    if isinstance(value, (bool, str, int, float)):
        return Scalar(value)
    return Scalar("")
