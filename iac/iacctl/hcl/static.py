"""Meaning of expressions that are read, not evaluated: references, keywords, lists and calls as syntax.

Each function takes native and JSON expressions: a JSON string stands for the expression written in it. A function that
reports takes `diagnostics`, and gives None when it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iacctl.diag.diagnostics import Diagnostics
    from iacctl.diag.source import Range
    from iacctl.hcl.ast import Expression, ScopeTraversal


class StaticCall(NamedTuple):
    """A function call as syntax: `list(string)` of a type constraint."""

    name: str
    name_range: Range
    arguments: tuple[Expression, ...]
    open_range: Range
    close_range: Range


class StaticPair(NamedTuple):
    """One item of an object constructor as syntax."""

    key: Expression
    value: Expression


def as_traversal(expression: Expression) -> ScopeTraversal | None:
    """The absolute traversal an expression is, or None: does not report. A JSON string is parsed as one."""
    raise NotImplementedError


def traversal(expression: Expression, diagnostics: Diagnostics) -> ScopeTraversal | None:
    """The absolute traversal an expression is; anything else is reported in HCL's words."""
    raise NotImplementedError


def keyword(expression: Expression) -> str | None:
    """The bare word an expression is (`self`, `all`, `string`), or None."""
    raise NotImplementedError


def items(expression: Expression, diagnostics: Diagnostics) -> tuple[Expression, ...] | None:
    """The elements of a tuple constructor; anything else is reported in HCL's words."""
    raise NotImplementedError


def pairs(expression: Expression, diagnostics: Diagnostics) -> tuple[StaticPair, ...] | None:
    """The items of an object constructor; anything else is reported in HCL's words."""
    raise NotImplementedError


def call(expression: Expression, diagnostics: Diagnostics) -> StaticCall | None:
    """The function call an expression is; anything else is reported in HCL's words."""
    raise NotImplementedError
