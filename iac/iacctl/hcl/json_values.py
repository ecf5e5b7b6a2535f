"""JSON text to values that know their ranges.

Reports what is wrong in the words of HCL's own JSON parser, and like it gives an invalid value the range of its first
token and goes on behind it where it can.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from iacctl.hcl.ast import Node
from iacctl.hcl.normalization import nfc
from iacctl.hcl.suggestions import did_you_mean

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import Range, SourceFile

_TOKEN: Final = re.compile(
    r"""[ \t\r\n]*(?:(?P<string>"(?:[^"\\\x00-\x1f]|\\[^\x00-\x1f])*(?:"|\\?))|(?P<mark>[][{},:=])"""
    r"""|(?P<number>[-+.0-9][-+.0-9eE]*)|(?P<word>[A-Za-z_]+)|(?P<end>\Z)|(?P<invalid>(?s:.)))"""
)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/bfnrt]))")
_VALID: Final = re.compile(r"(?:[^\"\\\x00-\x1f]|\\[\"\\/bfnrt]|\\u[0-9a-fA-F]{4})*")
_PARTIAL_ESCAPE: Final = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?")
_SIMPLE: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_KEYWORDS: Final[dict[str, Any]] = {"false": False, "true": True, "null": None}
_START: Final = "A JSON value must start with a brace, a bracket, a number, a string, or a keyword."


class JsonValue(Node):
    """Any JSON value."""

    __slots__ = ()

    def __init__(self, file: SourceFile, start: int, end: int) -> None:
        self.file = file
        self.start = start
        self.end = end

    @property
    def start_range(self) -> Range:
        """The opening bracket of an object or array; all of any other value."""
        return self.range


class JsonConstant(JsonValue):
    """A number (as `iacctl.values` has it), true, false or null."""

    __slots__ = ("value",)

    def __init__(self, file: SourceFile, start: int, end: int, value: Any) -> None:
        super().__init__(file, start, end)
        self.value = value


class JsonString(JsonValue):
    """A string; `escaped` says that the value is not what stands between the quotes."""

    __slots__ = ("escaped", "value")

    def __init__(self, file: SourceFile, start: int, end: int, value: str, escaped: bool) -> None:
        super().__init__(file, start, end)
        self.value = value
        self.escaped = escaped


class JsonArray(JsonValue):
    """An array."""

    __slots__ = ("items",)

    def __init__(self, file: SourceFile, start: int, end: int, items: list[JsonValue]) -> None:
        super().__init__(file, start, end)
        self.items = items

    @property
    def start_range(self) -> Range:
        """The opening bracket."""
        return self.file.range(self.start, self.start + 1)


class JsonMember:
    """A property of an object: its name, which keeps its own range, and value."""

    __slots__ = ("name", "value")

    def __init__(self, name: JsonString, value: JsonValue) -> None:
        self.name = name
        self.value = value

    @property
    def range(self) -> Range:
        """From the name to the end of the value."""
        return self.name.range.until(self.value.range)


class JsonObject(JsonValue):
    """An object; a name may occur several times."""

    __slots__ = ("members",)

    def __init__(self, file: SourceFile, start: int, end: int, members: list[JsonMember]) -> None:
        super().__init__(file, start, end)
        self.members = members

    @property
    def start_range(self) -> Range:
        """The opening brace."""
        return self.file.range(self.start, self.start + 1)

    @property
    def close_range(self) -> Range:
        """The closing brace."""
        return self.file.range(self.end - 1, self.end)


class JsonInvalid(JsonValue):
    """What was reported as wrong."""

    __slots__ = ()


