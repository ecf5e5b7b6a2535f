"""Data sources while applying: those that had to wait are read, of the others the state has the values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.eval import objects, sensitivity
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.data import ResourceData
from iacctl.eval.objects import Object
from iacctl.lang.context import MISSING
from iacctl.plan import changes, data_reads
from iacctl.plan.managed import failing
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.addrs import AbsProviderConfig, ResourceInstance
    from iacctl.apply.applying import Applying
    from iacctl.config.model import Module, Resource
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.context import OptionalValue
    from iacctl.values import Value


class ApplyDataNode(ConfiguredNode):
    """The instances of a data source."""

    __slots__ = ("_applying",)

    def __init__(
        self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World, applying: Applying
    ) -> None:
        super().__init__(module, resource, provider, world)
        self._applying = applying

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Expand, and start the work of each instance."""
        applying = self._applying
        if applying.plan.options.mode == "destroy":
            for data in world.modules.at(self.path):
                data.resources[self.resource.key] = ResourceData(self.repetition)
                for address in applying.stored_instances(self.address(data, None).resource()):
                    self._remember(data, address)
            return True
        pieces: list[Steps] = []
        fine = True
        for data in world.modules.at(self.path):
            instances = self.expand(world, data)
            if instances is None:
                fine = False
                continue
            shared: dict[object, Value] = {}
            for key, each_value in instances:
                pieces.append(self._read(world, data, self.address(data, key), each_value, shared))
        if not fine:
            pieces.append(failing())
        return pieces or True

    def _remember(self, data: ModuleData, address: ResourceInstance) -> None:
        """Give an instance the value that the state has."""
        stored = self._applying.stored(address)
        found = None if stored is None else objects.decoded_data(stored, self.schema)
        if found is not None:
            value = sensitivity.mark_sensitive(self.schema.block, found.value)
            data.resources[self.resource.key].set(address.key, value)

    def _read(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        shared: dict[object, Value],
    ) -> Steps:
        applying = self._applying
        own = data.resources[self.resource.key]
        own.set(address.key, DYNAMIC_UNKNOWN)
        change = applying.current.get(address)
        if change is None or change.action != changes.READ:
            # It was read while planning, and its conditions were evaluated then.
            self._remember(data, address)
            return True
        if not self.preconditions_hold(world, data, address, each_value):
            return False
        asking = self.asking(world, address)
        key = MISSING if address.key is None else address.key
        before = len(world.diags)
        config = self.body.evaluate(world.context(data, key=key, each_value=each_value, shared=shared), address)
        if world.errors_since(before):
            return False
        if not values.is_wholly_known(config):
            world.diags.error(
                "Configuration contains unknown value",
                f"Configuration for {asking.address} still contains unknown values during apply (this is a bug; please "
                "report it).",
                self.resource.range,
            )
            return False
        if self.resource.enclosing_check is not None:
            value = yield from data_reads.read_scoped(asking, data, self.resource, config, planning=False)
            if value is None:
                value = objects.without_unknown(data_reads.unread(self.schema.block, config))
        else:
            value = yield from data_reads.read(asking, config, planning=False)
            if value is None:
                return False
        applying.save(asking, address, Object(value))
        own.set(address.key, value)
        return self.postconditions_hold(world, data, address, each_value, value)
