"""Messages of the event stream: one JSON object a line, in the form of Terraform's machine-readable UI, version 1.3."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from iacctl.addrs import module_instance_text, parse_resource_instance
from iacctl.config.model import implied_provider_name
from iacctl.diag.events import (
    EPHEMERAL_ACTIONS,
    ActionFailed,
    ActionFinished,
    ActionProgress,
    ActionStarted,
    ObjectFailed,
    ObjectFinished,
    ObjectProgress,
    ObjectStarted,
    ProvisionFailed,
    ProvisionFinished,
    ProvisionOutput,
    ProvisionStarted,
    RefreshFinished,
    RefreshStarted,
)
from iacctl.plan import changes
from iacctl.views.json.output_values import output_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.addrs import ResourceInstance
    from iacctl.diag.events import Event
    from iacctl.plan.changes import OutputChange, ResourceChange
    from iacctl.plan.model import Plan
    from iacctl_state.document import OutputState

UI_VERSION: Final = "1.3"
"""The version of Terraform's machine-readable UI."""

Message = dict[str, Any]
"""What is particular to a message: its text, type and content. `stamped` adds the rest."""

_ACTIONS: Final[Mapping[str, str]] = {
    changes.NO_OP: "noop",
    changes.CREATE: "create",
    changes.READ: "read",
    changes.UPDATE: "update",
    changes.DELETE: "delete",
    changes.DELETE_THEN_CREATE: "replace",
    changes.CREATE_THEN_DELETE: "replace",
    changes.CREATE_THEN_FORGET: "replace",
    changes.FORGET: "remove",
}
_REASONS: Final[Mapping[str, str]] = {
    changes.REPLACE_TAINTED: "tainted",
    changes.REPLACE_REQUESTED: "requested",
    changes.REPLACE_TRIGGERED: "replace_triggered_by",
    changes.REPLACE_CANNOT_UPDATE: "cannot_update",
}
"""The reasons that are named otherwise than in plan JSON."""

_STARTING: Final = {
    "create": "Creating...",
    "update": "Modifying...",
    "delete": "Destroying...",
    "read": "Refreshing...",
    "forget": "Removing...",
    "open": "Opening...",
    "renew": "Renewing...",
    "close": "Closing...",
}
_GOING_ON: Final = {
    "create": "creating",
    "update": "modifying",
    "delete": "destroying",
    "read": "refreshing",
    "forget": "removing",
    "open": "opening",
    "renew": "renewing",
    "close": "closing",
}
_WORK: Final = {
    "create": "Creation",
    "update": "Modifications",
    "delete": "Destruction",
    "read": "Refresh",
    "forget": "Removal",
    "open": "Opening",
    "renew": "Renewal",
    "close": "Closing",
}


def stamped(message: Message, level: str = "info") -> Message:
    """The whole message, with level, module and time, its names in order."""
    now = time.time()
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now))
    found = {
        "@level": level,
        "@message": message["@message"],
        "@module": "terraform.ui",
        "@timestamp": f"{moment}.{int(now % 1 * 1_000_000):06d}Z",
    }
    for name in sorted(message):
        found.setdefault(name, message[name])
    return found


def resource(address: ResourceInstance) -> dict[str, Any]:
    """A resource instance as messages name it."""
    module = module_instance_text(address.module)
    text = str(address)
    return {
        "addr": text,
        "module": module,
        "resource": text[len(module) + 1 :] if module else text,
        "implied_provider": implied_provider_name(address.type),
        "resource_type": address.type,
        "resource_name": address.name,
        "resource_key": address.key,
    }


def planned_change(change: ResourceChange) -> Message:
    """That an object is to be changed."""
    content = _change(change)
    return {
        "@message": f"{change.address}: Plan to {content['action']}",
        "type": "planned_change",
        "change": content,
    }


def drift(change: ResourceChange) -> Message:
    """That an object is not as it was left."""
    content = _change(change)
    return {
        "@message": f"{change.address}: Drift detected ({content['action']})",
        "type": "resource_drift",
        "change": content,
    }


