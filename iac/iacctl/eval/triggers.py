"""The expressions of `replace_triggered_by`, taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl.hcl import ast
from iacctl.lang.compile import compile_expression
from iacctl.lang.references import references

if TYPE_CHECKING:
    from iacctl.hcl.ast import Expression
    from iacctl.lang.compile import Compiled
    from iacctl.lang.references import Reference


class Trigger:
    """One expression of `replace_triggered_by`: a resource, an instance of it, or an attribute of an instance.

    Attributes:
        references: everything that the expression refers to.
        resource: the resource among them; None where there is none.
        key: the instance key where it is an expression, such as `count.index`.
        steps: the attribute, from the instance inwards.
    """

    __slots__ = ("key", "references", "resource", "steps")

    def __init__(self, expression: Expression) -> None:
        self.references: list[Reference] = references(expression, Diagnostics())
        self.resource: Reference | None = next((item for item in self.references if item.kind == "resource"), None)
        self.key: Compiled | None = None
        self.steps: tuple[ast.Step, ...] = () if self.resource is None else self.resource.steps
        node = expression
        trailing: tuple[ast.Step, ...] = ()
        if isinstance(node, ast.RelativeTraversal):
            trailing = node.steps
            node = node.source
        if isinstance(node, ast.Index):
            self.key = compile_expression(node.key)
            self.steps = trailing
