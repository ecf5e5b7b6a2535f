"""Unknown values: what is known about them nevertheless (refinements), and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from iacctl.values import numbers
from iacctl.values.core import (
    DYNAMIC_UNKNOWN,
    ListValue,
    MapValue,
    Marked,
    Null,
    ObjectValue,
    SetValue,
    TupleValue,
    Unknown,
    unknown_of,
)
from iacctl.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    CollectionType,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
)

if TYPE_CHECKING:
    from iacctl.values.core import Number, Value
    from iacctl.values.types import Type


class Refinements(NamedTuple):
    """What is known about an unknown value. All but `not_null` hold only if the value does not turn out to be null.

    Attributes:
        not_null: it will not be null.
        prefix: what the string will start with.
        lower: the least a number can be; with `lower_inclusive` false, it will be greater.
        upper: the most a number can be; with `upper_inclusive` false, it will be less.
        min_length: the least length of a collection.
        max_length: the greatest length of a collection.
    """

    not_null: bool = False
    prefix: str = ""
    lower: Number | None = None
    upper: Number | None = None
    lower_inclusive: bool = True
    upper_inclusive: bool = True
    min_length: int = 0
    max_length: int | None = None


NOT_NULL: Final = Refinements(not_null=True)
UNREFINED: Final = Refinements()
UNKNOWN_BOOL: Final = Unknown(BOOL, NOT_NULL)
"""What a comparison gives that cannot be decided yet."""

_ENDS_CLUSTER: Final = frozenset("-_:;/\\,.(){}[]|?!~ \t@#$%^&*+\"'")


def safe_prefix(text: str) -> str:
    """The part of a string that stays as it is whatever is appended: a last letter might combine with an accent.

    Certain ASCII punctuation at the end is known not to combine; otherwise the last grapheme cluster is cut off (as cty
    does).
    """
    if not text or text[-1] in _ENDS_CLUSTER:
        return text
    if text.isascii():
        return text[:-2] if text.endswith("\r\n") else text[:-1]
    from iacctl.diag import graphemes

    return text[: graphemes.breaks(text)[-1]]


def refine(
    value: Value,
    *,
    not_null: bool = False,
    prefix: str = "",
    lower: Number | None = None,
    upper: Number | None = None,
    lower_inclusive: bool = True,
    upper_inclusive: bool = True,
    min_length: int = 0,
    max_length: int | None = None,
) -> Value:
    """Adds refinements to an unknown value, keeping its marks.

    A known value and the unknown value of unknown type come back unchanged. An unknown value whose refinements leave
    one possibility
    becomes that: a number, an empty collection, a list of unknown elements.

    Args:
        value: what to refine.
        not_null: it will not be null.
        prefix: what a string will start with; pass it through `safe_prefix` unless what follows cannot combine with it.
        lower: the least a number can be.
        upper: the most a number can be.
        lower_inclusive: whether it can be `lower` itself.
        upper_inclusive: whether it can be `upper` itself.
        min_length: the least length of a collection.
        max_length: the greatest length of a collection.
    """
    if type(value) is Marked:
        inner = refine(
            value.value,
            not_null=not_null,
            prefix=prefix,
            lower=lower,
            upper=upper,
            lower_inclusive=lower_inclusive,
            upper_inclusive=upper_inclusive,
            min_length=min_length,
            max_length=max_length,
        )
        return value if inner is value.value else Marked(inner, value.marks)
    if type(value) is not Unknown or value.type is DYNAMIC:
        return value
    old = value.refinements or UNREFINED
    if old.lower is not None and (lower is None or numbers.compare(old.lower, lower) > 0):
        lower, lower_inclusive = old.lower, old.lower_inclusive
    if old.upper is not None and (upper is None or numbers.compare(old.upper, upper) < 0):
        upper, upper_inclusive = old.upper, old.upper_inclusive
    if old.max_length is not None and (max_length is None or old.max_length < max_length):
        max_length = old.max_length
    kind = value.type
    made = Refinements(
        not_null or old.not_null,
        max(prefix, old.prefix, key=len) if kind is STRING else "",
        lower if kind is NUMBER else None,
        upper if kind is NUMBER else None,
        lower_inclusive,
        upper_inclusive,
        max(min_length, old.min_length) if kind.is_collection else 0,
        max_length if kind.is_collection else None,
    )
    return _only_possibility(kind, made)


def _only_possibility(type_: Type, made: Refinements) -> Value:
    if made == UNREFINED:
        return unknown_of(type_)
    if made.not_null:
        if made.lower is not None and made.upper is not None and made.lower_inclusive and made.upper_inclusive:
            if numbers.compare(made.lower, made.upper) == 0:
                return made.lower
        elif made.max_length is not None and made.max_length == made.min_length:
            length = made.min_length
            if isinstance(type_, ListType):
                return ListValue(type_.element, (unknown_of(type_.element),) * length)
            if isinstance(type_, SetType) and length <= 1:
                return SetValue(type_.element, (unknown_of(type_.element),) * length)
            if isinstance(type_, MapType) and not length:
                return MapValue(type_.element, {})
        elif made is not NOT_NULL and made == NOT_NULL:
            made = NOT_NULL
    return Unknown(type_, made)


def refine_not_null(value: Value) -> Value:
    """Says of an unknown value that it will not be null; see `refine`."""
    if type(value) is Unknown and value.refinements is None and value.type is not DYNAMIC:
        return UNKNOWN_BOOL if value.type is BOOL else Unknown(value.type, NOT_NULL)
    return refine(value, not_null=True)


def definitely_not_null(value: Value) -> bool:
    """Whether a null can be ruled out: the value is known and not null, or refined so. Looks through marks."""
    if type(value) is Marked:
        value = value.value
    if type(value) is Unknown:
        return value.refinements is not None and value.refinements.not_null
    return value is not None and type(value) is not Null


def refinements_of(value: Value) -> Refinements:
    """What is known about any unmarked value: the refinements of an unknown one, or the tightest ones that fit a known
    one.
    """
    if type(value) is Unknown:
        return value.refinements or UNREFINED
    if value is None or type(value) is Null:
        return UNREFINED
    if type(value) is str:
        return Refinements(True, prefix=value)
    if type(value) is int or type(value) is numbers.BigFloat:
        return Refinements(True, lower=value, upper=value)
    if type(value) is ListValue or type(value) is SetValue or type(value) is MapValue:
        found = length(value)
        if type(found) is int:
            return Refinements(True, min_length=found, max_length=found)
    return NOT_NULL


def merge(left: Value, right: Value) -> Value:
    """What can be said of a value that will be one of two, as in `unknown ? left : right`, where both are of one type
    and unmarked.

    The result is an unknown value with the refinements both have in common (or the only possibility they leave).
    """
    from iacctl.values.core import type_of

    kind = type_of(left)
    if kind is not type_of(right) or kind is DYNAMIC:
        return DYNAMIC_UNKNOWN
    one, other = refinements_of(left), refinements_of(right)
    lower = upper = None
    lower_inclusive = upper_inclusive = True
    if one.lower is not None and other.lower is not None:
        lower = one.lower if numbers.compare(one.lower, other.lower) <= 0 else other.lower
    if one.upper is not None and other.upper is not None:
        upper = one.upper if numbers.compare(one.upper, other.upper) >= 0 else other.upper
    prefix = one.prefix
    while not other.prefix.startswith(prefix):
        prefix = prefix[:-1]
    return refine(
        unknown_of(kind),
        not_null=one.not_null and other.not_null,
        prefix=prefix,
        lower=lower,
        upper=upper,
        lower_inclusive=lower_inclusive,
        upper_inclusive=upper_inclusive,
        min_length=min(one.min_length, other.min_length),
        max_length=None
        if one.max_length is None or other.max_length is None
        else max(one.max_length, other.max_length),
    )


def excludes(value: Unknown, known: Value) -> bool:
    """Whether an unknown value can be ruled out to turn out as this known, unmarked one; false when that is open."""
    from iacctl.values import conformance
    from iacctl.values.core import type_of

    about = value.refinements or UNREFINED
    if known is None or type(known) is Null:
        return about.not_null
    if conformance.nonconformities(type_of(known), value.type):
        return True
    if type(known) is str:
        return not known.startswith(about.prefix)
    if type(known) is int or type(known) is numbers.BigFloat:
        return outside(known, about)
    if about.min_length or about.max_length is not None:
        bounds = length_bounds(known)
        return bounds[1] < about.min_length or (about.max_length is not None and bounds[0] > about.max_length)
    return False


def outside(number: Number, about: Refinements) -> bool:
    """Whether a number is out of the refined bounds."""
    if about.lower is not None:
        order = numbers.compare(number, about.lower)
        if order < 0 or (not order and not about.lower_inclusive):
            return True
    if about.upper is not None:
        order = numbers.compare(number, about.upper)
        if order > 0 or (not order and not about.upper_inclusive):
            return True
    return False


def length_bounds(collection: Value) -> tuple[int, int]:
    """The least and greatest length that a known list, set, map, tuple or object can have; they differ for sets with
    unknown elements.
    """
    if type(collection) is SetValue:
        count = len(collection.items)
        return (1 if collection.has_unknown and count > 1 else count), count
    if type(collection) is tuple or type(collection) is dict:
        return len(collection), len(collection)
    if type(collection) is ListValue or type(collection) is TupleValue:
        return len(collection.items), len(collection.items)
    if type(collection) is MapValue:
        return len(collection.entries), len(collection.entries)
    count = len(cast("ObjectValue", collection).attributes)
    return count, count


def length(value: Value) -> Value:
    """The length of a list, set, map, tuple or object that is not null.

    Returns:
        An int; or an unknown number refined with bounds, for an unknown collection and for a set of several elements
        some of which are unknown; with the marks of the value itself.
    """
    if type(value) is Marked:
        return Marked(length(value.value), value.marks)
    if type(value) is Unknown:
        kind = value.type
        if isinstance(kind, TupleType):
            return len(kind.elements)
        if isinstance(kind, ObjectType):
            return len(kind.attributes)
        if not isinstance(kind, CollectionType):
            return refine_not_null(unknown_of(NUMBER))
        about = value.refinements or UNREFINED
        return refine(unknown_of(NUMBER), not_null=True, lower=about.min_length, upper=about.max_length)
    least, most = length_bounds(value)
    return most if least == most else refine(unknown_of(NUMBER), not_null=True, lower=least, upper=most)
