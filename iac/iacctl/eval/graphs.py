"""The graph of a configuration: a node for every object in it, edges from what each refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from iacctl.addrs import AbsProviderConfig
from iacctl.config import validate
from iacctl.config.actions import Action
from iacctl.config.model import ProviderConfig, Resource
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.eval.check_nodes import CheckNode
from iacctl.eval.nodes import CallNode, CloseNode, LocalNode, Node, OutputNode, VariableNode
from iacctl.eval.provider_nodes import ProviderNode
from iacctl.graph.dag import Graph
from iacctl.lang.references import parse_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl.addrs import InstanceKey, ModulePath
    from iacctl.config.model import Module
    from iacctl.config.queries import ListBlock
    from iacctl.eval.actions import ActionNode
    from iacctl.eval.listing import ListNode
    from iacctl.eval.world import World
    from iacctl.hcl.ast import ScopeTraversal
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import Block

Key: TypeAlias = "tuple[ModulePath, tuple[str, ...]]"
"""A module path and the subject of a reference in that module."""


class ResourceNode(Node):
    """Base of what an operation makes of a resource block.

    Attributes:
        resource: the block.
        provider: the provider configuration that serves it.
        depends_on: what `depends_on` of the block and of the calls around it names.
        failed_keys: keys of the instances whose work went wrong; empty where the block as a whole is at fault.
    """

    __slots__ = ("depends_on", "failed_keys", "provider", "resource")

    def __init__(self, module: Module, resource: Resource, provider: AbsProviderConfig) -> None:
        super().__init__(module.path)
        self.resource = resource
        self.provider = provider
        self.depends_on: list[tuple[ModulePath, Reference]] = []
        self.failed_keys: set[InstanceKey] = set()

    def body_references(self) -> Iterable[Reference]:
        """What the block's body, without meta-arguments, refers to."""
        return ()

    def __str__(self) -> str:
        return self._prefixed(str(self.resource))


MakeResource: TypeAlias = "Callable[[Module, Resource, AbsProviderConfig], ResourceNode]"


