"""Planning data sources: read at once where everything is known, else when the plan is applied."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import events
from iacctl.eval import objects, sensitivity
from iacctl.eval.configured import ConfiguredNode
from iacctl.lang.context import MISSING
from iacctl.plan import changes
from iacctl.plan.managed import failing
from iacctl.provider import conformance, proposed
from iacctl.provider.requests import ReadDataRequest, ValidateRequest
from iacctl.values import DYNAMIC_UNKNOWN, EPHEMERAL

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Any

    from iacctl.addrs import AbsProviderConfig, InstanceKey, ResourceInstance
    from iacctl.config.model import Module, Resource
    from iacctl.eval.calls import Asking
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.lang.context import OptionalValue
    from iacctl.plan.planning import Planning
    from iacctl.values import Value


class DataNode(ConfiguredNode):
    """Plans the instances of a data source."""

    __slots__ = ("_planning",)

    def __init__(
        self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World, planning: Planning
    ) -> None:
        super().__init__(module, resource, provider, world)
        self._planning = planning

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
        if not self.preconditions_hold(world, data, address, each_value):
            return False
        key = MISSING if address.key is None else address.key
        before = len(world.diags)
        config = self.body.evaluate(world.context(data, key=key, each_value=each_value, shared=shared))
        if world.errors_since(before):
            return False
        pending = self._waits_for_changes(planning)
        known = values.is_wholly_known(config)
        if not known or pending:
            reason = changes.READ_DEPENDENCY_PENDING if known else changes.READ_CONFIG_UNKNOWN
            after = yield from self._defer(asking, config)
            if after is None:
                return False
            planning.add(
                changes.ResourceChange(
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
            )
            planning.save(address, None, None, str(self.provider))
            own.set(address.key, after)
            return True
        value = yield from read_data(asking, config, planning=True)
        if value is None:
            return False
        item = objects.Object(value, dependencies=())
        planning.save(address, None, objects.encoded(item, self.schema), str(self.provider))
        own.set(address.key, value)
        return self.postconditions_hold(world, data, address, each_value, value)

    def _waits_for_changes(self, planning: Planning) -> bool:
        """Whether something that `depends_on` names is going to change."""
        for path, reference in self.depends_on:
            if reference.kind == "resource" and reference.mode == "managed":
                if any(
                    item.module == path and item.type == reference.type and item.name == reference.name
                    for item in planning.pending
                ):
                    return True
            elif reference.kind == "module":
                inside = (*path, reference.name)
                if any(item.module[: len(inside)] == inside for item in planning.pending if item.mode == "managed"):
                    return True
        return False

    def _defer(self, asking: Asking, config: Value) -> Generator[Job | Waiting, Any, Value | None]:
        """The object that the data source is going to be, as far as it is known."""
        plain, marks = values.unmark_deep_with_paths(config)
        response = yield from asking.ask(
            asking.provider.validate_data, ValidateRequest(asking.type_name, plain)
        )
        if response is None:
            return None
        planned = proposed.with_unknown_computed(self.schema.block, plain)
        planned = sensitivity.mark_sensitive(self.schema.block, planned)
        return values.mark_with_paths(planned, marks) if marks else planned


def read_data(
    asking: Asking, config: Value, *, planning: bool
) -> Generator[Job | Waiting, Any, Value | None]:
    """Validate the configuration of a data source and read it; None after an error, which is reported.

    Args:
        asking: the provider.
        config: the evaluated body, wholly known.
        planning: whether this is while planning, for the events.
    """
    world = asking.world
    block = asking.schema.block
    plain, marks = values.unmark_deep_with_paths(config)
    for path, found in marks:
        if EPHEMERAL in found and not sensitivity.is_write_only(block, path):
            name = path[0] if path else ""
            world.diags.error(
                "Invalid use of ephemeral value",
                f'Ephemeral values are not valid for "{name}", because data resource instances must be persisted to state.',
                asking.locate(path) if asking.locate else None,
                address=asking.address,
            )
            return None
    response = yield from asking.ask(asking.provider.validate_data, ValidateRequest(asking.type_name, plain))
    if response is None:
        return None
    world.listener(events.ObjectStarted(asking.address, "read", planning=planning))
    started = monotonic()
    answer = yield from asking.ask(asking.provider.read_data, ReadDataRequest(asking.type_name, plain))
    if answer is None:
        world.listener(events.ObjectFailed(asking.address, "read", monotonic() - started))
        return None
    state = answer.state
    wrong = conformance.assert_conforms(block, state)
    if wrong:
        asking.bug("Provider produced invalid object", f"produced an invalid value for {asking.address}.\n\n{wrong[0].text()}.")
        return None
    if values.is_null(state):
        asking.bug("Provider produced null object", f"produced a null value for {asking.address}.")
        return None
    if not values.is_wholly_known(state):
        asking.bug(
            "Provider produced invalid object",
            f"produced a value for {asking.address} that is not wholly known.",
        )
        return None
    key, text = objects.object_id(state)
    world.listener(
        events.ObjectFinished(asking.address, "read", monotonic() - started, key, text, planning=planning)
    )
    value = sensitivity.mark_sensitive(block, state)
    return values.mark_with_paths(value, marks) if marks else value
