"""Functions that pick one of their arguments or elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.lang.compiler.access import items_of
from iacctl.lang.functions.calling import ArgumentError, FunctionError, Implementation
from iacctl.values import (
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    STRING,
    ConversionError,
    ListType,
    SetType,
    SetValue,
    TupleType,
    Unknown,
    convert,
    is_null,
    null_of,
    type_of,
    unify,
    unknown_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Type, Value


def _coalesce(*candidates: Value) -> Value:
    found = unify([type_of(candidate) for candidate in candidates], unsafe=True) if candidates else None
    if found is None:
        raise FunctionError("all arguments must have the same type")
    type_ = found[0]
    for position, candidate in enumerate(candidates):
        try:
            value = convert(candidate, type_)
        except ConversionError as error:
            raise ArgumentError(position, error.message) from None
        if type(value) is Unknown:
            return unknown_of(type_)
        if is_null(value) or (type_ is STRING and value == ""):
            continue
        return value
    raise FunctionError("no non-null, non-empty-string arguments")


def _coalescelist(*candidates: Value) -> Value:
    if not candidates:
        raise FunctionError("at least one argument is required")
    for candidate in candidates:
        if type(candidate) is Unknown:
            break
        if not isinstance(type_of(candidate), ListType | TupleType):
            raise FunctionError("coalescelist arguments must be lists or tuples")
    for candidate in candidates:
        if type(candidate) is Unknown:
            return DYNAMIC_UNKNOWN
        if not is_null(candidate) and items_of(candidate):
            return candidate
    raise FunctionError("no non-null arguments")


_ONE: Final = "must be a list, set, or tuple value with either zero or one elements"


def _one(sequence: Value) -> Value:
    type_ = _one_type(sequence)
    items = items_of(sequence)
    if not items:
        return null_of(type_)
    if len(items) == 1:
        return items[0]
    if type(sequence) is SetValue and sequence.has_unknown:
        return unknown_of(type_)
    raise ArgumentError(0, _ONE)


def _one_type(sequence: Value) -> Type:
    type_ = type_of(sequence)
    if isinstance(type_, ListType | SetType):
        return type_.element
    if isinstance(type_, TupleType):
        if not type_.elements:
            return DYNAMIC
        if len(type_.elements) == 1:
            return type_.elements[0]
    raise ArgumentError(0, _ONE)


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "one": Implementation(_one, _one_type),
}
