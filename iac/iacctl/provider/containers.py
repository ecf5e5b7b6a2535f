"""Reading and rebuilding values by schema: the same code for a list of blocks and for the tuple that stands in for it.

Blocks whose objects hold attributes of any type cannot form a list or map: they form a tuple or object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iacctl.values import Value


def present(value: Value) -> bool:
    """Whether a value is known and not null."""
    return value is not None and type(value) is not values.Null and type(value) is not values.Unknown


def attributes_of(value: Value) -> dict[str, Value]:
    """The attributes of an object that is known and not null."""
    if type(value) is dict:
        return value
    assert isinstance(value, values.ObjectValue)
    return value.attributes


def elements_of(value: Value) -> tuple[Value, ...]:
    """The elements of a list, set or tuple; none if it is null or unknown."""
    if isinstance(value, (values.ListValue, values.SetValue, values.TupleValue)):
        return value.items
    return value if type(value) is tuple else ()


def entries_of(value: Value) -> Mapping[str, Value]:
    """The elements of a map or object by key; none if it is null or unknown."""
    if isinstance(value, values.MapValue):
        return value.entries
    if isinstance(value, values.ObjectValue):
        return value.attributes
    return value if type(value) is dict else {}


def like_sequence(model: Value, items: Sequence[Value]) -> Value:
    """A list, set or tuple like `model`, with other elements."""
    if isinstance(model, values.ListValue):
        return values.list_value(model.element_type, items)
    if isinstance(model, values.SetValue):
        return values.set_value(model.element_type, items)
    return values.tuple_value(items)


def like_mapping(model: Value, entries: dict[str, Value]) -> Value:
    """A map or object like `model`, with other elements."""
    if isinstance(model, values.MapValue):
        return values.map_value(model.element_type, entries)
    return values.object_value(entries)
