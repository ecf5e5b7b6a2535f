"""Differences of blocks: attributes, then nested blocks by type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.plan.changes import CREATE, DELETE, NO_OP, UPDATE
from iacctl.views.human.diff import nodes
from iacctl.views.human.diff.containers import attribute_name, write_attributes
from iacctl.views.human.diff.nodes import INDENT, Node, SensitiveBlock, UnknownValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.plan.changes import Action
    from iacctl.views.human.diff.nodes import Options


class BlockGroup:
    """The blocks of one type.

    Attributes:
        name: the block type.
        blocks: label (empty where blocks have none) and node of each.
        replace: whether they force a replacement as a whole.
        before: whether they were sensitive as a whole.
        after: whether they become so.
        unknown: whether it is not known yet how many there will be.
    """

    __slots__ = ("after", "before", "blocks", "name", "replace", "unknown")

    def __init__(
        self,
        name: str,
        blocks: Iterable[tuple[str, Node]],
        *,
        replace: bool = False,
        before: bool = False,
        after: bool = False,
        unknown: bool = False,
    ) -> None:
        self.name = name
        self.blocks = list(blocks)
        self.replace = replace
        self.before = before
        self.after = after
        self.unknown = unknown

    def shown(self, node: Node) -> Node:
        """A block, or what stands for it if all blocks of the type are sensitive."""
        action = node.action
        if (action == CREATE and self.after) or (action == DELETE and self.before):
            pass
        elif action not in (UPDATE, NO_OP) or not (self.before or self.after):
            return node
        chosen = UPDATE if action == NO_OP and self.before != self.after else action
        return SensitiveBlock(self.before, self.after, chosen, node.replace)


class Block(Node):
    """The body of a resource or of a nested block."""

    __slots__ = ("attributes", "groups")

    def __init__(
        self, attributes: dict[str, Node], groups: Sequence[BlockGroup], action: Action, replace: bool
    ) -> None:
        self.attributes = attributes
        self.groups = groups
        self.action = action
        self.replace = replace

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        forces = self.forces(options, force)
        if not self.attributes and not self.groups:
            out.append(f"{{}}{forces}")
            return
        out.append(f"{{{forces}\n")
        if self.attributes:
            write_attributes(out, self.attributes, level + 1, options, options.everything)
        hidden = 0
        for group in self.groups:
            hidden += self._write_group(out, group, level + 1, options)
        if hidden:
            shown = options.style.unchanged("block", hidden)
            out.append(f"\n{INDENT * (level + 1)}{options.symbols[NO_OP]}{shown}\n")
        out.append(f"{INDENT * level}{options.symbols[NO_OP]}}}")

    def _write_group(self, out: list[str], group: BlockGroup, level: int, options: Options) -> int:
        """Add the lines of one block type; how many blocks stay hidden."""
        label = attribute_name(group.name)
        hidden = 0
        first = bool(self.attributes)
        blocks = [("", UnknownValue(None, self.action, False)), *group.blocks] if group.unknown else group.blocks
        for key, found in blocks:
            node = group.shown(found)
            if node.action == NO_OP and not options.everything:
                hidden += 1
                continue
            if first:
                out.append("\n")
                first = False
            nodes.write_warnings(out, node, level, options)
            out.append(f"{INDENT * level}{options.symbols[node.action]}{label}{key} ")
            node.write(out, level, options, group.replace)
            out.append("\n")
        return hidden
