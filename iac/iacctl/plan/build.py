"""Making a plan: the graph of configuration and state, walked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.addrs import ConfigResource
from iacctl.config.validate import check_self_references
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.diag.diagnostics import DEPRECATION
from iacctl.diag.events import Listener, PhaseStarted, ignore
from iacctl.eval import validating
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.graphs import ConfigGraph, ResourceNode
from iacctl.eval.nodes import Node
from iacctl.eval.surroundings import NONE as NOTHING_ELSE
from iacctl.eval.world import World
from iacctl.graph.walk import Walk
from iacctl.lang.context import Settings
from iacctl.lang.functions.results import FunctionResults
from iacctl.lang.references import RESOURCE
from iacctl.plan import (
    checks,
    destroying,
    intents,
    invocations,
    output_changes,
    relevance,
    requests,
    targeting,
)
from iacctl.plan.data_sources import DataNode
from iacctl.plan.managed import ManagedNode
from iacctl.plan.model import Options, Plan
from iacctl.plan.moves import prior
from iacctl.plan.orphans import OrphanNode, state_provider
from iacctl.plan.planning import Planning, resource_of, sort_changes
from iacctl.plan.removals import Removals, warn_of_forgotten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.addrs import AbsProviderConfig
    from iacctl.config.model import Config, Module, Resource
    from iacctl.config.providers import Resolution
    from iacctl.diag import Diagnostic
    from iacctl.eval.providers import ProviderPool
    from iacctl.eval.surroundings import Surroundings
    from iacctl.plan.destroying import Part
    from iacctl.values import Value
    from iacctl_state.document import ResourceState, StateDocument


class Inputs(NamedTuple):
    """Everything that a plan is made from.

    Attributes:
        config: the configuration, without errors.
        state: the state as it was.
        variables: values of root input variables, converted.
        providers: where provider instances come from.
        resolution: which provider configuration serves a resource.
        workspace: name of the workspace.
        working_directory: what `path.cwd` gives.
        base_dir: the directory that relative paths given to functions start from.
        timestamp: RFC 3339 time, what `plantimestamp()` gives.
        listener: takes events.
        on_walk: is given the walk before it starts, so that it can be stopped.
        unfinished: what an interrupted apply has left.
        surroundings: what comes from outside in place of what the configuration says.
    """

    config: Config
    state: StateDocument
    variables: Mapping[str, Value]
    providers: ProviderPool
    resolution: Resolution
    workspace: str = "default"
    working_directory: str = "."
    base_dir: str = "."
    timestamp: str = ""
    listener: Listener = ignore
    on_walk: Callable[[Walk], None] | None = None
    unfinished: intents.Unfinished | None = None
    surroundings: Surroundings = NOTHING_ELSE


def make_plan(inputs: Inputs, options: Options, diagnostics: Diagnostics) -> Plan | None:
    """Plan.

    Problems are added to `diagnostics`; with an error among them the plan comes back `errored`, with what was found out.

    Returns:
        The plan, or None when there are errors before anything could be planned.

    Raises:
        DiagnosticError: the graph has a cycle.
    """
    if options.invoke:
        options = options._replace(mode="refresh-only")
    if options.mode != "destroy":
        return _make(inputs, options, diagnostics)
    return destroying.make_plan(_make, _invalid, inputs, options, diagnostics)


def _make(inputs: Inputs, options: Options, diagnostics: Diagnostics, part: Part = "whole") -> Plan | None:
    """One walk; see `make_plan`. The first of the two of a destroying plan is a normal one whose conditions only warn."""
    world = World(
        inputs.config,
        inputs.providers,
        inputs.resolution,
        diagnostics,
        operation="plan",
        variables=inputs.variables,
        settings=Settings(
            inputs.base_dir, pure=True, plan_timestamp=inputs.timestamp, results=(results := FunctionResults())
        ),
        workspace=inputs.workspace,
        working_directory=inputs.working_directory,
        listener=inputs.listener,
        surroundings=inputs.surroundings,
    )
    if options.mode == "refresh-only" or part == "before destroying":
        world.condition_severity = "warning"
    if options.targets:
        targeting.warn(diagnostics)
    before = len(diagnostics)
    moved = prior.find(world, inputs.state, options)
    removals = Removals(inputs.config.root)
    if moved is None:
        return None
    if prior.is_refreshed(inputs.state, options) and not removals.check(inputs.config.root, diagnostics):
        return None
    intents.report(inputs.unfinished, diagnostics)
    asked = options._replace(refresh=False) if part == "destroying" else options
    planning = Planning(world, asked, moved, removals, intents.Intents(inputs.unfinished))
    planning.part = part
    built = _graph(world, planning)
    if diagnostics.has_errors:
        return None
    if world.settings.deprecations or world.deprecates(outputs=False):
        diagnostics.extend(_deprecations(inputs))
    walk = Walk(options.parallelism)
    if inputs.on_walk is not None:
        inputs.on_walk(walk)
    inputs.listener(PhaseStarted("planning", len(built.graph)))
    try:
        missed = walk.run(built.graph, lambda node: node.execute(world))
    finally:
        world.close_ephemerals()
    diagnostics.drop_repeated(before)
    failed = bool(missed) or walk.stopping
    if walk.stopping:
        diagnostics.error("execution halted")
    if not prior.hold(moved, world, options, before):
        return None
    requests.warn_of_missing_keys(planning)
    if options.mode == "normal" and not options.targets and inputs.config.root.imports:
        from iacctl.plan import importing

        if not options.generate_into:
            importing.report_undeclared(world)
    planning.intents.warn(diagnostics)
    if not failed and not options.targets and not options.invoke and options.mode != "destroy":
        _forget_data_sources(planning)
    if not failed and options.mode == "normal":
        _validate_unvisited(built, inputs, diagnostics)
    elif not failed and options.invoke:
        diagnostics.extend(_invalid(inputs, {str(node) for node in built.actions.values()}))
    errored = failed or diagnostics.has_errors
    planned = sort_changes(planning.changes)
    outputs = {} if options.invoke else output_changes.find(world, planning)
    if not errored:
        warn_of_forgotten(planned, diagnostics)
    config = inputs.config
    generated = tuple(sorted(planning.generated, key=lambda item: item.address.order()))
    if generated:
        from iacctl.plan import generating

        config = generating.with_generated(config, generated)
        diagnostics.warning(
            "Config generation is experimental",
            "Generating configuration during import is currently experimental, and the generated configuration format may "
            "change in future versions.",
        )
    return Plan(
        options,
        config,
        dict(inputs.variables),
        inputs.state,
        planning.refreshed,
        planned,
        sort_changes(planning.drift),
        outputs,
        checks.results(world),
        relevance.RelevantAttributes(built, planning, outputs),
        inputs.timestamp,
        errored=errored,
        complete=not errored and not options.targets,
        altered=planning.altered,
        workspace=inputs.workspace,
        settled_intents=tuple(planning.intents.settled),
        function_results=results.digests(),
        invocations=invocations.sort(planning.invocations),
        generated=generated,
    )


def _validate_unvisited(built: ConfigGraph, inputs: Inputs, diagnostics: Diagnostics) -> None:
    """Validate blocks without instances, what is in modules without instances, and provisioners: nothing has evaluated them."""
    world = built.world
    names: set[str] = set()
    for node in built.graph:
        instances = world.modules.at(node.path)
        if isinstance(node, OrphanNode):
            continue
        if not instances:
            names.add(str(node))
        elif isinstance(node, ResourceNode):
            found = [data.resources.get(node.resource.key) for data in instances]
            if node.resource.provisioners or not any(item is not None and item.instances for item in found):
                names.add(str(node))
    names.update(str(node) for node in built.actions.values())
    if names:
        diagnostics.extend(_invalid(inputs, names))


def _deprecations(inputs: Inputs) -> list[Diagnostic]:
    """The warnings of deprecated variables and values that validation gives, and planning tells again."""
    return [item for item in _validated(inputs) if item.tag == DEPRECATION]


def _invalid(inputs: Inputs, names: set[str] | None = None) -> list[Diagnostic]:
    """The errors of validating the nodes of these names, or all."""
    return _validated(inputs, names).errors


def _validated(inputs: Inputs, names: set[str] | None = None) -> Diagnostics:
    """What validating the nodes of these names, or all, gives."""
    again = World(
        inputs.config,
        inputs.providers,
        inputs.resolution,
        Diagnostics(),
        operation="validate",
        variables={},
        settings=Settings(inputs.base_dir, pure=True),
        workspace=inputs.workspace,
        working_directory=inputs.working_directory,
        surroundings=inputs.surroundings.unobserved(),
    )
    try:
        validating.validate(again, names)
    except DiagnosticError as error:
        return error.diagnostics
    return again.diags


def _graph(world: World, planning: Planning) -> ConfigGraph:
    """The graph of everything to be planned."""

    def make(module: Module, resource: Resource, provider: AbsProviderConfig) -> ResourceNode:
        if resource.mode == "ephemeral":
            from iacctl.eval.ephemeral_nodes import EphemeralNode

            return EphemeralNode(module, resource, provider, world)
        kind = ManagedNode if resource.mode == "managed" else DataNode
        return kind(module, resource, provider, world, planning)

    built = ConfigGraph(world, make)
    built.build()
    for node in built.resources.values():
        own = (reference for path, reference in node.references() if path == node.path)
        check_self_references(node.resource, own, world.diags)
        if world.metas is not None and node.resource.mode != "ephemeral":
            world.metas.check(node.path, node.provider.provider, str(node), world.diags)
    if world.diags.has_errors:
        return built
    if planning.options.generate_into and world.config.root.imports:
        from iacctl.plan import generating

        generating.add_nodes(built, planning)
    _add_orphans(built, planning)
    if built.actions or planning.options.invoke:
        from iacctl.plan import actions

        actions.add_nodes(built, planning)
    built.check_cycles()
    intents.add_node(built, planning)
    if planning.options.invoke:
        actions.restrict_to_invoked(built, planning)
    targets = planning.options.targets
    if targets:
        planning.filtered = frozenset(targeting.named(built, targets))
    if planning.options.mode == "destroy":
        destroying.prepare(built, planning, targeting.with_dependents(built, planning) if targets else None)
    elif targets:
        also = actions.triggered_by(built, planning.filtered) if built.actions else ()
        targeting.restrict(built, planning.filtered, also)
    record_dependencies(built)
    for resource in built.resources.values():
        if isinstance(resource, DataNode):
            resource.awaited = _awaited(built, resource)
    if world.ephemerals is not None:
        from iacctl.eval.ephemeral_nodes import add_closes

        add_closes(built)
    return built


def _awaited(built: ConfigGraph, node: DataNode) -> frozenset[ConfigResource]:
    """The managed resources whose changes a data source is to wait for.

    These are those that `depends_on` names, directly or through modules and values, and those that the block refers to by
    name, even if what it takes of them is known. In a check block, and where there are conditions, everything counts that the
    block is derived from in any way.
    """
    if node not in built.graph:
        return frozenset()
    targets = {needed for path, reference in node.depends_on for needed in built.targets(path, reference, whole=True)}
    resource = node.resource
    anything = resource.enclosing_check is not None or resource.preconditions or resource.postconditions
    for path, reference in node.references():
        if anything or (reference.kind == RESOURCE and reference.mode == "managed"):
            targets.update(built.targets(path, reference))
    targets.intersection_update(built.graph.dependencies(node))
    found = set() if anything else {needed for needed in targets if isinstance(needed, ResourceNode)}
    found.update(needed for needed in built.graph.reachable(targets - found) if isinstance(needed, ResourceNode))
    return frozenset(
        ConfigResource(needed.path, *needed.resource.key) for needed in found if needed.resource.mode == "managed"
    )


def _forget_data_sources(planning: Planning) -> None:
    """Data sources that the configuration has no more just leave the state."""
    modules = planning.world.modules
    for stored in list(planning.previous.resources.values()):
        if stored.mode == "data":
            address = resource_of(stored.key)
            data = modules.get(address.module)
            if data is None or (stored.mode, stored.type, stored.name) not in data.module.resources:
                for key in stored.instances:
                    planning.save(address.instance(key), None, None, stored.provider)


def _add_orphans(built: ConfigGraph, planning: Planning) -> None:
    """Add a node for every resource of the state that a block may not deal with."""
    by_address: dict[str, list[Node]] = {}
    orphans: list[OrphanNode] = []
    root = built.world.config.root
    for stored in planning.previous.resources.values():
        if stored.mode != "managed":
            continue
        if not stored.module and (stored.mode, stored.type, stored.name) in root.resources:
            continue
        provider = state_provider(stored)
        if provider is None:
            continue
        if (provider.module or provider.alias) and provider not in built.world.resolution.blocks:
            _report_lost_provider(stored, provider, built.world.diags)
            continue
        orphan = OrphanNode(stored, provider, planning)
        orphans.append(orphan)
        built.graph.add(orphan)
        built.graph.connect(orphan, built.provider_node(provider))
        for length in range(1, len(orphan.path) + 1):
            for node in built.calls(orphan.path[:length]):
                built.graph.connect(orphan, node)
        by_address.setdefault(str(orphan.address.config()), []).append(orphan)
    for orphan in orphans:
        for instance in orphan.stored.instances.values():
            for item in (instance.current, *instance.deposed.values()):
                for dependency in item.dependencies if item is not None else ():
                    for needed in by_address.get(dependency, ()):
                        built.graph.connect(orphan, needed)


def _report_lost_provider(stored: ResourceState, provider: AbsProviderConfig, diags: Diagnostics) -> None:
    for key in stored.instances:
        address = resource_of(stored.key).instance(key)
        diags.error(
            "Provider configuration not present",
            f"To work with {address} (orphan) its original provider configuration at {provider} is required, but it has been "
            "removed. This occurs when a provider configuration is removed while objects created by that provider still "
            f"exist in the state. Re-add the provider configuration to destroy {address} (orphan), after which you can "
            "remove the provider configuration again.",
        )


def record_dependencies(built: ConfigGraph) -> None:
    """Work out for every resource block what it depends on, and whether it must be replaced create-first."""
    order = built.graph.order()
    assert order is not None, "cycles are reported before"
    found: dict[Node, frozenset[str]] = {}
    empty: frozenset[str] = frozenset()
    forcing: list[Node] = []
    for node in order:
        own = empty
        for needed in built.graph.dependencies(node):
            inherited = found[needed]
            if inherited and inherited is not own:
                own = own | inherited if own else inherited
        if isinstance(node, ConfiguredNode):
            node.dependency_texts = tuple(sorted(own))
            if node.resource.create_before_destroy:
                forcing.append(node)
            own = own | {str(node)}
        found[node] = own
    if forcing:
        for node in built.graph.reachable(forcing):
            if isinstance(node, ConfiguredNode) and node.resource.mode == "managed":
                node.force_create_before_destroy = True
