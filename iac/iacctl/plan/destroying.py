"""Plans that destroy everything: the state says what there is, the configuration only how to reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.eval.nodes import CallNode
from iacctl.eval.provider_nodes import ProviderNode
from iacctl.plan.intents import UnfinishedNode
from iacctl.plan.managed import ManagedNode
from iacctl.plan.orphans import OrphanNode
from iacctl.plan.planning import module_of

if TYPE_CHECKING:
    from iacctl.eval.data import ModuleData
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.nodes import Node
    from iacctl.eval.world import World
    from iacctl.plan.planning import Planning


def prepare(built: ConfigGraph, planning: Planning, only: set[Node] | None) -> None:
    """Cut the graph down to what destroying needs, and make module instances from the state.

    Values are evaluated only where a provider's configuration needs them: destroying must not fail since some other
    expression has nothing to refer to any more.

    Args:
        built: the graph.
        planning: the walk to come.
        only: the resources to destroy; None for all.
    """
    world = built.world
    for output in world.config.root.outputs.values():
        if output.preconditions:  # of all conditions these alone have an instance that is known without evaluation
            address = f"output.{output.name}"
            world.check_state("output_value", address).expect(address, len(output.preconditions))
    for stored in planning.previous.resources.values():
        ensure_module(world, module_of(stored.module))
    graph = built.graph
    kinds = ManagedNode | OrphanNode | UnfinishedNode
    ends = [node for node in graph if isinstance(node, kinds) and (only is None or node in only)]
    for node in ends:
        for needed in list(graph.dependencies(node)):
            if not isinstance(needed, ProviderNode):
                graph.disconnect(node, needed)
    kept = graph.reachable(ends)
    graph.keep({node for node in kept if not isinstance(node, CallNode)})


def ensure_module(world: World, address: tuple[tuple[str, int | str | None], ...]) -> ModuleData | None:
    """The data of a module instance that the state has; None where the configuration has no such module."""
    found = world.modules.get(address)
    if found is not None:
        return found
    parent = ensure_module(world, address[:-1])
    name, key = address[-1]
    if parent is None or name not in parent.module.children:
        return None
    return world.modules.add(parent, name, key)

