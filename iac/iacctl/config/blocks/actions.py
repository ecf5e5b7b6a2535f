"""`action` blocks, and the `action_trigger` blocks in the `lifecycle` of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import traversals
from iacctl.config.actions import EVENTS, Action, ActionRef, ActionTrigger
from iacctl.config.names import check_name
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema
from iacctl.lang.references import ACTION, COUNT, EACH, LOCAL, MODULE, PATH, TERRAFORM, VARIABLE, references

if TYPE_CHECKING:
    from iacctl.config.actions import Event
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block

SCHEMA: Final = BodySchema({"count": False, "for_each": False, "provider": False}, {"config": ()})
TRIGGER_SCHEMA: Final = BodySchema({"events": True, "condition": False, "actions": True}, {})
_KEYS: Final = frozenset((COUNT, EACH, VARIABLE, LOCAL, PATH, TERRAFORM))
"""What the key of an action's instance may be made of."""


def decode(block: Block, diags: Diagnostics) -> Action:
    """An `action` block."""
    content = block.body.content(SCHEMA, diags)
    type_, name = block.labels
    action = Action(type_, name, block.definition_range)
    action.missing_range = content.missing_item_range
    type_range, name_range = block.label_ranges
    check_name(type_, "action type", type_range, diags)
    check_name(name, "action", name_range, diags)
    attributes = content.attributes
    if "count" in attributes:
        action.count = attributes["count"].expression
    if "for_each" in attributes:
        action.for_each = attributes["for_each"].expression
        if action.count is not None:
            diags.error(
                'Invalid combination of "count" and "for_each"',
                'The "count" and "for_each" meta-arguments are mutually-exclusive, only one should be used.',
                attributes["for_each"].name_range,
            )
    if "provider" in attributes:
        action.provider_ref = traversals.provider_ref(attributes["provider"].expression, "provider", diags)
    for nested in content.blocks:
        if action.config is not None:
            diags.error(
                "Duplicate config block", 'An action must contain only one nested "config" block.', nested.type_range
            )
            continue
        action.config = nested.body
    return action


def decode_trigger(block: Block, diags: Diagnostics) -> ActionTrigger:
    """An `action_trigger` block."""
    content = block.body.content(TRIGGER_SCHEMA, diags)
    attributes = content.attributes
    events: list[Event] = []
    if "events" in attributes:
        events = _events(attributes["events"], diags)
    actions: list[ActionRef] | None = []
    if "actions" in attributes:
        actions = _actions(attributes["actions"], diags)
    condition = attributes["condition"].expression if "condition" in attributes else None
    if actions is not None and not actions:
        diags.error(
            "No actions specified", "At least one action must be specified for an action_trigger.", block.definition_range
        )
    if not events:
        diags.error(
            "No events specified", "At least one event must be specified for an action_trigger.", block.definition_range
        )
    return ActionTrigger(tuple(events), condition, tuple(actions or ()), block.definition_range)


def _events(attribute: Attribute, diags: Diagnostics) -> list[Event]:
    found: list[Event] = []
    for item in static.items(attribute.expression, diags) or ():
        keyword = static.keyword(item) or ""
        if keyword not in EVENTS:
            diags.error(
                f'Invalid "event" value {keyword}',
                'The "event" argument supports the following values: before_create, after_create, before_update,'
                " after_update.",
                item.range,
            )
            continue
        event: Event = keyword
        if event in found:
            diags.error(
                f'Duplicate "{event}" event', "The event is already defined in this action_trigger block.", item.range
            )
            continue
        found.append(event)
    return found


def _actions(attribute: Attribute, diags: Diagnostics) -> list[ActionRef] | None:
    """The actions; None where there are none that could be used, and why has been reported."""
    found: list[ActionRef] = []
    for written in static.items(attribute.expression, diags) or ():
        before = len(diags)
        item = traversals.native(written, diags)
        named: list[ActionRef] = []
        for reference in references(item, diags):
            if reference.kind == ACTION:
                named.append(ActionRef(reference, item))
            elif reference.kind == MODULE:
                diags.error(
                    "Invalid reference to action outside this module",
                    "Actions can only be referenced in the module they are declared in.",
                    item.range,
                )
            elif reference.kind not in _KEYS:
                diags.error(
                    "Invalid action argument inside action_triggers",
                    "action_triggers.actions must only refer to actions in the current module.",
                    item.range,
                )
        if len(named) > 1:
            diags.error("Invalid action expression", "Multiple action references in actions expression.", item.range)
        elif not named and not (len(diags) > before and _is_malformed(diags, before)):
            diags.error(
                "No actions specified", "At least one action must be specified for an action_trigger.", item.range
            )
        if len(diags) > before:
            return None
        found.extend(named)
    return found


def _is_malformed(diags: Diagnostics, before: int) -> bool:
    return diags[before].summary == "Invalid reference"
