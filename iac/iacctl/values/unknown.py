"""Unknown values: what is known about them nevertheless (refinements)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iacctl.values.core import Number, Unknown, Value


class Refinements(NamedTuple):
    """What is known about an unknown value.

    Attributes:
        not_null: it will not be null. Always true when any of the others is set.
        prefix: a string that it will start with.
        lower, upper: bounds of a number; `lower_inclusive`/`upper_inclusive` say whether the bound itself is possible.
        min_length, max_length: bounds of a collection's length (max None: no bound).
    """

    not_null: bool = False
    prefix: str = ""
    lower: Number | None = None
    upper: Number | None = None
    lower_inclusive: bool = True
    upper_inclusive: bool = True
    min_length: int = 0
    max_length: int | None = None


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
    """Adds refinements to an unknown value, keeping its marks; a known value and DYNAMIC_UNKNOWN come back unchanged.

    An unknown value whose refinements leave one possibility becomes that (an empty list, a number).
    `prefix` is cut back to what cannot combine with following characters.
    """
    raise NotImplementedError


def refine_not_null(value: Value) -> Value:
    """`refine(value, not_null=True)`."""
    raise NotImplementedError


def definitely_not_null(value: Value) -> bool:
    """Whether the value can be ruled out to be null: known and not null, or refined so."""
    raise NotImplementedError


def merge(left: Unknown, right: Unknown) -> Unknown:
    """An unknown that either could be (as for `c ? left : right`): the refinements that both have in common."""
    raise NotImplementedError


def length(value: Value) -> Value:
    """The length of a list, set, map, tuple or object: an int or, for an unknown collection, an Unknown number refined with its bounds (marks of the value kept)."""
    raise NotImplementedError
