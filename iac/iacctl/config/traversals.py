"""References that are written as arguments: `depends_on`, `provider`, `ignore_changes` and the like.

Terraform 0.11 wanted them in quotes. That form is still read, with a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iacctl.config import constants
from iacctl.config.model import ProviderRef
from iacctl.config.names import check_provider_name
from iacctl.diag import Diagnostics, Range
from iacctl.hcl import static
from iacctl.hcl.ast import AttributeStep, IndexStep, Literal, ScopeTraversal, Template

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from iacctl.hcl.ast import Attribute, Expression, Step

    _Place: TypeAlias = Callable[[int, int], Range]

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
_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_STEP: Final = re.compile(
    r'\s*(?:\.\s*(?P<name>[^\W\d][\w-]*)|\.\s*(?P<legacy>\d+)|\[\s*(?:(?P<index>\d+)|"(?P<key>[^"\\$%]*)")\s*\])'
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
    traversal = _parse_traversal(expression, text, diags)
    if keyword:
        diags.warning("Quoted keywords are deprecated", _DEPRECATED_KEYWORD, expression.range)
    else:
        diags.warning("Quoted references are deprecated", _DEPRECATED_REFERENCE, expression.range)
    return expression if traversal is None else traversal


def _parse_traversal(expression: Expression, text: str, diags: Diagnostics) -> ScopeTraversal | None:
    """What can be read of a traversal in quotes; None if not even its first name can."""
    file = expression.file
    begin = expression.start + 1
    stop = max(begin, expression.end - 1)

    def place(start: int, end: int) -> Range:
        return Range(file, min(begin + start, stop), min(begin + end, stop + 1))

    stripped = text.rstrip()
    match = _NAME.match(text)
    if match is None:
        diags.error("Variable name required", "Must begin with a variable name.", place(0, 1))
        return None
    root = match[0]
    steps: list[Step] = []
    at = match.end()
    while at < len(stripped):
        match = _STEP.match(text, at)
        if match is None:
            _report_step(text, at, place, diags)
            break
        span = place(match.start(), match.end())
        if match["name"] is not None:
            steps.append(AttributeStep(file, span.start, span.end, match["name"]))
        elif match["key"] is not None:
            steps.append(IndexStep(file, span.start, span.end, match["key"]))
        else:
            steps.append(IndexStep(file, span.start, span.end, int(match["index"] or match["legacy"])))
        at = match.end()
    return ScopeTraversal(file, begin, place(at, at).end, root, tuple(steps))


def _report_step(text: str, at: int, place: _Place, diags: Diagnostics) -> None:
    lead = len(text[at:]) - len(text[at:].lstrip())
    after = at + lead
    if text[after] == ".":
        diags.error("Attribute name required", "Dot must be followed by attribute name.", place(after + 1, after + 2))
    elif text[after] == "[":
        diags.error(
            "Invalid index value",
            "Index value must be either a number or a string with no template sequences.",
            place(after + 1, after + 2),
        )
    else:
        diags.error(
            "Invalid character", "Expected an attribute access or an index operator.", place(after, after + 1)
        )


def depends_on(attribute: Attribute | None, diags: Diagnostics) -> list[ScopeTraversal]:
    """The references of a `depends_on` argument."""
    if attribute is None:
        return []
    items = static.items(attribute.expression, diags)
    found: list[ScopeTraversal] = []
    for item in items or ():
        traversal = static.traversal(unquoted(item, diags), diags)
        if traversal is not None:
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
    expression = unquoted(expression, diags)
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
    return ProviderRef(traversal.root, traversal.root_range, step.name, step.range)
