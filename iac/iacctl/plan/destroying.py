"""Plans that destroy everything: the state says what there is, the configuration only how to reach it.

As Terraform does it, such a plan begins with a normal one. What that reads, be it objects or data sources, is what the
destroying plan starts from; what it would change is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from iacctl import values
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.eval import objects
from iacctl.eval.conditions import REFUSED_VALUE
from iacctl.eval.nodes import CallNode
from iacctl.eval.provider_nodes import ProviderNode
from iacctl.plan import changes
from iacctl.plan.intents import UnfinishedNode
from iacctl.plan.managed import ManagedNode
from iacctl.plan.moves import prior
from iacctl.plan.orphans import OrphanNode
from iacctl.plan.planning import module_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.diag import Diagnostic
    from iacctl.eval.data import ModuleData
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.nodes import Node
    from iacctl.eval.world import World
    from iacctl.graph.walk import Walk
    from iacctl.plan.build import Inputs
    from iacctl.plan.model import Options, Plan
    from iacctl.plan.planning import Planning
    from iacctl_state.document import StateDocument

Part: TypeAlias = Literal["whole", "before destroying", "destroying"]
"""Which walk of a plan it is: the only one, or one of the two of a destroying plan."""


def make_plan(
    make: Callable[[Inputs, Options, Diagnostics, Part], Plan | None],
    invalid: Callable[[Inputs], list[Diagnostic]],
    inputs: Inputs,
    options: Options,
    diagnostics: Diagnostics,
) -> Plan | None:
    """Plan the destruction of everything, after looking at what there is.

    Where the configuration is valid but a normal plan is not possible (Terraform refuses to destroy then), data sources
    are not read, and objects are read as they are met.

    Args:
        make: walks once.
        invalid: gives the errors in the configuration.
        inputs: see `build.make_plan`.
        options: those of the destroying plan.
        diagnostics: gets the problems of the destroying walk; those of the other are the ones of a plan nobody asked for.

    Returns:
        See `build.make_plan`.
    """
    errors: list[Diagnostic] = []
    if prior.is_refreshed(inputs.state, options):
        looked, problems, stopped = _look(make, inputs, options)
        if stopped:
            diagnostics.extend(problems)
            return None if looked is None else looked._replace(options=options, changes=(), outputs={})
        if looked is not None and not looked.errored:
            plan = make(inputs._replace(state=_state_of(looked)), options, diagnostics, "destroying")
            return None if plan is None else plan._replace(previous_state=inputs.state)
        errors = [problem for problem in problems.errors if problem.summary == REFUSED_VALUE]
    errors = invalid(inputs) or errors
    if errors:
        diagnostics.extend(errors)
        return None
    return make(inputs, options, diagnostics, "whole")


def _look(
    make: Callable[[Inputs, Options, Diagnostics, Part], Plan | None], inputs: Inputs, options: Options
) -> tuple[Plan | None, Diagnostics, bool]:
    """The normal plan, the problems of it, and whether it was interrupted."""
    walks: list[Walk] = []

    def watch(walk: Walk) -> None:
        walks.append(walk)
        if inputs.on_walk is not None:
            inputs.on_walk(walk)

    problems = Diagnostics()
    looked = None
    try:
        first = inputs._replace(on_walk=watch, unfinished=None)
        looked = make(first, options._replace(mode="normal"), problems, "before destroying")
    except DiagnosticError as error:
        problems.extend(error.diagnostics)
    return looked, problems, any(walk.stopping for walk in walks)


def _state_of(looked: Plan) -> StateDocument:
    """The state as the normal plan has found it, with the output values that it knows."""
    state = looked.prior_state
    for name, change in looked.outputs.items():
        if change.action == changes.DELETE:
            continue  # outputs without a block leave the state when a plan is applied
        if values.is_null(change.after):
            state.remove_output(name)
        elif values.is_wholly_known(change.after):
            state.set_output(name, objects.output_state(change.after, change.sensitive))
    return state


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

