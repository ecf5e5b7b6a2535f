"""Ephemeral resources in a graph: opened when what they need is there, closed after their last user.

They take no part in a plan and are opened anew by every walk, as Terraform does: what they hold is never stored.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import events
from iacctl.eval import sensitivity
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.ephemerals import Ephemerals, OpenEphemeral
from iacctl.eval.nodes import CloseNode, LocalNode, Node, OutputNode, VariableNode
from iacctl.eval.provider_nodes import ProviderNode
from iacctl.graph.walk import Stopped
from iacctl.lang.context import MISSING
from iacctl.provider import conformance, proposed
from iacctl.provider.requests import OpenEphemeralRequest, ValidateRequest
from iacctl.values import DYNAMIC_UNKNOWN, EPHEMERAL

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Any

    from iacctl.addrs import AbsProviderConfig, ResourceInstance
    from iacctl.config.model import Module, Resource
    from iacctl.eval.calls import Asking
    from iacctl.eval.data import ModuleData
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.lang.context import OptionalValue
    from iacctl.values import Value


class EphemeralNode(ConfiguredNode):
    """Opens the instances of an ephemeral resource."""

    __slots__ = ()

    def __init__(self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World) -> None:
        super().__init__(module, resource, provider, world)
        if world.ephemerals is None:
            world.ephemerals = Ephemerals()

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Expand, and start the work of each instance."""
        if not self.body.sound:
            return False
        pieces: list[Steps] = []
        fine = True
        for data in world.modules.at(self.path):
            instances = self.expand(world, data)
            if instances is None:
                fine = False
                continue
            self.expect_conditions(world, data, instances)
            shared: dict[object, Value] = {}
            for key, each_value in instances:
                pieces.append(self.watched(key, self._open(world, data, self.address(data, key), each_value, shared)))
        if not fine:
            pieces.append(_failing())
        return pieces or True

    def _open(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        shared: dict[object, Value],
    ) -> Steps:
        own = data.resources[self.resource.key]
        own.set(address.key, ephemeral(DYNAMIC_UNKNOWN))
        if not self.preconditions_hold(world, data, address, each_value):
            return False
        asking = self.asking(world, address)._replace(inline=False)
        key = MISSING if address.key is None else address.key
        before = len(world.diags)
        config = self.body.evaluate(world.context(data, key=key, each_value=each_value, shared=shared))
        if world.errors_since(before):
            return False
        if not values.is_wholly_known(config):
            if world.operation == "apply":
                world.diags.error(
                    "Configuration contains unknown value",
                    f"Configuration for {address} still contains unknown values during apply (this is a bug; please report "
                    "it).",
                    self.resource.range,
                )
                return False
            world.listener(events.EphemeralDeferred(asking.address))
            plain, marks = values.unmark_deep_with_paths(config)
            block = self.schema.block
            expected = sensitivity.mark_sensitive(block, proposed.with_unknown_computed(block, plain))
            own.set(address.key, ephemeral(values.mark_with_paths(expected, marks) if marks else expected))
            return True
        value = yield from self._value(asking, config)
        if value is None:
            return False
        own.set(address.key, value)
        return self.postconditions_hold(world, data, address, each_value, value)

    def _value(self, asking: Asking, config: Value) -> Generator[Job | Waiting, Any, Value | None]:
        """Open an instance; its value with all marks, or None after an error, which is reported."""
        block = self.schema.block
        plain, marks = values.unmark_deep_with_paths(config)
        response = yield from asking.ask(asking.provider.validate_ephemeral, ValidateRequest(asking.type_name, plain))
        if response is None:
            return None
        world = asking.world
        listener = world.listener
        started = monotonic()

        def began() -> None:
            nonlocal started
            started = monotonic()
            listener(events.ObjectStarted(asking.address, "open"))

        answer = yield from asking.ask(
            asking.provider.open_ephemeral, OpenEphemeralRequest(asking.type_name, plain), began
        )
        if answer is None:
            listener(events.ObjectFailed(asking.address, "open", monotonic() - started))
            return None
        listener(events.ObjectFinished(asking.address, "open", monotonic() - started))
        assert world.ephemerals is not None
        world.ephemerals.add(self.path, self.resource.key, OpenEphemeral(asking, answer))
        wrong = conformance.assert_conforms(block, answer.result)
        if not wrong and values.is_null(answer.result):
            asking.bug("Provider produced null object", f"produced a null value for {asking.address}.")
            return None
        if not wrong:
            wrong = conformance.assert_plan_valid(block, values.null_of(block.object_type), plain, answer.result)
        for finding in wrong:
            world.diags.error(
                "Provider produced invalid ephemeral resource instance",
                f"The provider for {asking.type_name} produced an inconsistent result: {finding.text()}.",
                address=asking.address,
            )
        if wrong:
            return None
        value = sensitivity.mark_sensitive(block, answer.result)
        return ephemeral(values.mark_with_paths(value, marks) if marks else value)


class CloseEphemeralNode(Node):
    """Closes the instances of an ephemeral resource. Nothing waits for that but the ends of what it was opened with."""

    __slots__ = ("opened",)

    def __init__(self, opened: EphemeralNode) -> None:
        super().__init__(opened.path)
        self.opened = opened

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Start the closing of each instance."""
        assert world.ephemerals is not None
        return [self._close(world, item) for item in world.ephemerals.take(self.path, self.opened.resource.key)]

    def _close(self, world: World, opened: OpenEphemeral) -> Steps:
        try:
            return (yield from opened.steps())
        except Stopped:
            # It will be closed when the walk has ended.
            assert world.ephemerals is not None
            world.ephemerals.add(self.path, self.opened.resource.key, opened)
            raise

    def __str__(self) -> str:
        return f"{self.opened} (close)"


def ephemeral(value: Value) -> Value:
    """The value of an ephemeral resource: whatever is taken from it is ephemeral."""
    return values.mark(value, (EPHEMERAL,))


def add_closes(built: ConfigGraph) -> None:
    """Add to a graph that is otherwise complete a node for each ephemeral resource that closes it after its users.

    Its users are the resources, actions and provider configurations that have its value, directly or through values,
    modules and other ephemeral resources. A provider uses it until the last of its own resources is done.
    """
    graph = built.graph
    opened = [node for node in graph if isinstance(node, EphemeralNode)]
    if not opened:
        return
    dependents = graph.dependents()
    closes = {node: CloseEphemeralNode(node) for node in opened}
    for close in closes.values():
        graph.add(close)
    for node, close in closes.items():
        graph.connect(close, node)
        found: set[Node] = {node}
        pending: list[Node] = [node]
        while pending:
            holder = pending.pop()
            for user in dependents[holder]:
                # A module's end stands for all of its outputs, but comes after everything else in it, too.
                if user in found or (isinstance(user, CloseNode) and not isinstance(holder, OutputNode)):
                    continue
                found.add(user)
                graph.connect(close, closes[user] if isinstance(user, EphemeralNode) else user)
                if _passes_on(user):
                    pending.append(user)


def _passes_on(user: Node) -> bool:
    """Whether an ephemeral value that a node has goes on to what depends on the node."""
    if isinstance(user, VariableNode):
        return user.variable.ephemeral
    if isinstance(user, OutputNode):
        return user.output.ephemeral
    return isinstance(user, LocalNode | ProviderNode | CloseNode)


def _failing() -> Steps:
    return False
    yield
