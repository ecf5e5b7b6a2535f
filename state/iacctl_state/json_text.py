"""JSON text in Terraform's layout, and back without losing a digit.

The layout is that of Go's ``json.MarshalIndent`` with two spaces. CPython writes indented JSON with slow pure-Python
code, so :func:`lay_out` is our own: three to four times as fast, and without recursion, because values may nest as
deep as Terraform allows (10,000 levels).
"""

from __future__ import annotations

import sys
from json.decoder import JSONDecodeError, JSONDecoder
from json.encoder import JSONEncoder
from json.encoder import encode_basestring as quote
from typing import TYPE_CHECKING, Any, Final

from iacctl_state.errors import SyntaxFormatError
from iacctl_state.objects import NumberLiteral

if TYPE_CHECKING:
    from iacctl_state.objects import Json

__all__ = ["compact", "decode", "escape", "lay_out", "quote"]

_PLAIN_INT: Final = 10**4000
"""Integers below this convert to text directly; CPython refuses those of more than 4,300 digits."""


def _reject_constant(name: str) -> Json:
    raise ValueError(f"{name} is not a JSON number")


def _wide_int(text: str) -> int | NumberLiteral:
    return int(text) if len(text) <= 4000 else NumberLiteral(text)


_decoder: Final = JSONDecoder(parse_float=NumberLiteral, parse_constant=_reject_constant)
_wide_decoder: Final = JSONDecoder(
    parse_float=NumberLiteral,
    parse_int=_wide_int,
    parse_constant=_reject_constant,
)
_encoder: Final = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def decode(text: str) -> Json:
    """JSON text to data; numbers other than plain integers become :class:`NumberLiteral`.

    Raises:
        SyntaxFormatError: The text is not JSON.
    """
    try:
        if _may_overflow() and _depth(text) > _SAFE_DEPTH:
            raise RecursionError
        return _decoder.decode(text)
    except RecursionError:
        from iacctl_state.deep_json import decode_deep

        return decode_deep(text, _wide_int)
    except JSONDecodeError as error:
        raise _syntax_error(error) from None
    except ValueError:
        pass
    try:  # an integer of more digits than CPython converts, or NaN
        return _wide_decoder.decode(text)
    except JSONDecodeError as error:
        raise _syntax_error(error) from None
    except ValueError as error:
        raise SyntaxFormatError(str(error)) from None


_SAFE_DEPTH: Final = 500
"""Levels of nesting that the standard library's code in C can be given whatever the recursion limit is."""


def _may_overflow() -> bool:
    """Whether the recursion limit is so high that it no longer keeps code in C from filling its stack."""
    return sys.getrecursionlimit() > 10_000


def _depth(text: str) -> int:
    """How deep the brackets of a JSON text are nested."""
    import re

    depth = deepest = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', text):
        char = match[0][0]
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _syntax_error(error: JSONDecodeError) -> SyntaxFormatError:
    return SyntaxFormatError(
        error.msg[:1].lower() + error.msg[1:], offset=error.pos, line=error.lineno, column=error.colno
    )


def compact(value: Json) -> str:
    """Data to JSON text on one line without spaces."""
    try:
        if _may_overflow():
            raise RecursionError
        return _encoder.encode(value)
    except (TypeError, ValueError, RecursionError):  # number literals, very long integers, deep nesting
        return lay_out(value, "", "", ":")


def escape(text: str) -> str:
    """Replace the characters that Go escapes in JSON and Python does not: <, >, &, U+2028 and U+2029.

    They occur only inside strings, so this works on whole documents.
    """
    if "<" in text:
        text = text.replace("<", "\\u003c")
    if ">" in text:
        text = text.replace(">", "\\u003e")
    if "&" in text:
        text = text.replace("&", "\\u0026")
    if not text.isascii():
        text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return text


def lay_out(value: Json, newline: str = "\n", step: str = "  ", colon: str = ": ") -> str:
    """Data to JSON text, one item a line, without :func:`escape`.

    Args:
        value: The data. A number may also be an object whose ``str`` is a JSON number.
        newline: Line break and indentation of the line that the value begins on.
        step: What is added to the indentation for each level.
        colon: What stands between key and value.

    Raises:
        TypeError: A part of the value is not JSON data.
    """
    kind = type(value)
    if (kind is not dict and kind is not list and kind is not tuple) or not value:
        return _scalar(value, kind)
    out: list[str] = []
    write = out.append
    stack: list[tuple[Any, bool, str, str]] = []
    inner = newline + step
    comma = "," + inner
    keyed = kind is dict
    rest: Any = iter(value.items() if keyed else value)
    separator = ("{" if keyed else "[") + inner
    while True:
        # Take items off the container at hand until it ends or an item is itself a container with content.
        if keyed:
            for name, item in rest:
                kind = type(item)
                if kind is str:
                    write(f"{separator}{quote(name)}{colon}{quote(item)}")
                elif item is None:
                    write(f"{separator}{quote(name)}{colon}null")
                elif (kind is dict or kind is list or kind is tuple) and item:
                    write(f"{separator}{quote(name)}{colon}")
                    break
                else:
                    write(f"{separator}{quote(name)}{colon}{_scalar(item, kind)}")
                separator = comma
            else:
                write(newline + "}")
                if not stack:
                    return "".join(out)
                rest, keyed, newline, comma = stack.pop()
                separator = comma
                continue
        else:
            for item in rest:
                kind = type(item)
                if kind is str:
                    write(separator + quote(item))
                elif (kind is dict or kind is list or kind is tuple) and item:
                    write(separator)
                    break
                else:
                    write(separator + _scalar(item, kind))
                separator = comma
            else:
                write(newline + "]")
                if not stack:
                    return "".join(out)
                rest, keyed, newline, comma = stack.pop()
                separator = comma
                continue
        stack.append((rest, keyed, newline, comma))
        newline = comma[1:]
        inner = newline + step
        comma = "," + inner
        keyed = kind is dict
        rest = iter(item.items() if keyed else item)
        separator = ("{" if keyed else "[") + inner


def _scalar(item: Json, kind: type) -> str:
    """JSON text of a string, number, boolean, null, or empty container."""
    if kind is str:
        return quote(item)
    if item is True:
        return "true"
    if item is False:
        return "false"
    if item is None:
        return "null"
    if kind is int:
        return str(item) if -_PLAIN_INT < item < _PLAIN_INT else _long_int(item)
    if kind is dict:
        return "{}"
    if kind is list or kind is tuple:
        return "[]"
    text = str(item)
    if kind is not NumberLiteral and not _is_number(text):
        raise TypeError(f"not JSON data: {kind.__name__}")
    return text


def _long_int(number: int) -> str:
    from decimal import Decimal

    return format(Decimal(number), "f")


def _is_number(text: str) -> bool:
    import re

    return re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", text) is not None
