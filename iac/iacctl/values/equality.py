"""When values are equal, their canonical keys, and the order of set elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from iacctl.values.core import SetValue, Unknown, Value
    from iacctl.values.types import Type


def equal(left: Value, right: Value) -> bool | Unknown | Value:
    """Whether two values are equal as the `==` operator says: `bool`, or an unknown bool; marked if either side is (deep)."""
    raise NotImplementedError


def raw_equals(left: Value, right: Value) -> bool:
    """Whether two values are the same thing: same type, unknown equals unknown (same refinements), null equals null, same marks."""
    raise NotImplementedError


def key(value: Value) -> Hashable:
    """A hashable key: two wholly known, unmarked values have equal keys exactly when they are equal and of the same type."""
    raise NotImplementedError


def distinct_sorted(element_type: Type, items: Iterable[Value]) -> tuple[Value, ...]:
    """Set elements without duplicates, in the order in which a set iterates. The items must be unmarked."""
    raise NotImplementedError


def has_element(set_: SetValue, value: Value) -> bool | Unknown:
    """Whether a set holds a value; an unknown bool if that is not decided yet."""
    raise NotImplementedError
