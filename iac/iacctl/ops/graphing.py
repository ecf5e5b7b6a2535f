"""The operation `graph`: what has to happen before what, as a picture would show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs import ConfigResource, module_path_text
from iacctl.diag import Diagnostics
from iacctl.graph.dag import Graph
from iacctl.ops import project as projects
from iacctl.ops.drawing import Drawing, Kind, Vertex
from iacctl.plan import changes
from iacctl.plan.planning import resource_of, state_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iacctl.ops.project import Project
    from iacctl.plan.changes import ResourceChange
    from iacctl.plan.model import Plan
    from iacctl_state.document import StateDocument

_MAKING: Final = frozenset(
    (changes.CREATE, changes.UPDATE, changes.READ, changes.DELETE_THEN_CREATE, changes.CREATE_THEN_DELETE)
)
_DESTROYING: Final = frozenset((changes.DELETE, changes.DELETE_THEN_CREATE, changes.CREATE_THEN_DELETE))


def resource_graph(project: Project, state: StateDocument) -> Graph[Vertex]:
    """The resources of a configuration and a state alone, each depending on those that it is derived from in any way.

    Raises:
        DiagnosticError: there is a cycle.
    """
    whole = operation_graph(project, state, "plan")
    require_order(whole)
    found: Graph[Vertex] = Graph()
    by_resource: dict[ConfigResource, Vertex] = {}
    for vertex in whole:
        if vertex.resource is not None:
            found.add(by_resource.setdefault(vertex.resource, vertex))
    for vertex in whole:
        if vertex.resource is None:
            continue
        pending = list(whole.dependencies(vertex))
        seen = set(pending)
        while pending:
            needed = pending.pop()
            if needed.resource is not None:
                found.connect(by_resource[vertex.resource], by_resource[needed.resource])
                continue
            for further in whole.dependencies(needed):
                if further not in seen:
                    seen.add(further)
                    pending.append(further)
    return found


def require_order(graph: Graph[Vertex]) -> None:
    """Make sure that a graph has no cycles.

    Raises:
        DiagnosticError: it has.
    """
    found = Diagnostics()
    for cycle in _cycles(graph):
        found.error("Cycle: " + ", ".join(vertex.name for vertex in cycle))
    found.raise_errors()


def cyclic_edges(graph: Graph[Vertex]) -> frozenset[tuple[Vertex, Vertex]]:
    """The edges of cycles, one cycle for each group of vertices that depend on each other."""
    return frozenset(pair for cycle in _cycles(graph) for pair in zip(cycle, [*cycle[1:], cycle[0]], strict=True))


def _cycles(graph: Graph[Vertex]) -> list[list[Vertex]]:
    if graph.order() is not None:
        return []
    from iacctl.graph import analysis

    return analysis.cycles(graph)


def operation_graph(project: Project, state: StateDocument, kind: Kind) -> Graph[Vertex]:
    """What an operation does, in order."""
    checked = projects.check(project)
    try:
        drawing = Drawing(project, checked, kind)
        if kind == "plan-destroy":
            _add_destruction(drawing, state)
        else:
            drawing.add_configuration()
            _add_lost_modules(drawing, state)
            if kind != "apply":
                _add_leftovers(drawing, state)
        _add_lost_outputs(drawing, state)
        drawing.finish()
    finally:
        checked.providers.close()
    return drawing.graph


def _add_leftovers(drawing: Drawing, state: StateDocument) -> None:
    """Add what the state has and the configuration has not."""
    declared = drawing.configuration.resources
    for stored in state.resources.values():
        address = resource_of(stored.key)
        label = str(address.config())
        is_declared = (address.config().module, (address.mode, address.type, address.name)) in declared
        for key, instance in stored.instances.items():
            name = str(address.instance(key))
            if instance.current is not None and not is_declared:
                drawing.add(
                    Vertex(f"{name} (orphan)", label, "box", address.config()), *drawing.provider(stored.provider)
                )
            for deposed in instance.deposed:
                vertex = Vertex(f"{name} (deposed {deposed})", label, "box", address.config())
                drawing.add(vertex, *drawing.provider(stored.provider))


def _add_lost_outputs(drawing: Drawing, state: StateDocument) -> None:
    """Add the removal of outputs that only the state has."""
    outputs = drawing.configuration.world.config.root.outputs
    for name in state.outputs:
        if name not in outputs:
            drawing.add(Vertex(f"output.{name} (destroy)", f"output.{name} (destroy)", "note"))


def _add_lost_modules(drawing: Drawing, state: StateDocument) -> None:
    """Add the ends of modules that only the state has."""
    root = drawing.configuration.world.config.root
    paths = {address.config().module for address in map(resource_of, state.resources)}
    paths = {path[:length] for path in paths for length in range(1, len(path) + 1)}
    ends: dict[tuple[str, ...], Vertex] = {}
    for path in sorted(paths, key=len):
        if root.descendant(path) is None:
            ends[path] = drawing.add(Vertex(f"{module_path_text(path)} (close)"))
            parent = drawing.configuration.closes.get(path[:-1])
            outer = ends.get(path[:-1]) or (drawing.before[parent] if parent is not None else None)
            if outer is not None:
                drawing.graph.connect(outer, ends[path])


def _add_destruction(drawing: Drawing, state: StateDocument) -> None:
    """Add the objects of the state, which are destroyed before what they depend on, and the root's outputs."""
    destructions = _Destructions()
    for stored in state.resources.values():
        resource = resource_of(stored.key)
        address = resource.config()
        for key, instance in stored.instances.items():
            for deposed, item in ((None, instance.current), *instance.deposed.items()):
                if item is not None:
                    name = (
                        f"{address} (destroy)" if deposed is None else f"{resource.instance(key)} (deposed {deposed})"
                    )
                    vertex = drawing.add(Vertex(name, str(address), "box", address), *drawing.provider(stored.provider))
                    destructions.add(vertex, str(address), item.dependencies)
    destructions.connect(drawing.graph)
    drawing.add_behind_providers()
    drawing.add_bare_outputs()


