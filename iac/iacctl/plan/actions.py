"""Planning actions: what the changes of a resource trigger, and what `-invoke` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import module_path
from iacctl.addrs.actions import ActionInstance
from iacctl.eval.action_triggers import CompiledTrigger
from iacctl.eval.expansion import expand
from iacctl.eval.nodes import Node
from iacctl.lang.context import MISSING
from iacctl.plan import changes
from iacctl.plan.invocations import ActionInvocation, LifecycleTrigger
from iacctl.provider.requests import PlanActionRequest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from typing import Any

    from iacctl.addrs import ModulePath, ResourceInstance
    from iacctl.addrs.actions import AbsAction
    from iacctl.config.actions import ActionRef, Event
    from iacctl.eval.actions import ActionNode
    from iacctl.eval.data import ModuleData
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.lang.context import EvalContext
    from iacctl.lang.references import Reference
    from iacctl.plan.managed import ManagedNode
    from iacctl.plan.planning import Planning
    from iacctl.provider.requests import PlanActionResponse

_EVENTS: dict[changes.Action, tuple[Event, Event]] = {
    changes.CREATE: ("before_create", "after_create"),
    changes.DELETE_THEN_CREATE: ("before_create", "after_create"),
    changes.CREATE_THEN_DELETE: ("before_create", "after_create"),
    changes.CREATE_THEN_FORGET: ("before_create", "after_create"),
    changes.UPDATE: ("before_update", "after_update"),
}
"""What changes of an object are to triggers. A replacement is a creation."""


class TriggersNode(Node):
    """Plans the actions that the changes of one resource trigger.

    Attributes:
        resource: the node that plans the changes.
    """

    __slots__ = ("_actions", "_planning", "_triggers", "resource")

    def __init__(self, resource: ManagedNode, actions: dict[tuple[str, str], ActionNode], planning: Planning) -> None:
        super().__init__(resource.path)
        self.resource = resource
        self._actions = actions
        self._planning = planning
        module = planning.world.config.root.descendant(resource.path)
        assert module is not None, "a block stands in a module"
        self._triggers = [CompiledTrigger(module, block) for block in resource.resource.action_triggers]

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of the conditions."""
        for trigger in self._triggers:
            for reference in trigger.references():
                yield self.path, reference

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Start the work of each instance that changes."""
        return list(self._pieces(world)) or True

    def _pieces(self, world: World) -> Iterator[Steps]:
        node = self.resource
        for data in world.modules.at(self.path):
            expansion = expand(node.count, node.for_each, world.context(data))
            for key, each_value in () if expansion is None else expansion.instances:
                address = node.address(data, key)
                change = self._planning.by_instance.get(address)
                if change is not None and change.action in _EVENTS:
                    ctx = world.context(data, key=MISSING if key is None else key, each_value=each_value)
                    yield self._plan(world, data, address, _EVENTS[change.action], ctx)

    def _plan(
        self, world: World, data: ModuleData, address: ResourceInstance, events: tuple[Event, Event], ctx: EvalContext
    ) -> Steps:
        for position, trigger in enumerate(self._triggers):
            wanted = [event for event in events if event in trigger.block.events]
            if not wanted:
                continue
            holds = trigger.holds(ctx)
            if holds is None:
                return False
            if not holds:
                continue
            for item, written in enumerate(trigger.block.actions):
                found = yield from self._plan_action(world, data, trigger, written, ctx)
                if found is None:
                    return False
                self._planning.invocations.extend(
                    found._replace(trigger=LifecycleTrigger(address, event, position, item)) for event in wanted
                )
        return True

    def _plan_action(
        self, world: World, data: ModuleData, trigger: CompiledTrigger, written: ActionRef, ctx: EvalContext
    ) -> Generator[Job | Waiting, Any, ActionInvocation | None]:
        key = trigger.key(written, ctx)
        if key is None:
            return None
        node = self._actions[written.action.type, written.action.name]
        place = written.expression.range
        if key[0] not in node.keys(data.address):
            world.diags.error(
                "Reference to non-existent action instance", "Action instance was not found in the current context.", place
            )
            return None
        config = node.config(world, data, key[0])
        if config is None:
            return None
        address = node.address(data, key[0])
        response = yield from _ask(world, node, address, config[0])
        if response is None:
            return None
        fine = True
        for problem in response.diagnostics:
            detail = f"{problem.summary}: {problem.detail}"
            if problem.severity == "error":
                fine = False
                world.diags.error("Failed to plan action", detail, place)
            else:
                world.diags.warning("Warnings when planning action", detail, place)
        if not fine:
            return None
        return ActionInvocation(address, node.provider, config[0], node.schema.block, None)

    def __str__(self) -> str:
        return f"{self.resource} (triggered actions)"


def _ask(
    world: World, node: ActionNode, address: ActionInstance, config: values.Value
) -> Generator[Job | Waiting, Any, PlanActionResponse | None]:
    """Have the provider look at a configuration."""
    asking = node.asking(world, address)
    plain, _ = values.unmark_deep(config)
    response: PlanActionResponse | None = yield from asking.attempt(
        asking.provider.plan_action, PlanActionRequest(asking.type_name, plain)
    )
    return response


class InvokeNode(Node):
    """Plans the invocation of an action that was asked for by its address."""

    __slots__ = ("_node", "_planning", "_wanted")

    def __init__(self, node: ActionNode, wanted: AbsAction | ActionInstance, planning: Planning) -> None:
        super().__init__(node.path)
        self._node = node
        self._wanted = wanted
        self._planning = planning

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Start the planning of each instance that is meant."""
        data = world.modules.get(self._wanted.module)
        keys = [] if data is None else list(self._node.keys(data.address))
        if isinstance(self._wanted, ActionInstance):
            keys = [key for key in keys if key == self._wanted.key]
        if data is None or (not keys and isinstance(self._wanted, ActionInstance)):
            world.diags.error(
                "Invalid action",
                f"Targeted action does not exist after expansion: {self._wanted}.",
                self._node.action.range,
            )
            return False
        return [self._plan(world, data, self._node.address(data, key)) for key in keys] or True

    def _plan(self, world: World, data: ModuleData, address: ActionInstance) -> Steps:
        node = self._node
        config = node.config(world, data, address.key)
        if config is None:
            return False
        response = yield from _ask(world, node, address, config[0])
        if response is None or not node.asking(world, address).report(response.diagnostics):
            return False
        self._planning.invocations.append(
            ActionInvocation(address, node.provider, config[0], node.schema.block, None)
        )
        return True

    def __str__(self) -> str:
        return f"{self._wanted} (invoke)"


