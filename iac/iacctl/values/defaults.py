"""Default values of optional object attributes (`optional(type, default)`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.values.core import Value
    from iacctl.values.types import Type


class Defaults(NamedTuple):
    """The defaults of a type constraint.

    Attributes:
        type: the type constraint they belong to, with its optional attributes.
        values: default of each attribute of an object type that has one.
        children: defaults deeper inside: by attribute name, by index as text for tuples, under "" for a collection's elements.
    """

    type: Type
    values: Mapping[str, Value]
    children: Mapping[str, Defaults]


def apply(defaults: Defaults, value: Value) -> Value:
    """Fills in defaults for missing and null attributes; done before the conversion to `defaults.type`."""
    raise NotImplementedError
