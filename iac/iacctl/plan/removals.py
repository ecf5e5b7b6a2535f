"""`removed` blocks: what they contradict, and planning to forget objects instead of destroying them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.addrs import ConfigResource, module_path_text
from iacctl.plan import changes, reading
from iacctl.plan.planning import delete_change

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from iacctl.addrs import ModulePath, ResourceInstance
    from iacctl.config.model import Module
    from iacctl.diag import Diagnostics
    from iacctl.eval.calls import Asking
    from iacctl.graph.walk import Job, Waiting
    from iacctl.plan.planning import Planning
    from iacctl_state.document import InstanceState


class Removals:
    """The `removed` blocks of a whole tree."""

    __slots__ = ("_forgotten_modules", "_forgotten_resources", "_modules", "_resources")

    def __init__(self, root: Module) -> None:
        self._resources: set[ConfigResource] = set()
        self._modules: set[ModulePath] = set()
        self._forgotten_resources: set[ConfigResource] = set()
        self._forgotten_modules: set[ModulePath] = set()
        for module in root.walk():
            for removed in module.removed:
                path = (*module.path, *(name for name, _ in removed.from_.modules))
                if removed.from_.resource is None:
                    self._modules.add(path)
                    if not removed.destroy:
                        self._forgotten_modules.add(path)
                else:
                    address = ConfigResource(path, *removed.from_.resource)
                    self._resources.add(address)
                    if not removed.destroy:
                        self._forgotten_resources.add(address)

    def check(self, root: Module, diags: Diagnostics) -> bool:
        """Whether everything said to be removed is really gone from the configuration; reported if not."""
        before = len(diags)
        for address in sorted(self._resources):
            module = root.descendant(address.module)
            resource = module.resources.get(address[1:]) if module is not None else None
            if resource is not None:
                diags.error(
                    "Removed resource still exists",
                    f"This statement declares that {address} was removed, but it is still declared in configuration.",
                    resource.range,
                )
        for path in sorted(self._modules):
            caller = root.descendant(path[:-1])
            call = caller.calls.get(path[-1]) if caller is not None else None
            if call is not None:
                diags.error(
                    "Removed module still exists",
                    f"This statement declares that {module_path_text(path)} was removed, but it is still declared in "
                    "configuration.",
                    call.range,
                )
        return len(diags) == before

    def forget(self, address: ConfigResource) -> bool:
        """Whether objects of a resource are only forgotten: some block says so of it, or of a module around it."""
        if address in self._forgotten_resources:
            return True
        path = address.module
        return bool(self._forgotten_modules) and any(
            path[:length] in self._forgotten_modules for length in range(1, len(path) + 1)
        )


def forget_instance(
    planning: Planning, asking: Asking, address: ResourceInstance, instance: InstanceState, reason: str
) -> Generator[Job | Waiting, Any, bool]:
    """Plan to forget the objects of an instance, without reading them; whether that went well."""
    for deposed, stored in (*instance.deposed.items(), (None, instance.current)):
        if stored is None:
            continue
        found = yield from reading.decode(asking, stored)
        if found is None:
            return False
        why = reason if deposed is None else ""
        planning.add(delete_change(address, deposed, asking.config, why, found, asking.schema, changes.FORGET))
    return True


def warn_of_forgotten(planned: Iterable[changes.ResourceChange], diags: Diagnostics) -> None:
    """Tell which objects nobody will manage any more."""
    forgetting = (changes.FORGET, changes.CREATE_THEN_FORGET)
    lines = "".join(f"\n - {change.address}" for change in planned if change.action in forgetting)
    if lines:
        diags.warning(
            "Some objects will no longer be managed by Terraform",
            "If you apply this plan, Terraform will discard its tracking information for the following objects, but it will "
            f"not delete them:{lines}\n\nAfter applying this plan, Terraform will no longer manage these objects. You will need "
            "to import them into Terraform to manage them again.",
        )
