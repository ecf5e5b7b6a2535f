"""Invoking actions: around the changes that trigger them, or because they were asked for."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import events
from iacctl.eval.nodes import Node
from iacctl.graph.walk import Job, Stopped
from iacctl.provider.requests import InvokeActionRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from typing import Any

    from iacctl.addrs import ResourceInstance
    from iacctl.apply.applying import Applying
    from iacctl.diag import Range
    from iacctl.eval.actions import ActionNode
    from iacctl.eval.calls import Asking
    from iacctl.eval.graphs import ConfigGraph, ResourceNode
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps, Waiting
    from iacctl.plan.invocations import ActionInvocation, LifecycleTrigger
    from iacctl.provider.requests import Problem


class InvocationsNode(Node):
    """Invokes the actions that are to come before, or after, the changes of one resource; or those asked for.

    The actions of one instance come one after the other, and end with the first that fails. Those of several instances go
    side by side.

    Attributes:
        resource: the resource whose changes trigger them; None where there is none.
        before: whether they come before the changes.
    """

    __slots__ = ("_applying", "_planned", "before", "resource")

    def __init__(self, resource: ResourceNode | None, before: bool, applying: Applying) -> None:
        super().__init__(() if resource is None else resource.path)
        self.resource = resource
        self.before = before
        self._applying = applying
        self._planned: dict[ResourceInstance | None, list[tuple[ActionInvocation, ActionNode]]] = {}

    def add(self, invocation: ActionInvocation, node: ActionNode) -> None:
        """Add an invocation, in the order in which those of an instance are to happen."""
        trigger = invocation.trigger
        self._planned.setdefault(None if trigger is None else trigger.resource, []).append((invocation, node))

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Start with each instance."""
        failed = self.resource.failed_keys if self.resource is not None and not self.before else set()
        return [
            self._all(world, address, planned)
            for address, planned in self._planned.items()
            if address is None or address.key not in failed
        ] or True

    def _all(
        self, world: World, address: ResourceInstance | None, planned: list[tuple[ActionInvocation, ActionNode]]
    ) -> Steps:
        for invocation, node in planned:
            fine = yield from _invoke(self._applying, world, invocation, node)
            if not fine:
                if not self.before or address is None:
                    return False
                self._applying.remaining.add(address)  # the change is not made, which its node reports to the walk
                return True
        return True

    def __str__(self) -> str:
        if self.resource is None:
            return "invoked actions"
        return f"{self.resource} (actions {'before' if self.before else 'after'})"


def _invoke(
    applying: Applying, world: World, invocation: ActionInvocation, node: ActionNode
) -> Generator[Job | Waiting, Any, bool]:
    address = invocation.address
    trigger = invocation.trigger
    place = None if trigger is None else _place(world, trigger)
    data = world.modules.get(address.module)
    if data is None or address.key not in node.keys(data.address):
        world.diags.error(
            "Reference to non-existent action instance", "Action instance was not found in the current context.", place
        )
        return False
    config = node.config(world, data, address.key)
    if config is None:
        return False
    plain, _ = values.unmark_deep(config[0])
    asking = node.asking(world, address)
    if not values.is_wholly_known(plain):
        world.diags.error(
            "Action configuration unknown during apply",
            f"The action {address} was not fully known during apply.\n\nThis is a bug in Terraform, please report it.",
            place,
        )
        return False
    announced = yield from applying.announce_action(asking, address)
    if announced is None:
        return False
    told = _told(invocation)
    started = monotonic()
    happened: list[Problem] | None = None

    def run() -> list[Problem]:
        # Everything is told from the thread that runs the action: what it reports must not come before its start.
        nonlocal started
        started = monotonic()
        world.listener(events.ActionStarted(*told))
        return _follow(asking, request, lambda message: world.listener(events.ActionProgress(*told, message)))

    request = InvokeActionRequest(asking.type_name, plain)
    try:
        happened = yield Job(run)
    except Stopped:
        applying.drop(announced)
        raise
    except Exception as error:
        from iacctl.eval import problems

        detail = f"Provider crashed: {problems.crash_detail(error)}"
        world.listener(events.ActionFailed(*told, monotonic() - started, detail))
        world.diags.error("Error when invoking action", detail, place)
        applying.drop(announced)
        return False
    applying.drop(announced)
    fine = True
    first = ""
    for problem in happened or ():
        detail = f"{problem.summary}: {problem.detail}"
        if problem.severity == "error":
            fine = False
            first = first or detail
            world.diags.error("Error when invoking action", detail, place)
        else:
            world.diags.warning("Warning when invoking action", detail, place)
    if fine:
        applying.counts.invoked += 1
        world.listener(events.ActionFinished(*told, monotonic() - started))
    else:
        world.listener(events.ActionFailed(*told, monotonic() - started, first))
    return fine


def _follow(asking: Asking, request: InvokeActionRequest, progress: Callable[[str], None]) -> list[Problem]:
    """Run an action to its end, on a thread of the pool; the problems that it reported."""
    found: list[Problem] = []
    for event in asking.provider.invoke_action(request):
        found.extend(event.diagnostics)
        if event.done:
            return found
        if event.message:
            progress(event.message)
    return found


def _told(invocation: ActionInvocation) -> tuple[str, str, str, int, int]:
    trigger = invocation.trigger
    if trigger is None:
        return (str(invocation.address), "", "", 0, 0)
    return (str(invocation.address), str(trigger.resource), trigger.event, trigger.block, trigger.item)


def _place(world: World, trigger: LifecycleTrigger) -> Range | None:
    """Where the trigger names the action."""
    module = world.config.root.descendant(tuple(name for name, _ in trigger.resource.module))
    resource = trigger.resource
    block = None if module is None else module.resources.get((resource.mode, resource.type, resource.name))
    if block is None:
        return None
    return block.action_triggers[trigger.block].actions[trigger.item].expression.range


def add_nodes(built: ConfigGraph, applying: Applying) -> list[InvocationsNode]:
    """Add the invocations that the plan asks for to the graph of an apply; the nodes added.

    Those before a change come before the destruction of what is replaced, too: connect these with `before_destruction`.
    """
    found: dict[tuple[ResourceNode | None, bool], InvocationsNode] = {}
    for invocation in applying.plan.invocations:
        path = tuple(name for name, _ in invocation.address.module)
        node = built.actions[path, (invocation.address.type, invocation.address.name)]
        trigger = invocation.trigger
        resource = None
        if trigger is not None:
            key = (trigger.resource.mode, trigger.resource.type, trigger.resource.name)
            resource = built.resources[path, key]
        before = trigger is not None and trigger.before
        invoking = found.get((resource, before))
        if invoking is None:
            invoking = found[resource, before] = InvocationsNode(resource, before, applying)
            built.graph.add(invoking)
            if resource is not None and before:
                built.graph.connect(resource, invoking)
            elif resource is not None:
                built.graph.connect(invoking, resource)
        built.graph.connect(invoking, node)
        invoking.add(invocation, node)
    return list(found.values())
