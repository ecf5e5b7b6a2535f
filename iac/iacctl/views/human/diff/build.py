"""Trees of differences of whole values, of any depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.values.nesting import run_deep
from iacctl.views.human.diff import schemas, types
from iacctl.views.human.diff.scopes import PathTree, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.provider.schema import Block
    from iacctl.values import Value
    from iacctl.values.paths import Path
    from iacctl.values.types import Type
    from iacctl.views.human.diff.nodes import Node
    from iacctl.views.human.diff.parts import Part


def of_bodies(
    block: Block,
    before: Value,
    after: Value,
    replace_paths: Sequence[Path] = (),
    relevant_paths: Sequence[Path] | None = None,
) -> Node:
    """The difference of two objects of a schema.

    Args:
        block: the schema.
        before: the old object, a null if there was none.
        after: the new object, a null if there will be none.
        replace_paths: where a difference forces a replacement.
        relevant_paths: the only places whose differences are to be seen; None for all.
    """
    relevant = None if relevant_paths is None else PathTree(relevant_paths)
    scope = Scope(
        PathTree(replace_paths) if replace_paths else None, None if relevant is None or relevant.here else relevant
    )
    try:
        return schemas.of_block(block, before, after, scope)
    except RecursionError:
        return run_deep(schemas.of_block, block, before, after, scope)


def of_values(type_: Type, before: Value, after: Value) -> Node:
    """The difference of two values of one type."""
    try:
        return types.of_type(type_, before, after, Scope())
    except RecursionError:
        return run_deep(types.of_type, type_, before, after, Scope())


def of_any(before: Part, after: Part) -> Node:
    """The difference of two values of whatever types, such as of an output; `ABSENT` where there was or will be none."""
    try:
        return types.dynamic(before, after, Scope())
    except RecursionError:
        return run_deep(types.dynamic, before, after, Scope())
