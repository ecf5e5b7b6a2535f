"""Invocations of actions in plan JSON and in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from iacctl.addrs import module_instance_text, parse_resource_instance
from iacctl.addrs.actions import parse_action_instance
from iacctl.config.model import implied_provider_name
from iacctl.diag.events import ActionFinished, ActionProgress, ActionStarted
from iacctl.plan.invocations import EVENT_NAMES
from iacctl.views.json import messages
from iacctl.views.json.attributes import OMITTED, known_part, sensitive_part, unknown_part

if TYPE_CHECKING:
    from iacctl.addrs.actions import ActionInstance
    from iacctl.diag.events import ActionFailed
    from iacctl.plan.invocations import ActionInvocation


_EVENT_NAMES: Final = cast("dict[str, str]", EVENT_NAMES)


def invocation(item: ActionInvocation) -> dict[str, Any]:
    """An entry of `action_invocations`."""
    address = item.address
    known = known_part(item.config)
    found: dict[str, Any] = {
        "address": str(address),
        "type": address.type,
        "name": address.name,
        "config_values": None if known is OMITTED else known,
        "config_sensitive": sensitive_part(item.config),
        "config_unknown": unknown_part(item.config),
        "provider_name": str(item.provider.provider),
    }
    trigger = item.trigger
    if trigger is None:
        found["invoke_action_trigger"] = {}
    else:
        found["lifecycle_action_trigger"] = {
            "triggering_resource_address": str(trigger.resource),
            "action_trigger_event": EVENT_NAMES[trigger.event],
            "action_trigger_block_index": trigger.block,
            "actions_list_index": trigger.item,
        }
    return found


def action(address: ActionInstance) -> dict[str, Any]:
    """An instance of an action as messages name it."""
    module = module_instance_text(address.module)
    text = str(address)
    return {
        "addr": text,
        "module": module,
        "action": text[len(module) + 1 :] if module else text,
        "implied_provider": implied_provider_name(address.type),
        "action_type": address.type,
        "action_name": address.name,
        "action_key": address.key,
    }


def planned(item: ActionInvocation) -> dict[str, Any]:
    """The message that an action is to be invoked."""
    content: dict[str, Any] = {"action_addr": action(item.address)}
    trigger = item.trigger
    if trigger is None:
        content["action_trigger"] = {}
    else:
        content["lifecycle_trigger"] = {
            "triggering_resource": messages.resource(trigger.resource),
            "triggering_event": EVENT_NAMES[trigger.event],
            "action_trigger_block_index": trigger.block,
            "actions_list_index": trigger.item,
        }
    return {
        "@message": f"planned action invocation: {item.address}",
        "type": "planned_action_invocation",
        "invocation": content,
    }


def event(happened: ActionStarted | ActionProgress | ActionFinished | ActionFailed) -> dict[str, Any]:
    """The message that an action is being invoked, tells how far it is, or has come to its end."""
    address = happened.address
    hook: dict[str, Any] = {"action": action(parse_action_instance(address))}
    lead = f"{happened.resource} ({happened.block}): " if happened.resource else ""
    if isinstance(happened, ActionStarted):
        lead = f"{happened.resource}.trigger[{happened.block}]: " if happened.resource else ""
        text, kind = f"Action started: {address}", "action_start"
    elif isinstance(happened, ActionProgress):
        hook["message"] = happened.message
        text, kind = f"{address} - {happened.message}", "action_progress"
    elif isinstance(happened, ActionFinished):
        text, kind = f"Action complete: {address}", "action_complete"
    else:
        hook["error"] = happened.error
        text, kind = f"Action errored: {address} - {happened.error}", "action_errored"
    if happened.resource:
        hook["lifecycle"] = {
            "resource": messages.resource(parse_resource_instance(happened.resource)),
            "trigger_index": happened.block,
            "actions_index": happened.item,
            "trigger_event": _EVENT_NAMES.get(happened.event, happened.event),
        }
    else:
        hook["invoke"] = {}
    return {"@message": lead + text, "type": kind, "hook": hook}
