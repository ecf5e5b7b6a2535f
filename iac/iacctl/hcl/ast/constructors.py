"""Calls, tuples, objects and for expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag.source import Range
from iacctl.hcl.ast.nodes import CONSTANTS, Expression, Literal, Node
from iacctl.hcl.ast.traversals import ScopeTraversal

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile


class FunctionCall(Expression):
    """`name(arguments)`.

    Attributes:
        name: with its namespaces and without whitespace: `provider::aws::arn_parse`.
        arguments: in order.
        expand_final: whether `...` follows the last argument.
        name_end: the offset after the name.
        open: the offset of the opening parenthesis.
        close: the offset of the closing parenthesis.
    """

    __slots__ = ("arguments", "close", "expand_final", "name", "name_end", "open")

    def __init__(
        self,
        file: SourceFile,
        start: int,
        end: int,
        name: str,
        arguments: tuple[Expression, ...],
        expand_final: bool,
        name_end: int,
        open_parenthesis: int,
        close_parenthesis: int,
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.name = name
        self.arguments = arguments
        self.expand_final = expand_final
        self.name_end = name_end
        self.open = open_parenthesis
        self.close = close_parenthesis

    @property
    def name_range(self) -> Range:
        """The range of the name with its namespaces."""
        return Range(self.file, self.start, self.name_end)

    @property
    def open_range(self) -> Range:
        """The range of the opening parenthesis."""
        return Range(self.file, self.open, self.open + 1)

    @property
    def close_range(self) -> Range:
        """The range of the closing parenthesis."""
        return Range(self.file, self.close, self.close + 1)

    @property
    def start_range(self) -> Range:
        """The name and the opening parenthesis."""
        return Range(self.file, self.start, self.open + 1)


class TupleConstructor(Expression):
    """`[items]`."""

    __slots__ = ("items",)

    def __init__(self, file: SourceFile, start: int, end: int, items: tuple[Expression, ...]) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.items = items

    @property
    def open_range(self) -> Range:
        """The range of the opening bracket."""
        return Range(self.file, self.start, self.start + 1)

    @property
    def start_range(self) -> Range:
        """The opening bracket."""
        return self.open_range


class ObjectKey(Node):
    """The key of an object's item.

    Attributes:
        name: the name if the key is one bare word (`a = 1`, also `true = 1`), which then is the key's value.
        value: the expression to be evaluated otherwise.
        forced: whether the key starts with a parenthesis, which says that its value is wanted even if it is a bare
            name: without, HCL calls a traversal like `a.b` as a key ambiguous.
    """

    __slots__ = ("forced", "name", "value")

    def __init__(
        self, file: SourceFile, start: int, end: int, name: str | None, value: Expression | None, forced: bool
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.name = name
        self.value = value
        self.forced = forced

    @property
    def expression(self) -> Expression:
        """The key as it would be without the special meaning of bare words."""
        if self.value is not None:
            return self.value
        assert self.name is not None
        if self.name in CONSTANTS:
            return Literal(self.file, self.start, self.end, CONSTANTS[self.name])
        return ScopeTraversal(self.file, self.start, self.end, self.name, ())


class ObjectItem:
    """`key = value`."""

    __slots__ = ("key", "value")

    key: ObjectKey
    value: Expression

    def __init__(self, key: ObjectKey, value: Expression) -> None:
        self.key = key
        self.value = value


class ObjectConstructor(Expression):
    """`{items}`.

    Attributes:
        items: in the order written. A later item replaces an earlier one of the same key,
        unique_keys: unless this is set (for JSON objects), when that is an error.
    """

    __slots__ = ("items", "unique_keys")

    def __init__(
        self, file: SourceFile, start: int, end: int, items: tuple[ObjectItem, ...], unique_keys: bool = False
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.items = items
        self.unique_keys = unique_keys

    @property
    def open_range(self) -> Range:
        """The range of the opening brace."""
        return Range(self.file, self.start, self.start + 1)

    @property
    def start_range(self) -> Range:
        """The opening brace."""
        return self.open_range


class ForExpression(Expression):
    """`[for k, v in collection : value if condition]` or `{for … : key => value...}`.

    Attributes:
        key_name: the first of two names, else None.
        value_name: the last name.
        key: None for a tuple, else the key of each item of an object.
        condition: what follows `if`, else None.
        group: whether `...` follows the value: values of equal keys are then gathered in a tuple.
    """

    __slots__ = ("collection", "condition", "group", "key", "key_name", "value", "value_name")

    def __init__(
        self,
        file: SourceFile,
        start: int,
        end: int,
        key_name: str | None,
        value_name: str,
        collection: Expression,
        key: Expression | None,
        value: Expression,
        condition: Expression | None,
        group: bool,
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.key_name = key_name
        self.value_name = value_name
        self.collection = collection
        self.key = key
        self.value = value
        self.condition = condition
        self.group = group

    @property
    def open_range(self) -> Range:
        """The range of the opening bracket or brace."""
        return Range(self.file, self.start, self.start + 1)

    @property
    def close_range(self) -> Range:
        """The range of the closing bracket or brace."""
        return Range(self.file, self.end - 1, self.end)

    @property
    def start_range(self) -> Range:
        """The opening bracket or brace."""
        return self.open_range
