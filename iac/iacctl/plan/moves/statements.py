"""Statements of moves, and the order in which they must be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.graph.dag import Graph
from iacctl.plan.moves import endpoints
from iacctl.plan.moves.endpoints import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import ModulePath
    from iacctl.config.model import Module, ResourceKey
    from iacctl.diag import Range
    from iacctl.plan.moves.implied import Implied


class Statement:
    """One move.

    Attributes:
        from_: what it moves.
        to: where to.
        range: the block, or the resource block that implies the move.
        implied: whether nobody wrote it.
    """

    __slots__ = ("from_", "implied", "range", "to")

    def __init__(self, from_: Endpoint, to: Endpoint, range: Range, implied: bool = False) -> None:
        self.from_ = from_
        self.to = to
        self.range = range
        self.implied = implied

    def __str__(self) -> str:
        """How a cycle lists it: place, from and to."""
        start = self.range.start_pos
        return f"{self.range.file.name}:{start.line},{start.column}: {self.from_} → {self.to}"


def explicit(root: Module) -> list[Statement]:
    """The `moved` blocks of the whole tree."""
    return [
        Statement(*endpoints.of_statement(module.path, moved.from_, moved.to), moved.range)
        for module in root.walk()
        for moved in module.moved
    ]


def with_implied(written: list[Statement], implied: Iterable[Implied]) -> list[Statement]:
    """The statements, and those implied moves of resources that no statement speaks of."""
    spoken_of: dict[tuple[ModulePath, ResourceKey], list[Endpoint]] = {}
    for statement in written:
        for end in (statement.from_, statement.to):
            if end.resource is not None:
                spoken_of.setdefault((end.path, end.resource), []).append(end)
    result = list(written)
    for item in implied:
        from_ = Endpoint((), item.module, item.key, item.from_key, False)
        if any(endpoints.selects(end, item.module) for end in spoken_of.get((from_.path, item.key), ())):
            continue
        to = Endpoint((), item.module, item.key, item.to_key, False)
        result.append(Statement(from_, to, item.resource.range, implied=True))
    return result


def graph(statements: Iterable[Statement]) -> Graph[Statement]:
    """The statements, each connected with those that must be carried out before it.

    A chain goes in its own order. The move of a module comes before what is said of its contents under the new name, and
    after what is said of them under the old one.
    """
    everything = list(statements)
    result: Graph[Statement] = Graph()
    for statement in everything:
        result.add(statement)
    arriving = _Index((statement, statement.to) for statement in everything)
    leaving = _Index((statement, statement.from_) for statement in everything)
    for statement in everything:
        for earlier in arriving.same(statement.from_):
            result.connect(statement, earlier)
        for end in (statement.from_, statement.to):
            for earlier in arriving.around(end):
                result.connect(statement, earlier)
            for later in leaving.around(end):
                result.connect(later, statement)
    return result


class _Index:
    """Ends of statements by what they select."""

    def __init__(self, ends: Iterable[tuple[Statement, Endpoint]]) -> None:
        self._ends: dict[tuple[ModulePath, ResourceKey | None], list[tuple[Statement, Endpoint]]] = {}
        for statement, end in ends:
            self._ends.setdefault((end.path, end.resource), []).append((statement, end))

    def same(self, end: Endpoint) -> Iterator[Statement]:
        """The statements with an end that may select the same object."""
        for statement, other in self._ends.get((end.path, end.resource), ()):
            if endpoints.overlap(end, other):
                yield statement

    def around(self, end: Endpoint) -> Iterator[Statement]:
        """The statements with an end that selects a module which `end` lies in."""
        path = end.path
        for length in range(1, len(path) + 1):
            for statement, other in self._ends.get((path[:length], None), ()):
                if endpoints.encloses(other, end):
                    yield statement
