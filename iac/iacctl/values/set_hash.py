"""The text by which cty orders set elements that have no natural order (objects, tuples, collections).

cty calls this order "consistent but undefined"; state and plan files have it nevertheless, so it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.values import numbers
from iacctl.values.core import ListValue, MapValue, Null, ObjectValue, SetValue, TupleValue, Unknown
from iacctl.values.nesting import depth_safe
from iacctl.values.numbers import BigFloat

if TYPE_CHECKING:
    from iacctl.values.core import Number, Value

_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


def hash_text(value: Value) -> str:
    """The text that stands for an unmarked set element. Its code points sort as Go's bytes do."""
    parts: list[str] = []
    _append(value, parts)
    return "".join(parts)


def _append_text(value: Value, parts: list[str]) -> None:
    kind = type(value)
    if kind is str:
        parts.append(go_quoted(cast("str", value)))
    elif kind is bool:
        parts.append("T" if value else "F")
    elif kind is int or kind is BigFloat:
        parts.append(numbers.short_text(cast("Number", value)))
    elif value is None or kind is Null:
        parts.append("~")
    elif kind is Unknown:
        parts.append("?")
    elif kind is MapValue:
        parts.append("{")
        for name, item in cast("MapValue", value).entries.items():
            parts.append(go_quoted(name) + ":")
            _append_text(item, parts)
            parts.append(";")
        parts.append("}")
    else:
        if kind is dict:
            items = list(cast("dict[str, Value]", value).values())
        elif kind is ObjectValue:
            items = list(cast("ObjectValue", value).attributes.values())
        elif kind is tuple:
            items = list(cast("tuple[Value, ...]", value))
        else:
            items = list(cast("TupleValue | ListValue | SetValue", value).items)
        listed = kind is ListValue or kind is SetValue
        parts.append("[" if listed else "<")
        for item in items:
            _append_text(item, parts)
            parts.append(";")
        parts.append("]" if listed else ">")


_append = depth_safe(_append_text)


def go_quoted(text: str) -> str:
    """A string as Go's `%q` prints it."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join([char if char.isprintable() and char not in '"\\' else _escaped(char) for char in text]) + '"'


def _escaped(char: str) -> str:
    short = _ESCAPES.get(char)
    if short is not None:
        return short
    code = ord(char)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
