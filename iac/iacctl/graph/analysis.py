"""What needs real graph algorithms, on networkx: imported only by the paths that explain or draw a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import networkx

if TYPE_CHECKING:
    from iacctl.graph.dag import Graph

N = TypeVar("N")


def to_networkx(graph: Graph[N]) -> networkx.DiGraph[N]:
    """The graph with an edge from each node to what it depends on."""
    result: networkx.DiGraph[N] = networkx.DiGraph()
    result.add_nodes_from(graph)
    result.add_edges_from(graph.edges())
    return result


def cycles(graph: Graph[N]) -> list[list[N]]:
    """The groups of nodes that depend on each other, each in the order of one shortest cycle through it.

    Every strongly connected group with more than one node is reported once.
    """
    whole = to_networkx(graph)
    result: list[list[N]] = []
    for component in networkx.strongly_connected_components(whole):
        if len(component) < 2:
            continue
        inside = whole.subgraph(component)
        start = min(component, key=str)
        shortest: list[N] = []
        for successor in sorted(inside.successors(start), key=str):
            path = networkx.shortest_path(inside, successor, start)
            if not shortest or len(path) + 1 < len(shortest):
                shortest = [start, *path[:-1]]
        result.append(shortest)
    return sorted(result, key=lambda group: str(group[0]))


def components(graph: Graph[N]) -> list[set[N]]:
    """The groups of nodes that depend on each other, directly or not, with all their members."""
    found = networkx.strongly_connected_components(to_networkx(graph))
    return [component for component in found if len(component) > 1]
