"""The `lifecycle` block of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import conditions, constants, traversals, unsupported
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema
from iacctl.hcl.json_expression import JsonExpression
from iacctl.hcl.json_values import JsonString
from iacctl.lang.references import COUNT, EACH, RESOURCE, references

if TYPE_CHECKING:
    from iacctl.config.model import Resource
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Attribute, Expression
    from iacctl.hcl.body import Block, Content

SCHEMA: Final = BodySchema(
    {
        "create_before_destroy": False,
        "prevent_destroy": False,
        "ignore_changes": False,
        "replace_triggered_by": False,
    },
    {"precondition": (), "postcondition": (), "action_trigger": ()},
)


def decode(resource: Resource, block: Block, diags: Diagnostics, *, override: bool = False) -> None:
    """Read the block of a managed resource into it."""
    content = block.body.content(SCHEMA, diags)
    attributes = content.attributes
    if "create_before_destroy" in attributes:
        resource.create_before_destroy = constants.boolean(attributes["create_before_destroy"], diags)
    if "prevent_destroy" in attributes:
        resource.prevent_destroy = constants.boolean(attributes["prevent_destroy"], diags)
    if "replace_triggered_by" in attributes:
        resource.replace_triggered_by = _replace_triggered_by(attributes["replace_triggered_by"].expression, diags)
    if "ignore_changes" in attributes:
        _ignore_changes(resource, attributes["ignore_changes"], diags)
    _conditions(resource, content, diags, override)


def decode_conditions_only(resource: Resource, block: Block, diags: Diagnostics, *, override: bool = False) -> None:
    """Read the block of a data source or ephemeral resource, which may hold conditions only."""
    content = block.body.content(SCHEMA, diags)
    kind = "data" if resource.mode == "data" else "ephemeral"
    for attribute in content.attributes.values():
        diags.error(
            f"Invalid {kind} resource lifecycle argument",
            f'The lifecycle argument "{attribute.name}" is defined only for managed resources ("resource" blocks), and is'
            f" not valid for {kind} resources.",
            attribute.name_range,
        )
    _conditions(resource, content, diags, override)


def _conditions(resource: Resource, content: Content, diags: Diagnostics, override: bool) -> None:
    for nested in content.blocks:
        if nested.type == "action_trigger":
            _refuse_action_trigger(nested, diags)
            continue
        condition = conditions.decode(nested, diags, override=override)
        if condition is None:
            continue
        conditions.refuse_self(condition, nested.type, resource.mode, resource.type, resource.name, diags)
        if nested.type == "precondition":
            resource.preconditions.append(condition)
        else:
            resource.postconditions.append(condition)


def _refuse_action_trigger(block: Block, diags: Diagnostics) -> None:
    diags.error(
        "Unsupported feature: action triggers",
        "This version of iacctl does not support action triggers.",
        block.definition_range,
        tag=unsupported.TAG,
    )


def _ignore_changes(resource: Resource, attribute: Attribute, diags: Diagnostics) -> None:
    if static.keyword(attribute.expression) == "all":
        resource.ignore_all_changes = True
        return
    items = static.items(attribute.expression, diags)
    wildcard: Expression | None = None
    for item in items or ():
        if _is_star(item):
            wildcard = item
            diags.error(
                "Invalid ignore_changes wildcard",
                'The ["*"] form of ignore_changes wildcard is was deprecated and is now invalid. Use "ignore_changes ='
                ' all" to ignore changes to all attributes.',
                attribute.expression.range,
            )
            continue
        traversal = static.traversal(traversals.unquoted(item, diags), diags)
        if traversal is not None:
            resource.ignore_changes.append(traversal)
    if wildcard is not None and resource.ignore_changes:
        diags.error(
            "Invalid ignore_changes ruleset",
            'Cannot mix wildcard string "*" with non-wildcard references.',
            wildcard.range,
        )


def _is_star(expression: Expression) -> bool:
    if isinstance(expression, JsonExpression):
        return isinstance(expression.json, JsonString) and expression.json.value == "*"
    return traversals.is_quoted(expression) and getattr(expression, "value", None) == "*"


def _replace_triggered_by(expression: Expression, diags: Diagnostics) -> list[Expression]:
    """The items of the list, up to the first that is not a reference to one resource."""
    items = static.items(expression, diags)
    found: list[Expression] = []
    for written in items or ():
        before = len(diags)
        item = traversals.native(written, diags)
        resources = 0
        for reference in references(item, diags):
            if reference.kind == RESOURCE:
                resources += 1
            elif reference.kind not in (COUNT, EACH) or (reference.kind == EACH and reference.name != "key"):
                diags.error(
                    "Invalid reference in replace_triggered_by expression",
                    "Only resources, count.index, and each.key may be used in replace_triggered_by.",
                    item.range,
                )
        if resources != 1:
            problem = "Missing resource reference" if resources == 0 else "Multiple resource references"
            diags.error(
                "Invalid replace_triggered_by expression",
                f"{problem} in replace_triggered_by expression.",
                item.range,
            )
        if len(diags) > before:
            break
        found.append(item)
    return found
