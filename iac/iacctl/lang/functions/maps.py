"""Functions of maps and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.lang.compiler.access import items_of
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.lang.functions.go_syntax import quoted
from iacctl.values import (
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    STRING,
    ConversionError,
    ListType,
    ListValue,
    MapType,
    MapValue,
    ObjectType,
    ObjectValue,
    TupleType,
    Unknown,
    convert,
    is_null,
    is_wholly_known,
    list_of,
    list_value,
    map_of,
    map_value,
    mark,
    object_of,
    object_value,
    tuple_of,
    tuple_value,
    type_of,
    unknown_of,
    unmark,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Type, Value


def entries_of(value: Value) -> dict[str, Value]:
    """The entries of a known, unmarked map or object."""
    if type(value) is dict:
        return value
    if type(value) is MapValue:
        return value.entries
    return cast("ObjectValue", value).attributes


def _keys(mapping: Value) -> Value:
    bare, marks = unmark(mapping)
    type_ = type_of(bare)
    if isinstance(type_, MapType):
        if type(bare) is Unknown:
            return mark(unknown_of(list_of(STRING)), marks)
        return mark(list_value(STRING, entries_of(bare)), marks)
    if isinstance(type_, ObjectType):
        return mark(tuple(type_.attributes), marks)
    if type_ is DYNAMIC:
        return mark(DYNAMIC_UNKNOWN, marks)
    raise ArgumentError(0, "must have map or object type")


def _values(mapping: Value) -> Value:
    bare, marks = unmark(mapping)
    type_ = type_of(bare)
    _values_type(mapping)
    items = entries_of(bare).values()
    if isinstance(type_, MapType):
        return mark(list_value(type_.element, items), marks)
    return mark(tuple_value(items), marks)


def _values_type(mapping: Value) -> Type:
    type_ = type_of(mapping)
    if isinstance(type_, MapType):
        return list_of(type_.element)
    if isinstance(type_, ObjectType):
        return tuple_of(type_.attributes.values())
    raise FunctionError("values() requires a map as the first argument")


def _lookup(mapping: Value, key: Value, *default: Value) -> Value:
    if len(default) > 1:
        raise FunctionError(f"lookup() takes two or three arguments, got {len(default) + 2}")
    bare, marks = unmark(mapping)
    name, more = unmark(key)
    marks |= more
    type_ = type_of(bare)
    result = _lookup_type(mapping, key, *default)
    entries = entries_of(bare)
    if name in entries:
        found = entries[name]
        if isinstance(type_, MapType) or not default:
            return mark(found, marks)
        return mark(_fitting(found, result, 0), marks)
    if default:
        fallback, fallback_marks = unmark(default[0])
        return mark(_fitting(fallback, result, 2), marks | fallback_marks)
    raise FunctionError(f"lookup failed to find key {quoted(str(name))}")


def _fitting(value: Value, type_: Type, position: int) -> Value:
    if type_ is DYNAMIC:
        return value
    try:
        return convert(value, type_)
    except ConversionError as error:
        raise ArgumentError(position, error.message) from None


def _lookup_type(mapping: Value, key: Value, *default: Value) -> Type:
    if len(default) > 1:
        raise FunctionError(f"lookup() takes two or three arguments, got {len(default) + 2}")
    type_ = type_of(mapping)
    if isinstance(type_, ObjectType):
        name, _ = unmark(key)
        if type(name) is Unknown:
            return DYNAMIC
        if name in type_.attributes:
            return type_.attributes[name]
        if default:
            return type_of(default[0])
        raise ArgumentError(0, f"the given object has no attribute {quoted(str(name))}")
    if not isinstance(type_, MapType):
        raise ArgumentError(0, "lookup() requires a map as the first argument")
    if default:
        try:
            convert(default[0], type_.element)
        except ConversionError:
            raise ArgumentError(2, "the default value must have the same type as the map elements") from None
    return type_.element


def _merge(*mappings: Value) -> Value:
    if not mappings:
        return {}
    types = [type_of(mapping) for mapping in mappings]
    for mapping, type_ in zip(mappings, types, strict=True):
        if type_ is DYNAMIC:
            if type(unmark(mapping)[0]) is Unknown:
                return DYNAMIC_UNKNOWN
        elif not isinstance(type_, MapType | ObjectType):
            raise FunctionError(f'arguments must be maps or objects, got "{type_.friendly_name()}"')
    marks = NO_MARKS
    found: dict[str, Value] = {}
    for mapping in mappings:
        bare, more = unmark(mapping)
        if is_null(bare):
            continue
        marks |= more
        found.update(entries_of(bare))
    first = types[0]
    if isinstance(first, MapType) and all(type_ is first for type_ in types):
        return mark(map_value(first.element, found), marks)
    return mark(object_value(found), marks)


def _merge_type(*mappings: Value) -> Type:
    types = [type_of(mapping) for mapping in mappings]
    for mapping, type_ in zip(mappings, types, strict=True):
        if type_ is DYNAMIC:
            if type(unmark(mapping)[0]) is Unknown:
                return DYNAMIC
        elif not isinstance(type_, MapType | ObjectType):
            raise FunctionError(f'arguments must be maps or objects, got "{type_.friendly_name()}"')
    if all(type_ is types[0] for type_ in types) and isinstance(types[0], MapType):
        return types[0]
    attributes: dict[str, Type] = {}
    for mapping, type_ in zip(mappings, types, strict=True):
        bare, _ = unmark(mapping)
        if isinstance(type_, ObjectType):
            if not is_null(bare):
                attributes.update(type_.attributes)
        elif isinstance(type_, MapType):
            if type(bare) is Unknown:
                return DYNAMIC
            if not is_null(bare):
                attributes.update({name: type_of(value) for name, value in entries_of(bare).items()})
    return object_of(attributes)


def _transpose(mapping: MapValue) -> Value:
    if not is_wholly_known(mapping):
        return unknown_of(map_of(list_of(STRING)))
    found: dict[str, list[Value]] = {}
    for name, strings in mapping.entries.items():
        if is_null(strings):
            raise FunctionError("input must not contain null list")
        for text in items_of(strings):
            if is_null(text):
                raise FunctionError("input list must not contain null string")
            found.setdefault(cast("str", text), []).append(name)
    return map_value(list_of(STRING), {name: list_value(STRING, sorted(texts)) for name, texts in found.items()})  # type: ignore[type-var]


def _zipmap(keys: Value, values: Value) -> Value:
    names, marks = unmark(keys)
    items, more = unmark(values)
    marks |= more
    type_ = type_of(items)
    if not isinstance(type_, ListType | TupleType):
        raise FunctionError("values argument must be a list or tuple value")
    listed = items_of(names)
    given = items_of(items)
    if len(listed) != len(given):
        raise FunctionError(f"number of keys ({len(listed)}) does not match number of values ({len(given)})")
    found: dict[str, Value] = {}
    for position, (name, value) in enumerate(zip(listed, given, strict=True)):
        text, name_marks = unmark(name)
        marks |= name_marks
        if type(text) is Unknown:
            return mark(unknown_of(_zipmap_type(keys, values)), marks)
        if is_null(text):
            raise FunctionError(f"keys list has null value at index {position}")
        found[cast("str", text)] = value
    if isinstance(type_, ListType):
        return mark(map_value(type_.element, found), marks)
    return mark(object_value(found), marks)


def _zipmap_type(keys: Value, values: Value) -> Type:
    type_ = type_of(values)
    if isinstance(type_, ListType):
        return map_of(type_.element)
    if not isinstance(type_, TupleType):
        raise FunctionError("values argument must be a list or tuple value")
    names, _ = unmark(keys)
    if not is_wholly_known(names):
        return DYNAMIC
    listed = cast("ListValue", names).items
    if len(listed) != len(type_.elements):
        raise FunctionError(f"number of keys ({len(listed)}) does not match number of values ({len(type_.elements)})")
    return object_of({cast("str", unmark(name)[0]): part for name, part in zip(listed, type_.elements, strict=True)})


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "keys": _keys,
    "lookup": Implementation(_lookup, _lookup_type),
    "merge": Implementation(_merge, _merge_type),
    "transpose": _transpose,
    "values": Implementation(_values, _values_type),
    "zipmap": Implementation(_zipmap, _zipmap_type),
}
