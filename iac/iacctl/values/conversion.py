"""Conversion of values to types, with cty's rules and Terraform's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.values.coercion import ConversionError, UnsuitableError, coercer
from iacctl.values.core import DYNAMIC_UNKNOWN, type_of
from iacctl.values.mismatch import mismatch
from iacctl.values.nesting import depth_safe
from iacctl.values.types import BOOL, DYNAMIC, NUMBER, STRING
from iacctl.values.unification import common_type, converts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iacctl.values.core import Value
    from iacctl.values.types import Type

__all__ = ["ConversionError", "convert", "converter", "converts", "mismatch", "unify"]

_NATIVE_TYPES: dict[type, Type] = {str: STRING, int: NUMBER, bool: BOOL}


def convert(value: Value, type_: Type) -> Value:
    """The value converted to a type, by safe and unsafe conversions.

    Numbers and bools convert to strings and back; tuples, lists and sets to lists and sets; objects and maps to maps;
    objects and maps to objects, which drops surplus attributes. "Any type" inside a collection becomes the one type its
    elements have in common.

    Args:
        value: any value; marks and refinements are kept.
        type_: may have optional attributes: they are null in the result where they are missing.

    Raises:
        ConversionError: if it does not fit.
    """
    if type_ is DYNAMIC or _NATIVE_TYPES.get(type(value)) is type_:
        return value
    try:
        return _coerce(value, type_)
    except ConversionError as problem:
        failure = problem
    source = type_of(value)
    if not converts(source, type_):
        raise ConversionError((), mismatch(source, type_))
    if type(failure) is UnsuitableError:
        # The types fit after all, but something deeper did not: say so where it is.
        raise ConversionError(failure.path, failure.message or mismatch(source, type_))
    raise failure


def _coerce_at_once(value: Value, type_: Type) -> Value:
    return coercer(type_)(value)


_coerce = depth_safe(_coerce_at_once)


def converter(source: Type, target: Type, *, unsafe: bool = True) -> Callable[[Value], Value] | None:
    """The conversion of values of type `source` to a type.

    Args:
        source: the type of the values.
        target: may have optional attributes.
        unsafe: whether conversions that may fail for some values count.

    Returns:
        None if there is no such conversion. What it returns raises `ConversionError`.
    """
    if source is not target and not converts(source, target, unsafe):
        return None
    return lambda value: convert(value, target)


def unify(types: Sequence[Type], *, unsafe: bool = False) -> tuple[Type, list[Callable[[Value], Value] | None]] | None:
    """One type that values of all `types` convert to.

    Args:
        types: any number of types.
        unsafe: whether conversions that may fail for some values count.

    Returns:
        The type and a converter for each of `types` (None: nothing to do); None if there is no such type. If the type
        is `DYNAMIC`, because it depends on what is not known yet, the converters give `DYNAMIC_UNKNOWN`.
    """
    common = common_type(types, unsafe)
    if common is None:
        return None
    if common is DYNAMIC and any(type_ is not DYNAMIC for type_ in types):
        return common, [_not_known_yet] * len(types)
    made = None if all(type_ is common for type_ in types) else converter(common, common)
    return common, [None if type_ is common else made for type_ in types]


def _not_known_yet(value: Value) -> Value:
    return DYNAMIC_UNKNOWN
