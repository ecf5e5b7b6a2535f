"""The graph of an apply: evaluation and changes in the order of references, destruction in the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.apply.data_sources import ApplyDataNode
from iacctl.apply.destroying import DestroyNode
from iacctl.apply.managed import ApplyNode
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.graphs import ConfigGraph, ResourceNode
from iacctl.eval.nodes import CallNode, Node, OutputNode
from iacctl.plan import changes, targeting
from iacctl.plan.build import record_dependencies

if TYPE_CHECKING:
    from iacctl.addrs import AbsProviderConfig, ConfigResource
    from iacctl.apply.actions import InvocationsNode
    from iacctl.apply.applying import Applying
    from iacctl.config.model import Module, Resource
    from iacctl.eval.world import World


def build(world: World, applying: Applying) -> ConfigGraph:
    """The graph of everything that the plan asks for.

    Raises:
        DiagnosticError: it has a cycle.
    """

    def make(module: Module, resource: Resource, provider: AbsProviderConfig) -> ResourceNode:
        if resource.mode == "ephemeral":
            from iacctl.eval.ephemeral_nodes import EphemeralNode

            return EphemeralNode(module, resource, provider, world)
        kind = ApplyNode if resource.mode == "managed" else ApplyDataNode
        return kind(module, resource, provider, world, applying)

    built = ConfigGraph(world, make)
    built.build()
    destroyers = _destroyers(built, applying)
    invoked: list[InvocationsNode] = []
    if applying.plan.invocations:
        from iacctl.apply import actions

        invoked = actions.add_nodes(built, applying)
        _order_destruction(built, destroyers, invoked)
        if applying.plan.options.invoke:
            built.graph.keep(built.graph.reachable(invoked))
    if applying.plan.options.mode == "destroy":
        _only_destroy(built, destroyers)
    built.check_cycles()
    provisioned = [node for node in built.graph if isinstance(node, ApplyNode) and node.provisioners is not None]
    if provisioned and applying.plan.options.mode != "destroy":
        from iacctl.apply import own_instances

        own_instances.check_cycles(provisioned, applying)
    record_dependencies(built)
    _order(built, applying, destroyers)
    _read_for_checks_last(built)
    targets = applying.plan.options.targets
    if targets and applying.plan.options.mode != "destroy":
        targeting.restrict(built, targeting.named(built, targets), [*destroyers, *invoked])
    if world.ephemerals is not None:
        from iacctl.eval.ephemeral_nodes import add_closes

        add_closes(built)
    built.check_cycles()
    return built


def _order_destruction(
    built: ConfigGraph, destroyers: list[DestroyNode], invoked: list[InvocationsNode]
) -> None:
    """Put what actions come before in front of the destruction of what is replaced, too."""
    before = {str(node.resource): node for node in invoked if node.before}
    for destroyer in destroyers:
        first = before.get(str(destroyer.address))
        if first is not None and not destroyer.create_first:
            built.graph.connect(destroyer, first)


class _ChangesMade(Node):
    """The point where all objects of the configuration are what they are to be."""

    __slots__ = ()

    def __str__(self) -> str:
        return "checks (start)"


def _read_for_checks_last(built: ConfigGraph) -> None:
    """Data sources of check blocks are to see what the apply has changed, whatever they refer to."""
    present = [node for node in built.resources.values() if node in built.graph]
    scoped = [node for node in present if node.resource.enclosing_check is not None]
    if not scoped:
        return
    start = _ChangesMade(())
    built.graph.add(start)
    for node in present:
        if node.resource.mode == "managed":
            built.graph.connect(start, node)
    for reader in scoped:
        built.graph.connect(reader, start)


def tolerates(built: ConfigGraph, dependent: Node, failed: Node) -> bool:
    """Whether a node has something to do although one that it depends on failed: for the instances that went well.

    That is so for what is created in place of destroyed objects, and for the destruction of what has been replaced.
    """
    if isinstance(failed, ApplyNode) and getattr(dependent, "resource", None) is failed:
        return bool(failed.failed_keys)  # actions after the changes that went well
    if isinstance(failed, DestroyNode):
        return isinstance(dependent, ApplyNode) and not failed.create_first and str(dependent) == str(failed.address)
    if isinstance(dependent, DestroyNode):
        return isinstance(failed, ApplyNode) and bool(failed.failed_keys) and str(failed) == str(dependent.address)
    return built.tolerates(dependent, failed)


def _destroyers(built: ConfigGraph, applying: Applying) -> list[DestroyNode]:
    """A node for the objects of each resource that go away."""
    found: dict[tuple[ConfigResource, bool], DestroyNode] = {}
    for change in applying.plan.changes:
        if change.action in (changes.DELETE, changes.FORGET):
            stored = applying.stored(change.address, change.deposed)
            create_first = change.deposed is not None or (stored is not None and stored.create_before_destroy)
        elif change.action in changes.REPLACING:
            create_first = change.action != changes.DELETE_THEN_CREATE
        else:
            continue
        key = (change.address.config(), create_first)
        node = found.get(key)
        if node is None:
            node = found[key] = DestroyNode(key[0], create_first, applying)
            built.graph.add(node)
        node.add(change)
        built.graph.connect(node, built.provider_node(change.provider))
    return list(found.values())


def _order(built: ConfigGraph, applying: Applying, destroyers: list[DestroyNode]) -> None:
    """Connect destruction with destruction and with creation.

    What was made from an object goes away before it. What is created waits for the destruction of what it depended on,
    or, where replacements are created first, the other way round.
    """
    graph = built.graph
    by_address: dict[str, list[DestroyNode]] = {}
    for node in destroyers:
        by_address.setdefault(str(node.address), []).append(node)
    for node in destroyers:
        for dependency in node.dependencies:
            for needed in by_address.get(dependency, ()):
                graph.connect(needed, node)
    changing: list[tuple[ApplyNode, set[str]]] = []
    for resource in built.resources.values():
        if isinstance(resource, ApplyNode):
            former = _former_dependencies(resource, applying)
            if former is not None:
                changing.append((resource, former))
    by_text = {str(node): node for node, _ in changing}
    for creator, former in changing:
        own = str(creator)
        for dependency in (own, *former):
            for destroyer in by_address.get(dependency, ()):
                if destroyer.create_first:
                    graph.connect(destroyer, creator)
                else:
                    graph.connect(creator, destroyer)
    for destroyer in destroyers:
        for dependency in destroyer.dependencies:
            creator_ = by_text.get(dependency)
            if creator_ is not None and not destroyer.create_first:
                graph.connect(creator_, destroyer)
    _outlive(built, destroyers, by_address, by_text)


def _former_dependencies(node: ApplyNode, applying: Applying) -> set[str] | None:
    """What the objects that a block is going to change were made from; None when it changes nothing."""
    found: set[str] | None = None
    for data_change in applying.changes_of(node.path, node.resource.key):
        if data_change.action in (changes.NO_OP, changes.DELETE, changes.FORGET):
            continue
        if found is None:
            found = set()
        found |= applying.dependencies(data_change.address)
    return found


def _outlive(
    built: ConfigGraph,
    destroyers: list[DestroyNode],
    by_address: dict[str, list[DestroyNode]],
    by_text: dict[str, ApplyNode],
) -> None:
    """What a provider's configuration is made from goes away only after everything that the provider destroys."""
    needed_by: dict[AbsProviderConfig, list[DestroyNode]] = {}
    for node in destroyers:
        for provider in node.providers:
            if provider not in needed_by:
                sources = built.graph.reachable([built.provider_node(provider)])
                needed_by[provider] = [
                    destroyer
                    for source in sources
                    if isinstance(source, ConfiguredNode) and str(source) not in by_text
                    for destroyer in by_address.get(str(source), ())
                ]
            for last in needed_by[provider]:
                built.graph.connect(last, node)


def _only_destroy(built: ConfigGraph, destroyers: list[DestroyNode]) -> None:
    """Keep only what destroying needs; module instances come from the state."""
    graph = built.graph
    kept = graph.reachable(destroyers)
    graph.keep({node for node in kept if not isinstance(node, CallNode | OutputNode)})
