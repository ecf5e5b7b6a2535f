"""Planning managed resources: one node for each block, one piece of work for each instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import ResourceInstance
from iacctl.eval import objects
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.data import ResourceData
from iacctl.lang.context import MISSING
from iacctl.plan import changes, orphans, reading, triggers
from iacctl.plan.diff import Wish, difference
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Any

    from iacctl.addrs import AbsProviderConfig, InstanceKey
    from iacctl.config.model import Module, Resource
    from iacctl.eval.calls import Asking
    from iacctl.eval.data import ModuleData
    from iacctl.eval.imports import Wanted
    from iacctl.eval.objects import Object
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.lang.context import OptionalValue
    from iacctl.plan.planning import Planning


class ManagedNode(ConfiguredNode):
    """Plans the instances of a managed resource, and the deletion of those it has no longer.

    Attributes:
        generated: the text of the block, if it was written by this plan.
    """

    __slots__ = ("_planning", "_wanted", "generated")

    def __init__(
        self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World, planning: Planning
    ) -> None:
        super().__init__(module, resource, provider, world)
        self._planning = planning
        self._wanted: dict[ResourceInstance, Wanted] = {}
        self.generated = ""

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Expand, and start the work of each instance."""
        pieces: list[Steps] = []
        fine = True
        if not self.body.sound:
            return False
        if self.imports and self._planning.options.mode == "normal" and self._planning.part == "whole":
            from iacctl.plan import importing

            imported = importing.wanted(self, world)
            if imported is None:
                return False
            self._wanted = imported
        if self._planning.options.imports:
            from iacctl.plan import importing

            self._wanted = importing.asked_for(self, self._planning.options.imports)
        declared: set[ResourceInstance] = set()
        for data in world.modules.at(self.path):
            instances = self._instances(world, data)
            if instances is None:
                fine = False
                continue
            shared: dict[object, values.Value] = {}
            wanted: set[InstanceKey] = set()
            for key, each_value in instances:
                wanted.add(key)
                address = self.address(data, key)
                if self._wanted:
                    declared.add(address)
                if self._planning.is_targeted(self, address):
                    pieces.append(self.watched(key, self._plan(world, data, address, each_value, shared)))
            if self._planning.options.mode != "destroy":
                self.expect_conditions(world, data, instances)
            pieces.extend(orphans.of_resource(self._planning, self, data, wanted))
        if fine and self._wanted:
            from iacctl.plan import importing

            if not importing.all_declared(self._wanted, declared, world.diags):
                return False
        if not fine:
            pieces.append(failing())
        return pieces or True

    def _instances(self, world: World, data: ModuleData) -> Iterable[tuple[InstanceKey, OptionalValue]] | None:
        """What to plan: what the configuration has or, where all is destroyed, what the state has."""
        if self._planning.options.mode != "destroy":
            return self.expand(world, data)
        data.resources[self.resource.key] = ResourceData(self.repetition)
        stored = self._planning.stored(self.address(data, None).resource())
        return [] if stored is None else [(key, MISSING) for key in stored.instances]

    def _plan(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        shared: dict[object, values.Value],
    ) -> Steps:
        planning = self._planning
        resource = self.resource
        destroying = planning.options.mode == "destroy"
        asking = self.asking(world, address)
        own = data.resources[resource.key]
        own.set(address.key, DYNAMIC_UNKNOWN)
        stored_resource = planning.stored(address.resource())
        stored = stored_resource.instances.get(address.key) if stored_resource is not None else None
        current = None
        if stored is not None:
            for deposed, item in stored.deposed.items():
                fine = yield from orphans.plan_deposed(planning, asking, address, deposed, item, self)
                if not fine:
                    return False
        held = None if stored is None else stored.current
        if address in planning.intents.open:
            held = yield from planning.intents.settle(planning, asking, address, held)
        if held is not None:
            prior = yield from reading.read(
                planning,
                asking,
                address,
                None,
                held,
                *((None, None) if destroying else (self.dependency_texts, self.create_before_destroy)),
                retained=self.resource.destroy is False,
            )
            if prior is None:
                return False
            current = prior.current
        wanted = self._wanted.get(address) if held is None else None
        if wanted is not None:
            current = yield from self.take_over(asking, wanted)
            if current is None:
                return False
        if planning.options.mode == "refresh-only":
            return self._keep(world, data, address, each_value, current)
        if destroying:
            if current is None:
                own.set(address.key, values.null_of(self.schema.block.object_type))
                return True
            own.set(address.key, current.value)
            return (yield from orphans.plan_delete(planning, asking, address, "", current, self))
        if not self.preconditions_hold(world, data, address, each_value):
            return False
        key = MISSING if address.key is None else address.key
        ctx = world.context(data, key=key, each_value=each_value, shared=shared)
        before = len(world.diags)
        config = self.body.evaluate(ctx, address)
        triggered = any(triggers.fires(trigger, ctx, planning, data) for trigger in self.triggers)
        if world.errors_since(before):
            return False
        wish = Wish(
            config,
            self.create_before_destroy,
            triggered or address in planning.replace,
            triggered,
        )
        found = yield from difference(asking, resource, wish, current)
        if found is None:
            return False
        if found.action in changes.REPLACING and resource.destroy is False:
            found = found._replace(action=changes.CREATE_THEN_FORGET)
        creates = found.action == changes.CREATE or found.action in changes.REPLACING
        if creates and planning.intents.refuse(asking, address):
            return False
        change = changes.ResourceChange(
            address,
            address,
            None,
            self.provider,
            found.action,
            found.reason,
            found.before,
            found.after,
            self.schema,
            found.replace_paths,
            found.private,
            importing=None if wanted is None else changes.Importing(wanted.id, wanted.identity),
            generated_config=self.generated,
            before_identity=None if current is None else current.identity,
            after_identity=found.identity,
        )
        planning.add(change)
        replaces = change.action in changes.REPLACING and change.action != changes.CREATE_THEN_FORGET
        if replaces and not orphans.may_destroy(world, self, address):
            return False
        if change.action == changes.NO_OP and current is not None and current.dependencies != self.dependency_texts:
            current = current._replace(dependencies=self.dependency_texts)
            planning.save(address, None, objects.encoded(current, self.schema), str(self.provider))
        own.set(address.key, found.after)
        return self.postconditions_hold(world, data, address, each_value, found.after)

    def take_over(self, asking: Asking, wanted: Wanted) -> Generator[Job | Waiting, Any, Object | None]:
        """Import an object; None after an error, which is reported."""
        from iacctl.plan import importing

        return (yield from importing.import_object(self._planning, self, asking, wanted))

    def _keep(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        current: Object | None,
    ) -> bool:
        """A plan that only refreshes: the value is what was read, unknown if there is no object yet."""
        value: values.Value = values.unknown_of(self.schema.block.object_type)
        if current is not None:
            value = current.value
        data.resources[self.resource.key].set(address.key, value)
        fine = self.preconditions_hold(world, data, address, each_value)
        return self.postconditions_hold(world, data, address, each_value, value) and fine


def failing() -> Steps:
    """A piece of work that has failed already."""
    return False
    yield

