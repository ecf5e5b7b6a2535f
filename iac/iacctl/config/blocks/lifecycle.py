"""The `lifecycle` block of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs.resources import MANAGED
from iacctl.config import conditions, constants, traversals
from iacctl.diag import Diagnostics
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema
from iacctl.hcl.json_expression import JsonExpression
from iacctl.hcl.json_values import JsonString
from iacctl.lang.references import COUNT, EACH, RESOURCE, references

if TYPE_CHECKING:
    from iacctl.config.model import ModuleCall, Resource
    from iacctl.hcl.ast import Attribute, Expression
    from iacctl.hcl.body import Block, Content

SCHEMA: Final = BodySchema(
    {
        "create_before_destroy": False,
        "prevent_destroy": False,
        "ignore_changes": False,
        "replace_triggered_by": False,
        "destroy": False,
        "enabled": False,
    },
    {"precondition": (), "postcondition": (), "action_trigger": ()},
)
MODULE_SCHEMA: Final = BodySchema({"enabled": False}, {})
"""What the block of a module call may hold: OpenTofu has it, Terraform reserves its name."""


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
    if "destroy" in attributes:
        resource.destroy = constants.boolean(attributes["destroy"], diags)
    if "enabled" in attributes:
        _enabled(resource, attributes["enabled"], diags)
    if "ignore_changes" in attributes:
        _ignore_changes(resource, attributes["ignore_changes"], diags)
    _conditions(resource, content, diags, override)


def decode_conditions_only(resource: Resource, block: Block, diags: Diagnostics, *, override: bool = False) -> None:
    """Read the block of a data source or ephemeral resource, which may hold conditions only."""
    content = block.body.content(SCHEMA, diags)
    kind = "data" if resource.mode == "data" else "ephemeral"
    for attribute in content.attributes.values():
        if attribute.name == "enabled":
            _enabled(resource, attribute, diags)
            continue
        diags.error(
            f"Invalid {kind} resource lifecycle argument",
            f'The lifecycle argument "{attribute.name}" is defined only for managed resources ("resource" blocks), and is'
            f" not valid for {kind} resources.",
            attribute.name_range,
        )
    for nested in content.blocks_of_type("action_trigger"):
        diags.error(
            f"Invalid {kind} resource lifecycle nested block",
            'The lifecycle nested block "action_trigger" is defined only for managed resources ("resource" blocks), and is'
            f" not valid for {kind} resources.",
            nested.definition_range,
        )
    _conditions(resource, content, diags, override)


def _enabled(resource: Resource | ModuleCall, attribute: Attribute, diags: Diagnostics) -> None:
    """Take down an `enabled` argument: OpenTofu's way to have one instance or none."""
    resource.enabled = attribute.expression
    for name, other in (("count", resource.count), ("for_each", resource.for_each)):
        if other is not None:
            diags.error(
                f'Invalid combination of "{name}" and "enabled"',
                f'The "{name}" and "enabled" meta-arguments are mutually-exclusive, only one should be used to be explicit'
                " about the number of resources to be created.",
                attribute.name_range,
            )


def decode_of_module(call: ModuleCall, block: Block, diags: Diagnostics) -> bool:
    """Read the block of a module call into it, if it has the one argument that there is for modules."""
    if "enabled" not in block.body.partial_content(MODULE_SCHEMA, Diagnostics())[0].attributes:
        return False
    _enabled(call, block.body.content(MODULE_SCHEMA, diags).attributes["enabled"], diags)
    return True


def _conditions(resource: Resource, content: Content, diags: Diagnostics, override: bool) -> None:
    for nested in content.blocks:
        if nested.type == "action_trigger":
            if resource.mode != MANAGED:
                continue
            from iacctl.config.blocks import actions

            resource.action_triggers.append(actions.decode_trigger(nested, diags))
            continue
        condition = conditions.decode(nested, diags, override=override)
        if condition is None:
            continue
        conditions.refuse_self(condition, nested.type, resource.mode, resource.type, resource.name, diags)
        if nested.type == "precondition":
            resource.preconditions.append(condition)
        else:
            resource.postconditions.append(condition)


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
