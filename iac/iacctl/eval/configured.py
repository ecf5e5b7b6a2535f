"""A resource block with its expressions compiled: what validating, planning and applying make nodes of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import ResourceInstance
from iacctl.eval import bodies, conditions
from iacctl.eval.calls import Asking
from iacctl.eval.data import COUNT, FOR_EACH, SINGLE, ResourceData
from iacctl.eval.expansion import expand
from iacctl.eval.graphs import ResourceNode
from iacctl.eval.triggers import Trigger
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import AbsProviderConfig, InstanceKey, ModulePath
    from iacctl.config.model import Module, Resource
    from iacctl.eval import provisioning
    from iacctl.eval.data import ModuleData, Repetition
    from iacctl.eval.provider_keys import ProviderKey
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.values import Value


class ConfiguredNode(ResourceNode):
    """What planning and applying share of a resource block: its compiled expressions.

    Attributes:
        body: the compiled body.
        preconditions, postconditions: the compiled conditions.
        imports: the import blocks for this resource.
        provisioners: what runs after creation and before destruction; None when there is nothing.
        force_create_before_destroy: something that replaces itself this way depends on this.
        dependency_texts: addresses of the resources it depends on, for the state.
    """

    __slots__ = (
        "body",
        "count",
        "dependency_texts",
        "enabled",
        "for_each",
        "force_create_before_destroy",
        "imports",
        "postconditions",
        "preconditions",
        "provider_key",
        "provisioners",
        "schema",
        "triggers",
    )

    def __init__(self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World) -> None:
        super().__init__(module, resource, provider)
        diags = world.diags
        schema = world.providers.resource_schema(provider.provider, resource.mode, resource.type)
        assert schema is not None, "resource types are checked before the graph is built"
        self.schema = schema
        self.body = bodies.compile_body(resource.body, schema.block, diags)
        self.count = None if resource.count is None else compile_expression(resource.count)
        self.for_each = None if resource.for_each is None else compile_expression(resource.for_each)
        self.enabled = None if resource.enabled is None else compile_expression(resource.enabled)
        self.preconditions = conditions.compile_conditions(resource.preconditions, diags)
        self.postconditions = conditions.compile_conditions(resource.postconditions, diags)
        self.triggers = [Trigger(expression) for expression in resource.replace_triggered_by]
        self.imports = world.imports.get((module.path, resource.key), ())
        self.provisioners: provisioning.Steps | None = None
        if resource.provisioners or resource.connection is not None:
            from iacctl.eval import provisioning

            self.provisioners = provisioning.Steps(resource.provisioners, resource.connection, world.provisioners)
        self.provider_key: ProviderKey | None = None
        source = world.resolution.keys.get((module.path, resource.key))
        if source is not None:
            from iacctl.eval.provider_keys import ProviderKey

            self.provider_key = ProviderKey(source, module.path)
        self.force_create_before_destroy = False
        self.dependency_texts: tuple[str, ...] = ()

    def body_references(self) -> Iterable[Reference]:
        """What the block's body, without meta-arguments, refers to."""
        return self.body.references()

    @property
    def create_before_destroy(self) -> bool:
        """Whether replacements are created before what they replace is destroyed."""
        return bool(self.resource.create_before_destroy) or self.force_create_before_destroy

    @property
    def repetition(self) -> Repetition:
        """How the block repeats, from its arguments alone."""
        if self.count is not None:
            return COUNT
        return FOR_EACH if self.for_each is not None else SINGLE

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of the body and of all meta-arguments."""
        path = self.path
        own = ("resource", *self.resource.key)
        compiled: list[Compiled] = [item for item in (self.count, self.for_each, self.enabled) if item is not None]
        for item in compiled:
            for reference in item.references:
                yield path, reference
        for reference in self.body.references():
            yield path, reference
        for rule in (*self.preconditions, *self.postconditions):
            for reference in rule.references():
                if reference.subject != own:
                    yield path, reference
        for trigger in self.triggers:
            for reference in trigger.references:
                yield path, reference
        if self.provider_key is not None:
            yield from self.provider_key.references()
        for block in self.imports:
            for reference in block.references():
                yield (), reference
        if self.provisioners is not None:
            for reference in self.provisioners.references():
                if reference.subject != own:  # provisioners may: the object is there by then
                    yield path, reference

    def watched(self, key: InstanceKey, piece: Steps) -> Steps:
        """An instance's piece of work, with its failure taken down."""
        fine = yield from piece
        if not fine:
            self.failed_keys.add(key)
        return fine

    def expand(self, world: World, data: ModuleData) -> Iterable[tuple[InstanceKey, OptionalValue]] | None:
        """The instances in one module instance, with `each.value`; None when count or for_each is at fault."""
        if self.enabled is not None:
            from iacctl.eval import enabling

            expansion = enabling.expand(self.enabled, world.context(data))
        else:
            expansion = expand(self.count, self.for_each, world.context(data))
        if expansion is None:
            return None
        own = data.resources[self.resource.key] = ResourceData(expansion.repetition)
        if self.provider_key is not None:
            for key, each_value in expansion.instances:
                self.provider_key.note(self.address(data, key), each_value)
        if self.enabled is not None and not expansion.instances:
            own.absent = values.null_of(self.schema.block.object_type)
        return expansion.instances

    def expect_conditions(self, world: World, data: ModuleData, instances: Iterable[tuple[InstanceKey, object]]) -> None:
        """Say what instances there are in a module instance, whose conditions are still to be evaluated."""
        number = len(self.preconditions) + len(self.postconditions)
        if number:
            state = world.check_state("resource", str(self))
            state.expanded = True
            for key, _ in instances:
                state.expect(str(self.address(data, key)), number)

    def preconditions_hold(
        self, world: World, data: ModuleData, address: ResourceInstance, each_value: OptionalValue
    ) -> bool:
        """Evaluate the preconditions of an instance; whether one may go on."""
        key = MISSING if address.key is None else address.key
        return not self.preconditions or conditions.check(
            world, data, "precondition", str(address), self.preconditions, key=key, each_value=each_value
        )

    def postconditions_hold(
        self, world: World, data: ModuleData, address: ResourceInstance, each_value: OptionalValue, self_value: Value
    ) -> bool:
        """Evaluate the postconditions of an instance, whose value is `self_value`; whether one may go on."""
        key = MISSING if address.key is None else address.key
        return not self.postconditions or conditions.check(
            world,
            data,
            "postcondition",
            str(address),
            self.postconditions,
            key=key,
            each_value=each_value,
            self_value=self_value,
        )

    def address(self, data: ModuleData, key: InstanceKey) -> ResourceInstance:
        """The address of an instance."""
        resource = self.resource
        return ResourceInstance(data.address, resource.mode, resource.type, resource.name, key)

    def asking(self, world: World, address: ResourceInstance) -> Asking:
        """Who to ask about an instance."""
        instance: str | None = None
        if self.provider_key is None:
            provider = world.providers.serving(self.provider, address)
        else:
            from iacctl.eval import provider_keys

            instance = self.provider_key.text(world, world.modules.get(address.module), address)
            known = instance is not None
            provider = provider_keys.serving(world, self.provider, address, instance, known=known)
        return Asking(
            world,
            provider,
            self.provider,
            provider.capabilities().inline,
            self.schema,
            self.resource.type,
            str(address),
            self.body.locate,
            meta=world.provider_meta(self.path, self.provider.provider),
            provider_key=instance,
        )
