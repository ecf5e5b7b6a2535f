"""Evaluating a configuration over what the state holds: no provider is configured or asked what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import AbsResource
from iacctl.config.validate import References
from iacctl.diag import Diagnostics
from iacctl.eval import bodies, objects
from iacctl.eval.calls import Asking
from iacctl.eval.data import COUNT, FOR_EACH, SINGLE, UNKNOWN, ResourceData
from iacctl.eval.graphs import ConfigGraph, ResourceNode
from iacctl.eval.nodes import CallNode, CloseNode, LocalNode, OutputNode, VariableNode
from iacctl.graph.walk import Walk
from iacctl.lang.compile import compile_expression
from iacctl.plan.planning import state_key
from iacctl.plan.reading import decode
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from typing import Any

    from iacctl.addrs import AbsProviderConfig, ModulePath, ResourceInstance
    from iacctl.config.model import Module, Resource
    from iacctl.eval.data import ModuleData, Repetition
    from iacctl.eval.nodes import Node
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.lang.references import Reference
    from iacctl.provider.schema import Block
    from iacctl.values import Value
    from iacctl_state.document import ObjectState, ResourceState, StateDocument


class StoredNode(ResourceNode):
    """A resource block of which only the state is looked at. It stands where it would stand in a plan, cycles included."""

    __slots__ = ("_references", "_schema", "_state")

    def __init__(
        self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World, state: StateDocument
    ) -> None:
        super().__init__(module, resource, provider)
        schema = world.providers.resource_schema(provider.provider, resource.mode, resource.type)
        assert schema is not None, "resource types are checked before the graph is built"
        self._schema = schema
        self._state = state
        found: list[Reference] = []
        for expression in (resource.count, resource.for_each):
            if expression is not None:
                found.extend(compile_expression(expression).references)
        found.extend(bodies.compile_body(resource.body, schema.block, Diagnostics()).references())
        self._references = found

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of count, for_each and the body."""
        for reference in self._references:
            yield self.path, reference

    def execute(self, world: World) -> Iterable[Steps]:
        """Take the instances from the state, in every instance of the module."""
        return [self._take(world, data) for data in world.modules.at(self.path)]

    def _take(self, world: World, data: ModuleData) -> Steps:
        resource = self.resource
        repetition = self._repetition()
        stored = self._stored(data)
        if resource.mode == "ephemeral" or (stored is None and repetition != SINGLE):
            data.resources[resource.key] = ResourceData(UNKNOWN)
            return True
        own = data.resources[resource.key] = ResourceData(repetition)
        if repetition == SINGLE:
            own.set(None, self._unknown() if stored is None else DYNAMIC_UNKNOWN)
        fine = True
        for key, instance in stored.instances.items() if stored is not None else ():
            if instance.current is None:
                continue
            item = yield from self._decoded(world, self.address(data).instance(key), instance.current)
            if item is None:
                fine = False
            else:
                own.set(key, item.value)
        return fine

    def address(self, data: ModuleData) -> AbsResource:
        """The address in an instance of the module."""
        return AbsResource(data.address, self.resource.mode, self.resource.type, self.resource.name)

    def _stored(self, data: ModuleData) -> ResourceState | None:
        return self._state.resources.get(state_key(self.address(data)))

    def _repetition(self) -> Repetition:
        if self.resource.count is not None:
            return COUNT
        return FOR_EACH if self.resource.for_each is not None else SINGLE

    def _unknown(self) -> Value:
        """An object of which only the names and types of the attributes are known."""
        types = self._schema.block.object_type.attributes
        return values.object_value({name: values.unknown_of(type_) for name, type_ in types.items()})

    def _decoded(
        self, world: World, address: ResourceInstance, stored: ObjectState
    ) -> Generator[Job | Waiting, Any, objects.Object | None]:
        """A stored object as a value; None when it cannot be made one, which is reported."""
        if self.resource.mode == "data":
            return objects.decoded_data(stored, self._schema) or objects.Object(self._unknown())
        provider = world.providers.unconfigured(self.provider.provider)
        inline = provider.capabilities().inline
        asking = Asking(world, provider, self.provider, inline, self._schema, self.resource.type, str(address))
        return (yield from decode(asking, stored))


class Evaluation:
    """Evaluates variables, locals, outputs and module calls; problems go to the world's diagnostics.

    Args:
        world: of the operation "console".
        state: where the objects are.
    """

    def __init__(self, world: World, state: StateDocument) -> None:
        self._world = world
        self._state = state
        self._modules = {module.path: module for module in world.config.root.walk()}
        self._references = References(self.schema_of)

    def run(self) -> None:
        """Evaluate everything.

        Raises:
            DiagnosticError: the graph has a cycle.
        """
        built = ConfigGraph(self._world, self._make)
        built.build()
        built.check_cycles()
        Walk().run(built.graph, self._execute)

    def schema_of(self, resource: Resource) -> Block | None:
        """What the objects of a resource look like."""
        schema = self._world.providers.resource_schema(resource.provider, resource.mode, resource.type)
        return None if schema is None else schema.block

    def _make(self, module: Module, resource: Resource, provider: AbsProviderConfig) -> ResourceNode:
        return StoredNode(module, resource, provider, self._world, self._state)

    def _execute(self, node: Node) -> bool | Iterable[Steps]:
        """Visit a node, if it does without providers, and if it refers to nothing that is not there."""
        if not isinstance(node, StoredNode | VariableNode | LocalNode | OutputNode | CallNode | CloseNode):
            return True
        if not isinstance(node, StoredNode) and not self._references_hold(node):
            if isinstance(node, LocalNode):
                for data in self._world.modules.at(node.path):
                    data.locals[node.local.name] = DYNAMIC_UNKNOWN
            return False
        return node.execute(self._world)

    def _references_hold(self, node: Node) -> bool:
        by_module: dict[ModulePath, list[Reference]] = {}
        for path, reference in node.references():
            by_module.setdefault(path, []).append(reference)
        fine = True
        for path, found in by_module.items():
            fine &= self._references.check(self._modules[path], found, self._world.diags)
        return fine
