"""Applying managed resources: one node for each block, one piece of work for each instance with a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.apply import changing
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.data import ResourceData
from iacctl.eval.objects import Object
from iacctl.lang.context import MISSING
from iacctl.plan import changes, reading
from iacctl.plan.diff import Wish, difference
from iacctl.plan.managed import failing
from iacctl.plan.planning import state_key
from iacctl.provider import conformance
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Any

    from iacctl.addrs import AbsProviderConfig, InstanceKey, ResourceInstance
    from iacctl.apply.applying import Applying
    from iacctl.apply.provisioning import Provisioning
    from iacctl.config.model import Module, Resource
    from iacctl.eval.calls import Asking
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.lang.context import OptionalValue
    from iacctl.plan.changes import ResourceChange
    from iacctl.values import Value


class ApplyNode(ConfiguredNode):
    """Creates and updates the instances of a managed resource, and gives the values of the others."""

    __slots__ = ("_applying",)

    def __init__(
        self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World, applying: Applying
    ) -> None:
        super().__init__(module, resource, provider, world)
        self._applying = applying

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Expand, and start the work of each instance."""
        if self._applying.plan.options.mode == "destroy":
            return list(self._remember(world)) or True
        pieces: list[Steps] = []
        fine = True
        for data in world.modules.at(self.path):
            instances = self.expand(world, data)
            if instances is None:
                fine = False
                continue
            self.expect_conditions(world, data, instances)
            shared: dict[object, Value] = {}
            own = data.resources[self.resource.key]
            applied: dict[InstanceKey, Steps] = {}
            for key, each_value in instances:
                address = self.address(data, key)
                change = self._applying.current.get(address)
                if change is None:
                    pieces.append(self._from_state(world, data, address))
                elif change.action == changes.NO_OP:
                    own.set(key, change.after)
                    if self.preconditions or self.postconditions:
                        pieces.append(self._check_only(world, data, address, each_value, change))
                elif address in self._applying.remaining:
                    own.set(key, DYNAMIC_UNKNOWN)
                    pieces.append(self.watched(key, failing()))
                elif change.action != changes.DELETE:
                    own.set(key, DYNAMIC_UNKNOWN)
                    applied[key] = self.watched(key, self._apply(world, data, address, each_value, shared, change))
            pieces.extend(self._ordered(applied))
        if not fine:
            pieces.append(failing())
        return pieces or True

    def _ordered(self, pieces: dict[InstanceKey, Steps]) -> Iterable[Steps]:
        """The work on instances, in the order that provisioners ask for which refer to their own resource."""
        if self.provisioners is None:
            return pieces.values()
        from iacctl.apply.own_instances import Gates, own_keys

        return Gates(own_keys(self)).ordered(pieces)

    def _remember(self, world: World) -> Iterable[Steps]:
        """While all is destroyed: what objects were is still needed, to configure providers."""
        for data in world.modules.at(self.path):
            own = data.resources[self.resource.key] = ResourceData(self.repetition)
            for address in self._applying.stored_instances(self.address(data, None).resource()):
                change = self._applying.current.get(address)
                if change is None:
                    yield self._from_state(world, data, address)
                else:
                    own.set(address.key, change.before)

    def _from_state(self, world: World, data: ModuleData, address: ResourceInstance) -> Steps:
        """The value of an instance that the plan does not speak of, since it was not targeted."""
        own = data.resources[self.resource.key]
        stored = self._applying.stored(address)
        if stored is None:
            own.set(address.key, DYNAMIC_UNKNOWN)
            return True
        found = yield from reading.decode(self.asking(world, address), stored)
        if found is None:
            return False
        own.set(address.key, found.value)
        return True

    def _check_only(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        change: ResourceChange,
    ) -> Steps:
        return self.preconditions_hold(world, data, address, each_value) and self.postconditions_hold(
            world, data, address, each_value, change.after
        )
        yield

    def _apply(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        shared: dict[object, Value],
        change: ResourceChange,
    ) -> Steps:
        applying = self._applying
        asking = self.asking(world, address)
        if not self.preconditions_hold(world, data, address, each_value):
            return False
        key = MISSING if address.key is None else address.key
        before = len(world.diags)
        config = self.body.evaluate(world.context(data, key=key, each_value=each_value, shared=shared), address)
        if world.errors_since(before):
            return False
        deposed = self._put_aside(address, change)
        result: Object | None = None
        try:
            result = yield from self._change(asking, address, config, change, self._provisioning(data, address, each_value))
        finally:
            if result is None and deposed is not None and address not in applying.undecided:
                applying.recorder.restore_deposed(state_key(address.resource()), address.key, deposed)
        if result is None:
            return False
        if deposed is not None:
            applying.deposed_by[address] = deposed
        data.resources[self.resource.key].set(address.key, result.value)
        return self.postconditions_hold(world, data, address, each_value, result.value)

    def _provisioning(
        self, data: ModuleData, address: ResourceInstance, each_value: OptionalValue
    ) -> Provisioning | None:
        """What is to run once the object is created."""
        steps = () if self.provisioners is None else self.provisioners.when("create")
        if not steps:
            return None
        from iacctl.apply.provisioning import Provisioning

        return Provisioning(steps, address, data, each_value)

    def _put_aside(self, address: ResourceInstance, change: ResourceChange) -> str | None:
        """Depose the current object of an instance that is replaced create-first; its key."""
        if change.action not in (changes.CREATE_THEN_DELETE, changes.CREATE_THEN_FORGET):
            return None
        return self._applying.recorder.depose(state_key(address.resource()), address.key)

    def _change(
        self,
        asking: Asking,
        address: ResourceInstance,
        config: Value,
        change: ResourceChange,
        provisioning: Provisioning | None,
    ) -> Generator[Job | Waiting, Any, Object | None]:
        """Plan again with what is known now, hold that against the plan, and do it."""
        current: Object | None = None
        stored = self._applying.stored(address)
        if stored is not None:
            current = yield from reading.decode(asking, stored)
            if current is None:
                return None
        wish = Wish(config, self.create_before_destroy)
        found = yield from difference(asking, self.resource, wish, current)
        if found is None:
            return None
        replacing = change.action in changes.REPLACING
        expected = changes.CREATE if replacing else change.action
        if found.action not in (expected, changes.NO_OP):
            asking.bug(
                "Provider produced inconsistent final plan",
                f"changed the planned action from {_word(expected)} to {_word(found.action)} for {asking.address}.",
            )
            return None
        planned, _ = values.unmark_deep(change.after)
        final, _ = values.unmark_deep(found.after)
        if final is not planned and not _legacy(asking):
            problems = conformance.assert_object_compatible(self.schema.block, planned, final)
            for message in problems:
                asking.world.diags.error(
                    "Provider produced inconsistent final plan",
                    f"When expanding the plan for {asking.address} to include new values learned so far during apply, "
                    f'provider "{asking.config.provider}" produced an invalid new value for '
                    f"{message.text()}.\n\nThis is a bug in the provider, which should be reported in the provider's own issue "
                    "tracker.",
                )
            if problems:
                return None
        template = Object(
            None,
            status="ready",
            dependencies=self.dependency_texts,
            create_before_destroy=self.create_before_destroy,
            identity=None if current is None else current.identity,
            retained=self.resource.destroy is False,
            provider_key=asking.provider_key,
        )
        plain_config, _ = values.unmark_deep(config)
        if found.action == changes.NO_OP and current is not None:
            # What was planned turned out to be so already.
            result = current._replace(value=found.after, private=found.private, dependencies=self.dependency_texts)
            self._applying.save(asking, address, result)
            return result
        wanted = changing.Change(address, current, found.after, plain_config, found.private, template, provisioning)
        return (yield from changing.create_or_update(self._applying, asking, wanted))


def _legacy(asking: Asking) -> bool:
    return asking.provider.capabilities().legacy_type_system


def _word(action: changes.Action) -> str:
    return {
        changes.NO_OP: "NoOp",
        changes.CREATE: "Create",
        changes.UPDATE: "Update",
        changes.DELETE: "Delete",
        changes.DELETE_THEN_CREATE: "DeleteThenCreate",
        changes.CREATE_THEN_DELETE: "CreateThenDelete",
    }.get(action, action)
