"""What pictures of graphs are made of: vertices for what a configuration declares, and edges between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from iacctl.addrs import ConfigResource, parse_abs_provider_config
from iacctl.diag import Diagnostics
from iacctl.eval.check_nodes import CheckNode
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.graphs import ConfigGraph, ResourceNode
from iacctl.eval.nodes import OutputNode, VariableNode
from iacctl.eval.provider_nodes import ProviderNode
from iacctl.eval.world import World
from iacctl.graph.dag import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from iacctl.addrs import AbsProviderConfig
    from iacctl.config.model import Module, Resource
    from iacctl.eval.nodes import Node
    from iacctl.ops import project as projects
    from iacctl.ops.project import Project

Kind: TypeAlias = Literal["plan", "plan-refresh-only", "plan-destroy", "apply"]
"""Whose order is drawn."""

KINDS: Final[tuple[Kind, ...]] = ("plan", "plan-refresh-only", "plan-destroy", "apply")

Shape: TypeAlias = Literal["", "box", "diamond", "note"]


class Vertex:
    """Something that is drawn.

    Attributes:
        name: what edges call it; several may have the same.
        label: what it is about.
        shape: of its frame; empty for what has none and is only at the end of lines.
        resource: the resource block it stands for, if it stands for one.
    """

    __slots__ = ("label", "name", "resource", "shape")

    def __init__(self, name: str, label: str = "", shape: Shape = "", resource: ConfigResource | None = None) -> None:
        self.name = name
        self.label = label
        self.shape: Shape = shape
        self.resource = resource

    def __str__(self) -> str:
        return self.name


_NOTHING: Final[Mapping[str, Sequence[Vertex]]] = {}


class _Configuration(ConfigGraph):
    """The graph of a configuration whose references nobody has checked."""

    def _check_references(self) -> None:
        return


class Drawing:
    """The vertices of one configuration and state.

    Attributes:
        graph: what is drawn.
        configuration: what it is made from.
        before: for each node of the configuration, the vertex that its own dependencies come before.
        after: for each node, the vertices that what depends on it comes after.
    """

    def __init__(self, project: Project, checked: projects.Checked, kind: Kind) -> None:
        world = World(
            project.config,
            checked.providers,
            checked.resolution,
            Diagnostics(),  # what is wrong with the configuration is no business of a picture of it
            operation="plan" if kind == "plan" else "apply",  # only plans import
            variables={},
            workspace=project.workspace,
            working_directory=project.working_directory,
        )

        def make(module: Module, resource: Resource, provider: AbsProviderConfig) -> ResourceNode:
            return ConfiguredNode(module, resource, provider, world)

        self._kind = kind
        self.configuration = _Configuration(world, make)
        self.configuration.build()
        self.graph: Graph[Vertex] = Graph()
        self.before: dict[Node, Vertex] = {}
        self.after: dict[Node, list[Vertex]] = {}

    def add_configuration(self, made: Mapping[str, Sequence[Vertex]] = _NOTHING) -> None:
        """Add everything that the configuration declares.

        Args:
            made: the steps that make the instances of a resource, by its address; what depends on it comes after them.
        """
        for node in self.configuration.graph:
            if node not in self.after:
                self._add_node(node)
            for step in made.get(str(node), ()) if isinstance(node, ConfiguredNode) else ():
                self.graph.connect(step, self.before[node])
                self.after[node] = [*self.after[node], step]
        for node, needed in self.configuration.graph.edges():
            for vertex in self.after[needed]:
                self.graph.connect(self.before[node], vertex)
        for node in self.configuration.graph:
            if isinstance(node, VariableNode) and node.variable.validations:
                self._part_validation(node)
            elif isinstance(node, CheckNode):
                self._complete_check(node)

    def add_behind_providers(self) -> None:
        """Add what the providers that are there already are configured from."""
        graph = self.configuration.graph
        providers = [node for node in self.configuration.providers.values() if node in self.after]
        wanted = graph.reachable(providers)
        for node in wanted:
            if node not in self.after:
                self._add_node(node)
        for node in wanted:
            for needed in graph.dependencies(node):
                for vertex in self.after[needed]:
                    self.graph.connect(self.before[node], vertex)

    def add_bare_outputs(self) -> None:
        """Add the root's outputs, which are not evaluated when everything is destroyed."""
        for node in self.configuration.graph:
            if isinstance(node, OutputNode) and not node.path:
                self.add(Vertex(str(node)))

    def add(self, vertex: Vertex, *needed: Vertex) -> Vertex:
        """Add a vertex behind others."""
        self.graph.add(vertex)
        for other in needed:
            self.graph.connect(vertex, other)
        return vertex

    def _add_node(self, node: Node) -> None:
        vertex = self.add(_vertex(node))
        self.before[node] = vertex
        self.after[node] = [vertex]
        if isinstance(node, VariableNode) and node.variable.validations:
            self.after[node] = [self.add(Vertex(f"{_plain(node)} (validation)"), vertex)]

    def _part_validation(self, node: VariableNode) -> None:
        """What only the rules of a variable need is needed by these alone."""
        (validation,) = self.after[node]
        vertex = self.before[node]
        outside = set(self._vertices(node, lambda path: path != node.path))
        for needed in self._vertices(node, lambda path: path == node.path):
            self.graph.connect(validation, needed)
            if needed not in outside:
                self.graph.disconnect(vertex, needed)

    def _vertices(self, node: Node, wanted: Callable[[tuple[str, ...]], bool]) -> Iterable[Vertex]:
        for path, reference in node.references():
            if wanted(path):
                for needed in self.configuration.targets(path, reference):
                    yield from self.after[needed]

    def _complete_check(self, node: CheckNode) -> None:
        """A module ends after its checks; plans tell that a check begins before its data source is read."""
        vertex = self.before[node]
        if node.path:
            self.graph.connect(self.before[self.configuration.closes[node.path]], vertex)
        if self._kind == "apply":
            return
        call = (
            [vertex for needed in self.configuration.calls(node.path) for vertex in self.after[needed]]
            if node.path
            else []
        )
        report = self.add(Vertex(f"{node} (report)"), *call)
        self.graph.connect(vertex, report)
        data = node.block.data_resource
        if data is not None:
            self.graph.connect(self.before[self.configuration.resources[node.path, data]], report)

    def provider(self, text: str) -> list[Vertex]:
        """The vertices of the provider configuration that the state names; made if there is none."""
        address = parse_abs_provider_config(text)
        if address is None:
            return []
        node = self.configuration.providers.get(address)
        if node is None:
            node = self.configuration.provider_node(address)
        if node not in self.after:
            self._add_node(node)
        return self.after[node]

    def finish(self) -> None:
        """Add the ends of providers, and what everything ends in."""
        users = self.graph.dependents()
        for node in self.configuration.providers.values():
            for vertex in self.after.get(node, ()):
                self.add(Vertex(f"{node} (close)"), vertex, *users[vertex])
        tops = [vertex for vertex, above in self.graph.dependents().items() if not above]
        self.add(Vertex("root"), *tops)


def _plain(node: Node) -> str:
    return str(node).removesuffix(" (expand)")


def _vertex(node: Node) -> Vertex:
    text = str(node)
    if isinstance(node, ConfiguredNode):
        resource = node.resource
        return Vertex(
            f"{text} (expand)", text, "box", ConfigResource(node.path, resource.mode, resource.type, resource.name)
        )
    if isinstance(node, ProviderNode):
        return Vertex(text, text, "diamond")
    if isinstance(node, VariableNode) and not node.path:
        return Vertex(text, text, "note")
    if isinstance(node, CheckNode):
        return Vertex(f"{text} (expand)")
    return Vertex(text)
