"""Paths into values: where an error, a mark or a change is.

A path is a tuple of steps from the outermost value inwards: a `str` step is an attribute of an object, an `Index` step an element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl.values.core import Value
    from iacctl.values.types import Type


class Index(NamedTuple):
    """A step to an element: key is an int for a list or tuple, a str for a map, the element itself for a set."""

    key: Value


Step: TypeAlias = "str | Index"
Path: TypeAlias = "tuple[Step, ...]"


class PathError(Exception):
    """A path does not exist in a value."""


def apply(path: Path, value: Value) -> Value:
    """The value at a path. Marks on the way are carried over to the result; below an unknown, an unknown of the right type. Raises PathError."""
    raise NotImplementedError


def apply_type(path: Path, type_: Type) -> Type:
    """The type at a path. Raises PathError."""
    raise NotImplementedError


def text(path: Path) -> str:
    """The path as Terraform prints it in messages, such as `.foo[0].bar["k"]`; "" for the empty path."""
    raise NotImplementedError


def to_json(path: Path) -> list[object]:
    """The path as plan JSON has it (`["a", 0, "b"]`)."""
    raise NotImplementedError


def key(path: Path) -> object:
    """A hashable canonical key: equal paths have equal keys."""
    raise NotImplementedError


def walk(value: Value, visit: Callable[[Path, Value], bool]) -> None:
    """Calls `visit(path, value)` for the value and everything inside, parents first; False keeps it from going deeper."""
    raise NotImplementedError


def transform(value: Value, change: Callable[[Path, Value], Value]) -> Value:
    """Rebuilds a value bottom-up: children first, then `change(path, rebuilt)`. Parts that come back unchanged are shared."""
    raise NotImplementedError


def elements(value: Value) -> Iterator[tuple[Step, Value]]:
    """The immediate children of a known, unmarked container in order; nothing for any other value."""
    raise NotImplementedError
