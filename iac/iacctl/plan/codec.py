"""Values as self-describing JSON data: with unknown parts, refinements, marks and types, and without any loss.

State files need a schema to be read; plan files must not, since what they hold may be of any type. Primitive values stand
for themselves; everything else is an array whose first element says what it is.
"""

from __future__ import annotations

from typing import Any

from iacctl import values
from iacctl.values import BigFloat, Index, numbers
from iacctl.values.nesting import run_deep
from iacctl.values.unknown import Refinements


def encode(value: values.Value) -> Any:
    """The JSON data of a value."""
    return run_deep(_encode, value)


def decode(data: Any) -> values.Value:
    """The value of JSON data that `encode` gave.

    Raises:
        ValueError: it is no such data.
    """
    try:
        return run_deep(_decode, data)
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"not the data of a value: {error}") from None


def encode_path(path: values.Path) -> list[Any]:
    """The JSON data of a path: text for an attribute, an array for an index."""
    return [["i", encode(step.key)] if isinstance(step, Index) else step for step in path]


def decode_path(data: list[Any]) -> values.Path:
    """The path of JSON data that `encode_path` gave."""
    return tuple(step if isinstance(step, str) else Index(decode(step[1])) for step in data)


def _encode(value: values.Value) -> Any:
    kind = type(value)
    if value is None or kind is str or kind is bool:
        return value
    if kind is int:
        return value if -(2**53) < value < 2**53 else ["n", str(value)]  # type: ignore[operator]
    if isinstance(value, BigFloat):
        return ["n", numbers.text(value)]
    if isinstance(value, tuple):
        return ["t", *map(_encode, value)]
    if isinstance(value, values.TupleValue):
        return ["t", *map(_encode, value.items)]
    if isinstance(value, dict):
        return ["o", {name: _encode(item) for name, item in value.items()}]
    if isinstance(value, values.ObjectValue):
        return ["o", {name: _encode(item) for name, item in value.attributes.items()}]
    if isinstance(value, values.ListValue):
        return ["l", values.type_to_json(value.element_type), *map(_encode, value.items)]
    if isinstance(value, values.SetValue):
        return ["s", values.type_to_json(value.element_type), *map(_encode, value.items)]
    if isinstance(value, values.MapValue):
        entries = {name: _encode(item) for name, item in value.entries.items()}
        return ["m", values.type_to_json(value.element_type), entries]
    if isinstance(value, values.Null):
        return ["z", values.type_to_json(value.type)]
    if isinstance(value, values.Unknown):
        return ["u", values.type_to_json(value.type), _encode_refinements(value.refinements)]
    assert isinstance(value, values.Marked)
    return ["k", sorted(str(mark) for mark in value.marks), _encode(value.value)]


def _encode_refinements(known: Refinements | None) -> Any:
    if known is None:
        return None
    return {
        name: _encode(item) if name in ("lower", "upper") and item is not None else item
        for name, item in known._asdict().items()
    }


def _decode_refinements(data: Any) -> Refinements | None:
    if data is None:
        return None
    fields: dict[str, Any] = {
        name: _decode(item) if name in ("lower", "upper") and item is not None else item
        for name, item in data.items()
    }
    return Refinements(**fields)


def _decode(data: Any) -> values.Value:
    if not isinstance(data, list):
        if data is None or isinstance(data, str | bool | int):
            return data
        raise TypeError(f"unexpected {type(data).__name__}")
    kind = data[0]
    if kind == "n":
        return numbers.parse(data[1])
    if kind == "t":
        return values.tuple_value([_decode(item) for item in data[1:]])
    if kind == "o":
        return values.object_value({name: _decode(item) for name, item in data[1].items()})
    if kind == "l":
        return values.list_value(values.type_from_json(data[1]), [_decode(item) for item in data[2:]])
    if kind == "s":
        return values.set_value(values.type_from_json(data[1]), [_decode(item) for item in data[2:]])
    if kind == "m":
        entries = {name: _decode(item) for name, item in data[2].items()}
        return values.map_value(values.type_from_json(data[1]), entries)
    if kind == "z":
        return values.null_of(values.type_from_json(data[1]))
    if kind == "u":
        known = _decode_refinements(data[2])
        unknown = values.unknown_of(values.type_from_json(data[1]))
        return unknown if known is None else values.Unknown(unknown.type, known)
    if kind == "k":
        return values.mark(_decode(data[2]), data[1])
    raise TypeError(f"unexpected kind {kind!r}")
