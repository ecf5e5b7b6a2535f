"""Changes of resources and outputs as plan JSON and the event stream show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl import values
from iacctl.addrs import module_instance_text
from iacctl.eval.sensitivity import mark_sensitive
from iacctl.plan import changes
from iacctl.values.core import NATIVE
from iacctl.views.json.attributes import OMITTED, known_part, sensitive_part, unknown_part

if TYPE_CHECKING:
    from iacctl.plan.changes import Importing, OutputChange, ResourceChange
    from iacctl.provider.schema import Block
    from iacctl.values import Value

_IDENTIFYING: Final = ("address", "mode", "type", "name", "index", "provider_name")


def resource_change(change: ResourceChange) -> dict[str, Any]:
    """An entry of `resource_changes` or `resource_drift`."""
    address = change.address
    found: dict[str, Any] = {"address": str(address)}
    if change.moved:
        found["previous_address"] = str(change.previous_address)
    if address.module:
        found["module_address"] = module_instance_text(address.module)
    found["mode"] = address.mode
    found["type"] = address.type
    found["name"] = address.name
    if address.key is not None:
        found["index"] = address.key
    found["provider_name"] = str(change.provider.provider)
    if change.deposed is not None:
        found["deposed"] = change.deposed
    found["change"] = _change(change)
    if change.reason:
        found["action_reason"] = change.reason
    return found


def _change(change: ResourceChange) -> dict[str, Any]:
    block = change.schema.block
    found: dict[str, Any] = {"actions": list(changes.JSON_ACTIONS[change.action])}
    found["before"] = known_part(change.before)
    after = known_part(change.after)
    if after is not OMITTED:
        found["after"] = after
    found["after_unknown"] = unknown_part(change.after) if has_unknown(change.after) else {}
    found["before_sensitive"] = _sensitive(change.before, block)
    found["after_sensitive"] = _sensitive(change.after, block)
    if change.replace_paths:
        found["replace_paths"] = [values.paths.to_json(path) for path in change.replace_paths]
    if change.importing is not None:
        found["importing"] = _importing(change.importing)
    if change.generated_config:
        found["generated_config"] = change.generated_config
    for name, identity in (("before_identity", change.before_identity), ("after_identity", change.after_identity)):
        if not values.is_null(identity) and not has_unknown(identity):
            found[name] = known_part(identity)
    return found


def has_unknown(value: Value) -> bool:
    """Whether the value is not wholly known."""
    return type(value) not in NATIVE and value.has_unknown  # type: ignore[union-attr]


def _sensitive(value: Value, block: Block) -> Any:
    if block.has_sensitive:
        value = mark_sensitive(block, value)
    return sensitive_part(value)


def _importing(importing: Importing) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if importing.id:
        found["id"] = importing.id
    if importing.unknown:
        found["unknown"] = True
    if not values.is_null(importing.identity) and not has_unknown(importing.identity):
        found["identity"] = known_part(importing.identity)
    return found


def planned_resource(change: ResourceChange, shown: dict[str, Any]) -> dict[str, Any]:
    """A resource of `planned_values`.

    Args:
        change: the planned change.
        shown: what `resource_change` made of it.
    """
    found: dict[str, Any] = {name: shown[name] for name in _IDENTIFYING if name in shown}
    found["schema_version"] = change.schema.version
    content = shown["change"]
    if content.get("after"):
        found["values"] = content["after"]
    found["sensitive_values"] = content["after_sensitive"]
    if not values.is_null(change.after_identity) and not has_unknown(change.after_identity):
        identity = change.schema.identity
        if identity is not None:
            found["identity_schema_version"] = identity.version
        found["identity"] = known_part(change.after_identity)
    return found


def output_change(change: OutputChange) -> dict[str, Any]:
    """An entry of `output_changes`. Values of sensitive outputs are shown: whoever reads plan JSON may read them."""
    found: dict[str, Any] = {"actions": list(changes.JSON_ACTIONS[change.action])}
    found["before"] = known_part(change.before)
    after = known_part(change.after)
    if after is not OMITTED:
        found["after"] = after
    found["after_unknown"] = unknown_part(change.after) if has_unknown(change.after) else False
    found["before_sensitive"] = found["after_sensitive"] = change.sensitive or change.before_sensitive
    return found


def planned_output(change: OutputChange) -> dict[str, Any]:
    """An entry of the outputs of `planned_values`."""
    found: dict[str, Any] = {"sensitive": change.sensitive or change.before_sensitive}
    if not has_unknown(change.after):
        value, _ = values.unmark_deep(change.after)
        # A plan file does not tell of which type a null is, so Terraform's plan JSON does not, either.
        found["type"] = values.type_to_json(values.DYNAMIC if values.is_null(value) else values.type_of(value))
        found["value"] = known_part(value)
    return found
