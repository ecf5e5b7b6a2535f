"""Conversion of values to types."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iacctl.values.core import Value
    from iacctl.values.paths import Path
    from iacctl.values.types import Type


class ConversionError(Exception):
    """A value cannot be converted.

    Attributes:
        path: where inside the value.
        message: why, in Terraform's words, without the path.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def convert(value: Value, type_: Type) -> Value:
    """The value converted to a type (which may have optional attributes: the result has null there). Raises ConversionError."""
    raise NotImplementedError


def converter(source: Type, target: Type, *, unsafe: bool = True) -> Callable[[Value], Value] | None:
    """The compiled conversion between two types, or None if there is none. `unsafe` ones may fail for some values (string to number).

    What it returns raises ConversionError.
    """
    raise NotImplementedError


def mismatch(got: Type, want: Type) -> str:
    """Why a value of type `got` is not suitable where `want` is required, in Terraform's words."""
    raise NotImplementedError


def unify(types: Sequence[Type], *, unsafe: bool = False) -> tuple[Type, list[Callable[[Value], Value] | None]] | None:
    """One type that all of `types` convert to, with a converter for each (None: nothing to do); None if there is no such type."""
    raise NotImplementedError