def _change(change: ResourceChange) -> dict[str, Any]:
    found: dict[str, Any] = {"resource": resource(change.address)}
    if change.moved:
        found["previous_resource"] = resource(change.previous_address)
    action = _ACTIONS[change.action]
    if change.action == changes.NO_OP:
        action = "import" if change.importing is not None else "move" if change.moved else action
    found["action"] = action
    if change.reason:
        found["reason"] = _REASONS.get(change.reason, change.reason)
    if change.importing is not None:
        found["importing"] = {"id": change.importing.id}
    if change.generated_config:
        found["generated_config"] = change.generated_config
    return found


class Counts:
    """How many objects are added, changed, imported and removed, and how many actions invoked."""

    __slots__ = ("add", "change", "imported", "invoked", "remove")

    def __init__(self) -> None:
        self.add = 0
        self.change = 0
        self.imported = 0
        self.remove = 0
        self.invoked = 0

    def planned(self, change: ResourceChange) -> None:
        """Count a planned change."""
        if change.importing is not None:
            self.imported += 1
        if change.action in changes.REPLACING:
            self.add += 1
            self.remove += 1
        else:
            self.done(change.action)

    def done(self, action: str) -> None:
        """Count something done to one object."""
        if action == "create":
            self.add += 1
        elif action == "update":
            self.change += 1
        elif action == "delete":
            self.remove += 1

    def summary(self, operation: str) -> Message:
        """The `change_summary` of an operation: plan, apply or destroy."""
        imported = ""
        if operation == "plan":
            if self.imported:
                imported = f"{self.imported} to import, "
            text = f"Plan: {imported}{self.add} to add, {self.change} to change, {self.remove} to destroy."
        elif operation == "destroy":
            text = f"Destroy complete! Resources: {self.remove} destroyed."
        else:
            if self.imported:
                imported = f"{self.imported} imported, "
            text = f"Apply complete! Resources: {imported}{self.add} added, {self.change} changed, {self.remove} destroyed."
        if self.invoked:
            text += f" Actions: {self.invoked} {'to invoke' if operation == 'plan' else 'invoked'}."
        return {
            "@message": text,
            "type": "change_summary",
            "changes": {
                "add": self.add,
                "change": self.change,
                "import": self.imported,
                "remove": self.remove,
                "action_invocation": self.invoked,
                "operation": operation,
            },
        }


def plan(planned: Plan) -> list[Message]:
    """Everything that is to be said of a plan."""
    refresh_only = planned.options.mode == "refresh-only"
    found = [drift(item) for item in planned.drift if item.action != changes.NO_OP or refresh_only]
    counts = Counts()
    for change in planned.changes:
        if change.address.mode == "data" and change.action == changes.DELETE:
            continue
        counts.planned(change)
        if change.action != changes.NO_OP or change.moved or change.importing is not None:
            found.append(planned_change(change))
    if planned.invocations:
        from iacctl.views.json import invocations

        found.extend(invocations.planned(item) for item in planned.invocations)
        counts.invoked = len(planned.invocations)
    found.append(counts.summary("plan"))
    if planned.outputs:
        found.append(_planned_outputs(planned.outputs.values()))
    return found


def _planned_outputs(planned: Iterable[OutputChange]) -> Message:
    shown = {
        change.name: {
            "sensitive": change.sensitive or change.before_sensitive,
            "action": _ACTIONS[change.action],
        }
        for change in sorted(planned, key=lambda item: item.name)
    }
    return {"@message": f"Outputs: {len(shown)}", "type": "outputs", "outputs": shown}


def outputs(found: Mapping[str, OutputState]) -> Message:
    """The output values there are; those of sensitive ones are left out."""
    shown: dict[str, Any] = {}
    for name, item in sorted(found.items()):
        shown[name] = {"sensitive": item.sensitive, "type": item.type}
        if not item.sensitive:
            shown[name]["value"] = output_value(item)
    return {"@message": f"Outputs: {len(shown)}", "type": "outputs", "outputs": shown}