def add_nodes(built: ConfigGraph, planning: Planning) -> None:
    """Add what plans the actions of the configuration, where the plan has a use for them."""
    if planning.options.invoke:
        return
    graph = built.graph
    for resource in list(built.resources.values()):
        if resource not in graph or not resource.resource.action_triggers or planning.options.mode != "normal":
            continue
        actions = {
            key: built.actions[resource.path, key]
            for trigger in resource.resource.action_triggers
            for key in [(item.action.type, item.action.name) for item in trigger.actions]
        }
        node = TriggersNode(resource, actions, planning)  # type: ignore[arg-type]  # only managed resources have triggers
        graph.add(node)
        graph.connect(node, resource)
        for action in actions.values():
            graph.connect(node, action)
        built.connect_references(node)
        _refuse_cycles(built, resource, actions)  # type: ignore[arg-type]


def _refuse_cycles(built: ConfigGraph, resource: ManagedNode, actions: dict[tuple[str, str], ActionNode]) -> None:
    """Report actions that are to be invoked before a change and need its result."""
    for trigger in resource.resource.action_triggers:
        if not any(event.startswith("before") for event in trigger.events):
            continue
        for item in trigger.actions:
            node = actions[item.action.type, item.action.name]
            if resource in built.graph.reachable([node]):
                built.world.diags.error(
                    f"Cycle: {resource}, {node}, {node.action} triggered by {resource} (apply - before)"
                )


def restrict_to_invoked(built: ConfigGraph, planning: Planning) -> None:
    """Leave only what the actions need that are to be invoked by `-invoke`."""
    nodes: list[Node] = []
    for wanted in planning.options.invoke:
        path = module_path(wanted.module)
        node = built.actions.get((path, (wanted.type, wanted.name)))
        if node is None:
            built.world.diags.error(f"action {wanted} does not exist in the configuration")
            continue
        invoke = InvokeNode(node, wanted, planning)
        built.graph.add(invoke)
        built.graph.connect(invoke, node)
        nodes.append(invoke)
    if nodes:
        built.graph.keep(built.graph.reachable(nodes))


def triggered_by(built: ConfigGraph, resources: Iterable[Node]) -> list[Node]:
    """The nodes that plan what changes of resources, and of all that these need, trigger."""
    needed = built.graph.reachable(list(resources))
    return [node for node in built.graph if isinstance(node, TriggersNode) and node.resource in needed]
