"""Which nodes a plan visits when it is given targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import AbsResource, ResourceInstance, module_path
from iacctl.eval.graphs import ResourceNode
from iacctl.eval.nodes import OutputNode
from iacctl.plan.orphans import OrphanNode
from iacctl.plan.planning import resource_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.diag import Diagnostics
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.nodes import Node
    from iacctl.plan.model import Target
    from iacctl.plan.planning import Planning


def named(built: ConfigGraph, targets: Sequence[Target]) -> set[Node]:
    """The nodes of resources that targets name."""
    return {node for node in built.graph if any(_matches(node, target) for target in targets)}


def with_dependents(built: ConfigGraph, planning: Planning) -> set[Node]:
    """The nodes that targets name, and all resources that depend on them: by the configuration, or by the state."""
    dependents = built.graph.dependents()
    by_text: dict[str, list[Node]] = {}
    for node in built.graph:
        if isinstance(node, ResourceNode):
            by_text.setdefault(str(node), []).append(node)
        elif isinstance(node, OrphanNode):
            by_text.setdefault(str(node.address.config()), []).append(node)
    users: dict[str, set[str]] = {}
    for item in planning.previous.objects():
        if item.resource.mode == "managed":
            for dependency in item.object.dependencies:
                users.setdefault(dependency, set()).add(str(resource_of(item.resource.key).config()))
    found: set[Node] = set(planning.filtered)
    pending = list(found)
    while pending:
        node = pending.pop()
        following = list(dependents[node])
        if isinstance(node, ResourceNode | OrphanNode):
            text = str(node) if isinstance(node, ResourceNode) else str(node.address.config())
            for user in users.get(text, ()):
                following += by_text.get(user, ())
        for dependent in following:
            if dependent not in found:
                found.add(dependent)
                pending.append(dependent)
    return found


def restrict(built: ConfigGraph, wanted: Iterable[Node], also: Iterable[Node] = ()) -> None:
    """Drop every node that is not needed.

    Args:
        built: the graph.
        wanted: nodes to keep, with all they depend on.
        also: further nodes to keep.
    """
    graph = built.graph
    kept = graph.reachable([*wanted, *also])
    # Output values come along when everything they are made of does.
    for node in graph:
        if isinstance(node, OutputNode) and node not in kept and not node.path:
            needed = graph.reachable([node])
            needed.discard(node)
            if all(item in kept for item in needed if isinstance(item, ResourceNode)) and any(
                isinstance(item, ResourceNode) for item in needed
            ):
                kept.add(node)
                kept |= needed
    graph.keep(kept)


def warn(diagnostics: Diagnostics) -> None:
    """Warn that a plan with targets is no whole plan."""
    diagnostics.warning(
        "Resource targeting is in effect",
        "You are creating a plan with the -target option, which means that the result of this plan may not represent all of "
        "the changes requested by the current configuration.\n\nThe -target option is not for routine use, and is provided "
        "only for exceptional situations such as recovering from errors or mistakes, or when Terraform specifically suggests "
        "to use it as part of an error message.",
    )


def warn_applied(diagnostics: Diagnostics) -> None:
    """Warn that after applying a plan with targets there may be more to do."""
    diagnostics.warning(
        "Applied changes may be incomplete",
        "The plan was created with the -target option in effect, so some changes requested in the configuration may have been "
        "ignored and the output values may not be fully updated. Run the following command to verify that no other changes "
        "are pending:\n    terraform plan\n\nNote that the -target option is not suitable for routine use, and is provided "
        "only for exceptional situations such as recovering from errors or mistakes, or when Terraform specifically suggests "
        "to use it as part of an error message.",
    )


def _matches(node: Node, target: Target) -> bool:
    if isinstance(node, ResourceNode):
        resource = node.resource
        if isinstance(target, ResourceInstance | AbsResource):
            return (target.mode, target.type, target.name) == resource.key and module_path(target.module) == node.path
        path = module_path(target)
        return node.path[: len(path)] == path
    if isinstance(node, OrphanNode):
        address = node.address
        if isinstance(target, ResourceInstance | AbsResource):
            return (target.mode, target.type, target.name) == address[1:] and module_path(target.module) == node.path
        path = module_path(target)
        return node.path[: len(path)] == path
    return False