class _Destructions:
    """The destructions of one picture: each comes after those of what was made from the object.

    Attributes:
        of_resource: the destructions of each resource, by its address.
        last: those that come after all that depends on the replacement of the object, and the making of that.
    """

    def __init__(self) -> None:
        self.of_resource: dict[str, list[Vertex]] = {}
        self.last: dict[Vertex, Vertex] = {}
        self._dependencies: list[tuple[Vertex, Iterable[str]]] = []

    def add(self, vertex: Vertex, address: str, dependencies: Iterable[str]) -> None:
        """Take down the destruction of an object, made from the resources of these addresses."""
        self.of_resource.setdefault(address, []).append(vertex)
        self._dependencies.append((vertex, dependencies))

    def connect(self, graph: Graph[Vertex]) -> None:
        """Put them in order."""
        for vertex, needed in self.pairs(self.of_resource):
            graph.connect(needed, vertex)

    def pairs(self, vertices: Mapping[str, Iterable[Vertex]]) -> Iterator[tuple[Vertex, Vertex]]:
        """Each destruction with each of the given vertices whose resource its object was made from."""
        for vertex, dependencies in self._dependencies:
            for address in dependencies:
                for needed in vertices.get(address, ()):
                    yield vertex, needed


def plan_graph(project: Project, plan: Plan) -> Graph[Vertex]:
    """What applying a plan does, in order."""
    checked = projects.check(project)
    try:
        drawing = Drawing(project, checked, "apply")
        made: dict[str, list[Vertex]] = {}
        destructions = _Destructions()
        for change in plan.changes:
            _add_change(drawing, change, plan.prior_state, made, destructions)
        if plan.options.mode == "destroy":
            drawing.add_behind_providers()
            drawing.add_bare_outputs()
        else:
            drawing.add_configuration(made)
        destructions.connect(drawing.graph)
        for vertex, needed in destructions.pairs(made):
            if needed.name != vertex.label:
                drawing.graph.connect(needed, vertex)
        _put_last(drawing.graph, made, destructions.last)
        drawing.finish()
    finally:
        checked.providers.close()
    return drawing.graph


def _add_change(
    drawing: Drawing,
    change: ResourceChange,
    state: StateDocument,
    made: dict[str, list[Vertex]],
    destructions: _Destructions,
) -> None:
    """Add the steps of a change: those that make something to `made`, by resource; the configuration comes before them."""
    address = change.address.config()
    label = str(address)
    provider = drawing.provider(str(change.provider))
    made_here: Vertex | None = None
    if change.action in _MAKING and change.deposed is None:
        made_here = drawing.add(Vertex(str(change.address), label, "box", address), *provider)
        made.setdefault(label, []).append(made_here)
    if change.action in _DESTROYING:
        key = "" if change.deposed is None else f"deposed {change.deposed}"
        name = f"{change.address} (destroy{' ' if key else ''}{key})"
        vertex = drawing.add(Vertex(name, label, "box", address), *provider)
        destructions.add(vertex, label, _dependencies(change, state))
        if made_here is not None and change.action == changes.CREATE_THEN_DELETE:
            drawing.graph.connect(vertex, made_here)
            destructions.last[vertex] = made_here
        elif made_here is not None:
            drawing.graph.connect(made_here, vertex)


def _put_last(graph: Graph[Vertex], made: Mapping[str, Iterable[Vertex]], last: Mapping[Vertex, Vertex]) -> None:
    """Put destructions behind all steps that depend on what replaces the object."""
    if not last:
        return
    above = graph.dependents()
    steps = {vertex for vertices in made.values() for vertex in vertices}
    for destruction, replacement in last.items():
        pending = [replacement]
        seen = {replacement, destruction}
        while pending:
            for user in above[pending.pop()]:
                if user not in seen:
                    seen.add(user)
                    pending.append(user)
                    if user in steps:
                        graph.connect(destruction, user)


def _dependencies(change: ResourceChange, state: StateDocument) -> Iterable[str]:
    """What the object that is destroyed was made from."""
    previous = change.previous_address
    stored = state.resources.get(state_key(previous.resource()))
    instance = None if stored is None else stored.instances.get(previous.key)
    if instance is None:
        return ()
    item = instance.current if change.deposed is None else instance.deposed.get(change.deposed)
    return () if item is None else item.dependencies
