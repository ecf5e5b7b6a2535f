"""Planning managed resources: one node for each block, one piece of work for each instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import ResourceInstance
from iacctl.eval import bodies, conditions
from iacctl.eval.data import COUNT, FOR_EACH, SINGLE, ResourceData
from iacctl.eval.expansion import expand
from iacctl.eval.graphs import ResourceNode
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import MISSING
from iacctl.plan import changes, orphans, reading, triggers
from iacctl.plan.calls import Asking
from iacctl.plan.diff import Wish, difference
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import AbsProviderConfig, InstanceKey, ModulePath
    from iacctl.config.model import Module, Resource
    from iacctl.eval.data import ModuleData, Repetition
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.plan.planning import Planning


class ConfiguredNode(ResourceNode):
    """What planning and applying share of a resource block: its compiled expressions.

    Attributes:
        body: the compiled body.
        preconditions, postconditions: the compiled conditions.
        force_create_before_destroy: something that replaces itself this way depends on this.
        dependency_texts: addresses of the resources it depends on, for the state.
    """

    __slots__ = (
        "_count",
        "_for_each",
        "_prevent_destroy",
        "_triggers",
        "body",
        "dependency_texts",
        "force_create_before_destroy",
        "postconditions",
        "preconditions",
        "schema",
    )

    def __init__(self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World) -> None:
        super().__init__(module, resource, provider)
        diags = world.diags
        schema = world.providers.resource_schema(provider.provider, resource.mode, resource.type)
        assert schema is not None, "resource types are checked before the graph is built"
        self.schema = schema
        self.body = bodies.compile_body(resource.body, schema.block, diags)
        self._count = None if resource.count is None else compile_expression(resource.count)
        self._for_each = None if resource.for_each is None else compile_expression(resource.for_each)
        prevent = resource.prevent_destroy
        self._prevent_destroy = None if prevent is None else compile_expression(prevent)
        self.preconditions = conditions.compile_conditions(resource.preconditions, diags)
        self.postconditions = conditions.compile_conditions(resource.postconditions, diags)
        self._triggers = [triggers.Trigger(expression) for expression in resource.replace_triggered_by]
        self.force_create_before_destroy = False
        self.dependency_texts: tuple[str, ...] = ()

    @property
    def create_before_destroy(self) -> bool:
        """Whether replacements are created before what they replace is destroyed."""
        return bool(self.resource.create_before_destroy) or self.force_create_before_destroy

    def prevents_destroy(self, world: World) -> bool:
        """The value of `prevent_destroy`, which is constant."""
        if self._prevent_destroy is None:
            return False
        value, _ = values.unmark(self._prevent_destroy(world.context(world.modules.root)))
        try:
            return values.convert(value, values.BOOL) is True
        except values.ConversionError:
            return False

    @property
    def repetition(self) -> Repetition:
        """How the block repeats, from its arguments alone."""
        if self._count is not None:
            return COUNT
        return FOR_EACH if self._for_each is not None else SINGLE

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of the body and of all meta-arguments."""
        path = self.path
        own = ("resource", *self.resource.key)
        compiled: list[Compiled] = [item for item in (self._count, self._for_each) if item is not None]
        for item in compiled:
            for reference in item.references:
                yield path, reference
        for reference in self.body.references():
            yield path, reference
        for rule in (*self.preconditions, *self.postconditions):
            for reference in rule.references():
                if reference.subject != own:
                    yield path, reference
        for trigger in self._triggers:
            for reference in trigger.references:
                yield path, reference

    def expand(self, world: World, data: ModuleData) -> Iterable[tuple[InstanceKey, OptionalValue]] | None:
        """The instances in one module instance, with `each.value`; None when count or for_each is at fault."""
        expansion = expand(self._count, self._for_each, world.context(data))
        if expansion is None:
            return None
        data.resources[self.resource.key] = ResourceData(expansion.repetition)
        return expansion.instances

    def address(self, data: ModuleData, key: InstanceKey) -> ResourceInstance:
        """The address of an instance."""
        resource = self.resource
        return ResourceInstance(data.address, resource.mode, resource.type, resource.name, key)

    def asking(self, world: World, address: ResourceInstance) -> Asking:
        """Who to ask about an instance."""
        provider = world.providers.instance(self.provider)
        return Asking(
            world,
            provider,
            self.provider,
            provider.capabilities().inline,
            self.schema,
            self.resource.type,
            str(address),
            self.body.locate,
        )


