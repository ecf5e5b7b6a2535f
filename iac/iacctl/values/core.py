"""Value classes and the smart constructors that pick a value's one canonical form.

A value is a native `str`, `bool`, `int`, `tuple` or `dict` where Python's type implies the cty type, and an object of
one of the slotted classes below otherwise. Every value has exactly one form: a tuple or object that is wholly known and
unmarked all the way down is a Python `tuple` or a key-sorted Python `dict`, any other is a `TupleValue` or
`ObjectValue`. All values are immutable, also the native `dict`s, and none may be compared or hashed with Python's `==`
or `hash()` (`True == 1` there): see `iacctl.values.equality`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

from iacctl.values.nesting import run_deep
from iacctl.values.numbers import BigFloat
from iacctl.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    SetType,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.values.unknown import Refinements

Mark: TypeAlias = object
"""A mark: one of the constants below, or any hashable object that its user compares by equality."""

SENSITIVE: Final = "sensitive"
EPHEMERAL: Final = "ephemeral"
NO_MARKS: Final[frozenset[Mark]] = frozenset()


@final
class Null:
    """A null of a known type; made by `null_of`. The null of the dynamic type is Python's `None`.

    Attributes:
        type: the type.
    """

    __slots__ = ("type",)

    has_unknown: Final = False
    has_marks: Final = False

    def __init__(self, type_: Type) -> None:
        if type_ is DYNAMIC:
            raise ValueError("the null of the dynamic type is None")
        self.type = type_

    def __repr__(self) -> str:
        return f"Null({self.type!r})"


@final
class Unknown:
    """A value that is not known yet; made by `unknown_of` and `unknown.refine`.

    Attributes:
        type: its type; `DYNAMIC` when not even that is known.
        refinements: what is known about it nevertheless.
    """

    __slots__ = ("refinements", "type")

    has_unknown: Final = True
    has_marks: Final = False

    def __init__(self, type_: Type, refinements: Refinements | None = None) -> None:
        self.type = type_
        self.refinements = refinements

    def __repr__(self) -> str:
        return (
            f"Unknown({self.type!r})" if self.refinements is None else f"Unknown({self.type!r}, {self.refinements!r})"
        )


@final
class Marked:
    """A value with marks on it; made by `marks.mark`. It never wraps another `Marked`.

    Attributes:
        value: the value without these marks; deeper down it may have others.
        marks: the marks, never empty.
        has_unknown: whether the value is not wholly known.
    """

    __slots__ = ("has_unknown", "marks", "value")

    has_marks: Final = True

    def __init__(self, value: Value, marks: frozenset[Mark]) -> None:
        self.value = value
        self.marks = marks
        self.has_unknown: bool = type(value) not in NATIVE and cast("SlottedValue", value).has_unknown

    @property
    def type(self) -> Type:
        """The type of the value inside."""
        return type_of(self.value)

    def __repr__(self) -> str:
        return f"Marked({self.value!r}, {set(self.marks)!r})"


class _Container:
    """What the slotted containers share.

    Attributes:
        has_unknown: whether an unknown value is anywhere inside.
        has_marks: whether a mark is anywhere inside.
    """

    __slots__ = ("has_marks", "has_unknown")

    has_unknown: bool
    has_marks: bool

    def _look_inside(self, parts: Iterable[Value]) -> None:
        unknown = marks = False
        for part in parts:
            if type(part) not in NATIVE:
                inner = cast("SlottedValue", part)
                unknown = unknown or inner.has_unknown
                marks = marks or inner.has_marks
        self.has_unknown = unknown
        self.has_marks = marks


@final
class TupleValue(_Container):
    """A tuple with an unknown value or a mark inside; made by `tuple_value`.

    Attributes:
        items: the elements.
    """

    __slots__ = ("_type", "items")

    def __init__(self, items: tuple[Value, ...]) -> None:
        self.items = items
        self._type: Type | None = None
        self._look_inside(items)

    @property
    def type(self) -> Type:
        """The tuple type."""
        found = self._type
        if found is None:
            found = self._type = type_of(self)
        return found

    def __repr__(self) -> str:
        return f"TupleValue({self.items!r})"


@final
class ObjectValue(_Container):
    """An object with an unknown value or a mark inside; made by `object_value`.

    Attributes:
        attributes: the attributes in the order of names; not to be changed.
    """

    __slots__ = ("_type", "attributes")

    def __init__(self, attributes: dict[str, Value]) -> None:
        self.attributes = attributes
        self._type: Type | None = None
        self._look_inside(attributes.values())

    @property
    def type(self) -> Type:
        """The object type."""
        found = self._type
        if found is None:
            found = self._type = type_of(self)
        return found

    def __repr__(self) -> str:
        return f"ObjectValue({self.attributes!r})"


@final
class ListValue(_Container):
    """A list; made by `list_value`.

    Attributes:
        type: the list type.
        element_type: the type of its elements; `DYNAMIC` only when it is empty or its elements are unknown.
        items: the elements.
    """

    __slots__ = ("element_type", "items", "type")

    def __init__(self, element_type: Type, items: tuple[Value, ...]) -> None:
        self.element_type = element_type
        self.type: ListType = element_type.list_type or list_of(element_type)
        self.items = items
        self._look_inside(items)

    def __repr__(self) -> str:
        return f"ListValue({self.element_type!r}, {self.items!r})"


@final
class SetValue(_Container):
    """A set; made by `set_value`, which drops duplicates and sorts. Marks are never inside a set, only on it.

    Attributes:
        type: the set type.
        element_type: the type of its elements.
        items: the distinct elements in the order of `equality.sort_elements`; unknown ones come last, and may turn out
            to be equal.
    """

    __slots__ = ("element_type", "items", "type")

    def __init__(self, element_type: Type, items: tuple[Value, ...]) -> None:
        self.element_type = element_type
        self.type: SetType = element_type.set_type or set_of(element_type)
        self.items = items
        self._look_inside(items)

    def __repr__(self) -> str:
        return f"SetValue({self.element_type!r}, {self.items!r})"


@final
class MapValue(_Container):
    """A map from strings; made by `map_value`.

    Attributes:
        type: the map type.
        element_type: the type of its elements.
        entries: the elements in the order of keys; not to be changed.
    """

    __slots__ = ("element_type", "entries", "type")

    def __init__(self, element_type: Type, entries: dict[str, Value]) -> None:
        self.element_type = element_type
        self.type: MapType = element_type.map_type or map_of(element_type)
        self.entries = entries
        self._look_inside(entries.values())

    def __repr__(self) -> str:
        return f"MapValue({self.element_type!r}, {self.entries!r})"


SlottedValue: TypeAlias = "Null | Unknown | Marked | TupleValue | ObjectValue | ListValue | SetValue | MapValue"
Value: TypeAlias = "str | bool | int | BigFloat | tuple[Value, ...] | dict[str, Value] | SlottedValue | None"
Number: TypeAlias = "int | BigFloat"

NATIVE: Final = frozenset({str, bool, int, BigFloat, type(None), tuple, dict})
"""Python types whose values are wholly known and unmarked. (All other values have `has_unknown` and `has_marks`.)"""

_PLAIN: Final = NATIVE | {Null}
_ONLY_STRINGS: Final = frozenset({str})
_SCALAR_TYPES: Final[dict[type, Type]] = {str: STRING, bool: BOOL, int: NUMBER, BigFloat: NUMBER, type(None): DYNAMIC}

DYNAMIC_UNKNOWN: Final = Unknown(DYNAMIC)
DYNAMIC.unknown = DYNAMIC_UNKNOWN


def null_of(type_: Type) -> Null | None:
    """The null of a type; `None` for the dynamic type. The type must not have optional attributes."""
    found = type_.null
    if found is None and type_ is not DYNAMIC:
        found = type_.null = Null(type_)
    return found


def unknown_of(type_: Type) -> Unknown:
    """The unknown value of a type, without refinements."""
    found = type_.unknown
    if found is None:
        found = type_.unknown = Unknown(type_)
    return found


def tuple_value(items: Iterable[Value]) -> tuple[Value, ...] | TupleValue:
    """A tuple in its canonical form."""
    parts = tuple(items)
    if _PLAIN.issuperset(map(type, parts)):
        return parts
    made = TupleValue(parts)
    return made if made.has_unknown or made.has_marks else parts


def object_value(attributes: Mapping[str, Value]) -> dict[str, Value] | ObjectValue:
    """An object in its canonical form. It takes over a `dict` that is given: do not change it afterwards."""
    sorted_ = _by_key(attributes)
    if _PLAIN.issuperset(map(type, sorted_.values())):
        return sorted_
    made = ObjectValue(sorted_)
    return made if made.has_unknown or made.has_marks else sorted_


def list_value(element_type: Type, items: Iterable[Value]) -> ListValue:
    """A list. The elements must have the element type (see `conversion.convert`)."""
    return ListValue(element_type, tuple(items))


def set_value(element_type: Type, items: Iterable[Value]) -> SetValue | Marked:
    """A set without duplicates, in order. Marks of the elements move to the set as a whole, as a set cannot hold marked
    elements.
    """
    given = list(items)
    if _ONLY_STRINGS.issuperset(map(type, given)):
        return SetValue(element_type, tuple(sorted(set(cast("list[str]", given)))))
    from iacctl.values.equality import distinct_sorted
    from iacctl.values.marks import mark, unmark_all

    parts, marks = unmark_all(given)
    made = SetValue(element_type, distinct_sorted(element_type, parts))
    return cast("SetValue | Marked", mark(made, marks)) if marks else made


def map_value(element_type: Type, entries: Mapping[str, Value]) -> MapValue:
    """A map. The elements must have the element type. It takes over a `dict` that is given: do not change it
    afterwards.
    """
    return MapValue(element_type, _by_key(entries))


def _by_key(entries: Mapping[str, Value]) -> dict[str, Value]:
    names = list(entries)
    in_order = sorted(names)
    if names == in_order and type(entries) is dict:
        return entries
    return {name: entries[name] for name in in_order}


def type_of(value: Value) -> Type:
    """The type of a value. It never has optional attributes."""
    found = _SCALAR_TYPES.get(type(value))
    if found is not None:
        return found
    try:
        return _type_of(value)
    except RecursionError:
        return run_deep(_type_of, value)


def _type_of(value: Value) -> Type:
    kind = type(value)
    if kind is tuple:
        items = cast("tuple[Value, ...]", value)
        return tuple_of([_SCALAR_TYPES.get(type(item)) or _type_of(item) for item in items])
    if kind is dict:
        attributes = cast("dict[str, Value]", value)
        return object_of({name: _SCALAR_TYPES.get(type(item)) or _type_of(item) for name, item in attributes.items()})
    found = _SCALAR_TYPES.get(kind)
    if found is not None:
        return found
    if kind is Marked:
        return _type_of(cast("Marked", value).value)
    if kind is TupleValue:
        box = cast("TupleValue", value)
        if box._type is None:
            box._type = tuple_of([_type_of(item) for item in box.items])
        return box._type
    if kind is ObjectValue:
        holder = cast("ObjectValue", value)
        if holder._type is None:
            holder._type = object_of({name: _type_of(item) for name, item in holder.attributes.items()})
        return holder._type
    return cast("Null | Unknown | ListValue | SetValue | MapValue", value).type


def is_known(value: Value) -> bool:
    """Whether the value itself is known; inside a container there may still be unknown values. Looks through marks."""
    kind = type(value)
    return kind is not Unknown and (kind is not Marked or type(cast("Marked", value).value) is not Unknown)


def is_wholly_known(value: Value) -> bool:
    """Whether there is no unknown value in it, all the way down. Takes constant time."""
    return type(value) in NATIVE or not cast("SlottedValue", value).has_unknown


def is_null(value: Value) -> bool:
    """Whether the value is a null of any type. Looks through marks; an unknown value is not (yet) null."""
    kind = type(value)
    if kind is Marked:
        value = cast("Marked", value).value
        kind = type(value)
    return value is None or kind is Null


def has_marks(value: Value) -> bool:
    """Whether a mark is on the value or anywhere inside. Takes constant time."""
    return type(value) not in NATIVE and cast("SlottedValue", value).has_marks
