"""What stands above each change of a plan: the address, what is going to happen, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs import instance_key_text, module_instance_text
from iacctl.plan import changes

if TYPE_CHECKING:
    from iacctl.plan.changes import Importing, ResourceChange
    from iacctl.views.human.style import Style

_READ_REASONS: Final = {
    changes.READ_CONFIG_UNKNOWN: "config refers to values not yet known",
    changes.READ_DEPENDENCY_PENDING: "depends on a resource or a module with changes pending",
    changes.READ_CHECK_NESTED: "config will be reloaded to verify a check block",
}


def heading(change: ResourceChange, style: Style, *, drift: bool = False) -> str:
    """The comment lines above a change, with the line break after the last.

    Args:
        change: the change.
        style: colours.
        drift: whether it happened already, outside of Terraform.
    """
    end = style.reset
    address = str(change.address)
    if change.deposed is not None:
        address = f"{address} (deposed object {change.deposed})"
    if change.action == changes.FORGET:
        return _forgotten(address, change, style)
    lines = [f"{style.bold}  # {address}{end}{_event(change, style, drift)}"]
    reason = _reason(change)
    if reason:
        lines.append(f"  # ({reason})")
    if change.action == changes.CREATE_THEN_FORGET:
        lines.append("  # (destroy = false is set in the configuration: the former object is forgotten, not destroyed)")
    if change.deposed is not None and change.action == changes.DELETE:
        lines.append("  # (left over from a partially-failed replacement of this instance)")
    if change.action == changes.NO_OP:
        if change.moved:
            lines = [f"{style.bold}  # {change.previous_address}{end} has moved to {style.bold}{address}{end}"]
        if change.importing is not None:
            lines.extend(_imported(change, style, also_moved=change.moved))
    else:
        if change.moved:
            lines.append(f"  # {end}(moved from {change.previous_address})")
        if change.importing is not None:
            lines.append(f"  # {end}{_origin(change.importing)}")
            if change.action in changes.REPLACING:
                lines.append(f"  # {end}{style.yellow}Warning: this will destroy the imported resource{end}")
    return "\n".join(lines) + "\n" + end


def _event(change: ResourceChange, style: Style, drift: bool) -> str:
    action = change.action
    if action == changes.CREATE:
        return " will be created"
    if action == changes.READ:
        return " will be read during apply"
    if action == changes.UPDATE:
        return " has changed" if drift else " will be updated in-place"
    if action == changes.DELETE:
        return " has been deleted" if drift else f" will be {style.bold}{style.red}destroyed{style.reset}"
    if action in changes.REPLACING:
        replaced = f"{style.bold}{style.red}replaced{style.reset}"
        if change.reason == changes.REPLACE_TAINTED:
            return f" is tainted, so must be {replaced}"
        if change.reason == changes.REPLACE_REQUESTED:
            return f" will be {replaced}, as requested"
        if change.reason == changes.REPLACE_TRIGGERED:
            return f" will be {replaced} due to changes in replace_triggered_by"
        return f" must be {replaced}"
    return " will be imported"


def _reason(change: ResourceChange) -> str:
    """Why, if that is worth saying."""
    reason, address = change.reason, change.address
    if change.action == changes.READ:
        return _READ_REASONS.get(reason, "")
    if change.action != changes.DELETE:
        return ""
    key = instance_key_text(address.key)
    if reason == changes.DELETE_NO_CONFIG:
        return f"because {address.type}.{address.name} is not in configuration"
    if reason == changes.DELETE_NOT_ENABLED:
        return "because enabled is false"
    if reason == changes.DELETE_NO_MOVE_TARGET:
        return f"because {change.previous_address} was moved to {address}, which is not in configuration"
    if reason == changes.DELETE_NO_MODULE:
        return f"because {module_instance_text(address.module)} is not in configuration"
    if reason == changes.DELETE_COUNT_INDEX:
        return f"because index {key} is out of range for count"
    if reason == changes.DELETE_EACH_KEY:
        return f"because key {key} is not in for_each map"
    if reason == changes.DELETE_WRONG_REPETITION:
        if address.key is None:
            return "because resource uses count or for_each"
        used = "count" if type(address.key) is int else "for_each"
        return f"because resource does not use {used}"
    return ""


def _origin(importing: Importing) -> str:
    return f'(imported from "{importing.id}")' if importing.id else "(will be imported first)"


def _imported(change: ResourceChange, style: Style, *, also_moved: bool) -> list[str]:
    if also_moved:
        assert change.importing is not None
        return [f"  # {style.reset}{_origin(change.importing)}"]
    return [f"  #{style.reset} (config will be generated)"] if change.generated_config else []


def _forgotten(address: str, change: ResourceChange, style: Style) -> str:
    end = style.reset
    kept = f"{style.bold}{style.red}will not be destroyed{end}"
    if change.deposed is not None:
        lines = [
            f"{style.bold} # {address}{end} will be removed from Terraform state, but {kept}",
            f"{style.bold} # (left over from a partially-failed replacement of this instance)",
        ]
    else:
        lines = [f"{style.bold} # {address}{end} will no longer be managed by Terraform, but {kept}"]
    lines.append(" # (destroy = false is set in the configuration)")
    if change.moved:
        lines.append(f"  # {end}(moved from {change.previous_address})")
    return "\n".join(lines) + "\n" + end
