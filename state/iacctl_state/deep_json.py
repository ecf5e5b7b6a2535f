"""A JSON decoder without recursion, for documents nested deeper than CPython's decoder goes.

It is slower than that one, and only used when that one has given up.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final

from iacctl_state.errors import SyntaxFormatError
from iacctl_state.objects import NumberLiteral

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl_state.objects import Json

_TOKEN: Final = re.compile(
    r"[ \t\r\n]*(?:(?P<mark>[\[\]{},:\"])|(?P<word>true|false|null)"
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?P<tail>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?))|(?P<end>\Z))"
)
_WORDS: Final = {"true": True, "false": False, "null": None}


def decode_deep(text: str, parse_int: Callable[[str], int | NumberLiteral]) -> Json:
    """JSON text of any depth to data.

    Args:
        text: The text.
        parse_int: Makes a number of an integer's text.

    Raises:
        SyntaxFormatError: The text is not JSON.
    """
    position = 0
    stack: list[Any] = []  # the containers around the current place
    keys: list[str | None] = []  # the pending key of each, None in lists
    expect = "value"  # or "first" (value or ]), "key", "firstkey" (key or }), "colon", "comma", "end"
    result: Json = None

    def fail(reason: str, at: int) -> SyntaxFormatError:
        line = text.count("\n", 0, at) + 1
        return SyntaxFormatError(reason, offset=at, line=line, column=at - text.rfind("\n", 0, at))

    while True:
        found = _TOKEN.match(text, position)
        if found is None:
            raise fail(f"unexpected character, expecting {expect}", position)
        start = found.start(found.lastgroup or 0)
        position = found.end()
        mark = found["mark"]
        if found["end"] is not None:
            if expect == "end":
                return result
            raise fail(f"unexpected end, expecting {expect}", start)
        if expect == "colon" and mark == ":":
            expect = "value"
        elif expect == "comma" and mark == ",":
            expect = "value" if keys[-1] is None else "key"
        elif (expect in ("comma", "first") and mark == "]" and keys[-1] is None) or (
            expect in ("comma", "firstkey") and mark == "}" and keys[-1] is not None
        ):
            stack.pop()
            keys.pop()
            expect = "comma" if stack else "end"
        elif expect in ("key", "firstkey") and mark == '"':
            keys[-1], position = _string(text, position, fail)
            expect = "colon"
        elif expect in ("value", "first") and mark not in ("]", "}", ",", ":"):
            value: Json
            if mark == '"':
                value, position = _string(text, position, fail)
            elif mark == "{":
                value = {}
            elif mark == "[":
                value = []
            elif found["word"] is not None:
                value = _WORDS[found["word"]]
            else:
                value = NumberLiteral(found["number"]) if found["tail"] else parse_int(found["number"])
            if not stack:
                result = value
            elif keys[-1] is None:
                stack[-1].append(value)
            else:
                stack[-1][keys[-1]] = value
            if mark == "{" or mark == "[":
                stack.append(value)
                keys.append("" if mark == "{" else None)
                expect = "firstkey" if mark == "{" else "first"
            else:
                expect = "comma" if stack else "end"
        else:
            raise fail(f"unexpected {text[start : start + 1]!r}, expecting {expect}", start)


def _string(text: str, position: int, fail: Callable[[str, int], SyntaxFormatError]) -> tuple[str, int]:
    try:
        found: tuple[str, int] = scanstring(text, position, True)
    except JSONDecodeError as error:
        raise fail(error.msg, error.pos) from None
    return found
