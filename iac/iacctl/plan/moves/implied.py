"""Moves that nobody has to write: between no key and index 0, where `count` was added or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.addrs import module_path
from iacctl.plan.planning import module_of

if TYPE_CHECKING:
    from iacctl.addrs import InstanceKey, ModuleInstance
    from iacctl.config.model import Module, Resource, ResourceKey
    from iacctl_state.document import StateDocument


class Implied(NamedTuple):
    """An instance of the state that belongs under another key since its block has gained or lost `count`."""

    module: ModuleInstance
    resource: Resource
    from_key: InstanceKey
    to_key: InstanceKey

    @property
    def key(self) -> ResourceKey:
        """Mode, type and name."""
        return self.resource.key


def find(root: Module, state: StateDocument) -> list[Implied]:
    """Every implied move, whether or not there is room at its target."""
    found: list[Implied] = []
    modules: dict[str, tuple[ModuleInstance, Module | None]] = {"": ((), root)}
    for stored in state.resources.values():
        known = modules.get(stored.module)
        if known is None:
            address = module_of(stored.module)
            known = modules[stored.module] = (address, root.descendant(module_path(address)))
        address, module = known
        if module is None:
            continue
        resource = module.resources.get((stored.mode, stored.type, stored.name))
        if resource is None or resource.for_each is not None:
            continue
        if resource.count is not None:
            if None in stored.instances:
                found.append(Implied(address, resource, None, 0))
        elif 0 in stored.instances:
            found.append(Implied(address, resource, 0, None))
    return found
