"""Planning data sources: read at once where everything is known, else when the plan is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.eval import objects, sensitivity
from iacctl.eval.configured import ConfiguredNode
from iacctl.lang.context import MISSING
from iacctl.plan import changes, data_reads
from iacctl.plan.managed import failing
from iacctl.provider.requests import ValidateRequest
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Any

    from iacctl.addrs import AbsProviderConfig, ConfigResource, InstanceKey, ResourceInstance
    from iacctl.config.model import Module, Resource
    from iacctl.eval.calls import Asking
    from iacctl.eval.data import ModuleData, ResourceData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.lang.context import OptionalValue
    from iacctl.plan.planning import Planning
    from iacctl.values import Value


class DataNode(ConfiguredNode):
    """Plans the instances of a data source.

    Attributes:
        awaited: resources that must have no changes left when it is read, since `depends_on` names them.
    """

    __slots__ = ("_planning", "awaited")

    def __init__(
        self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World, planning: Planning
    ) -> None:
        super().__init__(module, resource, provider, world)
        self._planning = planning
        self.awaited: frozenset[ConfigResource] = frozenset()

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Expand, and start the work of each instance."""
        if not self.body.sound:
            return False
        planning = self._planning
        pieces: list[Steps] = []
        fine = True
        for data in world.modules.at(self.path):
            instances = self.expand(world, data)
            if instances is None:
                fine = False
                continue
            shared: dict[object, Value] = {}
            wanted: set[InstanceKey] = set()
            for key, each_value in instances:
                wanted.add(key)
                pieces.append(self._plan(world, data, self.address(data, key), each_value, shared))
            self.expect_conditions(world, data, instances)
            self._forget_others(planning, data, wanted)
        if not fine:
            pieces.append(failing())
        return pieces or True

    def _forget_others(self, planning: Planning, data: ModuleData, wanted: set[InstanceKey]) -> None:
        """Data sources without a block or key just leave the state."""
        address = self.address(data, None).resource()
        stored = planning.stored(address)
        if stored is not None:
            for key in stored.instances:
                if key not in wanted:
                    planning.save(address.instance(key), None, None, stored.provider)

    def _plan(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        shared: dict[object, Value],
    ) -> Steps:
        planning = self._planning
        own = data.resources[self.resource.key]
        own.set(address.key, DYNAMIC_UNKNOWN)
        asking = self.asking(world, address)
        if planning.part == "destroying" and self._keep(planning, own, address):
            return True
        if not self.preconditions_hold(world, data, address, each_value):
            return False
        key = MISSING if address.key is None else address.key
        before = len(world.diags)
        config = self.body.evaluate(world.context(data, key=key, each_value=each_value, shared=shared), address)
        if world.errors_since(before):
            return False
        known = values.is_wholly_known(config)
        if not known or planning.awaits(data.address, self.awaited):
            if planning.options.mode == "refresh-only":
                self._keep(planning, own, address)
                return True
            after = yield from self._defer(asking, config)
            if after is None:
                return False
            reason = changes.READ_DEPENDENCY_PENDING if known else changes.READ_CONFIG_UNKNOWN
            planning.add(self._read_change(address, reason, after))
            planning.save(address, None, None, str(self.provider))
            own.set(address.key, after)
            return True
        if self.resource.enclosing_check is not None:
            value = yield from data_reads.read_scoped(asking, data, self.resource, config, planning=True)
            after = data_reads.unread(self.schema.block, config) if value is None else value
            if planning.options.mode != "refresh-only":
                planning.add(self._read_change(address, changes.READ_CHECK_NESTED, after))
            if value is None:
                kept = objects.Object(objects.without_unknown(after))
                planning.save(address, None, objects.encoded(kept, self.schema), str(self.provider))
                own.set(address.key, after)
                return True
        else:
            value = yield from data_reads.read(asking, config, planning=True)
            if value is None:
                return False
        planning.save(address, None, objects.encoded(objects.Object(value), self.schema), str(self.provider))
        own.set(address.key, value)
        return self.postconditions_hold(world, data, address, each_value, value)

    def _read_change(self, address: ResourceInstance, reason: str, after: Value) -> changes.ResourceChange:
        return changes.ResourceChange(
            address,
            address,
            None,
            self.provider,
            changes.READ,
            reason,
            values.null_of(self.schema.block.object_type),
            after,
            self.schema,
        )

    def _keep(self, planning: Planning, own: ResourceData, address: ResourceInstance) -> bool:
        """Take the value from the state, as a plan does that cannot put the reading off; whether it has one."""
        resource = planning.stored(address.resource())
        instance = None if resource is None else resource.instances.get(address.key)
        if instance is not None and instance.current is not None:
            found = objects.decoded_data(instance.current, self.schema)
            if found is not None:
                own.set(address.key, sensitivity.mark_sensitive(self.schema.block, found.value))
                return True
        return False

    def _defer(self, asking: Asking, config: Value) -> Generator[Job | Waiting, Any, Value | None]:
        """The object that the data source is going to be, as far as it is known; None if its configuration is wrong."""
        plain, _ = values.unmark_deep(config)
        response = yield from asking.ask(asking.provider.validate_data, ValidateRequest(asking.type_name, plain))
        return None if response is None else data_reads.unread(self.schema.block, config)
