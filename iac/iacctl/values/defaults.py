"""Default values of optional object attributes (`optional(type, default)`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from iacctl.values.core import (
    ListValue,
    MapValue,
    ObjectValue,
    SetValue,
    TupleValue,
    is_null,
    list_value,
    map_value,
    object_value,
    set_value,
    tuple_value,
    type_of,
)
from iacctl.values.marks import mark, unmark
from iacctl.values.types import CollectionType, ObjectType, TupleType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.values.core import Value
    from iacctl.values.types import Type


class Defaults(NamedTuple):
    """The defaults of a type constraint.

    Attributes:
        type: the type constraint they belong to, with its optional attributes.
        values: the default of each attribute of an object type that has one, converted to the attribute's type.
        children: defaults deeper inside: by attribute name, by index as text for tuples, under "" for a collection's
            elements.
    """

    type: Type
    values: Mapping[str, Value]
    children: Mapping[str, Defaults]


def apply(defaults: Defaults, value: Value) -> Value:
    """Fills in defaults for missing and null attributes, before the value is converted to `defaults.type`.

    A value that does not fit comes back as far as it can be filled in, and the conversion will complain. Null and
    unknown values stay. The recursion is as deep as the type constraint, which stands in the source.
    """
    inner, marks = unmark(value)
    if not defaults.values and not defaults.children:
        return value
    if type(inner) is dict or type(inner) is ObjectValue:
        attributes = inner if type(inner) is dict else cast("ObjectValue", inner).attributes
        return mark(object_value(_filled(defaults, attributes)), marks)
    if type(inner) is MapValue:
        return mark(_map(defaults, inner), marks)
    if type(inner) is tuple or type(inner) is TupleValue or type(inner) is ListValue or type(inner) is SetValue:
        items = inner if type(inner) is tuple else cast("TupleValue", inner).items
        done = [_applied(_child(defaults, str(index)), item) for index, item in enumerate(items)]
        return mark(_sequence(inner, done), marks)
    return value


def _applied(defaults: Defaults | None, value: Value) -> Value:
    return value if defaults is None else apply(defaults, value)


def _child(defaults: Defaults, name: str) -> Defaults | None:
    if isinstance(defaults.type, CollectionType):
        return defaults.children.get("")
    if isinstance(defaults.type, TupleType | ObjectType):
        return defaults.children.get(name)
    return None


def _filled(defaults: Defaults, attributes: dict[str, Value]) -> dict[str, Value]:
    done = {name: _applied(_child(defaults, name), item) for name, item in attributes.items()}
    for name, default in defaults.values.items():
        if name not in done or is_null(done[name]):
            done[name] = _applied(defaults.children.get(name), default)
    return done


def _map(defaults: Defaults, value: MapValue) -> Value:
    done = _filled(defaults, value.entries)
    if not done:
        return value
    items = _unified(list(done.values()))
    return object_value(done) if items is None else map_value(type_of(items[0]), dict(zip(done, items, strict=True)))


def _sequence(value: Value, done: list[Value]) -> Value:
    if type(value) is tuple or type(value) is TupleValue:
        return tuple_value(done)
    if not done:
        return value
    items = _unified(done)
    if items is None:
        return tuple_value(done)
    return (list_value if type(value) is ListValue else set_value)(type_of(items[0]), items)


def _unified(items: list[Value]) -> list[Value] | None:
    from iacctl.values.conversion import ConversionError, unify

    found = unify([type_of(item) for item in items], unsafe=True)
    if found is None:
        return None
    try:
        return [item if convert is None else convert(item) for convert, item in zip(found[1], items, strict=True)]
    except ConversionError:
        return None