class ConfigGraph:
    """The graph under construction, with an index of what each name stands for.

    Attributes:
        graph: the graph.
        providers: the node of each provider configuration.
        closes: the node at the end of each module.
        resources: the node of each resource block.
        actions: the node of each action block, by type and name.
        lists: the node of each list block, by type and name.
        sound: whether all references lead somewhere; what is wrong has been reported.
    """

    def __init__(self, world: World, make_resource: MakeResource) -> None:
        self.world = world
        self.graph: Graph[Node] = Graph()
        self.providers: dict[AbsProviderConfig, ProviderNode] = {}
        self.closes: dict[ModulePath, CloseNode] = {}
        self.resources: dict[tuple[ModulePath, tuple[str, str, str]], ResourceNode] = {}
        self.actions: dict[tuple[ModulePath, tuple[str, str]], ActionNode] = {}
        self.lists: dict[tuple[str, str], ListNode] = {}
        self.sound = True
        self._index: dict[Key, Node] = {}
        self._make_resource = make_resource

    def build(self) -> None:
        """Add everything that the configuration declares."""
        modules = self.world.config.root.walk()
        for module in modules:
            self._add_module(module)
        if self.world.operation != "console":  # which looks at the references of what it evaluates only
            self._check_references()
        for node in list(self.graph):
            self.connect_references(node)
        for module in modules:
            self._connect_module(module)

    def _add_module(self, module: Module) -> None:
        world = self.world
        path = module.path
        for variable in module.variables.values():
            self._add((path, ("var", variable.name)), VariableNode(module, variable, world))
        for local in module.locals.values():
            self._add((path, ("local", local.name)), LocalNode(module, local, world))
        for call in module.calls.values():
            if call.name in module.children:
                self._add((path, ("module", call.name)), CallNode(module, call, world))
        for resource in module.resources.values():
            node = self._make_resource(module, resource, world.provider_config(path, resource))
            self._index[path, ("resource", *resource.key)] = node
            self.add_resource(module, node)
        if module.actions:
            self._add_actions(module)
        if module.lists:
            self._add_lists(module)
        for output in module.outputs.values():
            references = [reference for _, reference in self._references(path, output.depends_on)]
            self._add((path, ("output", output.name)), OutputNode(module, output, world, references))
        for block in module.checks.values():
            check = CheckNode(module, block, world)
            self._add((path, ("check", block.name)), check)
            if block.data_resource is not None:
                self.graph.connect(check, self.resources[path, block.data_resource])
        if path:
            close = self.closes[path] = CloseNode(path)
            self.graph.add(close)

    def add_resource(self, module: Module, node: ResourceNode) -> None:
        """Add the node of a resource block."""
        node.depends_on = self._depends_on(module, node.resource.depends_on)
        self.resources[module.path, node.resource.key] = node
        self.graph.add(node)
        self.graph.connect(node, self.provider_node(node.provider))

    def _add_actions(self, module: Module) -> None:
        from iacctl.eval.actions import ActionNode

        for key, action in module.actions.items():
            config = self.world.resolution.of_resource[module.path, ("action", *key)]
            node = self.actions[module.path, key] = ActionNode(module, action, config, self.world)
            self._add((module.path, ("action", *key)), node)
            self.graph.connect(node, self.provider_node(config))

    def _add_lists(self, module: Module) -> None:
        from iacctl.eval.listing import ListNode

        for key, block in module.lists.items():
            config = self.world.resolution.of_resource[module.path, ("list", *key)]
            node = self.lists[key] = ListNode(module, block, config, self.world)
            self._add((module.path, ("resource", "list", *key)), node)
            self.graph.connect(node, self.provider_node(config))

    def _check_references(self) -> None:
        """Report references to what is not declared."""
        world = self.world
        before = len(world.diags)
        validate.check(
            world.config.root, world.diags, body_references=self._body_references, schema_of=self._schema_of
        )
        for node in self.resources.values():
            if node.resource.ignore_changes:
                from iacctl.eval import ignored

                block = self._schema_of(node.resource)
                if block is not None:
                    ignored.check(node.resource, block, world.diags, warn=world.operation in ("plan", "validate"))
        self.sound = not world.errors_since(before)

    def _body_references(self, module: Module, block: Resource | ProviderConfig | Action | ListBlock) -> Iterable[Reference]:
        if isinstance(block, ProviderConfig):
            address = AbsProviderConfig(module.path, module.provider_for(block.local_name), block.alias)
            return self.provider_node(address).body_references()
        node: ResourceNode | ActionNode | ListNode | None
        if isinstance(block, Action):
            node = self.actions.get((module.path, block.key))
        elif not isinstance(block, Resource):
            node = self.lists.get(block.key)
        else:
            node = self.resources.get((module.path, block.key))
        return () if node is None else node.body_references()

    def _schema_of(self, resource: Resource) -> Block | None:
        schema = self.world.providers.resource_schema(resource.provider, resource.mode, resource.type)
        return None if schema is None else schema.block

    def _add(self, key: Key, node: Node) -> None:
        self._index[key] = node
        self.graph.add(node)

    def provider_node(self, address: AbsProviderConfig) -> ProviderNode:
        """The node that configures a provider; made when first asked for."""
        node = self.providers.get(address)
        if node is None:
            node = self.providers[address] = ProviderNode(address, self.world)
            self.graph.add(node)
            self.connect_references(node)
        return node

    def _depends_on(self, module: Module, own: Iterable[ScopeTraversal]) -> list[tuple[ModulePath, Reference]]:
        """What a resource of a module must wait for: what it says itself, and what the calls around it say."""
        found = self._references(module.path, own)
        inner: Module | None = module
        while inner is not None and inner.parent is not None and inner.call is not None:
            found.extend(self._references(inner.parent.path, inner.call.depends_on))
            inner = inner.parent
        return found

    @staticmethod
    def _references(path: ModulePath, traversals: Iterable[ScopeTraversal]) -> list[tuple[ModulePath, Reference]]:
        problems = Diagnostics()
        parsed = (parse_reference(traversal, problems) for traversal in traversals)
        return [(path, reference) for reference in parsed if reference is not None]

    def connect_references(self, node: Node) -> None:
        """Put a node behind all that it refers to."""
        graph = self.graph
        for path, reference in node.references():
            for needed in self.targets(path, reference):
                graph.connect(node, needed)
        if isinstance(node, ResourceNode):
            for path, reference in node.depends_on:
                for needed in self.targets(path, reference, whole=True):
                    graph.connect(node, needed)

    def targets(self, path: ModulePath, reference: Reference, *, whole: bool = False) -> Iterable[Node]:
        """The nodes that a reference needs to be visited before.

        Args:
            path: the module that the reference is written in.
            reference: the reference.
            whole: whether everything in a module counts, not only the output named.
        """
        if reference.kind == "module":
            child = (*path, reference.name)
            if reference.output is not None and not whole:
                output = self._index.get((child, ("output", reference.output)))
                if output is not None:
                    yield output
                    call = self._index.get((path, reference.subject))
                    if call is not None:
                        yield call
                    return
            if child in self.closes:
                yield self.closes[child]
            return
        node = self._index.get((path, reference.subject))
        if node is not None:
            yield node

    def value_references(self, path: ModulePath, subject: tuple[str, ...]) -> Iterable[Reference]:
        """What the value of an object of a module is made of; of an input variable, in the calling module."""
        node = self._index.get((path, subject))
        return () if node is None else node.value_references()

    def calls(self, path: ModulePath) -> Iterable[Node]:
        """The node that expands a module, if the configuration has it."""
        node = self._index.get((path[:-1], ("module", path[-1])))
        if node is not None:
            yield node

    def _connect_module(self, module: Module) -> None:
        """Put the call that expands a module before all in it, and the module's end behind.

        Checks and their data sources are no part of what waits for the module as a whole.
        """
        path = module.path
        if not path:
            return
        call = self._index[path[:-1], ("module", path[-1])]
        close = self.closes[path]
        for key in module.actions:
            self.graph.connect(self.actions[path, key], call)
        for node in self._nodes_of(module):
            self.graph.connect(node, call)
            if not isinstance(node, CheckNode) and not (
                isinstance(node, ResourceNode) and node.resource.enclosing_check is not None
            ):
                self.graph.connect(close, node)
        self.graph.connect(close, call)
        if len(path) > 1:
            self.graph.connect(self.closes[path[:-1]], close)

    def _nodes_of(self, module: Module) -> Iterable[Node]:
        path = module.path
        for name in module.variables:
            yield self._index[path, ("var", name)]
        for name in module.locals:
            yield self._index[path, ("local", name)]
        for name in module.calls:
            if name in module.children:
                yield self._index[path, ("module", name)]
        for key in module.resources:
            yield self._index[path, ("resource", *key)]
        for name in module.outputs:
            yield self._index[path, ("output", name)]
        for name in module.checks:
            yield self._index[path, ("check", name)]

    def tolerates(self, dependent: Node, failed: Node) -> bool:
        """Whether a node refers only to such instances of a resource as nothing went wrong with."""
        if not isinstance(failed, ResourceNode) or not failed.failed_keys:
            return False
        keys = failed.failed_keys
        if isinstance(dependent, ResourceNode) and dependent.depends_on:
            return False
        found = [
            reference
            for path, reference in dependent.references()
            if any(needed is failed for needed in self.targets(path, reference))
        ]
        return bool(found) and all(item.key is not None and item.key not in keys for item in found)

    def check_cycles(self) -> None:
        """Report cycles.

        Raises:
            DiagnosticError: there is one.
        """
        if self.graph.order() is not None:
            return
        from iacctl.graph import analysis

        problems = Diagnostics()
        for cycle in analysis.cycles(self.graph):
            problems.error("Cycle: " + ", ".join(str(node) for node in cycle))
        raise DiagnosticError(problems)