class ManagedNode(ConfiguredNode):
    """Plans the instances of a managed resource, and the deletion of those it has no longer."""

    __slots__ = ("_planning",)

    def __init__(
        self, module: Module, resource: Resource, provider: AbsProviderConfig, world: World, planning: Planning
    ) -> None:
        super().__init__(module, resource, provider, world)
        self._planning = planning

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Expand, and start the work of each instance."""
        pieces: list[Steps] = []
        fine = True
        if not self.body.sound:
            return False
        for data in world.modules.at(self.path):
            instances = self._instances(world, data)
            if instances is None:
                fine = False
                continue
            shared: dict[object, values.Value] = {}
            wanted: set[InstanceKey] = set()
            for key, each_value in instances:
                wanted.add(key)
                address = self.address(data, key)
                if self._planning.is_targeted(address):
                    pieces.append(self._plan(world, data, address, each_value, shared))
            if self.preconditions or self.postconditions:
                world.check_state("resource", str(self)).expanded = True
            pieces.extend(orphans.of_resource(self._planning, self, data, wanted))
        if not fine:
            pieces.append(failing())
        return pieces or True

    def _instances(self, world: World, data: ModuleData) -> Iterable[tuple[InstanceKey, OptionalValue]] | None:
        """What to plan: what the configuration has or, where all is destroyed, what the state has."""
        if self._planning.options.mode != "destroy":
            return self.expand(world, data)
        data.resources[self.resource.key] = ResourceData(self.repetition)
        stored = self._planning.stored(self.address(data, None).resource())
        return [] if stored is None else [(key, MISSING) for key in stored.instances]

    def _plan(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        shared: dict[object, values.Value],
    ) -> Steps:
        planning = self._planning
        resource = self.resource
        asking = self.asking(world, address)
        own = data.resources[resource.key]
        own.set(address.key, DYNAMIC_UNKNOWN)
        stored_resource = planning.stored(address.resource())
        stored = stored_resource.instances.get(address.key) if stored_resource is not None else None
        current = None
        if stored is not None:
            for deposed, item in stored.deposed.items():
                fine = yield from orphans.plan_deposed(planning, asking, address, deposed, item)
                if not fine:
                    return False
            if stored.current is not None:
                prior = yield from reading.read(
                    planning,
                    asking,
                    address,
                    None,
                    stored.current,
                    self.dependency_texts,
                    self.create_before_destroy,
                )
                if prior is None:
                    return False
                current = prior.current
        if planning.options.mode == "refresh-only":
            return self._keep(world, data, address, each_value, current)
        if planning.options.mode == "destroy":
            if current is None:
                own.set(address.key, values.null_of(self.schema.block.object_type))
                return True
            own.set(address.key, current.value)
            return (yield from orphans.plan_delete(planning, asking, address, "", current, self))
        key = MISSING if address.key is None else address.key
        if self.preconditions and not conditions.check(
            world, data, "precondition", asking.address, self.preconditions, key=key, each_value=each_value
        ):
            return False
        ctx = world.context(data, key=key, each_value=each_value, shared=shared)
        before = len(world.diags)
        config = self.body.evaluate(ctx)
        triggered = any(trigger.fires(ctx, planning, data) for trigger in self._triggers)
        if world.errors_since(before):
            return False
        wish = Wish(
            config,
            self.create_before_destroy,
            triggered or address in planning.replace,
            triggered,
        )
        found = yield from difference(asking, resource, wish, current)
        if found is None:
            return False
        change = changes.ResourceChange(
            address,
            address,
            None,
            self.provider,
            found.action,
            found.reason,
            found.before,
            found.after,
            self.schema,
            found.replace_paths,
            found.private,
            after_identity=found.identity,
        )
        if change.action in changes.REPLACING and not orphans.may_destroy(world, self, address):
            return False
        planning.add(change)
        own.set(address.key, found.after)
        if self.postconditions:
            return conditions.check(
                world,
                data,
                "postcondition",
                asking.address,
                self.postconditions,
                key=key,
                each_value=each_value,
                self_value=found.after,
            )
        return True

    def _keep(
        self,
        world: World,
        data: ModuleData,
        address: ResourceInstance,
        each_value: OptionalValue,
        current: object,
    ) -> bool:
        """A plan that only refreshes: the value is what was read, and conditions only warn."""
        from iacctl.eval.objects import Object

        value: values.Value = values.null_of(self.schema.block.object_type)
        if isinstance(current, Object):
            value = current.value
        data.resources[self.resource.key].set(address.key, value)
        key = MISSING if address.key is None else address.key
        for kind, rules in (("precondition", self.preconditions), ("postcondition", self.postconditions)):
            if rules:
                conditions.check(
                    world,
                    data,
                    kind,  # type: ignore[arg-type]
                    str(address),
                    rules,
                    key=key,
                    each_value=each_value,
                    self_value=value if kind == "postcondition" else MISSING,
                    severity="warning",
                )
        return True


def failing() -> Steps:
    """A piece of work that has failed already."""
    return False
    yield

