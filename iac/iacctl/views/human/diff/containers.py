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
    """An object: attributes by name. Those that go away with it say so only if it is a `nested` attribute's."""

    __slots__ = ("attributes", "nested")

    def __init__(self, attributes: dict[str, Node], action: Action, replace: bool, nested: bool = False) -> None:
        self.attributes = attributes
        self.action = action
        self.replace = replace
        self.nested = nested

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        forces = self.forces(options, force)
        if not self.attributes:
            out.append(f"{{}}{options.null_suffix(self.action)}{forces}")
            return
        inner = options.with_null_suffix if self.nested else options.without_null_suffix
        out.append(f"{{{forces}\n")
        write_attributes(out, self.attributes, level + 1, inner, options.everything)
        out.append(f"{INDENT * level}{options.symbols[NO_OP]}}}{options.null_suffix(self.action)}")


def write_attributes(
    out: list[str], attributes: dict[str, Node], level: int, options: Options, everything: bool
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
        nodes.write_warnings(out, node, level, chosen)
        out.append(f"{indent}{symbols[node.action]}{label:<{width}} = ")
        node.write(out, level, chosen)
        out.append("\n")
    if hidden:
        out.append(f"{indent}{symbols[NO_OP]}{options.style.unchanged('attribute', hidden)}\n")


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

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        own = self.replace and not self.nested
        forces = options.style.forces if own or force else ""
        if not self.elements:
            out.append(f"{{}}{options.null_suffix(self.action)}{forces}")
            return
        bare = self.nested or self.action == DELETE
        inner = options.without_null_suffix if bare else options.with_null_suffix
        indent = INDENT * (level + 1)
        symbols = options.symbols
        keys = {key: go_quoted(key) for key in sorted(self.elements)}
        width = 0 if self.nested else max([len(key.encode()) for key in keys.values()])
        out.append(f"{{{forces}\n")
        hidden = 0
        for key, label in keys.items():
            node = self.elements[key]
            if node.action == NO_OP and not options.everything:
                hidden += 1
                continue
            nodes.write_warnings(out, node, level + 1, options)
            out.append(f"{indent}{symbols[node.action]}{label:<{width}} = ")
            node.write(out, level + 1, inner, self.nested and self.replace)
            out.append(",\n" if type(node) is Object else "\n")
        if hidden:
            out.append(f"{indent}{symbols[NO_OP]}{options.style.unchanged('element', hidden)}\n")
        out.append(f"{INDENT * level}{symbols[NO_OP]}}}{options.null_suffix(self.action)}")


class Set(Node):
    """A set: elements in order. A `nested` one leaves it to its elements to say that they force a replacement."""

    __slots__ = ("elements", "nested")

    def __init__(self, elements: Sequence[Node], action: Action, replace: bool, nested: bool = False) -> None:
        self.elements = elements
        self.action = action
        self.replace = replace
        self.nested = nested

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        own = self.replace and not self.nested
        forces = options.style.forces if own or force else ""
        if not self.elements:
            out.append(f"[]{options.null_suffix(self.action)}{forces}")
            return
        inner = options.without_null_suffix
        out.append(f"[{forces}\n")
        hidden = 0
        for node in self.elements:
            if node.action == NO_OP and not options.everything:
                hidden += 1
                continue
            _write_element(out, node, level + 1, inner, self.nested and self.replace)
        _close_elements(out, hidden, level, options, self.action)


class List(Node):
    """A list: elements in order, each changed one between its neighbours (`context`)."""

    __slots__ = ("context", "elements")

    def __init__(self, elements: Sequence[Node], action: Action, replace: bool, context: bool = True) -> None:
        self.elements = elements
        self.action = action
        self.replace = replace
        self.context = context

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        forces = self.forces(options, force)
        if not self.elements:
            out.append(f"[]{options.null_suffix(self.action)}{forces}")
            return
        inner = options.without_null_suffix
        neighbour = options.showing_all
        out.append(f"[{forces}\n")
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
                    _write_count(out, len(skipped) - 1, level, options)
                if skipped:
                    out.append(f"{INDENT * (level + 1)}{options.symbols[NO_OP]}")
                    skipped[-1].write(out, level + 1, neighbour)
                    out.append(",\n")
                skipped = []
                if unchanged:
                    chosen = neighbour
                else:
                    show_next = True
            _write_element(out, node, level + 1, chosen)
        _close_elements(out, len(skipped), level, options, self.action)


def _write_element(out: list[str], node: Node, level: int, options: Options, force: bool = False) -> None:
    nodes.write_warnings(out, node, level, options)
    out.append(f"{INDENT * level}{options.symbols[node.action]}")
    node.write(out, level, options, force)
    out.append(",\n")


def _write_count(out: list[str], hidden: int, level: int, options: Options) -> None:
    shown = options.style.unchanged("element", hidden)
    out.append(f"{INDENT * (level + 1)}{options.symbols[NO_OP]}{shown}\n")


def _close_elements(out: list[str], hidden: int, level: int, options: Options, action: Action) -> None:
    if hidden:
        _write_count(out, hidden, level, options)
    out.append(f"{INDENT * level}{options.symbols[NO_OP]}]{options.null_suffix(action)}")
