"""Moving a syntax tree to another place: for expressions in JSON strings, which are parsed as texts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl.hcl.ast import Node, ObjectItem

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile

_OFFSETS: Final = frozenset(("start", "end", "open", "close", "name_end", "operator_start"))


def move(tree: Node, file: SourceFile, distance: int) -> None:
    """Let a tree be in `file`, all of its offsets `distance` higher. It must not be in use elsewhere."""
    moved: set[int] = set()
    pending: list[Any] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, tuple | list):
            pending.extend(node)
            continue
        if not isinstance(node, Node | ObjectItem) or id(node) in moved:
            continue
        moved.add(id(node))
        for base in type(node).__mro__:
            for name in getattr(base, "__slots__", ()):
                value = getattr(node, name)
                if name in _OFFSETS:
                    setattr(node, name, value + distance)
                elif name == "file":
                    node.file = file  # type: ignore[union-attr]  # only nodes have one
                elif name not in ("value", "key") or isinstance(value, Node):
                    pending.append(value)
