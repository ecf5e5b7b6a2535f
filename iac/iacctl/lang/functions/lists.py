"""Functions of lists, tuples and sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.lang.compiler.access import items_of
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.lang.functions.maps import entries_of
from iacctl.lang.functions.numeric import whole
from iacctl.values import (
    BOOL,
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NO_MARKS,
    NUMBER,
    STRING,
    ConversionError,
    ListType,
    ListValue,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Unknown,
    convert,
    equal,
    is_null,
    is_wholly_known,
    list_of,
    list_value,
    mark,
    numbers,
    refine,
    refine_not_null,
    tuple_of,
    tuple_value,
    type_of,
    unify,
    unknown,
    unknown_of,
    unmark,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Number, Type, Value

_MOST_VALUES: Final = 1024
"""As many numbers as `range` gives at most."""


def _length(value: Value) -> Value:
    bare, marks = unmark(value)
    type_ = type_of(bare)
    if type_ is DYNAMIC:
        return mark(refine_not_null(unknown_of(NUMBER)), marks)
    if type_ is STRING:
        if type(bare) is Unknown:
            return mark(refine(unknown_of(NUMBER), not_null=True, lower=0), marks)
        from iacctl.lang.functions.strings import clusters

        return mark(len(clusters(cast("str", bare))), marks)
    if not isinstance(type_, ListType | SetType | MapType | TupleType | ObjectType):
        raise FunctionError("argument must be a string, a collection type, or a structural type")
    return unknown.length(value)


def _element(sequence: Value, index: Number) -> Value:
    bare, marks = unmark(sequence)
    _element_type(sequence, index)
    items = items_of(bare)
    position = whole(index, "invalid index: ")
    if not items:
        raise FunctionError("cannot use element function with an empty list")
    return mark(items[position % len(items)], marks)


def _element_type(sequence: Value, index: Value) -> Type:
    type_ = type_of(sequence)
    if isinstance(type_, ListType):
        return type_.element
    if not isinstance(type_, TupleType):
        raise FunctionError(f"cannot read elements from {type_.friendly_name()}")
    if type(index) is Unknown:
        return DYNAMIC
    position = whole(cast("Number", index), "invalid index: ")
    if not type_.elements:
        raise FunctionError("cannot use element function with an empty list")
    return type_.elements[position % len(type_.elements)]


def _reverse(sequence: Value) -> Value:
    bare, marks = unmark(sequence)
    type_ = type_of(bare)
    _reverse_type(sequence)
    items = tuple(reversed(items_of(bare)))
    if isinstance(type_, TupleType):
        return mark(tuple_value(items), marks)
    return mark(list_value(cast("ListType | SetType", type_).element, items), marks)


def _reverse_type(sequence: Value) -> Type:
    type_ = type_of(sequence)
    if isinstance(type_, TupleType):
        return tuple_of(tuple(reversed(type_.elements)))
    if isinstance(type_, ListType | SetType):
        return list_of(type_.element)
    raise ArgumentError(0, f"can only reverse list or tuple values, not {type_.friendly_name()}")


def _slice(sequence: Value, start: Number, end: Number) -> Value:
    bare, marks = unmark(sequence)
    type_ = type_of(bare)
    first, last = _bounds(type_, start, end, len(items_of(bare)) if _sliceable(type_) else None)
    items = items_of(bare)[first:last]
    if isinstance(type_, TupleType):
        return mark(tuple_value(items), marks)
    return mark(list_value(cast("ListType", type_).element, items), marks)


def _sliceable(type_: Type) -> bool:
    return isinstance(type_, ListType | TupleType)


def _bounds(type_: Type, start: Value, end: Value, length: int | None) -> tuple[int, int]:
    """The positions that a slice begins and ends at; of those that are unknown the rest of the checks is made with 0."""
    if not _sliceable(type_):
        if isinstance(type_, SetType):
            raise ArgumentError(
                0,
                "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the"
                " ordering of the result is not important",
            )
        raise ArgumentError(0, "must be a list or tuple value")
    first = 0 if type(start) is Unknown else _position(cast("Number", start), 1, "invalid start index: ")
    if first < 0:
        raise ArgumentError(1, "start index must not be less than zero")
    if length is not None and first > length:
        raise ArgumentError(1, "start index must not be greater than the length of the list")
    last = first if type(end) is Unknown else _position(cast("Number", end), 2, "invalid end index: ")
    if last < 0:
        raise ArgumentError(2, "end index must not be less than zero")
    if length is not None and last > length:
        raise ArgumentError(2, "end index must not be greater than the length of the list")
    if first > last and type(start) is not Unknown:
        raise ArgumentError(1, "start index must not be greater than end index")
    return first, last


def _position(number: Number, argument: int, what: str) -> int:
    try:
        return whole(number, what)
    except FunctionError as error:
        raise ArgumentError(argument, str(error)) from None


def _slice_type(sequence: Value, start: Value, end: Value) -> Type:
    type_ = type_of(sequence)
    if isinstance(type_, ListType):
        bare = unmark(sequence)[0]
        _bounds(type_, start, end, None if type(bare) is Unknown else len(items_of(bare)))
        return type_
    if not isinstance(type_, TupleType):
        _bounds(type_, 0, 0, None)
        return DYNAMIC
    first, last = _bounds(type_, start, end, len(type_.elements))
    if type(start) is Unknown or type(end) is Unknown:
        return DYNAMIC
    return tuple_of(type_.elements[first:last])


def _concat(*sequences: Value) -> Value:
    if not sequences:
        raise FunctionError("at least one argument is required")
    bare = [unmark(sequence)[0] for sequence in sequences]
    marks = NO_MARKS
    for sequence in sequences:
        marks |= unmark(sequence)[1]
    found: list[Value] = []
    type_ = _concat_type(*sequences)
    if isinstance(type_, ListType):
        for sequence in bare:
            found.extend(items_of(convert(sequence, type_)))
        return mark(list_value(type_.element, found), marks)
    for sequence in bare:
        found.extend(items_of(sequence))
    return mark(tuple_value(found), marks)


def _concat_type(*sequences: Value) -> Type:
    types = [type_of(sequence) for sequence in sequences]
    if all(isinstance(type_, ListType) for type_ in types):
        common = unify([cast("ListType", type_).element for type_ in types])
        if common is not None:
            return list_of(common[0])
    parts: list[Type] = []
    for position, (sequence, type_) in enumerate(zip(sequences, types, strict=True)):
        bare, _ = unmark(sequence)
        if isinstance(type_, TupleType):
            parts.extend(type_.elements)
        elif not isinstance(type_, ListType):
            raise ArgumentError(position, f"all arguments must be lists or tuples; got {type_.friendly_name()}")
        elif type(bare) is Unknown:
            return DYNAMIC
        else:
            parts.extend(type_of(item) for item in items_of(bare))
    return tuple_of(parts)


def _chunklist(sequence: Value, size: Value) -> Value:
    bare, marks = unmark(sequence)
    bare_size, size_marks = unmark(size)
    marks |= size_marks
    items = items_of(bare)
    count = whole(cast("Number", bare_size), "invalid size: ")
    if count < 0:
        raise FunctionError("the size argument must be positive")
    type_ = cast("ListType", type_of(bare))
    if not items:
        return mark(list_value(type_, ()), marks)
    if count == 0:
        count = len(items)
    chunks = [list_value(type_.element, items[at : at + count]) for at in range(0, len(items), count)]
    return mark(list_value(type_, chunks), marks)


def _chunklist_type(sequence: Value, size: Value) -> Type:
    return list_of(type_of(sequence))


def _same_type(sequence: Value, *others: Value) -> Type:
    return type_of(sequence)


def _compact(strings: ListValue) -> Value:
    if strings.has_unknown:
        return unknown_of(list_of(STRING))
    return list_value(STRING, [item for item in strings.items if type(item) is str and item])


def _distinct(sequence: ListValue) -> Value:
    from iacctl.values import key

    if sequence.has_unknown:
        return unknown_of(sequence.type)
    found: dict[object, Value] = {}
    for item in sequence.items:
        found.setdefault(key(item), item)
    return list_value(sequence.element_type, found.values())


def _contains(sequence: Value, wanted: Value) -> Value:
    if not isinstance(type_of(sequence), ListType | SetType | TupleType):
        raise FunctionError("argument must be list, tuple, or set")
    open_question = False
    for item in items_of(sequence):
        same = equal(item, wanted)
        if same is True:
            return True
        if same is not False:
            open_question = True
    return refine_not_null(unknown_of(BOOL)) if open_question else False


def _contains_type(sequence: Value, wanted: Value) -> Type:
    return BOOL


def _index(sequence: Value, wanted: Value) -> Value:
    if not isinstance(type_of(sequence), ListType | TupleType):
        raise FunctionError("argument must be a list or tuple")
    items = items_of(sequence)
    if not items:
        raise FunctionError("cannot search an empty list")
    for position, item in enumerate(items):
        same = equal(item, wanted)
        if type(same) is Unknown:
            return refine_not_null(unknown_of(NUMBER))
        if same is True:
            return position
    raise FunctionError("item not found")


def _index_type(sequence: Value, wanted: Value) -> Type:
    return NUMBER


def _flatten(sequence: Value) -> Value:
    bare, marks = unmark(sequence)
    _flatten_type(sequence)
    found: list[Value] = []
    pending = list(reversed(list(entries_of(bare).values()) if _is_mapping(bare) else items_of(bare)))
    unclear = False
    while pending:
        item = pending.pop()
        inner, more = unmark(item)
        if isinstance(type_of(inner), ListType | SetType | TupleType) and not is_null(inner):
            marks |= more
            if type(inner) is Unknown:
                unclear = True
            else:
                pending.extend(reversed(items_of(inner)))
            continue
        if type(inner) is Unknown and inner.type is DYNAMIC:
            marks |= more
            unclear = True
            continue
        found.append(item)
    return mark(DYNAMIC_UNKNOWN if unclear else tuple_value(found), marks)


def _is_mapping(value: Value) -> bool:
    return isinstance(type_of(value), MapType | ObjectType)


def _flatten_type(sequence: Value) -> Type:
    bare = unmark(sequence)[0]
    if type(bare) is Unknown or (_is_mapping(bare) and not is_wholly_known(bare)):
        # What is not known is not looked at closely, and a mapping may pass.
        return DYNAMIC
    if not isinstance(type_of(sequence), ListType | SetType | TupleType):
        raise FunctionError("can only flatten lists, sets and tuples")
    return DYNAMIC


def _matchkeys(given: ListValue, keys: ListValue, wanted: ListValue) -> Value:
    result_type = given.type
    common = unify([keys.type, wanted.type])
    if common is None:
        raise FunctionError("keys and searchset must be of the same type")
    if len(given.items) != len(keys.items):
        raise FunctionError("length of keys and values should be equal")
    if not wanted.items:
        return list_value(given.element_type, ())
    if given.has_unknown or keys.has_unknown:
        return unknown_of(result_type)
    try:
        lookup = items_of(convert(keys, common[0]))
        search = items_of(convert(wanted, common[0]))
    except ConversionError as error:
        raise FunctionError(error.message) from None
    found: list[Value] = []
    for value, name in zip(given.items, lookup, strict=True):
        for candidate in search:
            same = equal(name, candidate)
            if type(same) is Unknown:  # Terraform gives up, with nothing found.
                return list_value(given.element_type, ())
            if same is True:
                found.append(value)
                break
    return list_value(given.element_type, found)


def _matchkeys_type(given: Value, keys: Value, wanted: Value) -> Type:
    if unify([type_of(keys), type_of(wanted)]) is None:
        raise FunctionError("keys and searchset must be of the same type")
    return type_of(given)


def _range(*bounds: Number) -> Value:
    start: Number = 0
    step: Number | None = None
    if len(bounds) == 1:
        end = bounds[0]
    elif len(bounds) == 2:
        start, end = bounds
    elif len(bounds) == 3:
        start, end, step = bounds
    else:
        raise FunctionError("must have one, two, or three arguments")
    down = numbers.compare(end, start) < 0
    if step is None:
        step = -1 if down else 1
    if down:
        if numbers.sign(step) >= 0:
            raise ArgumentError(1, "end must be greater than start when step is positive")
    elif numbers.sign(step) < 0 and numbers.compare(end, start) > 0:
        raise ArgumentError(1, "end must be less than start when step is negative")
    found: list[Value] = []
    number = start
    while numbers.compare(number, end) == (1 if down else -1):
        if len(found) >= _MOST_VALUES:
            raise FunctionError(
                f"more than {_MOST_VALUES} values were generated; either decrease the difference between start and end or"
                " use a smaller step"
            )
        found.append(number)
        number = numbers.add(number, step)
    return list_value(NUMBER, found)


def _sort(strings: ListValue) -> Value:
    if strings.has_unknown:
        return list_value(STRING, [unknown_of(STRING) for _ in strings.items])
    for position, item in enumerate(strings.items):
        if is_null(item):
            raise FunctionError(f"given list element {position} is null; a null string cannot be sorted")
    return list_value(STRING, sorted(cast("tuple[str, ...]", strings.items)))


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "chunklist": Implementation(_chunklist, _chunklist_type),
    "compact": _compact,
    "concat": Implementation(_concat, _concat_type),
    "contains": Implementation(_contains, _contains_type),
    "distinct": Implementation(_distinct, _same_type),
    "element": Implementation(_element, _element_type),
    "flatten": Implementation(_flatten, _flatten_type),
    "index": Implementation(_index, _index_type),
    "length": _length,
    "matchkeys": Implementation(_matchkeys, _matchkeys_type),
    "range": _range,
    "reverse": Implementation(_reverse, _reverse_type),
    "slice": Implementation(_slice, _slice_type),
    "sort": _sort,
}
