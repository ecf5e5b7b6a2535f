"""Resources arranged by module, as `planned_values` and the state's `values` have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.addrs import ROOT, module_instance_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.addrs import ModuleInstance

Resource = dict[str, Any]


def tree(resources: Mapping[ModuleInstance, list[Resource]]) -> dict[str, Any]:
    """The root module's object, with child modules inside it wherever there are resources.

    Args:
        resources: the resources of each module instance, in order.
    """
    found: dict[ModuleInstance, dict[str, Any]] = {ROOT: {}}
    for path in resources:
        for length in range(len(path), 0, -1):
            if path[:length] in found:
                break
            found[path[:length]] = {}
    addresses = {path: module_instance_text(path) for path in found}
    for path in sorted(found, key=addresses.__getitem__):
        module = found[path]
        if path in resources:
            module["resources"] = resources[path]
        if path:
            module["address"] = addresses[path]
            found[path[:-1]].setdefault("child_modules", []).append(module)
    return found[ROOT]
