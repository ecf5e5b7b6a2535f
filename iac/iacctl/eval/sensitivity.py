"""Marks that a schema asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.eval.objects import SENSITIVE_ONLY
from iacctl.provider.paths import sensitive_paths
from iacctl.provider.schema import Block

if TYPE_CHECKING:
    from iacctl.provider.schema import NestedObject
    from iacctl.values import Value
    from iacctl.values.paths import Path


def mark_sensitive(block: Block, value: Value) -> Value:
    """An object with those attributes marked that its schema calls sensitive."""
    if not block.has_sensitive:
        return value
    found = sensitive_paths(block, value)
    return values.mark_with_paths(value, [(path, SENSITIVE_ONLY) for path in found]) if found else value


def is_write_only(block: Block, path: Path) -> bool:
    """Whether a path leads to a write-only attribute, or into one."""
    holder: Block | NestedObject | None = block
    for step in path:
        if not isinstance(step, str):
            continue  # an element of a collection of objects or blocks
        if holder is None or not holder.has_write_only:
            return False
        attribute = holder.attributes.get(step)
        if attribute is not None:
            if attribute.write_only:
                return True
            holder = attribute.nested
            continue
        nested = holder.blocks.get(step) if isinstance(holder, Block) else None
        holder = None if nested is None else nested.block
    return False
