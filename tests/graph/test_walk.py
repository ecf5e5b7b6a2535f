"""Walking a graph: order, side by side, failure, stopping."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iacctl.graph.dag import Graph
from iacctl.graph.walk import Job, Stopped, Waiting, Walk

from .test_dag import EDGES, graph

if TYPE_CHECKING:
    from iacctl.graph.walk import Steps


def ran(call: Any = lambda: None, *, inline: bool = False, **more: Any) -> Steps:
    """A piece of work that makes one call."""
    yield Job(call, inline, **more)
    return True


@settings(deadline=None)
@given(EDGES, st.integers(1, 4))
def test_every_node_is_visited_once_and_after_what_it_needs(edges: list[tuple[int, int]], parallelism: int) -> None:
    made = graph([(max(pair), min(pair)) for pair in edges])
    begun: list[int] = []
    ended: set[int] = set()

    def execute(node: int) -> list[Steps]:
        assert set(made.dependencies(node)) <= ended
        begun.append(node)

        def work() -> Steps:
            yield Job(lambda: None, inline=node % 2 == 0)
            ended.add(node)
            return True

        return [work()]

    assert Walk(parallelism).run(made, execute) == set()
    assert sorted(begun) == sorted(made)


def test_what_depends_on_a_failure_is_not_visited() -> None:
    made = graph([(1, 2), (2, 3), (5, 4)])
    visited: list[int] = []

    def execute(node: int) -> bool:
        visited.append(node)
        return node != 3

    assert Walk().run(made, execute) == {1, 2, 3}
    assert sorted(visited) == [3, 4, 5]


def test_a_dependent_may_tolerate_a_failure() -> None:
    made = graph([(1, 2), (3, 2)])
    missed = Walk().run(made, lambda node: node != 2, lambda dependent, failed: (dependent, failed) == (1, 2))
    assert missed == {2, 3}


def test_pieces_of_one_node_do_not_stop_each_other() -> None:
    made = graph([(2, 1)])
    done: list[str] = []

    def good() -> Steps:
        yield Job(lambda: done.append("good"))
        return True

    def bad() -> Steps:
        yield Job(lambda: None)
        return False

    assert Walk().run(made, lambda node: [bad(), good()] if node == 1 else True) == {1, 2}
    assert done == ["good"]


def test_exceptions_come_back_where_the_call_was_asked_for() -> None:
    made: Graph[int] = Graph()
    made.add(1)
    seen: list[str] = []

    def work(inline: bool) -> Steps:
        try:
            yield Job(lambda: 1 // 0, inline)
        except ZeroDivisionError as error:
            seen.append(str(error))
        return True

    assert Walk().run(made, lambda _: [work(False), work(True)]) == set()
    assert len(seen) == 2


def test_an_exception_that_nobody_catches_ends_the_walk() -> None:
    with pytest.raises(ZeroDivisionError):
        Walk().run(graph([(2, 1)]), lambda _: [ran(lambda: 1 // 0)])


def test_calls_run_side_by_side_up_to_the_limit() -> None:
    barrier = threading.Barrier(3, timeout=10)
    made: Graph[int] = Graph()
    for node in range(3):
        made.add(node)
    assert Walk(3).run(made, lambda _: [ran(barrier.wait)]) == set()

    running: list[int] = []
    most: list[int] = []

    def call() -> None:
        running.append(1)
        most.append(len(running))
        time.sleep(0.01)
        running.pop()

    made = Graph()
    for node in range(8):
        made.add(node)
    Walk(2).run(made, lambda _: [ran(call)])
    assert max(most) == 2


def test_waiting_takes_no_thread() -> None:
    made: Graph[int] = Graph()
    made.add(1)

    def work() -> Steps:
        value = yield Waiting(lambda arrived: threading.Timer(0.01, arrived, ["there"]).start())
        assert value == "there"
        with pytest.raises(KeyError):
            yield Waiting(lambda arrived: arrived(KeyError("gone")))
        return True

    walk = Walk(1)
    assert walk.run(made, lambda _: [work(), work()]) == set()
    assert walk._threads == []


def test_the_walking_thread_is_told_when_a_call_begins() -> None:
    made: Graph[int] = Graph()
    made.add(1)
    seen: list[tuple[str, int]] = []

    def began() -> None:
        seen.append(("began", threading.get_ident()))

    def call() -> None:
        seen.append(("called", threading.get_ident()))

    Walk(1).run(made, lambda _: [ran(call, began=began)])
    Walk(1).run(made, lambda _: [ran(call, inline=True, began=began)])
    here = threading.get_ident()
    assert sorted(word for word, _ in seen) == ["began", "began", "called", "called"]
    assert all(thread == here for word, thread in seen if word == "began")
    assert seen[-2:] == [("began", here), ("called", here)]


def test_stopping_awaits_what_runs_and_begins_nothing_more() -> None:
    made = graph([(2, 1)])
    walk = Walk(1)
    calls: list[int] = []
    told: list[int] = []

    def work(number: int) -> Steps:
        def call() -> None:
            calls.append(number)
            walk.stop()
            time.sleep(0.05)

        try:
            yield Job(call)
        except Stopped:
            told.append(number)
            raise
        return True

    missed = walk.run(made, lambda node: [work(node * 10 + number) for number in range(3)])
    assert missed == {1, 2}
    assert calls == [10]
    assert sorted(told) == [11, 12]
    assert walk.stopping


def test_a_walk_that_is_stopped_before_it_starts_visits_nothing() -> None:
    walk = Walk()
    walk.stop()
    assert walk.run(graph([(2, 1)]), lambda _: pytest.fail("visited")) == {1, 2}
