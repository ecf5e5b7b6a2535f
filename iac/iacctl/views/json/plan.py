"""A plan as `show -json` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl import values
from iacctl.plan import changes
from iacctl.views.json import checks, configuration, modules, output_values, state
from iacctl.views.json.attributes import known_part
from iacctl.views.json.changes import has_unknown, output_change, planned_output, planned_resource, resource_change
from iacctl_state.document import COMPATIBLE_VERSION

if TYPE_CHECKING:
    from iacctl.addrs import ModuleInstance
    from iacctl.plan.model import Plan
    from iacctl.views.protocols import Schemas

FORMAT_VERSION: Final = "1.2"
"""The version of Terraform's plan format."""


def document(plan: Plan, schemas: Schemas) -> dict[str, Any]:
    """The whole document.

    Args:
        plan: the plan.
        schemas: what providers declare.

    Raises:
        StateShowError: the prior state does not fit the schemas.
    """
    found: dict[str, Any] = {"format_version": FORMAT_VERSION, "terraform_version": COMPATIBLE_VERSION}
    variables = _variables(plan)
    if variables:
        found["variables"] = variables
    shown = [resource_change(item) for item in plan.changes]
    found["planned_values"] = _planned_values(plan, shown)
    drift = [
        resource_change(item)
        for item in plan.drift
        if item.action != changes.NO_OP or plan.options.mode == "refresh-only"
    ]
    if drift:
        found["resource_drift"] = drift
    if shown:
        found["resource_changes"] = shown
    if plan.invocations:
        from iacctl.views.json.invocations import invocation

        found["action_invocations"] = [invocation(item) for item in plan.invocations]
    if plan.outputs:
        found["output_changes"] = {name: output_change(item) for name, item in sorted(plan.outputs.items())}
    outputs = _prior_outputs(plan)
    if outputs or plan.prior_state.resources:
        found["prior_state"] = state.content(plan.prior_state, outputs, COMPATIBLE_VERSION, schemas)
    found["configuration"] = configuration.document(plan.config.root, schemas)
    if plan.relevant_attributes:
        found["relevant_attributes"] = [
            {"resource": str(item.resource), "attribute": values.paths.to_json(item.path)}
            for item in plan.relevant_attributes
        ]
    results = checks.of_plan(plan.checks)
    if results:
        found["checks"] = results
    if plan.timestamp:
        found["timestamp"] = plan.timestamp
    found["applyable"] = plan.applyable
    found["complete"] = plan.complete
    found["errored"] = plan.errored
    return found


def _variables(plan: Plan) -> dict[str, Any]:
    """The root input variables; ephemeral ones only where their default shows what they are."""
    found: dict[str, Any] = {}
    for name, variable in sorted(plan.config.root.variables.items()):
        if variable.ephemeral:
            if variable.has_default:
                found[name] = {"value": known_part(variable.default)}
        elif name in plan.variables:
            found[name] = {"value": known_part(plan.variables[name])}
    return found


def _prior_outputs(plan: Plan) -> dict[str, dict[str, Any]]:
    """The outputs of the prior state: Terraform takes over what is known already, be it a value or that there is none."""
    found = {name: output_values.output(item) for name, item in plan.prior_state.outputs.items()}
    for name, change in plan.outputs.items():
        if change.action == changes.DELETE or has_unknown(change.after):
            continue
        if values.is_null(change.after):
            found.pop(name, None)
        else:
            planned = planned_output(change)
            found[name] = {"sensitive": change.sensitive, "value": planned["value"], "type": planned["type"]}
    return found


def _planned_values(plan: Plan, shown: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    outputs = {
        name: planned_output(item) for name, item in sorted(plan.outputs.items()) if item.action != changes.DELETE
    }
    if outputs:
        found["outputs"] = outputs
    by_module: dict[ModuleInstance, list[dict[str, Any]]] = {}
    for change, entry in zip(plan.changes, shown, strict=True):
        if change.action != changes.DELETE and change.deposed is None:
            by_module.setdefault(change.address.module, []).append(planned_resource(change, entry))
    for resources in by_module.values():
        resources.sort(key=lambda item: item["address"])
    found["root_module"] = modules.tree(by_module)
    return found
