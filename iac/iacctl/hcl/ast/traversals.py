"""References, and access to what a value holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from iacctl.diag.source import Range
from iacctl.hcl.ast.nodes import Expression, Node

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile
    from iacctl.hcl.ast.nodes import Constant


class AttributeStep(Node):
    """`.name` of a traversal; the range holds the dot."""

    __slots__ = ("name",)

    def __init__(self, file: SourceFile, start: int, end: int, name: str) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.name = name


class IndexStep(Node):
    """`[key]` of a traversal with a literal key, or the legacy `.0`; the range holds the brackets or the dot."""

    __slots__ = ("key",)

    def __init__(self, file: SourceFile, start: int, end: int, key: Constant) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.key = key


Step: TypeAlias = AttributeStep | IndexStep


class ScopeTraversal(Expression):
    """`root.name[0]`: a name from the scope, and attributes and literal indexes of it."""

    __slots__ = ("root", "steps")

    def __init__(self, file: SourceFile, start: int, end: int, root: str, steps: tuple[Step, ...]) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.root = root
        self.steps = steps

    @property
    def root_range(self) -> Range:
        """The range of the first name."""
        return Range(self.file, self.start, self.start + len(self.root))


class RelativeTraversal(Expression):
    """Attributes and literal indexes of the value of `source`, any other expression."""

    __slots__ = ("source", "steps")

    def __init__(self, file: SourceFile, start: int, end: int, source: Expression, steps: tuple[Step, ...]) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.source = source
        self.steps = steps


class Index(Expression):
    """`collection[key]` with a key that must be evaluated. The opening bracket is at offset `open`."""

    __slots__ = ("collection", "key", "open")

    def __init__(
        self, file: SourceFile, start: int, end: int, collection: Expression, key: Expression, open_bracket: int
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.collection = collection
        self.key = key
        self.open = open_bracket

    @property
    def bracket_range(self) -> Range:
        """From the opening to the closing bracket."""
        return Range(self.file, self.open, self.end)

    @property
    def start_range(self) -> Range:
        """The opening bracket."""
        return Range(self.file, self.open, self.open + 1)


class Splat(Expression):
    """`source[*].each` or `source.*.each`.

    Attributes:
        source: what is iterated.
        each: evaluated for each element, for which `item` stands: `item` itself, or traversals, indexes and further
            splats that start from it.
        item: the `AnonymousSymbol` within `each`; its range is that of the splat operator.
    """

    __slots__ = ("each", "item", "source")

    def __init__(
        self, file: SourceFile, start: int, end: int, source: Expression, each: Expression, item: AnonymousSymbol
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.source = source
        self.each = each
        self.item = item

    @property
    def marker_range(self) -> Range:
        """The range of `[*]` or `.*`."""
        return self.item.range

    @property
    def start_range(self) -> Range:
        """The range of `[*]` or `.*`."""
        return self.item.range


class AnonymousSymbol(Expression):
    """Stands for the current element within `Splat.each`."""

    __slots__ = ()

    def __init__(self, file: SourceFile, start: int, end: int) -> None:
        self.file = file
        self.start = start
        self.end = end
