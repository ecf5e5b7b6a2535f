"""The syntax tree of HCL's native syntax.

Every node knows its file and the offsets of its first character and of the one after its last, exactly as HashiCorp's
parser reports them; `range` combines the three. Nodes are compared by identity and are not changed after parsing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from iacctl.diag.source import Range

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile

Constant: TypeAlias = Any
"""What a literal holds: `None`, `bool`, `str` (NFC) or a number as `iacctl.values` represents it."""


class Node:
    """Something written in a file, from character offset `start` up to `end`."""

    __slots__ = ("end", "file", "start")

    file: SourceFile
    start: int
    end: int

    @property
    def range(self) -> Range:
        """Where the node is written."""
        return Range(self.file, self.start, self.end)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.file.text[self.start : self.end]!r}>"


class Expression(Node):
    """Anything that has a value."""

    __slots__ = ()

    @property
    def start_range(self) -> Range:
        """What HCL points at when the whole expression would be too much: its first operand or its opening bracket."""
        return self.range


class Literal(Expression):
    """A number, `true`, `false`, `null`, or a string.

    In an expression position a string Literal is a whole quoted string or heredoc without interpolations, and its range
    holds the quotes. As a part of a `Template` it is the text between interpolations.
    """

    __slots__ = ("value",)

    def __init__(self, file: SourceFile, start: int, end: int, value: Constant) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.value = value

    @property
    def start_range(self) -> Range:
        """The text without its quotes or heredoc markers."""
        text = self.file.text
        if type(self.value) is not str or self.start == self.end:
            return self.range
        if text[self.start] == '"':
            start, end = self.start + 1, self.end - 1
            return Range(self.file, start, end) if start < end else Range(self.file, self.end, self.end)
        if text.startswith("<<", self.start):
            start = text.index("\n", self.start) + 1
            return Range(self.file, start, max(start, text.rfind("\n", 0, self.end) + 1))
        return self.range


class Template(Expression):
    """A quoted string, heredoc or template file with at least one interpolation or directive.

    Attributes:
        parts: texts (as Literal), interpolated expressions, `TemplateIf` and `TemplateFor`, in order. Never a single
            interpolation alone, unless in a branch of a directive: that is a `TemplateWrap`.
    """

    __slots__ = ("parts",)

    def __init__(self, file: SourceFile, start: int, end: int, parts: tuple[Expression, ...]) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.parts = parts

    @property
    def start_range(self) -> Range:
        """That of the first part."""
        return self.parts[0].start_range


class TemplateWrap(Expression):
    """`"${x}"`: a template of one interpolation alone, which keeps the type of `expression`."""

    __slots__ = ("expression",)

    def __init__(self, file: SourceFile, start: int, end: int, expression: Expression) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.expression = expression


class TemplateIf(Expression):
    """`%{ if condition }then%{ else }otherwise%{ endif }`; without an else `otherwise` is an empty Template."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(
        self, file: SourceFile, start: int, end: int, condition: Expression, then: Template, otherwise: Template
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.condition = condition
        self.then = then
        self.otherwise = otherwise


class TemplateFor(Expression):
    """`%{ for key, value in collection }body%{ endfor }`; `key_name` is None if only one name is given."""

    __slots__ = ("body", "collection", "key_name", "value_name")

    def __init__(
        self,
        file: SourceFile,
        start: int,
        end: int,
        key_name: str | None,
        value_name: str,
        collection: Expression,
        body: Template,
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.key_name = key_name
        self.value_name = value_name
        self.collection = collection
        self.body = body


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


class Conditional(Expression):
    """`condition ? then : otherwise`."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(
        self, file: SourceFile, start: int, end: int, condition: Expression, then: Expression, otherwise: Expression
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.condition = condition
        self.then = then
        self.otherwise = otherwise

    @property
    def start_range(self) -> Range:
        """That of the condition."""
        return self.condition.start_range


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


class BinaryOperation(Expression):
    """`left operator right`; `operator` is one of `|| && == != < > <= >= + - * / %`, at offset `operator_start`."""

    __slots__ = ("left", "operator", "operator_start", "right")

    def __init__(
        self,
        file: SourceFile,
        start: int,
        end: int,
        operator: str,
        left: Expression,
        right: Expression,
        operator_start: int,
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.operator = operator
        self.left = left
        self.right = right
        self.operator_start = operator_start

    @property
    def operator_range(self) -> Range:
        """The range of the operator."""
        return Range(self.file, self.operator_start, self.operator_start + len(self.operator))

    @property
    def start_range(self) -> Range:
        """That of the left operand."""
        return self.left.start_range


class UnaryOperation(Expression):
    """`-operand` or `!operand`."""

    __slots__ = ("operand", "operator")

    def __init__(self, file: SourceFile, start: int, end: int, operator: str, operand: Expression) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.operator = operator
        self.operand = operand

    @property
    def operator_range(self) -> Range:
        """The range of the operator."""
        return Range(self.file, self.start, self.start + 1)

    @property
    def start_range(self) -> Range:
        """The operator."""
        return self.operator_range


class Parentheses(Expression):
    """`(expression)`."""

    __slots__ = ("expression",)

    def __init__(self, file: SourceFile, start: int, end: int, expression: Expression) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.expression = expression

    @property
    def start_range(self) -> Range:
        """That of the inner expression."""
        return self.expression.start_range


class Invalid(Expression):
    """Source that could not be understood and was reported by the parser; its value is unknown."""

    __slots__ = ()

    def __init__(self, file: SourceFile, start: int, end: int) -> None:
        self.file = file
        self.start = start
        self.end = end


CONSTANTS: dict[str, Constant] = {"true": True, "false": False, "null": None}
"""The words that are literals."""


class Attribute(Node):
    """`name = expression` in a body. The name ends at offset `name_end`."""

    __slots__ = ("expression", "name", "name_end")

    def __init__(
        self, file: SourceFile, start: int, end: int, name: str, name_end: int, expression: Expression
    ) -> None:
        self.file = file
        self.start = start
        self.end = end
        self.name = name
        self.name_end = name_end
        self.expression = expression

    @property
    def name_range(self) -> Range:
        """The range of the name (in JSON with its quotes)."""
        return Range(self.file, self.start, self.name_end)
