"""Short descriptions of values for people, as they stand below a diagnostic's snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from iacctl.values import numbers
from iacctl.values.core import EPHEMERAL, SENSITIVE, Marked, ObjectValue, SetValue, Unknown, is_null, type_of
from iacctl.values.numbers import BigFloat
from iacctl.values.set_hash import go_quoted
from iacctl.values.types import DYNAMIC, ObjectType

if TYPE_CHECKING:
    from iacctl.values.core import Value


def describe(
    value: Value, *, unknown_matters: bool = False, sensitive_matters: bool = False, ephemeral_matters: bool = False
) -> str | None:
    """What Terraform says of a reference's value, such as `is "abc"` or `is list of string with 3 elements`.

    Args:
        value: the value that the expression referred to.
        unknown_matters: the problem is that something is not known yet.
        sensitive_matters: the problem is that something is sensitive.
        ephemeral_matters: the problem is that something is ephemeral.

    Returns:
        None if nothing should be said, as nothing must be given away of a sensitive value.
    """
    if type(value) is Marked:
        if SENSITIVE in value.marks:
            return "has a sensitive value" if sensitive_matters else None
        if EPHEMERAL in value.marks:
            return "has an ephemeral value" if ephemeral_matters else None
        value = value.value
    if type(value) is Unknown:
        if value.type is DYNAMIC:
            return "will be known only after apply" if unknown_matters else None
        return f"is a {value.type.friendly_name()}" + (", known only after apply" if unknown_matters else "")
    return "is " + compact(value)


def compact(value: Value) -> str:
    """A value in a few words: scalars in full, containers by type and size."""
    if type(value) is Marked:
        if SENSITIVE in value.marks:
            return "(sensitive value)"
        if EPHEMERAL in value.marks:
            return "(ephemeral value)"
        value = value.value
    if is_null(value):
        return "null"
    kind = type(value)
    if kind is Unknown:
        return "(not yet known)"
    if kind is bool:
        return "true" if value else "false"
    if kind is int or kind is BigFloat:
        return numbers.short_text(cast("int | BigFloat", value))
    if kind is str:
        return go_quoted(cast("str", value))
    type_ = type_of(value)
    if isinstance(type_, ObjectType):
        if not type_.attributes:
            return "object with no attributes"
        if len(type_.attributes) == 1:
            return f"object with 1 attribute {go_quoted(next(iter(type_.attributes)))}"
        return f"object with {len(type_.attributes)} attributes"
    count = _count(value)
    name = type_.friendly_name()
    if not count:
        return f"empty {name}"
    return f"{name} with {count} element{'' if count == 1 else 's'}"


def _count(value: Value) -> int:
    from iacctl.values.unknown import length_bounds

    assert type(value) is not ObjectValue
    return len(value.items) if type(value) is SetValue else length_bounds(value)[1]
