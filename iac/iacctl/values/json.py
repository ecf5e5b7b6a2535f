"""The JSON form of values, as state, plan and output files have it.

It is directed by a type, as nulls, lists, sets and tuples look alike otherwise. Parts of unknown type (`DYNAMIC`)
become an object that holds value and type.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from iacctl.values import numbers
from iacctl.values.core import (
    ListValue,
    MapValue,
    SetValue,
    map_value,
    null_of,
    type_of,
)
from iacctl.values.equality import distinct_sorted
from iacctl.values.json_encoding import JsonError, below, dumps, encode, escaped
from iacctl.values.nesting import limit_is_raised, run_deep
from iacctl.values.numbers import BigFloat
from iacctl.values.paths import Index
from iacctl.values.set_hash import go_quoted
from iacctl.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    CollectionType,
    ObjectType,
    TupleType,
    type_from_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.values.core import Value
    from iacctl.values.types import Type

    Decoder: TypeAlias = Callable[[Any], Value]


__all__ = ["JsonError", "decode", "decoder", "dumps", "encode", "escaped", "implied", "loads", "text_value"]


def _no_constant(name: str) -> Any:
    raise ValueError(f"invalid character {name[0]!r} looking for beginning of value")


_decoder: Final = json.JSONDecoder(parse_float=numbers.parse, parse_int=numbers.parse, parse_constant=_no_constant)


def loads(text: str) -> Any:
    """Parses JSON text with exact numbers: data of dict, list, str, bool, None, int and BigFloat, never float.

    Raises:
        ValueError: if it is not JSON.
    """
    try:
        if not limit_is_raised() or text.count("[") + text.count("{") < _FEW:
            return _decoder.decode(text)
    except RecursionError:
        pass
    return _decode_patiently(text)


_FEW: Final = 500


def _decode_patiently(text: str) -> Any:
    """Parses JSON text that may be nested deeply: the standard library's scanner in C would need a deep C stack, the
    one in Python does not.
    """
    from json.scanner import py_make_scanner  # type: ignore[attr-defined]

    patient = json.JSONDecoder(parse_float=numbers.parse, parse_int=numbers.parse, parse_constant=_no_constant)
    patient.parse_object = json.decoder.JSONObject  # type: ignore[attr-defined]
    patient.parse_array = json.decoder.JSONArray  # type: ignore[attr-defined]
    patient.scan_once = py_make_scanner(patient)  # type: ignore[attr-defined]
    return run_deep(patient.decode, text)


def decode(data: Any, type_: Type) -> Value:
    """The value that parsed JSON stands for.

    Strings, numbers and bools are converted as cty does ("5" for a number is fine); attributes that are missing become
    null.

    Args:
        data: as `loads` gives it. A number may also be any object whose `str()` is its text.
        type_: what it should be.

    Raises:
        JsonError: if it does not fit.
    """
    try:
        return decoder(type_)(data)
    except RecursionError:
        return run_deep(_decode, data, type_)


def _decode(data: Any, type_: Type) -> Value:
    return decoder(type_)(data)


def decoder(type_: Type) -> Callable[[Any], Value]:
    """The compiled `decode` for values of one type."""
    found = type_.caches.get("decoder")
    if found is None:
        found = type_.caches["decoder"] = _compile(type_)
    return cast("Decoder", found)


def _compile(type_: Type) -> Decoder:
    if isinstance(type_, ObjectType):
        return _object_decoder(type_)
    if isinstance(type_, TupleType):
        return _tuple_decoder(type_)
    if isinstance(type_, CollectionType):
        return _map_decoder(type_) if type_.kind == "map" else _sequence_decoder(type_)
    return cast("Decoder", _SCALARS[type_.kind])


def text_value(text: str) -> str:
    """A string as a value: in Unicode's normal form NFC."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def _decode_string(data: Any) -> Value:
    if type(data) is str:
        return text_value(data)
    if data is None:
        return null_of(STRING)
    if type(data) is bool:
        return "true" if data else "false"
    if type(data) is dict or type(data) is list:
        raise JsonError((), "string is required")
    return str(data)


def _decode_number(data: Any) -> Value:
    if type(data) is int:
        return data if data.bit_length() <= numbers.PRECISION else numbers.rounded(data)
    if type(data) is BigFloat:
        return data
    if data is None:
        return null_of(NUMBER)
    if type(data) is bool or type(data) is dict or type(data) is list:
        raise JsonError((), "number is required")
    try:
        return numbers.parse(str(data))
    except ValueError:
        raise JsonError((), "a number is required") from None


def _decode_bool(data: Any) -> Value:
    if type(data) is bool:
        return data
    if data is None:
        return null_of(BOOL)
    if type(data) is not str:
        raise JsonError((), "bool is required")
    from iacctl.values.conversion import ConversionError, convert

    try:
        return convert(data, BOOL)
    except ConversionError as problem:
        raise JsonError((), problem.message) from None


