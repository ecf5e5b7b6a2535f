"""Marks that a schema asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.eval.objects import SENSITIVE_ONLY
from iacctl.provider.paths import sensitive_paths

if TYPE_CHECKING:
    from iacctl.provider.schema import Block
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
    if not block.has_write_only or not path:
        return False
    name = path[0]
    if not isinstance(name, str):
        return False
    attribute = block.attributes.get(name)
    if attribute is not None:
        return attribute.write_only
    nested = block.blocks.get(name)
    if nested is None:
        return False
    rest = path[1:]
    if rest and not isinstance(rest[0], str):
        rest = rest[1:]
    return is_write_only(nested.block, rest)