def event(happened: Event) -> Message | None:
    """The message of an event; None for one that programs are not told."""
    if isinstance(happened, RefreshStarted | RefreshFinished):
        return _refresh(happened)
    if isinstance(happened, ProvisionStarted | ProvisionOutput | ProvisionFinished | ProvisionFailed):
        return _provision(happened)
    if isinstance(happened, ActionStarted | ActionProgress | ActionFinished | ActionFailed):
        from iacctl.views.json import invocations

        return invocations.event(happened)
    if not isinstance(happened, ObjectStarted | ObjectProgress | ObjectFinished | ObjectFailed):
        return None
    action = happened.action
    if action not in _WORK:
        return None
    hook: dict[str, Any] = {"resource": resource(parse_resource_instance(happened.address)), "action": action}
    if isinstance(happened, ObjectStarted):
        _add_id(hook, happened)
        text, kind = f"{_STARTING[action]}{_id_text(happened)}", "start"
    elif isinstance(happened, ObjectProgress):
        seconds = hook["elapsed_seconds"] = round(happened.elapsed)
        text, kind = f"Still {_GOING_ON[action]}... [{_duration(seconds)} elapsed]", "progress"
    elif isinstance(happened, ObjectFinished):
        if action != "delete":
            _add_id(hook, happened)
        seconds = hook["elapsed_seconds"] = round(happened.elapsed)
        shown_id = _id_text(happened) if action != "delete" else ""
        text, kind = f"{_WORK[action]} complete after {_duration(seconds)}{shown_id}", "complete"
    else:
        seconds = hook["elapsed_seconds"] = round(happened.elapsed)
        text, kind = f"{_WORK[action]} errored after {_duration(seconds)}", "errored"
    prefix = "ephemeral_op" if action in EPHEMERAL_ACTIONS else "apply"
    return {"@message": f"{happened.address}: {text}", "type": f"{prefix}_{kind}", "hook": hook}


def _provision(happened: ProvisionStarted | ProvisionOutput | ProvisionFinished | ProvisionFailed) -> Message:
    name = happened.provisioner
    hook: dict[str, Any] = {"resource": resource(parse_resource_instance(happened.address)), "provisioner": name}
    if isinstance(happened, ProvisionStarted):
        text, kind = f"Provisioning with '{name}'...", "provision_start"
    elif isinstance(happened, ProvisionOutput):
        hook["output"] = happened.line
        text, kind = f"({name}): {happened.line}", "provision_progress"
    elif isinstance(happened, ProvisionFinished):
        text, kind = f"({name}) Provisioning complete", "provision_complete"
    else:
        text, kind = f"({name}) Provisioning errored", "provision_errored"
    return {"@message": f"{happened.address}: {text}", "type": kind, "hook": hook}


def _refresh(happened: RefreshStarted | RefreshFinished) -> Message:
    hook = {"resource": resource(parse_resource_instance(happened.address))}
    _add_id(hook, happened)
    text, kind = "Refresh complete", "refresh_complete"
    if isinstance(happened, RefreshStarted):
        text, kind = "Refreshing state...", "refresh_start"
    return {"@message": f"{happened.address}: {text}{_id_text(happened)}", "type": kind, "hook": hook}


def _add_id(hook: dict[str, Any], happened: RefreshStarted | RefreshFinished | ObjectStarted | ObjectFinished) -> None:
    if happened.id_key:
        hook["id_key"] = happened.id_key
        hook["id_value"] = happened.id


def _id_text(happened: RefreshStarted | RefreshFinished | ObjectStarted | ObjectFinished) -> str:
    return f" [{happened.id_key}={happened.id}]" if happened.id_key else ""


def _duration(seconds: int) -> str:
    """Seconds as Go prints a duration: `9s`, `1m30s`, `2h0m5s`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest}s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes}m{rest}s" if hours else f"{minutes}m{rest}s"
