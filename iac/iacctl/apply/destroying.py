"""Destroying objects: one node for the objects of a resource that go away in the same manner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.apply import changing
from iacctl.apply.provisioning import DestroyProvisioners
from iacctl.eval import objects
from iacctl.eval.calls import Asking
from iacctl.eval.nodes import Node
from iacctl.plan import changes, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.addrs import AbsProviderConfig, ConfigResource
    from iacctl.apply.applying import Applying
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.plan.changes import ResourceChange


class DestroyNode(Node):
    """Destroys objects of one resource of the configuration, or of what was one.

    All of them wait for all that depends on the resource: one node stands for them where Terraform has an edge between
    each two objects.

    Attributes:
        address: the resource.
        create_first: whether the objects are destroyed after their replacements, and what uses these, are done.
        planned: what is to be destroyed.
        dependencies: addresses of the resources that the objects were made from.
    """

    __slots__ = ("_applying", "_provisioners", "address", "create_first", "dependencies", "planned", "providers")

    def __init__(self, address: ConfigResource, create_first: bool, applying: Applying) -> None:
        super().__init__(address.module)
        self.address = address
        self.create_first = create_first
        self.planned: list[ResourceChange] = []
        self.dependencies: set[str] = set()
        self.providers: set[AbsProviderConfig] = set()
        self._applying = applying
        self._provisioners: DestroyProvisioners | None = None

    def add(self, change: ResourceChange) -> None:
        """Add an object."""
        self.planned.append(change)
        self.providers.add(change.provider)
        self.dependencies |= self._applying.dependencies(change.address, change.deposed)

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Start the destruction of every object."""
        return [self._destroy(world, change) for change in self.planned]

    def _destroy(self, world: World, change: ResourceChange) -> Steps:
        applying = self._applying
        address = change.address
        deposed = change.deposed
        if deposed is None and address in applying.remaining:
            return False  # what was to happen before the change failed
        if deposed is None and change.action in (changes.CREATE_THEN_DELETE, changes.CREATE_THEN_FORGET):
            deposed = applying.deposed_by.get(address)
            if deposed is None:
                return True  # the replacement failed, so what it was to replace stays
        stored = applying.stored(address, deposed)
        if stored is None:
            return True
        if change.action in (changes.FORGET, changes.CREATE_THEN_FORGET):
            applying.remove(address, deposed)
            applying.counts.forgotten += 1
            return True
        provider = world.serving(change.provider, change.address, objects.provider_key(stored))
        asking = Asking(
            world,
            provider,
            change.provider,
            provider.capabilities().inline,
            change.schema,
            address.type,
            str(address),
            meta=world.provider_meta(self.path, change.provider.provider),
        )
        current = yield from reading.decode(asking, stored)
        if current is None:
            return False
        private = change.private if change.action == changes.DELETE and change.private else current.private
        provisioning = None
        if deposed is None and current.status != "tainted":
            provisioning = self._before(world).of(address, world)
        gone = yield from changing.destroy(applying, asking, address, deposed, current, private, provisioning)
        if not gone and deposed is None:
            applying.remaining.add(address)
        return gone

    def _before(self, world: World) -> DestroyProvisioners:
        """What runs before an object is destroyed: not for a deposed one, and not for one that is tainted."""
        if self._provisioners is None:
            self._provisioners = DestroyProvisioners(self.address, world)
        return self._provisioners

    def __str__(self) -> str:
        return f"{self.address} (destroy)"
