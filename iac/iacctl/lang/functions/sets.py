"""Functions of sets."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, cast

from iacctl.lang.compiler.access import items_of
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.values import (
    DYNAMIC,
    EMPTY_TUPLE,
    NO_MARKS,
    ConversionError,
    ListType,
    SetType,
    SetValue,
    TupleType,
    convert,
    equality,
    list_of,
    list_value,
    mark,
    set_of,
    set_value,
    tuple_of,
    tuple_value,
    type_of,
    unify,
    unknown_of,
    unmark,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Type, Value


def _common(*sets: Value) -> SetType:
    types = [cast("SetType", type_of(each)).element for each in sets]
    given = [type_ for type_, each in zip(types, sets, strict=True) if type_ is not DYNAMIC or not _is_empty(each)]
    found = unify(given) if given else (DYNAMIC, [])
    if found is None:
        raise FunctionError("given sets must all have compatible element types")
    return set_of(found[0])


def _is_empty(value: Value) -> bool:
    return type(value) is SetValue and not value.items


def _converted(sets: tuple[Value, ...], type_: SetType) -> list[SetValue]:
    found = []
    for position, each in enumerate(sets):
        try:
            found.append(cast("SetValue", convert(each, type_)))
        except ConversionError as error:
            raise ArgumentError(position, error.message) from None
    return found


def _setunion(*sets: SetValue) -> Value:
    type_ = _common(*sets)
    converted = _converted(sets, type_)
    return set_value(type_.element, [item for each in converted for item in each.items])


def _setintersection(*sets: SetValue) -> Value:
    type_ = _common(*sets)
    if any(each.has_unknown for each in sets):
        return unknown_of(type_)
    converted = _converted(sets, type_)
    first, others = converted[0], converted[1:]
    return set_value(
        type_.element,
        [item for item in first.items if all(equality.has_element(each, item) is True for each in others)],
    )


def _setsubtract(left: SetValue, right: SetValue) -> Value:
    type_ = _common(left, right)
    if left.has_unknown or right.has_unknown:
        return unknown_of(type_)
    one, other = _converted((left, right), type_)
    return set_value(type_.element, [item for item in one.items if equality.has_element(other, item) is not True])


def _setproduct(*sets: Value) -> Value:
    type_ = _setproduct_type(*sets)
    marks = NO_MARKS
    bare_sets: list[Value] = []
    for each in sets:
        bare, more = unmark(each)
        marks |= more
        bare_sets.append(bare)
    factors = [items_of(bare) for bare in bare_sets]
    element = cast("TupleType", type_.element)
    if any(type(each) is SetValue and each.has_unknown and len(each.items) > 1 for each in bare_sets):
        return mark(unknown_of(type_), marks)
    found = [
        tuple_value([_as(item, part) for item, part in zip(combination, element.elements, strict=True)])
        for combination in product(*factors)
    ]
    return mark(list_value(element, found) if isinstance(type_, ListType) else set_value(element, found), marks)


def _as(value: Value, type_: Type) -> Value:
    return value if type_ is DYNAMIC else convert(value, type_)


def _setproduct_type(*sets: Value) -> ListType | SetType:
    if len(sets) < 2:
        raise FunctionError("at least two arguments are required")
    ordered = True
    elements: list[Type] = []
    for position, each in enumerate(sets):
        type_ = type_of(each)
        if isinstance(type_, ListType | SetType):
            elements.append(type_.element)
        elif isinstance(type_, TupleType):
            if type_ is EMPTY_TUPLE:
                elements.append(DYNAMIC)
            else:
                found = unify(type_.elements, unsafe=True)
                if found is None:
                    raise ArgumentError(position, "all elements must be of the same type")
                elements.append(found[0])
        else:
            raise ArgumentError(position, "a set or a list is required")
        ordered = ordered and not isinstance(type_, SetType)
    result = tuple_of(elements)
    return list_of(result) if ordered else set_of(result)


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "setintersection": Implementation(_setintersection, _common),
    "setproduct": Implementation(_setproduct, _setproduct_type),
    "setsubtract": Implementation(_setsubtract, _common),
    "setunion": Implementation(_setunion, _common),
}
