"""The tree of a difference: what happens to each part of a value, and how it looks.

`text` gives what stands behind `name = `, with the lines that belong to it. `level` is the depth of indentation, four
spaces each; symbols of actions take four more characters unless they are hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.plan.changes import CREATE, DELETE, NO_OP
from iacctl.values.nesting import run_deep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.plan.changes import Action
    from iacctl.views.human.style import Style

IMPORTANT: Final = frozenset(("id", "name", "tags"))
"""Attributes that are shown also when they stay as they are."""

INDENT: Final = "    "


class Options:
    """What is shown of a tree.

    Attributes:
        style: colours and symbols.
        symbols: whether lines have the symbol of their action.
        bare_nulls: leave out `-> null` behind what goes away, as its parent says so already.
        everything: show also what stays as it is.
    """

    __slots__ = ("_all", "_bare", "bare_nulls", "everything", "hidden", "style", "symbols")

    def __init__(
        self, style: Style, *, symbols: bool = True, bare_nulls: bool = False, everything: bool = False
    ) -> None:
        self.style = style
        self.hidden = not symbols
        self.symbols: dict[Action, str] = style.symbols if symbols else dict.fromkeys(style.symbols, "")
        self.bare_nulls = bare_nulls
        self.everything = everything
        self._bare: Options | None = None
        self._all: Options | None = None

    @property
    def with_null_suffix(self) -> Options:
        """The same without `bare_nulls`."""
        if not self.bare_nulls:
            return self
        if self._bare is None:
            self._bare = Options(self.style, symbols=not self.hidden, everything=self.everything)
        return self._bare

    @property
    def without_null_suffix(self) -> Options:
        """The same with `bare_nulls`."""
        if self.bare_nulls:
            return self
        if self._bare is None:
            self._bare = Options(self.style, symbols=not self.hidden, bare_nulls=True, everything=self.everything)
        return self._bare

    @property
    def showing_all(self) -> Options:
        """The same with `everything`."""
        if self.everything:
            return self
        if self._all is None:
            self._all = Options(self.style, symbols=not self.hidden, bare_nulls=self.bare_nulls, everything=True)
        return self._all

    def null_suffix(self, action: Action) -> str:
        """What follows a value of this action: `-> null` or nothing."""
        return self.style.null_suffix if action == DELETE and not self.bare_nulls else ""


class Node:
    """A part of a value.

    Attributes:
        action: what happens to it.
        replace: whether that forces a replacement.
    """

    __slots__ = ("action", "replace")

    action: Action
    replace: bool

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """Add how it looks.

        Args:
            out: takes pieces of text.
            level: depth of indentation of the line it starts on.
            options: what is shown.
            force: say that it forces a replacement whatever `replace` says.
        """
        raise NotImplementedError

    def warnings(self, level: int, options: Options) -> Sequence[str]:
        """Lines to stand before it, without their indentation."""
        return ()

    def without_replacement(self) -> None:
        """Have it not say that it forces a replacement, though its parts may."""
        self.replace = False

    def forces(self, options: Options, force: bool) -> str:
        """What follows a value that forces a replacement, or nothing."""
        return options.style.forces if self.replace or force else ""


def draw(node: Node, level: int, options: Options) -> str:
    """How a tree of any depth looks."""
    out: list[str] = []
    try:
        node.write(out, level, options)
    except RecursionError:
        out = []
        run_deep(node.write, out, level, options)
    return "".join(out)


def write_warnings(out: list[str], node: Node, level: int, options: Options) -> None:
    """Add the lines that stand before a node."""
    for warning in node.warnings(level, options):
        out.append(f"{INDENT * level}{warning}\n")


class Leaf(Node):
    """A part without parts of its own."""

    __slots__ = ()

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """How it looks; see `Node.write`."""
        raise NotImplementedError

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        out.append(self.text(level, options, force))


class Scalar(Leaf):
    """A number, bool or null; `before` and `after` are texts."""

    __slots__ = ("after", "before")

    def __init__(self, before: str | None, after: str | None, action: Action, replace: bool) -> None:
        self.before = before
        self.after = after
        self.action = action
        self.replace = replace

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Leaf.text`."""
        forces = options.style.forces if self.replace or force else ""
        action = self.action
        if action == CREATE:
            return (self.after or options.style.null) + forces
        before = self.before or options.style.null
        if action == DELETE:
            return before + options.null_suffix(action) + forces
        if action == NO_OP:
            return before + forces
        return f"{before} {options.style.arrow} {self.after or options.style.null}{forces}"


