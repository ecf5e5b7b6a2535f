"""Writing values as JSON; see `iacctl.values.json`."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any, Final, cast

from iacctl.values import numbers
from iacctl.values.core import ListValue, MapValue, Marked, Null, ObjectValue, SetValue, TupleValue, Unknown, type_of
from iacctl.values.nesting import DEEP, limit_is_raised, run_deep
from iacctl.values.numbers import BigFloat
from iacctl.values.paths import Index
from iacctl.values.types import DYNAMIC, CollectionType, ObjectType, TupleType, type_to_json

if TYPE_CHECKING:
    from iacctl.values.core import Value
    from iacctl.values.paths import Path, Step
    from iacctl.values.types import Type


class JsonError(Exception):
    """JSON does not fit a type, or a value has no JSON form.

    Attributes:
        path: where.
        message: why, in cty's words, without the path.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


_encoder: Final = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def dumps(value: Value, type_: Type) -> str:
    """The JSON text of a value on one line without spaces, with Go's escapes (`<`, `>`, `&` and line separators too).

    Args:
        value: of type `type_`, wholly known and unmarked.
        type_: parts that are `DYNAMIC` in it become {"value":…,"type":…}.

    Raises:
        JsonError: if a part is unknown, marked or infinite.
    """
    data = encode(value, type_)
    try:
        # The encoder in C would recurse on the C stack.
        deep = limit_is_raised() and type_of(value).depth > DEEP
        return escaped(_patient_text(data) if deep else _encoder.encode(data))
    except (TypeError, ValueError, RecursionError):
        return escaped(_patient_text(data))


def _patient_text(data: Any) -> str:
    """JSON text of data that the standard library's encoder cannot write: exact numbers, very long integers, deep
    nesting.
    """
    parts: list[str] = []
    try:
        _write(data, parts)
    except RecursionError:
        parts.clear()
        run_deep(_write, data, parts)
    return "".join(parts)


def _write(data: Any, parts: list[str]) -> None:
    kind = type(data)
    if kind is dict and data:
        lead = "{"
        for name, item in data.items():
            parts.append(lead + _encoder.encode(name) + ":")
            _write(item, parts)
            lead = ","
        parts.append("}")
    elif kind is list and data:
        lead = "["
        for item in data:
            parts.append(lead)
            _write(item, parts)
            lead = ","
        parts.append("]")
    elif kind is int or kind is BigFloat:
        parts.append(numbers.text(data))
    else:
        parts.append(_encoder.encode(data))


def escaped(text: str) -> str:
    """JSON text with the characters escaped that Go escapes and Python does not: <, >, &, U+2028 and U+2029."""
    if "<" in text or ">" in text or "&" in text:
        text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return text if text.isascii() else text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


_READY: Final = frozenset({str, bool, int, type(None)})


def encode(value: Value, type_: Type) -> Any:
    """Like `dumps`, but gives the data: dict, list, str, bool, None, int and, for other numbers, objects whose `str()`
    is the number's text.

    The data may share parts with the value: do not change it.
    """
    try:
        return _encode(value, type_) if type_.has_dynamic else _encode_plain(value)
    except RecursionError:
        return run_deep(_encode, value, type_) if type_.has_dynamic else run_deep(_encode_plain, value)


def _encode_plain(value: Value) -> Any:
    """The JSON data of a value whose type is given in full."""
    kind = type(value)
    if kind is str or kind is bool or value is None or kind is Null:
        return None if kind is Null else value
    if kind is int or kind is BigFloat:
        return _encode_number(cast("int | BigFloat", value))
    if kind is dict or kind is ObjectValue or kind is MapValue:
        entries = _entries(value)
        if kind is dict and _READY.issuperset(map(type, entries.values())) and not _has_huge(entries):
            return entries
        done: dict[str, Any] = {}
        name = ""
        try:
            for name, item in entries.items():
                done[name] = item if type(item) is str else _encode_plain(item)
        except JsonError as problem:
            raise below(_step(kind, name), problem) from None
        return done
    if kind is tuple or kind is TupleValue or kind is ListValue or kind is SetValue:
        return _encode_items(value, None)
    raise JsonError((), _why_not(value))


def _has_huge(entries: dict[str, Value]) -> bool:
    return any(type(item) is int and item.bit_length() > numbers.PRECISION for item in entries.values())


def _encode_number(number: int | BigFloat) -> Any:
    if type(number) is int:
        return number if number.bit_length() <= numbers.PRECISION else BigFloat(number, 0, numbers.PRECISION)
    if numbers.is_infinite(number):
        raise JsonError((), "cannot serialize infinity as JSON")
    return number


def _why_not(value: Value) -> str:
    if type(value) is Unknown:
        return "value is not known"
    assert type(value) is Marked
    return "value has marks, so it cannot be serialized as JSON"


def _entries(value: Value) -> dict[str, Value]:
    if type(value) is dict:
        return value
    return value.attributes if type(value) is ObjectValue else cast("MapValue", value).entries


def _step(kind: type, name: str) -> Step:
    return Index(name) if kind is MapValue else name


def below(step: Step, problem: JsonError) -> JsonError:
    """The problem with one step more in front of its path."""
    return JsonError((step, *problem.path), problem.message)


def _encode_items(value: Value, types: list[Type] | None) -> list[Any]:
    items = value if type(value) is tuple else cast("ListValue", value).items
    done: list[Any] = []
    try:
        if types is None:
            for item in items:
                done.append(item if type(item) is str else _encode_plain(item))
        else:
            for item, type_ in zip(items, types, strict=True):
                done.append(_encode(item, type_))
    except JsonError as problem:
        key: Value = items[len(done)] if type(value) is SetValue else len(done)
        raise below(Index(key), problem) from None
    return done


def _encode(value: Value, type_: Type) -> Any:
    if not type_.has_dynamic:
        return _encode_plain(value)
    if type(value) is Marked or type(value) is Unknown:
        raise JsonError((), _why_not(value))
    if type_ is DYNAMIC:
        if value is None:
            return None
        actual = type_of(value)
        return {"value": _encode(value, actual), "type": type_to_json(actual)}
    if value is None or type(value) is Null:
        return None
    if isinstance(type_, TupleType):
        return _encode_items(value, list(type_.elements))
    if isinstance(type_, CollectionType) and type_.kind != "map":
        return _encode_items(value, [type_.element] * len(cast("ListValue", value).items))
    done: dict[str, Any] = {}
    name = ""
    try:
        for name, item in _entries(value).items():
            inner = type_.attributes[name] if isinstance(type_, ObjectType) else cast("CollectionType", type_).element
            done[name] = _encode(item, inner)
    except JsonError as problem:
        raise below(_step(type(value), name), problem) from None
    return done