def _decode_dynamic(data: Any) -> Value:
    if data is None:
        return None
    if type(data) is not dict:
        raise JsonError((), "need JSON object for dynamically-typed value")
    for name in data:
        if name not in ("value", "type"):
            raise JsonError((), f"invalid key {go_quoted(name)} in dynamically-typed value")
    for name in ("type", "value"):
        if name not in data:
            raise JsonError((), f"missing {name} in dynamically-typed value")
    try:
        type_ = type_from_json(data["type"])
    except ValueError as problem:
        raise JsonError((), str(problem)) from None
    return decode(data["value"], type_)


_SCALARS: Final[dict[str, Any]] = {
    "string": _decode_string,
    "number": _decode_number,
    "bool": _decode_bool,
    "dynamic": _decode_dynamic,
}


def _object_decoder(type_: ObjectType) -> Decoder:
    plan = [(name, decoder(part), null_of(part)) for name, part in type_.attributes.items()]
    null = null_of(type_)
    count = len(plan)

    def decode_object(data: Any) -> Value:
        if type(data) is not dict:
            if data is None:
                return null
            raise JsonError((), "need JSON object for object")
        done: dict[str, Value] = {}
        get = data.get
        found = 0
        name = ""
        try:
            for name, decode_attribute, absent in plan:
                item = get(name)
                if item is None:
                    done[name] = absent
                    continue
                found += 1
                done[name] = decode_attribute(item)
        except JsonError as problem:
            raise below(name, problem) from None
        if found != len(data) and (len(data) > count or not data.keys() <= done.keys()):
            surplus = next(name for name in data if name not in done)
            raise JsonError((), f"unsupported attribute {go_quoted(surplus)}")
        return done

    return decode_object


def _tuple_decoder(type_: TupleType) -> Decoder:
    plan = [decoder(part) for part in type_.elements]
    null = null_of(type_)

    def decode_tuple(data: Any) -> Value:
        if type(data) is not list:
            if data is None:
                return null
            raise JsonError((), "need JSON array for tuple")
        if len(data) != len(plan):
            few = "not enough" if len(data) < len(plan) else "too many"
            raise JsonError((), f"{few} tuple elements (need {len(plan)})")
        done: list[Value] = []
        try:
            for decode_element, item in zip(plan, data, strict=True):
                done.append(decode_element(item))
        except JsonError as problem:
            raise below(Index(len(done)), problem) from None
        return tuple(done)

    return decode_tuple


def _sequence_decoder(type_: CollectionType) -> Decoder:
    element = type_.element
    decode_element = decoder(element)
    null = null_of(type_)
    is_list = type_.kind == "list"
    empty = ListValue(element, ()) if is_list else SetValue(element, ())

    def decode_sequence(data: Any) -> Value:
        if type(data) is not list:
            if data is None:
                return null
            raise JsonError((), f"need JSON array for {type_.kind}")
        if not data:
            return empty
        done: list[Value] = []
        try:
            for item in data:
                done.append(decode_element(item))
        except JsonError as problem:
            raise below(Index(len(done)), problem) from None
        actual = element if element is not DYNAMIC else _only_type(done)
        return ListValue(actual, tuple(done)) if is_list else SetValue(actual, distinct_sorted(actual, done))

    return decode_sequence


def _only_type(items: list[Value]) -> Type:
    """The type of the elements of a collection that was written with elements of "any type"."""
    for item in items:
        if item is not None:
            return type_of(item)
    return DYNAMIC


def _map_decoder(type_: CollectionType) -> Decoder:
    element = type_.element
    decode_element = decoder(element)
    null = null_of(type_)
    empty = MapValue(element, {})

    def decode_map(data: Any) -> Value:
        if type(data) is not dict:
            if data is None:
                return null
            raise JsonError((), "need JSON object for map")
        if not data:
            return empty
        done: dict[str, Value] = {}
        name = ""
        try:
            for name, item in data.items():
                done[text_value(name)] = decode_element(item)
        except JsonError as problem:
            raise below(Index(name), problem) from None
        return map_value(element if element is not DYNAMIC else _only_type(list(done.values())), done)

    return decode_map


def implied(data: Any) -> Value:
    """The value that parsed JSON (see `loads`) stands for by itself, as `jsondecode` gives: arrays are tuples, objects
    objects.
    """
    try:
        return _implied(data)
    except RecursionError:
        return run_deep(_implied, data)


def _implied(data: Any) -> Value:
    kind = type(data)
    if kind is str:
        return text_value(data)
    if kind is dict:
        names = {text_value(name): name for name in data}
        return {name: _implied(data[names[name]]) for name in sorted(names)}
    if kind is list:
        return tuple([_implied(item) for item in data])
    if data is None or kind is bool:
        return cast("Value", data)
    return _decode_number(data)
