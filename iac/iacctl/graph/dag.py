"""A directed graph of things that depend on each other."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

N = TypeVar("N")


class Graph(Generic[N]):
    """Nodes, each with the nodes it depends on, in order of insertion; told apart by hash and equality."""

    __slots__ = ("_dependencies",)

    def __init__(self) -> None:
        self._dependencies: dict[N, dict[N, None]] = {}

    def add(self, node: N) -> None:
        """Add a node; nothing happens where it is there already."""
        self._dependencies.setdefault(node, {})

    def connect(self, node: N, dependency: N) -> None:
        """Say that `node` depends on `dependency`. Both must have been added. A node never depends on itself."""
        if node is not dependency:
            self._dependencies[node][dependency] = None

    def disconnect(self, node: N, dependency: N) -> None:
        """Take a dependency away again."""
        self._dependencies[node].pop(dependency, None)

    def dependencies(self, node: N) -> Iterable[N]:
        """What `node` directly depends on."""
        return self._dependencies[node]

    def dependents(self) -> dict[N, list[N]]:
        """For every node, those that directly depend on it. Made anew at each call."""
        result: dict[N, list[N]] = {node: [] for node in self._dependencies}
        for node, needed in self._dependencies.items():
            for dependency in needed:
                result[dependency].append(node)
        return result

    def reachable(self, start: Iterable[N]) -> set[N]:
        """The nodes of `start` and everything they depend on, directly or not."""
        found = set(start)
        pending = list(found)
        while pending:
            for dependency in self._dependencies[pending.pop()]:
                if dependency not in found:
                    found.add(dependency)
                    pending.append(dependency)
        return found

    def keep(self, nodes: set[N]) -> None:
        """Drop all other nodes, with their edges."""
        self._dependencies = {
            node: {dependency: None for dependency in needed if dependency in nodes}
            for node, needed in self._dependencies.items()
            if node in nodes
        }

    def order(self) -> list[N] | None:
        """All nodes, each after what it depends on; None when there is a cycle."""
        waiting = {node: len(needed) for node, needed in self._dependencies.items()}
        ready = deque(node for node, count in waiting.items() if not count)
        dependents = self.dependents()
        ordered: list[N] = []
        while ready:
            node = ready.popleft()
            ordered.append(node)
            for dependent in dependents[node]:
                waiting[dependent] -= 1
                if not waiting[dependent]:
                    ready.append(dependent)
        return ordered if len(ordered) == len(self._dependencies) else None

    def edges(self) -> Iterator[tuple[N, N]]:
        """All pairs of a node and something it depends on."""
        for node, needed in self._dependencies.items():
            for dependency in needed:
                yield node, dependency

    def reduced_edges(self) -> Iterator[tuple[N, N]]:
        """The edges that remain when those implied by others are left out; all of them where there is a cycle."""
        order = self.order()
        if order is None:
            yield from self.edges()
            return
        # For each node all that it depends on, as the bits of a number; the n-th bit is that of the n-th node in order.
        bits = {node: 1 << number for number, node in enumerate(order)}
        reached: dict[N, int] = {}
        for node in order:
            further = 0
            for dependency in self._dependencies[node]:
                further |= reached[dependency]
            own = further
            for dependency in self._dependencies[node]:
                if not further & bits[dependency]:
                    yield node, dependency
                own |= bits[dependency]
            reached[node] = own

    def __iter__(self) -> Iterator[N]:
        return iter(self._dependencies)

    def __len__(self) -> int:
        return len(self._dependencies)

    def __contains__(self, node: object) -> bool:
        return node in self._dependencies
