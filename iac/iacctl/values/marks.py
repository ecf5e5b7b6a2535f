"""Marks, such as "sensitive", that travel with values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.values.core import Mark, Value
    from iacctl.values.paths import Path


def mark(value: Value, marks: Iterable[Mark]) -> Value:
    """The value with these marks added to its own; the value itself if `marks` is empty."""
    raise NotImplementedError


def unmark(value: Value) -> tuple[Value, frozenset[Mark]]:
    """The value without the marks on itself (those deeper inside stay), and those marks."""
    raise NotImplementedError


def unmark_deep(value: Value) -> tuple[Value, frozenset[Mark]]:
    """The value without any mark, and the marks that were on it or anywhere inside. Takes constant time if there are none."""
    raise NotImplementedError


def unmark_deep_with_paths(value: Value) -> tuple[Value, list[tuple[Path, frozenset[Mark]]]]:
    """The value without any mark, and where the marks were, in order of a walk from the top."""
    raise NotImplementedError


def mark_with_paths(value: Value, path_marks: Iterable[tuple[Path, frozenset[Mark]]]) -> Value:
    """Puts marks at paths; the reverse of `unmark_deep_with_paths`. Paths that the value does not have are ignored; a path into a set marks the set."""
    raise NotImplementedError


def unmark_all(values: Iterable[Value]) -> tuple[list[Value], frozenset[Mark]]:
    """Each value without any mark, deep, and all the marks together."""
    raise NotImplementedError


def is_marked(value: Value, mark: Mark) -> bool:
    """Whether this mark is on the value itself."""
    raise NotImplementedError


def contains_mark(value: Value, mark: Mark) -> bool:
    """Whether this mark is on the value or anywhere inside."""
    raise NotImplementedError


def without_mark(value: Value, mark: Mark) -> Value:
    """The value with this mark taken off itself and everything inside."""
    raise NotImplementedError
