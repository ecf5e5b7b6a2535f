"""Which nodes a plan visits when it is given targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import AbsResource, ResourceInstance, module_path
from iacctl.eval.graphs import ResourceNode
from iacctl.eval.nodes import OutputNode
from iacctl.plan.orphans import OrphanNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.diag import Diagnostics
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.nodes import Node
    from iacctl.plan.model import Target


def restrict(
    built: ConfigGraph, targets: Sequence[Target], *, with_dependents: bool, also: Sequence[Node] = ()
) -> set[Node]:
    """Drop every node that no target needs.

    Args:
        built: the graph.
        targets: what to keep, with all it depends on.
        with_dependents: keep also what depends on a target, as a plan that destroys has to.
        also: further nodes to keep.

    Returns:
        The nodes that the targets name.
    """
    graph = built.graph
    named: set[Node] = {node for node in graph if any(_matches(node, target) for target in targets)}
    wanted = set(named)
    if with_dependents:
        dependents = graph.dependents()
        pending = list(wanted)
        while pending:
            for node in dependents[pending.pop()]:
                if isinstance(node, ResourceNode | OrphanNode) and node not in wanted:
                    wanted.add(node)
                    pending.append(node)
    wanted.update(also)
    kept = graph.reachable(wanted)
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
    return named


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
