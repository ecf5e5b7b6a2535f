"""Templates: text with interpolations and directives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag.source import Range
from iacctl.hcl.ast.nodes import Expression

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile


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

    @property
    def start_range(self) -> Range:
        """That of the condition, as of every conditional."""
        return self.condition.start_range


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

    @property
    def start_range(self) -> Range:
        """The opening directive."""
        return Range(self.file, self.start, self.file.text.index("}", self.collection.end) + 1)
