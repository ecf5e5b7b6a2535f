"""Operators, conditionals and parentheses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag.source import Range
from iacctl.hcl.ast.nodes import Expression

if TYPE_CHECKING:
    from iacctl.diag.source import SourceFile


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
