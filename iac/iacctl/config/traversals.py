"""References that are written as arguments: `depends_on`, `provider`, `ignore_changes` and the like.

Terraform 0.11 wanted them in quotes. That form is still read, with a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import constants
from iacctl.config.model import ProviderRef
from iacctl.config.names import check_provider_name
from iacctl.diag import Diagnostics
from iacctl.hcl import static
from iacctl.hcl.ast import AttributeStep, Index, IndexStep, Literal, ScopeTraversal, Template
from iacctl.hcl.json_expression import JsonExpression, parse_embedded
from iacctl.hcl.json_values import JsonString

if TYPE_CHECKING:
    from iacctl.hcl.ast import Attribute, Expression

_DEPRECATED_REFERENCE: Final = (
    "In this context, references are expected literally rather than in quotes. Terraform 0.11 and earlier required"
    " quotes, but quoted references are now deprecated and will be removed in a future version of Terraform. Remove"
    " the quotes surrounding this reference to silence this warning."
)
_DEPRECATED_KEYWORD: Final = (
    "In this context, keywords are expected literally rather than in quotes. Terraform 0.11 and earlier required"
    " quotes, but quoted keywords are now deprecated and will be removed in a future version of Terraform. Remove"
    " the quotes surrounding this keyword to silence this warning."
)


def is_quoted(expression: Expression) -> bool:
    """Whether an expression is a quoted string or heredoc in native syntax (not an interpolation alone)."""
    kind = type(expression)
    if kind is Literal:
        return type(expression.value) is str  # type: ignore[attr-defined]
    return kind is Template


def unquoted(expression: Expression, diags: Diagnostics, *, keyword: bool = False) -> Expression:
    """The traversal that a quoted string holds, with a warning; any other expression as it is.

    Args:
        expression: as written.
        diags: gets the warning and what is wrong inside the quotes.
        keyword: whether the place is for a keyword, which words the warning.
    """
    if not is_quoted(expression):
        return expression
    text = constants.value(expression, diags)
    if type(text) is not str:
        return expression
    literal = Literal(expression.file, expression.start, expression.end, text)
    traversal = static.quoted_traversal(literal, diags)
    if keyword:
        diags.warning("Quoted keywords are deprecated", _DEPRECATED_KEYWORD, expression.range)
    else:
        diags.warning("Quoted references are deprecated", _DEPRECATED_REFERENCE, expression.range)
    return expression if traversal is None else traversal


def native(expression: Expression, diags: Diagnostics) -> Expression:
    """The expression written in a JSON string that stands for a reference; any other expression as it is."""
    if not isinstance(expression, JsonExpression) or not isinstance(expression.json, JsonString):
        return expression
    from iacctl.hcl.parser import parse_expression

    return parse_embedded(expression.json, parse_expression, 0, diags)


def depends_on(attribute: Attribute | None, diags: Diagnostics) -> list[ScopeTraversal]:
    """The references of a `depends_on` argument."""
    if attribute is None:
        return []
    items = static.items(attribute.expression, diags)
    found: list[ScopeTraversal] = []
    for item in items or ():
        traversal = static.traversal(unquoted(item, diags), diags)
        if traversal is None:
            continue
        if traversal.root == "action" and len(traversal.steps) > 1:
            diags.error(
                "Invalid depends_on Action Reference",
                "The depends_on attribute cannot reference action blocks directly. You must reference a resource or data"
                " source instead.",
                item.range,
            )
            continue
        found.append(traversal)
    return found


def provider_ref(expression: Expression, argument: str, diags: Diagnostics) -> ProviderRef | None:
    """The provider configuration that an argument names.

    Args:
        expression: as written: `aws`, `aws.west`.
        argument: the argument's name, for messages.
        diags: gets the report.

    Returns:
        The reference, or None if it was reported.
    """
    expression, instance = _without_instance(unquoted(expression, diags))
    ignored = Diagnostics()
    traversal = static.traversal(expression, ignored)
    steps = traversal.steps if traversal is not None else ()
    if traversal is None or len(steps) > 1:
        diags.error(
            "Invalid provider configuration reference",
            f"The {argument} argument requires a provider type name, optionally followed by a period and then a"
            " configuration alias.",
            expression.range,
        )
        return None
    # The name is checked, but a name out of form is still a name: the rest can go on.
    check_provider_name(traversal.root, traversal.root_range, diags)
    if not steps:
        return ProviderRef(traversal.root, traversal.root_range)
    step = steps[0]
    if type(step) is not AttributeStep:
        diags.error(
            "Invalid provider configuration reference",
            "Provider name must either stand alone or be followed by a period and then a configuration alias.",
            step.range,
        )
        return ProviderRef(traversal.root, traversal.root_range)
    return ProviderRef(traversal.root, traversal.root_range, step.name, step.range, instance)


def _without_instance(expression: Expression) -> tuple[Expression, Expression | None]:
    """`aws.by_region[each.key]` taken apart: OpenTofu's way to name one instance of a configuration with `for_each`."""
    if type(expression) is Index:
        found = static.traversal(expression.collection, Diagnostics())
        if found is not None and len(found.steps) == 1:
            return found, expression.key
    if type(expression) is ScopeTraversal and len(expression.steps) == 2:
        name, index = expression.steps
        if type(name) is AttributeStep and type(index) is IndexStep:
            whole = ScopeTraversal(expression.file, expression.start, name.end, expression.root, (name,))
            return whole, Literal(expression.file, index.start, index.end, index.key)
    return expression, None
