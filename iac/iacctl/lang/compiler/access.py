"""Attributes and indexes of values, as the operators `.name` and `[key]` take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from iacctl.values import (
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NUMBER,
    STRING,
    ConversionError,
    ListType,
    ListValue,
    MapType,
    MapValue,
    Marked,
    Null,
    ObjectType,
    ObjectValue,
    SetType,
    SetValue,
    TupleType,
    TupleValue,
    Unknown,
    convert,
    mark,
    numbers,
    type_of,
    unknown_of,
    unmark,
)

if TYPE_CHECKING:
    from iacctl.values import Type, Value

_NULL_ATTRIBUTE: Final = (
    "Attempt to get attribute from null value",
    "This value is null, so it does not have any attributes.",
)
_NULL_INDEX: Final = ("Attempt to index null value", "This value is null, so it does not have any indices.")
_NOT_THERE: Final = "The given key does not identify an element in this collection value"


class AccessError(Exception):
    """A value has no such attribute or element.

    Attributes:
        summary: of the diagnostic.
        detail: of the diagnostic.
    """

    def __init__(self, summary: str, detail: str) -> None:
        super().__init__(f"{summary}: {detail}")
        self.summary = summary
        self.detail = detail


def attribute(value: Value, name: str) -> Value:
    """The value of `value.name`. Raises AccessError."""
    kind = type(value)
    if kind is dict:
        attributes = cast("dict[str, Value]", value)
        if name in attributes:
            return attributes[name]
    elif kind is ObjectValue:
        attributes = cast("ObjectValue", value).attributes
        if name in attributes:
            return attributes[name]
    elif kind is MapValue:
        entries = cast("MapValue", value).entries
        if name in entries:
            return entries[name]
        raise AccessError("Missing map element", f'This map does not have an element with the key "{name}".')
    elif kind is Marked:
        marked = cast("Marked", value)
        return mark(attribute(marked.value, name), marked.marks)
    elif kind is Null or value is None:
        raise AccessError(*_NULL_ATTRIBUTE)
    type_ = type_of(value)
    if kind is Unknown:
        if type_ is DYNAMIC:
            return DYNAMIC_UNKNOWN
        if isinstance(type_, ObjectType) and name in type_.attributes:
            return unknown_of(type_.attributes[name])
        if isinstance(type_, MapType):
            return unknown_of(type_.element)
    raise AccessError("Unsupported attribute", _no_attribute(type_, name))


def _no_attribute(type_: Type, name: str) -> str:
    if isinstance(type_, ObjectType):
        return f'This object does not have an attribute named "{name}".'
    if type_.is_primitive:
        return f"Can't access attributes on a primitive-typed value ({type_.friendly_name()})."
    if isinstance(type_, ListType) and isinstance(type_.element, ObjectType):
        if name in type_.element.attributes:
            return (
                f'Can\'t access attributes on a list of objects. Did you mean to access attribute "{name}" for a specific'
                " element of the list, or across all elements of the list?"
            )
        return (
            "Can't access attributes on a list of objects. Did you mean to access an attribute for a specific element of"
            " the list, or across all elements of the list?"
        )
    if isinstance(type_, SetType) and isinstance(type_.element, ObjectType):
        return (
            "Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of the"
            " set?"
        )
    return "This value does not have any attributes."


def index(collection: Value, key: Value) -> Value:
    """The value of `collection[key]`. Raises AccessError."""
    kind = type(collection)
    if type(key) is int:
        items: tuple[Value, ...] = ()
        if kind is tuple:
            items = cast("tuple[Value, ...]", collection)
        elif kind is ListValue or kind is TupleValue:
            items = cast("ListValue | TupleValue", collection).items
        if 0 <= key < len(items):
            return items[key]
    elif type(key) is str:
        entries: Any = None
        if kind is dict:
            entries = collection
        elif kind is MapValue:
            entries = cast("MapValue", collection).entries
        elif kind is ObjectValue:
            entries = cast("ObjectValue", collection).attributes
        if entries is not None and key in entries:
            return cast("Value", entries[key])
    return _index_slowly(collection, key)


def _index_slowly(collection: Value, key: Value) -> Value:
    collection, collection_marks = unmark(collection)
    key, key_marks = unmark(key)
    if collection is None or type(collection) is Null:
        raise AccessError(*_NULL_INDEX)
    if key is None or type(key) is Null:
        raise AccessError("Invalid index", "Can't use a null value as an indexing key.")
    type_ = type_of(collection)
    key_type = type_of(key)
    if type_ is DYNAMIC or key_type is DYNAMIC:
        return mark(DYNAMIC_UNKNOWN, collection_marks)
    if isinstance(type_, ListType | TupleType):
        position = _converted(key, NUMBER)
        if type(position) is Unknown and isinstance(type_, TupleType):
            return mark(DYNAMIC_UNKNOWN, collection_marks)
        # Of a key that selects nothing yet, or an attribute, Terraform forgets the marks.
        selects = type(position) is not Unknown and (type(collection) is not Unknown or isinstance(type_, TupleType))
        marks = collection_marks | key_marks if selects else collection_marks
        return mark(_element(collection, type_, position, private=bool(collection_marks)), marks)
    if isinstance(type_, MapType):
        name = _converted(key, STRING)
        selects = type(name) is not Unknown and type(collection) is not Unknown
        return mark(_entry(collection, type_, name), collection_marks | key_marks if selects else collection_marks)
    if isinstance(type_, ObjectType):
        name = _converted(key, STRING)
        if type(name) is Unknown:
            return mark(DYNAMIC_UNKNOWN, collection_marks)
        if type(collection) is Unknown and name in type_.attributes:
            return mark(unknown_of(type_.attributes[name]), collection_marks)
        return mark(_object_entry(collection, cast("str", name), key_type is NUMBER), collection_marks)
    if isinstance(type_, SetType):
        raise AccessError(
            "Invalid index",
            "Elements of a set are identified only by their value and don't have any separate index or key to select"
            " with, so it's only possible to perform operations across all elements of the set.",
        )
    raise AccessError("Invalid index", "This value does not have any indices.")


def _converted(key: Value, type_: Type) -> Value:
    try:
        return convert(key, type_)
    except ConversionError as error:
        raise AccessError("Invalid index", f"{_NOT_THERE}: {error.message}.") from None


def _element(collection: Value, type_: ListType | TupleType, key: Value, *, private: bool) -> Value:
    if type(key) is Unknown:
        return unknown_of(cast("ListType", type_).element)
    if type(collection) is Unknown and isinstance(type_, ListType):
        return unknown_of(type_.element)
    number = cast("numbers.BigFloat | int", key)
    if type(number) is not int:
        raise AccessError(
            "Invalid index",
            f"{_NOT_THERE}: indexing a sequence requires a whole number, but the given index has a fractional part.",
        )
    if number < 0:
        raise AccessError("Invalid index", f"{_NOT_THERE}: a negative number is not a valid index for a sequence.")
    if type(collection) is Unknown:
        elements = cast("TupleType", type_).elements
        if number < len(elements):
            return unknown_of(elements[number])
        items: tuple[object, ...] = elements
    else:
        items = items_of(collection)
        if number < len(items):
            return items[number]
    reason = ""
    if number == len(items) and not private:
        # Only for the first index that is too great, as in HCL.
        reason = (
            ": the given index is greater than or equal to the length of the collection"
            if items
            else ": the collection has no elements"
        )
    raise AccessError("Invalid index", f"{_NOT_THERE}{reason}.")


def items_of(sequence: Value) -> tuple[Value, ...]:
    """The elements of a known, unmarked list, set or tuple."""
    if type(sequence) is tuple:
        return sequence
    return cast("ListValue | SetValue | TupleValue", sequence).items


def _entry(collection: Value, type_: MapType, key: Value) -> Value:
    if type(key) is Unknown or type(collection) is Unknown:
        return unknown_of(type_.element)
    entries = cast("MapValue", collection).entries
    name = cast("str", key)
    if name in entries:
        return entries[name]
    raise AccessError("Invalid index", f"{_NOT_THERE}.")


def _object_entry(collection: Value, name: str, by_number: bool) -> Value:
    if type(collection) is not Unknown:
        attributes = collection if type(collection) is dict else cast("ObjectValue", collection).attributes
        if name in attributes:
            return attributes[name]
    hint = " An object only supports looking up attributes by name, not by numeric index." if by_number else ""
    raise AccessError("Invalid index", f"{_NOT_THERE}.{hint}")
