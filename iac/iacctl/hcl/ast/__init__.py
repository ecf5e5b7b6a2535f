"""The syntax tree of HCL's native syntax.

Every node knows its file and the offsets of its first character and of the one after its last, exactly as HashiCorp's
parser reports them; `range` combines the three. Nodes are compared by identity and are not changed after parsing.
"""

from __future__ import annotations

from iacctl.hcl.ast.constructors import (
    ForExpression,
    FunctionCall,
    ObjectConstructor,
    ObjectItem,
    ObjectKey,
    TupleConstructor,
)
from iacctl.hcl.ast.nodes import CONSTANTS, Attribute, Constant, Expression, Invalid, Literal, Node
from iacctl.hcl.ast.operations import BinaryOperation, Conditional, Parentheses, UnaryOperation
from iacctl.hcl.ast.templates import Template, TemplateFor, TemplateIf, TemplateWrap
from iacctl.hcl.ast.traversals import (
    AnonymousSymbol,
    AttributeStep,
    Index,
    IndexStep,
    RelativeTraversal,
    ScopeTraversal,
    Splat,
    Step,
)

__all__ = [
    "CONSTANTS",
    "AnonymousSymbol",
    "Attribute",
    "AttributeStep",
    "BinaryOperation",
    "Conditional",
    "Constant",
    "Expression",
    "ForExpression",
    "FunctionCall",
    "Index",
    "IndexStep",
    "Invalid",
    "Literal",
    "Node",
    "ObjectConstructor",
    "ObjectItem",
    "ObjectKey",
    "Parentheses",
    "RelativeTraversal",
    "ScopeTraversal",
    "Splat",
    "Step",
    "Template",
    "TemplateFor",
    "TemplateIf",
    "TemplateWrap",
    "TupleConstructor",
    "UnaryOperation",
]