class JsonReader:
    """Reads one JSON document."""

    __slots__ = ("_at", "_diagnostics", "_file", "_tokens")

    def __init__(self, file: SourceFile, diagnostics: Diagnostics) -> None:
        self._file = file
        self._diagnostics = diagnostics
        self._tokens: list[tuple[str, int, int]] = []
        self._at = 0
        self._scan(file.text)

    def document(self) -> JsonValue:
        """Read the whole text."""
        before = len(self._diagnostics)
        value = self._value()
        if len(self._diagnostics) == before and self._kind() != "end":
            self._error("Extraneous data after value", "Extra characters appear after the JSON value.")
        return value

    def _scan(self, text: str) -> None:
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup
            assert kind is not None
            start, end = match.span(kind)
            self._tokens.append((text[start:end] if kind == "mark" else kind, start, end))
            if kind == "end":
                break
            if kind == "invalid":
                self._tokens.append(("end", end, end))
                break

    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _take(self) -> tuple[str, int, int]:
        token = self._tokens[self._at]
        if token[0] != "end":
            self._at += 1
        return token

    def _error(self, summary: str, detail: str, token: tuple[str, int, int] | None = None) -> None:
        _, start, end = token or self._tokens[self._at]
        self._diagnostics.error(summary, detail, self._file.range(start, end))

    def _value(self) -> JsonValue:
        token = self._tokens[self._at]
        kind, start, end = token
        value: JsonValue | None = None
        if kind == "string":
            value = self._string()
        elif kind == "{":
            value = self._object()
        elif kind == "[":
            value = self._array()
        elif kind == "number":
            value = self._number()
        elif kind == "word":
            value = self._word()
        elif kind == "}":
            self._error("Missing JSON value", _START)
        elif kind == "]":
            self._error("Missing array element value", _START)
        elif kind == "end":
            self._error("Missing value", "The JSON data ends prematurely.")
        else:
            self._error("Invalid start of value", _START)
        return JsonInvalid(self._file, start, end) if value is None else value

    def _skip(self, opening: str, closing: str) -> None:
        """Skip to after the bracket that closes the value being read."""
        depth = 1
        while True:
            kind = self._take()[0]
            if kind == opening:
                depth += 1
            elif kind == closing:
                depth -= 1
                if depth <= 1:
                    return
            elif kind == "end":
                return

    def _object(self) -> JsonValue | None:
        opening = self._take()
        members: list[JsonMember] = []
        while self._kind() != "}":
            name = self._value()
            if not isinstance(name, JsonString):
                place = name.start_range
                self._diagnostics.error(
                    "Invalid object property name", "A JSON object property name must be a string", place
                )
                return None
            if not self._colon():
                return None
            members.append(JsonMember(name, self._value()))
            if not self._next_member(opening):
                return None
        return JsonObject(self._file, opening[1], self._take()[2], members)

    def _colon(self) -> bool:
        token = self._tokens[self._at]
        kind = token[0]
        if kind == ":":
            self._at += 1
            return True
        self._skip("{", "}")
        if kind in ("}", ","):
            detail = "A JSON object attribute must have a value, introduced by a colon."
            self._error("Missing object value", detail, token)
        elif kind == "=":
            detail = "JSON uses a colon as its name/value delimiter, not an equals sign."
            self._error("Missing property value colon", detail, token)
        else:
            detail = "A colon must appear between an object property's name and its value."
            self._error("Missing property value colon", detail, token)
        return False

    def _next_member(self, opening: tuple[str, int, int]) -> bool:
        """Read what follows a member, up to the next one or the closing brace; whether all is well."""
        kind = self._kind()
        if kind == "}":
            return True
        if kind == ",":
            comma = self._take()
            if self._kind() != "}":
                return True
            detail = "JSON does not permit a trailing comma after the final property in an object."
            self._error("Trailing comma in object", detail, comma)
        elif kind == "end":
            self._error("Unclosed object", "No closing brace was found for this JSON object.", opening)
        elif kind == "]":
            self._take()
            self._error("Mismatched braces", "A JSON object must be closed with a brace, not a bracket.")
        else:
            self._skip("{", "}")
            detail = "A comma must appear between each property definition in an object."
            self._error("Missing attribute seperator comma", detail)
        return False

    def _array(self) -> JsonValue | None:
        opening = self._take()
        items: list[JsonValue] = []
        while self._kind() != "]":
            items.append(self._value())
            if not self._next_item(opening):
                return None
        return JsonArray(self._file, opening[1], self._take()[2], items)

    def _next_item(self, opening: tuple[str, int, int]) -> bool:
        kind = self._kind()
        if kind == "]":
            return True
        if kind == ",":
            comma = self._take()
            if self._kind() != "]":
                return True
            detail = "JSON does not permit a trailing comma after the final value in an array."
            self._error("Trailing comma in array", detail, comma)
            return False
        self._skip("[", "]")
        if kind == "end":
            self._error("Unclosed object", "No closing bracket was found for this JSON array.", opening)
        elif kind == ":":
            self._error("Invalid array value", "A colon is not used to introduce values in a JSON array.")
        elif kind == "}":
            self._error("Mismatched brackets", "A JSON array must be closed with a bracket, not a brace.")
        else:
            detail = "A comma must appear between each value in an array."
            self._error("Missing attribute seperator comma", detail)
        return False

    def _number(self) -> JsonValue | None:
        token = self._take()
        _, start, end = token
        text = self._file.text[start:end]
        if not _NUMBER.fullmatch(text):
            self._error("Invalid JSON number", "There is a syntax error in the given JSON number.", token)
            return None
        from iacctl.values import numbers

        return JsonConstant(self._file, start, end, numbers.parse(text))

    def _word(self) -> JsonValue | None:
        token = self._take()
        _, start, end = token
        word = self._file.text[start:end]
        if word in _KEYWORDS:
            return JsonConstant(self._file, start, end, _KEYWORDS[word])
        if word in ("undefined", "NaN", "Infinity"):
            detail = f'The JavaScript identifier "{word}" cannot be used in JSON.'
        else:
            detail = f'"{word}" is not a valid JSON keyword.{did_you_mean(word, _KEYWORDS)}'
        self._error("Invalid JSON keyword", detail, token)
        return None

    def _string(self) -> JsonValue | None:
        _, start, end = self._take()
        text = self._file.text
        valid = _VALID.match(text, start + 1, end)
        assert valid is not None
        reached = valid.end()
        if reached == end - 1 and text[reached] == '"':
            raw = text[start + 1 : reached]
            return JsonString(self._file, start, end, nfc(_unescape(raw)), "\\" in raw)
        # The place is the one that Go's decoder gives: behind the character that it could not take, or the end.
        partial = _PARTIAL_ESCAPE.match(text, reached, end)
        at = min((partial.end() if partial else reached) + 1, end)
        detail = "There is a syntax error in the given JSON string."
        self._diagnostics.error("Invalid JSON string", detail, self._file.range(at, at + 1))
        return None


def _unescape(raw: str) -> str:
    if "\\" not in raw:
        return raw
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _SIMPLE.get(match[2], match[2]), raw)
    # Two escapes may make up one character; half of one is not a character.
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