class TypeChange(Node):
    """A value that becomes one of another kind."""

    __slots__ = ("after", "before")

    def __init__(self, before: Node, after: Node, action: Action, replace: bool) -> None:
        self.before = before
        self.after = after
        self.action = action
        self.replace = replace
        before.without_replacement()
        after.without_replacement()

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        inner = options.without_null_suffix
        self.before.write(out, level, inner)
        out.append(f" {options.style.arrow} ")
        self.after.write(out, level, inner)


class UnknownValue(Node):
    """A value that is known after the apply only; `before` is what it was, going away."""

    __slots__ = ("before",)

    def __init__(self, before: Node | None, action: Action, replace: bool) -> None:
        self.before = before
        self.action = action
        self.replace = replace

    def write(self, out: list[str], level: int, options: Options, force: bool = False) -> None:
        """See `Node.write`."""
        if self.before is not None and self.action != CREATE:
            self.before.write(out, level, options.without_null_suffix)
            out.append(" -> ")
        out.append(f"(known after apply){self.forces(options, force)}")


class WriteOnly(Leaf):
    """An attribute that is sent to the provider and never kept."""

    __slots__ = ()

    def __init__(self, action: Action) -> None:
        self.action = action
        self.replace = False

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Leaf.text`."""
        return f"(write-only attribute){options.null_suffix(self.action)}"


class Sensitive(Leaf):
    """A sensitive value; `unchanged` says that only its sensitivity changes."""

    __slots__ = ("after", "before", "unchanged")

    def __init__(self, unchanged: bool, before: bool, after: bool, action: Action, replace: bool) -> None:
        self.unchanged = unchanged
        self.before = before
        self.after = after
        self.action = action
        self.replace = replace

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Leaf.text`."""
        return f"(sensitive value){options.null_suffix(self.action)}{self.forces(options, force)}"

    def warnings(self, level: int, options: Options) -> Sequence[str]:
        """A change of sensitivity."""
        return sensitivity_warning("attribute value", self, level, options)


def sensitivity_warning(noun: str, node: Sensitive | SensitiveBlock, level: int, options: Options) -> Sequence[str]:
    """The lines that tell that something becomes sensitive, or ceases to be."""
    if node.action in (CREATE, DELETE) or node.before == node.after:
        return ()
    if node.before:
        text = f"this {noun} will no longer be marked as sensitive\n{INDENT * level}  # after applying this change."
    else:
        text = (
            f"this {noun} will be marked as sensitive and will not\n"
            f"{INDENT * level}  # display in UI output after applying this change."
        )
    unchanged = " The value is unchanged." if type(node) is Sensitive and node.unchanged else ""
    return (f"{options.style.warning}{text}{options.style.reset}{unchanged}",)


class SensitiveBlock(Leaf):
    """A block that is sensitive as a whole."""

    __slots__ = ("after", "before")

    def __init__(self, before: bool, after: bool, action: Action, replace: bool) -> None:
        self.before = before
        self.after = after
        self.action = action
        self.replace = replace

    def text(self, level: int, options: Options, force: bool = False) -> str:
        """See `Leaf.text`."""
        lead = INDENT * level + options.symbols[NO_OP]
        return (
            f"{{{self.forces(options, force)}\n"
            f"{lead}  # At least one attribute in this block is (or was) sensitive,\n"
            f"{lead}  # so its contents will not be displayed.\n"
            f"{lead}}}"
        )

    def warnings(self, level: int, options: Options) -> Sequence[str]:
        """A change of sensitivity."""
        return sensitivity_warning("block", self, level, options)
