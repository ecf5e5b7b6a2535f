"""The dependency graph: order, reach, and what is left of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iacctl.graph.analysis import cycles
from iacctl.graph.dag import Graph

EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40)


def graph(edges: list[tuple[int, int]]) -> Graph[int]:
    """A graph whose nodes depend on the second of each pair."""
    made: Graph[int] = Graph()
    for pair in edges:
        for node in pair:
            made.add(node)
        made.connect(*pair)
    return made


def test_a_node_comes_after_what_it_depends_on() -> None:
    assert graph([(1, 2), (2, 3), (1, 3)]).order() == [3, 2, 1]


def test_nodes_without_a_reason_keep_the_order_in_which_they_were_added() -> None:
    made: Graph[str] = Graph()
    for name in "cab":
        made.add(name)
    assert made.order() == ["c", "a", "b"]


def test_nothing_depends_on_itself() -> None:
    assert graph([(1, 1)]).order() == [1]


def test_reach_and_dependents() -> None:
    made = graph([(1, 2), (2, 3), (4, 3)])
    assert made.reachable([1]) == {1, 2, 3}
    assert made.dependents() == {1: [], 2: [1], 3: [2, 4], 4: []}


def test_what_is_dropped_takes_its_edges_along() -> None:
    made = graph([(1, 2), (2, 3)])
    made.keep({1, 3})
    assert len(made) == 2
    assert 2 not in made
    assert list(made.edges()) == []


@given(EDGES)
def test_an_order_exists_unless_there_is_a_cycle(edges: list[tuple[int, int]]) -> None:
    made = graph(edges)
    order = made.order()
    found = cycles(made)
    assert (order is None) is bool(found)
    if order is not None:
        place = {node: index for index, node in enumerate(order)}
        assert all(place[node] > place[dependency] for node, dependency in made.edges())
    for cycle in found:
        for node, needed in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            assert needed in made.dependencies(node)


@given(EDGES)
def test_a_reduced_graph_reaches_the_same(edges: list[tuple[int, int]]) -> None:
    made = graph([(max(pair), min(pair)) for pair in edges])
    small = graph(list(made.reduced_edges()))
    for node in made:
        assert made.reachable([node]) == (small.reachable([node]) if node in small else {node})
