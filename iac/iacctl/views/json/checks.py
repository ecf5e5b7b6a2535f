"""Results of conditions and checks, as plans and states show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl.addrs import (
    AbsResource,
    AddressError,
    ResourceInstance,
    module_instance_text,
    module_path_text,
    parse_target,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.plan.changes import CheckResult
    from iacctl_state.document import Json


_KINDS: Final = {"output": "output_value"}
"""The kinds that state files name otherwise."""


class _Instance(NamedTuple):
    address: str
    status: str
    problems: list[str]


def of_plan(results: Iterable[CheckResult]) -> list[dict[str, Any]]:
    """The `checks` of a plan."""
    return [
        _check(
            result.kind,
            result.address,
            result.status,
            [
                _Instance(item.address, item.status, [problem.message for problem in item.problems])
                for item in result.instances
            ],
        )
        for result in results
    ]


def of_state(recorded: Iterable[Json] | None) -> list[dict[str, Any]]:
    """The `checks` of a state, from what its file holds."""
    return [
        _check(
            _KINDS.get(item.get("object_kind"), item.get("object_kind") or ""),
            item.get("config_addr") or "",
            item.get("status") or "unknown",
            [
                _Instance(
                    instance.get("object_addr") or "",
                    instance.get("status") or "unknown",
                    list(instance.get("failure_messages") or ()),
                )
                for instance in item.get("objects") or ()
            ],
        )
        for item in recorded or ()
    ]


def _check(kind: str, address: str, status: str, instances: list[_Instance]) -> dict[str, Any]:
    found: dict[str, Any] = {"address": _static_address(kind, address), "status": status}
    if instances:
        found["instances"] = [_instance(kind, item) for item in instances]
    return found


def _static_address(kind: str, address: str) -> dict[str, Any]:
    parsed = _parse(address)
    found: dict[str, Any] = {"kind": kind}
    if parsed is None:
        found["to_display"] = address
        return found
    if kind == "resource":
        found["mode"] = parsed.mode
    if parsed.module:
        found["module"] = module_path_text(tuple(name for name, _ in parsed.module))
    found["name"] = parsed.name
    found["to_display"] = address
    if kind == "resource":
        found["type"] = parsed.type
    return found


def _instance(kind: str, instance: _Instance) -> dict[str, Any]:
    parsed = _parse(instance.address)
    address: dict[str, Any] = {}
    if parsed is not None:
        if isinstance(parsed, ResourceInstance) and parsed.key is not None:
            address["instance_key"] = parsed.key
        if parsed.module:
            address["module"] = module_instance_text(parsed.module)
    address["to_display"] = instance.address
    found: dict[str, Any] = {"address": address, "status": instance.status}
    if instance.problems:
        found["problems"] = [{"message": message} for message in instance.problems]
    return found


def _parse(address: str) -> AbsResource | ResourceInstance | None:
    """The parts of an address; those of outputs, variables and checks have a resource's form, too."""
    try:
        parsed = parse_target(address)
    except AddressError:
        return None
    return parsed if isinstance(parsed, AbsResource | ResourceInstance) else None
