"""Differences of objects, maps, sets and lists: their parts' differences within braces or brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.plan.changes import DELETE, NO_OP
from iacctl.values.set_hash import go_quoted
from iacctl.views.human.diff import nodes
from iacctl.views.human.diff.nodes import IMPORTANT, INDENT, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.plan.changes import Action
    from iacctl.views.human.diff.nodes import Options


class Object(Node):
    """An object: attributes by name. Those of a `typed` one lack `-> null` when they go away with it."""

    __slots__ = ("attributes", "nested")

    def __init__(self, attributes: dict[str, Node], action: Action, replace: bool, nested: bool = False) -> None:
        self.attributes = attributes
        self.action = action
        self.replace = replace
        self.nested = nested

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Node.text`."""
        forces = self.forces(options, force)
        if not self.attributes:
            return f"{{}}{options.null_suffix(self.action)}{forces}"
        inner = options.with_null_suffix if self.nested else options.without_null_suffix
        lines = [f"{{{forces}"]
        attribute_lines(lines, self.attributes, level + 1, inner, options.everything)
        lines.append(f"{INDENT * level}{options.symbols[NO_OP]}}}{options.null_suffix(self.action)}")
        return "\n".join(lines)


def attribute_lines(
    lines: list[str], attributes: dict[str, Node], level: int, options: Options, everything: bool
) -> None:
    """Add the lines of attributes, in the order of names, and one that counts those that are hidden."""
    indent = INDENT * level
    symbols = options.symbols
    shown = {name: attribute_name(name) for name in sorted(attributes)}
    width = max([len(name.encode()) for name in shown.values()])
    hidden = 0
    for name, label in shown.items():
        node = attributes[name]
        chosen = options
        if name in IMPORTANT:
            chosen = options.showing_all
        elif node.action == NO_OP and not everything:
            hidden += 1
            continue
        nodes.add_warnings(lines, node, level, chosen)
        lines.append(f"{indent}{symbols[node.action]}{label:<{width}} = {node.text(level, chosen)}")
    if hidden:
        lines.append(f"{indent}{symbols[NO_OP]}{options.style.unchanged('attribute', hidden)}")


def attribute_name(name: str) -> str:
    """The name as it can stand before an equals sign."""
    return name if name.replace("-", "_").isidentifier() and name[0] != "-" else go_quoted(name)


class Map(Node):
    """A map: elements by key."""

    __slots__ = ("elements", "nested")

    def __init__(self, elements: dict[str, Node], action: Action, replace: bool, nested: bool = False) -> None:
        self.elements = elements
        self.action = action
        self.replace = replace
        self.nested = nested

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Node.text`."""
        own = self.replace and not self.nested
        forces = options.style.forces if own or force else ""
        if not self.elements:
            return f"{{}}{options.null_suffix(self.action)}{forces}"
        bare = self.nested or self.action == DELETE
        inner = options.without_null_suffix if bare else options.with_null_suffix
        indent = INDENT * (level + 1)
        symbols = options.symbols
        keys = {key: go_quoted(key) for key in sorted(self.elements)}
        width = 0 if self.nested else max([len(key.encode()) for key in keys.values()])
        lines = [f"{{{forces}"]
        hidden = 0
        for key, label in keys.items():
            node = self.elements[key]
            if node.action == NO_OP and not options.everything:
                hidden += 1
                continue
            nodes.add_warnings(lines, node, level + 1, options)
            comma = "," if type(node) is Object else ""
            value = node.text(level + 1, inner, self.nested and self.replace)
            lines.append(f"{indent}{symbols[node.action]}{label:<{width}} = {value}{comma}")
        if hidden:
            lines.append(f"{indent}{symbols[NO_OP]}{options.style.unchanged('element', hidden)}")
        lines.append(f"{INDENT * level}{symbols[NO_OP]}}}{options.null_suffix(self.action)}")
        return "\n".join(lines)


class Set(Node):
    """A set: elements in order. A `nested` one leaves it to its elements to say that they force a replacement."""

    __slots__ = ("elements", "nested")

    def __init__(self, elements: Sequence[Node], action: Action, replace: bool, nested: bool = False) -> None:
        self.elements = elements
        self.action = action
        self.replace = replace
        self.nested = nested

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Node.text`."""
        own = self.replace and not self.nested
        forces = options.style.forces if own or force else ""
        if not self.elements:
            return f"[]{options.null_suffix(self.action)}{forces}"
        inner = options.without_null_suffix
        lines = [f"[{forces}"]
        hidden = 0
        for node in self.elements:
            if node.action == NO_OP and not options.everything:
                hidden += 1
                continue
            _element(lines, node, level + 1, inner, self.nested and self.replace)
        _close_elements(lines, hidden, level, options, self.action)
        return "\n".join(lines)


class List(Node):
    """A list: elements in order, each changed one between its neighbours (`context`)."""

    __slots__ = ("context", "elements")

    def __init__(self, elements: Sequence[Node], action: Action, replace: bool, context: bool = True) -> None:
        self.elements = elements
        self.action = action
        self.replace = replace
        self.context = context

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Node.text`."""
        forces = self.forces(options, force)
        if not self.elements:
            return f"[]{options.null_suffix(self.action)}{forces}"
        inner = options.without_null_suffix
        neighbour = options.showing_all
        lines = [f"[{forces}"]
        skipped: list[Node] = []
        show_next = False
        for node in self.elements:
            unchanged = node.action == NO_OP
            if unchanged and not show_next and not options.everything:
                skipped.append(node)
                continue
            show_next = False
            chosen = inner
            if self.context:
                if len(skipped) > 1:
                    _count(lines, len(skipped) - 1, level, options)
                if skipped:
                    last = skipped[-1].text(level + 1, neighbour)
                    lines.append(f"{INDENT * (level + 1)}{options.symbols[NO_OP]}{last},")
                skipped = []
                if unchanged:
                    chosen = neighbour
                else:
                    show_next = True
            _element(lines, node, level + 1, chosen)
        _close_elements(lines, len(skipped), level, options, self.action)
        return "\n".join(lines)


def _element(lines: list[str], node: Node, level: int, options: Options, force: bool = False) -> None:
    nodes.add_warnings(lines, node, level, options)
    lines.append(f"{INDENT * level}{options.symbols[node.action]}{node.text(level, options, force)},")


def _count(lines: list[str], hidden: int, level: int, options: Options) -> None:
    shown = options.style.unchanged("element", hidden)
    lines.append(f"{INDENT * (level + 1)}{options.symbols[NO_OP]}{shown}")


def _close_elements(lines: list[str], hidden: int, level: int, options: Options, action: Action) -> None:
    if hidden:
        _count(lines, hidden, level, options)
    lines.append(f"{INDENT * level}{options.symbols[NO_OP]}]{options.null_suffix(action)}")
