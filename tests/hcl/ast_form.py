"""The syntax tree in the neutral form of `data/hcl_syntax.jsonl`, which was written by HashiCorp's parser."""

from __future__ import annotations

from typing import Any

from iacctl.hcl import ast
from iacctl.hcl.native_body import NativeBody
from iacctl.values import numbers


def body_form(body: NativeBody) -> list[Any]:
    items: list[tuple[int, Any]] = [
        (attribute.start, ["attr", name, expression_form(attribute.expression)])
        for name, attribute in body.attributes.items()
    ]
    for block in body.blocks:
        assert isinstance(block.body, NativeBody)
        items.append((block.start, ["block", block.type, list(block.labels), body_form(block.body)]))
    return [form for _, form in sorted(items, key=lambda item: item[0])]


def constant_form(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    return "n:" + numbers.text(value)


def _part_form(part: ast.Expression) -> Any:
    return (
        ["lit", part.value] if isinstance(part, ast.Literal) and isinstance(part.value, str) else expression_form(part)
    )


def _parts_form(template: ast.Template) -> Any:
    return ["tmpl", [_part_form(part) for part in template.parts]]


def _steps_form(steps: tuple[ast.Step, ...]) -> list[Any]:
    return [
        ["attr", step.name] if isinstance(step, ast.AttributeStep) else ["index", constant_form(step.key)]
        for step in steps
    ]


def expression_form(node: ast.Expression) -> Any:
    match node:
        case ast.Literal():
            return (
                ["tmpl", [["lit", node.value]]] if isinstance(node.value, str) else ["lit", constant_form(node.value)]
            )
        case ast.Template():
            return _parts_form(node)
        case ast.TemplateWrap():
            return ["wrap", expression_form(node.expression)]
        case ast.TemplateIf():
            return ["cond", expression_form(node.condition), _parts_form(node.then), _parts_form(node.otherwise)]
        case ast.TemplateFor():
            names = [node.key_name or "", node.value_name]
            body = _parts_form(node.body)
            return ["join", ["for", *names, expression_form(node.collection), None, body, None, False]]
        case ast.ScopeTraversal():
            return ["trav", [["root", node.root], *_steps_form(node.steps)]]
        case ast.RelativeTraversal():
            return ["rel", expression_form(node.source), _steps_form(node.steps)]
        case ast.Index():
            return ["idx", expression_form(node.collection), expression_form(node.key)]
        case ast.Splat():
            return ["splat", expression_form(node.source), expression_form(node.each)]
        case ast.AnonymousSymbol():
            return ["anon"]
        case ast.FunctionCall():
            return ["call", node.name, [expression_form(item) for item in node.arguments], node.expand_final]
        case ast.Conditional():
            return ["cond", *map(expression_form, (node.condition, node.then, node.otherwise))]
        case ast.TupleConstructor():
            return ["tuple", [expression_form(item) for item in node.items]]
        case ast.ObjectConstructor():
            return ["obj", [[_key_form(item.key), expression_form(item.value)] for item in node.items]]
        case ast.ForExpression():
            return [
                "for",
                node.key_name or "",
                node.value_name,
                expression_form(node.collection),
                node.key and expression_form(node.key),
                expression_form(node.value),
                node.condition and expression_form(node.condition),
                node.group,
            ]
        case ast.BinaryOperation():
            return ["bin", node.operator, expression_form(node.left), expression_form(node.right)]
        case ast.UnaryOperation():
            return ["un", node.operator, expression_form(node.operand)]
        case ast.Parentheses():
            return ["paren", expression_form(node.expression)]
        case ast.Invalid():
            return ["invalid"]
    raise AssertionError(node)


def _key_form(key: ast.ObjectKey) -> Any:
    if key.name is not None:
        return ["key", key.name]
    assert key.value is not None
    return ["keyx", expression_form(key.value), key.forced]
