"""Checks of one attribute, for `validators=(...)`. Each takes the plain value, known and not null.

The messages are those of terraform-plugin-framework-validators; the part after `Attribute <path>` is given here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from iacctl_providers.sdk.attributes import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sized

Validator: TypeAlias = "Callable[[Any], Invalid | None]"


def one_of(*choices: str) -> Validator:
    """The string is one of these."""
    listed = "[" + " ".join(f'"{choice}"' for choice in choices) + "]"

    def check(value: str) -> Invalid | None:
        if value in choices:
            return None
        return Invalid(f'value must be one of: {listed}, got: "{value}"', "Invalid Attribute Value Match")

    return check


def matches(pattern: str, message: str) -> Validator:
    """The regular expression is found in the string."""

    def check(value: str) -> Invalid | None:
        import re

        if re.search(pattern, value):
            return None
        return Invalid(f"{message}, got: {value}", "Invalid Attribute Value Match")

    return check


def length(minimum: int, maximum: int | None = None) -> Validator:
    """The string has so many bytes (in UTF-8)."""

    def check(value: str) -> Invalid | None:
        size = len(value.encode())
        if size < minimum and maximum is None:
            return Invalid(f"string length must be at least {minimum}, got: {size}", "Invalid Attribute Value Length")
        if size < minimum or (maximum is not None and size > maximum):
            limits = f"between {minimum} and {maximum}"
            return Invalid(f"string length must be {limits}, got: {size}", "Invalid Attribute Value Length")
        return None

    return check


def at_least(minimum: int) -> Validator:
    """The number is not smaller."""
    return lambda value: None if value >= minimum else Invalid(f"value must be at least {minimum}, got: {value}")


def between(minimum: int, maximum: int) -> Validator:
    """The number is in a range, limits included."""

    def check(value: int) -> Invalid | None:
        if minimum <= value <= maximum:
            return None
        return Invalid(f"value must be between {minimum} and {maximum}, got: {value}")

    return check


def size(minimum: int, kind: str = "list") -> Validator:
    """A list, set or map (`kind` says which, for the message) has at least so many elements."""

    def check(value: Sized) -> Invalid | None:
        if len(value) >= minimum:
            return None
        return Invalid(f"{kind} must contain at least {minimum} elements, got: {len(value)}")

    return check
