"""What the references in a failing expression hold, as it is printed below a diagnostic's snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl.values import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.hcl.ast import Expression, ScopeTraversal
    from iacctl.lang.compiler.core import Names
    from iacctl.lang.context import EvalContext
    from iacctl.values import Value


def reference_values(
    expression: Expression,
    context: EvalContext,
    names: Names | None = None,
    *,
    caused_by_unknown: bool = False,
    caused_by_sensitive: bool = False,
    caused_by_ephemeral: bool = False,
) -> tuple[tuple[str, str], ...]:
    """What the references of an expression hold, for `Diagnostic.values`.

    Args:
        expression: the failing one.
        context: in which it was evaluated.
        names: local names in reach; None: the names in `context.variables`.
        caused_by_unknown: whether unknown values are the problem: the texts then say so.
        caused_by_sensitive: whether sensitive values are the problem: they are mentioned then.
        caused_by_ephemeral: whether ephemeral values are the problem: they are mentioned then.
    """
    return reference_texts(
        expression,
        context,
        lambda value: describe.describe(
            value,
            unknown_matters=caused_by_unknown,
            sensitive_matters=caused_by_sensitive,
            ephemeral_matters=caused_by_ephemeral,
        ),
        names,
    )


def reference_texts(
    expression: Expression,
    context: EvalContext,
    statement_of: Callable[[Value], str | None],
    names: Names | None = None,
) -> tuple[tuple[str, str], ...]:
    """The references of an expression, each with what is to be said of its value.

    Args:
        expression: the failing one.
        context: in which it was evaluated.
        statement_of: words a value; None says nothing of it.
        names: local names in reach; None: the names in `context.variables`.
    """
    from iacctl.lang.traversals import free_traversals

    found: dict[str, str] = {}
    for traversal in free_traversals(expression):
        shown = _longest_valid(traversal, context, names)
        if shown is None:
            continue
        text, value = shown
        if text in found:
            continue
        statement = statement_of(value)
        if statement is not None:
            found[text] = statement
    return tuple(sorted(found.items()))


def _longest_valid(traversal: ScopeTraversal, context: EvalContext, names: Names | None) -> tuple[str, Value] | None:
    """The traversal, or the longest beginning of it that has a value; its text and its value."""
    from iacctl.hcl import ast
    from iacctl.lang.compile import compile_within

    steps = traversal.steps
    diags, quiet = context.diags, context.quiet
    context.quiet = True
    try:
        while steps:
            cut = ast.ScopeTraversal(traversal.file, traversal.start, steps[-1].end, traversal.root, steps)
            context.diags = Diagnostics()
            value = compile_within(cut, context, names)(context)
            if not context.diags.has_errors:
                return traversal_text(cut), value
            steps = steps[:-1]
    finally:
        context.diags, context.quiet = diags, quiet
    return None


def traversal_text(traversal: ScopeTraversal) -> str:
    """A traversal as Terraform prints it: `var.a["b"][0].c`."""
    from iacctl.hcl import ast
    from iacctl.values import numbers

    parts = [traversal.root]
    for step in traversal.steps:
        if type(step) is ast.AttributeStep:
            parts.append(f".{step.name}")
            continue
        assert isinstance(step, ast.IndexStep)
        parts.append(f"[{_quote(step.key) if type(step.key) is str else numbers.text(step.key)}]")
    return "".join(parts)


def _quote(text: str) -> str:
    from iacctl.addrs import quote

    return quote(text)
