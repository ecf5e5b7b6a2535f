"""The names that an expression takes from its scope, found without evaluating it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import Diagnostics
from iacctl.hcl import ast
from iacctl.hcl.json_expression import JsonExpression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl.hcl.ast import Expression, ScopeTraversal

_Names = frozenset[str]
_Children = list[tuple["Expression", _Names]]

NO_NAMES: Final[_Names] = frozenset()


def free_traversals(expression: Expression, local_names: _Names = NO_NAMES) -> Iterator[ScopeTraversal]:
    """The traversals whose root is not a variable of an enclosing `for` nor one of `local_names`, in the order written."""
    stack: _Children = [(expression, local_names)]
    while stack:
        node, names = stack.pop()
        if type(node) is ast.ScopeTraversal:
            if node.root not in names:
                yield node
            continue
        children = _CHILDREN.get(type(node))
        if children is not None:
            found = children(node, names)
            found.reverse()
            stack.extend(found)


def function_calls(expression: Expression) -> Iterator[ast.FunctionCall]:
    """All function calls, in the order written."""
    stack: _Children = [(expression, NO_NAMES)]
    while stack:
        node, names = stack.pop()
        if type(node) is ast.FunctionCall:
            yield node
        children = _CHILDREN.get(type(node))
        if children is not None:
            found = children(node, names)
            found.reverse()
            stack.extend(found)


def _with(names: _Names, key_name: str | None, value_name: str) -> _Names:
    return names | {value_name} if key_name is None else names | {key_name, value_name}


def _template(node: ast.Template, names: _Names) -> _Children:
    return [(part, names) for part in node.parts]


def _json(node: JsonExpression, names: _Names) -> _Children:
    return [(node.native(Diagnostics()), names)]


def _wrapped(node: ast.TemplateWrap | ast.Parentheses, names: _Names) -> _Children:
    return [(node.expression, names)]


def _choice(node: ast.Conditional | ast.TemplateIf, names: _Names) -> _Children:
    return [(node.condition, names), (node.then, names), (node.otherwise, names)]


def _template_for(node: ast.TemplateFor, names: _Names) -> _Children:
    return [(node.collection, names), (node.body, _with(names, node.key_name, node.value_name))]


def _relative(node: ast.RelativeTraversal, names: _Names) -> _Children:
    return [(node.source, names)]


def _index(node: ast.Index, names: _Names) -> _Children:
    return [(node.collection, names), (node.key, names)]


def _splat(node: ast.Splat, names: _Names) -> _Children:
    return [(node.source, names), (node.each, names)]


def _call(node: ast.FunctionCall, names: _Names) -> _Children:
    return [(argument, names) for argument in node.arguments]


def _tuple(node: ast.TupleConstructor, names: _Names) -> _Children:
    return [(item, names) for item in node.items]


def _object(node: ast.ObjectConstructor, names: _Names) -> _Children:
    found: _Children = []
    for item in node.items:
        if item.key.value is not None:
            found.append((item.key.value, names))
        found.append((item.value, names))
    return found


def _for(node: ast.ForExpression, names: _Names) -> _Children:
    inner = _with(names, node.key_name, node.value_name)
    found: _Children = [(node.collection, names)]
    found.extend((part, inner) for part in (node.key, node.value, node.condition) if part is not None)
    return found


def _binary(node: ast.BinaryOperation, names: _Names) -> _Children:
    return [(node.left, names), (node.right, names)]


def _unary(node: ast.UnaryOperation, names: _Names) -> _Children:
    return [(node.operand, names)]


_CHILDREN: Final[dict[type, Callable[..., _Children]]] = {
    ast.Template: _template,
    ast.TemplateWrap: _wrapped,
    ast.TemplateIf: _choice,
    ast.TemplateFor: _template_for,
    ast.RelativeTraversal: _relative,
    ast.Index: _index,
    ast.Splat: _splat,
    ast.FunctionCall: _call,
    ast.Conditional: _choice,
    ast.TupleConstructor: _tuple,
    ast.ObjectConstructor: _object,
    ast.ForExpression: _for,
    ast.BinaryOperation: _binary,
    ast.UnaryOperation: _unary,
    ast.Parentheses: _wrapped,
    JsonExpression: _json,
}
