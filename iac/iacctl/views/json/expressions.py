"""Expressions as the `configuration` of plan JSON shows them: a constant value, and what they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from iacctl import values
from iacctl.addrs import instance_key_text
from iacctl.diag import Diagnostics
from iacctl.eval.bodies import body_schema
from iacctl.hcl import ast
from iacctl.hcl.json_expression import JsonExpression
from iacctl.lang.compile import evaluate_static
from iacctl.lang.references import MODULE, RESOURCE, parse_reference, references
from iacctl.values import numbers
from iacctl.values.set_hash import go_quoted
from iacctl.views.json.attributes import known_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.hcl.ast import Expression, ScopeTraversal, Step
    from iacctl.hcl.body import Body
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import Block

_TRANSPARENT: Final = frozenset(
    {ast.ScopeTraversal, ast.Template, ast.TemplateWrap, ast.TupleConstructor, ast.ObjectConstructor, ast.Parentheses}
)
"""Expressions whose value is unknown wherever a part of them is."""


def expression(tree: Expression | None) -> dict[str, Any]:
    """`constant_value` if the value is known without any scope, and `references` if there are any."""
    found: dict[str, Any] = {}
    if tree is None:
        return found
    if type(tree) is ast.Literal:
        found["constant_value"] = known_part(tree.value)
        return found
    constant = tree
    if isinstance(tree, JsonExpression):
        # Terraform evaluates it without a scope here, and JSON strings are no templates then.
        constant = tree.native(Diagnostics(), templates=False)
        tree = tree.native(Diagnostics())
    named = references(tree)
    if not (named and type(constant) in _TRANSPARENT and _depends_on_names(constant)):
        value = evaluate_static(constant, Diagnostics())
        if values.is_wholly_known(value):
            found["constant_value"] = known_part(value)
    if named:
        found["references"] = [text for reference in named for text in _reference_texts(reference)]
    return found


def _depends_on_names(tree: Expression) -> bool:
    """Whether a name, reached through `_TRANSPARENT` expressions alone, keeps the value from being known."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is ast.ScopeTraversal:
            return True
        if kind is ast.Template:
            waiting.extend(cast("ast.Template", node).parts)
        elif kind is ast.TupleConstructor:
            waiting.extend(cast("ast.TupleConstructor", node).items)
        elif kind is ast.ObjectConstructor:
            waiting.extend(item.value for item in cast("ast.ObjectConstructor", node).items)
        elif kind is ast.TemplateWrap or kind is ast.Parentheses:
            waiting.append(cast("ast.Parentheses", node).expression)
    return False


def _reference_texts(reference: Reference) -> list[str]:
    """A reference from its longest form to the shortest thing that can be referred to, each as text."""
    subject = subject_text(reference)
    found: list[str] = []
    if reference.steps:
        texts = [_step_text(step) for step in reference.steps]
        found.extend(subject + "".join(texts[:length]) for length in range(len(texts), 0, -1))
    found.append(subject)
    if reference.kind == MODULE:
        if reference.output is not None:
            found.append(f"{reference}{instance_key_text(reference.key)}")
        elif reference.key is not None:
            found.append(str(reference))
    elif reference.kind == RESOURCE and reference.key is not None:
        found.append(str(reference))
    return found


def subject_text(reference: Reference) -> str:
    """What a reference names, with instance key and module output."""
    text = f"{reference}{instance_key_text(reference.key)}"
    return text if reference.output is None else f"{text}.{reference.output}"


def _step_text(step: Step) -> str:
    if type(step) is ast.AttributeStep:
        return f".{step.name}"
    key = cast("ast.IndexStep", step).key
    return f"[{go_quoted(key)}]" if type(key) is str else f"[{numbers.text(key)}]"


def dependencies(traversals: Iterable[ScopeTraversal]) -> list[str]:
    """The texts of a `depends_on` argument."""
    found: list[str] = []
    for traversal in traversals:
        reference = parse_reference(traversal, Diagnostics())
        if reference is not None:
            found.append(subject_text(reference))
    return found


def body(written: Body, block: Block) -> dict[str, Any]:
    """The expressions of a body: arguments by name, and nested blocks in the shape that their nesting mode gives.

    What `dynamic` blocks make is left out, as in Terraform.
    """
    content, _ = written.partial_content(body_schema(block), Diagnostics())
    found: dict[str, Any] = {name: expression(content.attributes[name].expression) for name in content.attributes}
    for item in content.blocks:
        nested = block.blocks.get(item.type)
        if nested is None:
            continue
        inner = body(item.body, nested.block)
        if nested.nesting == "list" or nested.nesting == "set":
            found.setdefault(item.type, []).append(inner)
        elif nested.nesting == "map":
            found.setdefault(item.type, {})[item.labels[0]] = inner
        else:
            found[item.type] = inner
    return {name: found[name] for name in sorted(found)}


def arguments(written: Iterable[tuple[str, Expression]]) -> dict[str, Any]:
    """The expressions of arguments whose names are known, in order of names."""
    return {name: expression(tree) for name, tree in sorted(written, key=lambda item: item[0])}
