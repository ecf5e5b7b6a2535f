"""Objects that the configuration no longer wants: deposed ones, instances without a key, resources without a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import AbsProviderConfig, AbsResource, ResourceInstance, parse_abs_provider_config
from iacctl.eval import objects
from iacctl.eval.calls import Asking
from iacctl.eval.data import COUNT, FOR_EACH, SINGLE
from iacctl.eval.nodes import Node
from iacctl.plan import changes, reading
from iacctl.plan.planning import delete_change, resource_of
from iacctl.plan.removals import forget_instance
from iacctl.provider.requests import PlanRequest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Any

    from iacctl.addrs import InstanceKey
    from iacctl.eval.configured import ConfiguredNode
    from iacctl.eval.data import ModuleData, Repetition
    from iacctl.eval.objects import Object
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.plan.managed import ManagedNode
    from iacctl.plan.planning import Planning
    from iacctl_state.document import InstanceState, ObjectState, ResourceState


def of_resource(
    planning: Planning, node: ManagedNode, data: ModuleData, wanted: set[InstanceKey]
) -> Iterable[Steps]:
    """The work on instances that the state has in a module instance and the configuration has not."""
    resource = node.resource
    stored = planning.stored(AbsResource(data.address, resource.mode, resource.type, resource.name))
    if stored is None:
        return
    repetition = data.resources[resource.key].repetition
    for key, instance in stored.instances.items():
        if key in wanted:
            continue
        address = node.address(data, key)
        if not planning.is_targeted(node, address):
            continue
        reason = "" if planning.options.mode == "destroy" else _reason(node, repetition, key)
        yield _plan_instance(planning, node.asking(planning.world, address), address, instance, reason, node)


def _reason(node: ManagedNode, repetition: Repetition, key: InstanceKey) -> str:
    """Why an instance with a key that is not wanted goes away."""
    if key is None and node.enabled is not None:
        return changes.DELETE_NOT_ENABLED
    if repetition == COUNT:
        return changes.DELETE_COUNT_INDEX if type(key) is int else changes.DELETE_WRONG_REPETITION
    if repetition == FOR_EACH:
        return changes.DELETE_EACH_KEY if type(key) is str else changes.DELETE_WRONG_REPETITION
    return changes.DELETE_WRONG_REPETITION if repetition == SINGLE else ""


def _plan_instance(
    planning: Planning,
    asking: Asking,
    address: ResourceInstance,
    instance: InstanceState,
    reason: str,
    node: ConfiguredNode | None,
) -> Steps:
    for deposed, item in instance.deposed.items():
        fine = yield from plan_deposed(planning, asking, address, deposed, item, node)
        if not fine:
            return False
    if instance.current is None:
        return True
    prior = yield from reading.read(planning, asking, address, None, instance.current, None, None)
    if prior is None:
        return False
    if planning.options.mode == "refresh-only" or prior.current is None:
        return True
    return (yield from plan_delete(planning, asking, address, reason, prior.current, node))


def plan_deposed(
    planning: Planning,
    asking: Asking,
    address: ResourceInstance,
    deposed: str,
    stored: ObjectState,
    node: ConfiguredNode | None,
) -> Generator[Job | Waiting, Any, bool]:
    """Plan the deletion of a deposed object; whether that went well."""
    prior = yield from reading.read(planning, asking, address, deposed, stored, None, None)
    if prior is None:
        return False
    if prior.current is None or planning.options.mode == "refresh-only":
        return True
    action: changes.Action = changes.FORGET if retained(node, prior.current) else changes.DELETE
    planning.add(delete_change(address, deposed, asking.config, "", prior.current, asking.schema, action))
    return True


def retained(node: ConfiguredNode | None, current: Object) -> bool:
    """Whether an object is forgotten where it would be destroyed: the block says so or, where it is gone, the state."""
    if node is None:
        return current.retained
    return node.resource.destroy is False


def plan_delete(
    planning: Planning,
    asking: Asking,
    address: ResourceInstance,
    reason: str,
    current: Object,
    node: ConfiguredNode | None,
) -> Generator[Job | Waiting, Any, bool]:
    """Plan the deletion of an instance's current object; whether that went well."""
    if retained(node, current):
        forgotten = delete_change(address, None, asking.config, reason, current, asking.schema, changes.FORGET)
        planning.add(forgotten)
        return True
    change = delete_change(address, None, asking.config, reason, current, asking.schema)
    if asking.provider.capabilities().plan_destroy:
        null = values.null_of(asking.schema.block.object_type)
        prior, _ = values.unmark_deep(current.value)
        request = PlanRequest(asking.type_name, prior, null, null, current.private, asking.meta)
        response = yield from asking.ask(asking.provider.plan, request)
        if response is None:
            return False
        if not values.is_null(response.planned):
            asking.bug(
                "Provider produced invalid plan", f"planned a non-null destroy value for {asking.address}."
            )
            return False
        change = change._replace(private=response.private)
    planning.add(change)
    return may_destroy(planning.world, node, address)


def may_destroy(world: World, node: ConfiguredNode | None, address: ResourceInstance) -> bool:
    """Whether `prevent_destroy` allows the instance to be destroyed; reported if not."""
    if node is None or not node.resource.prevent_destroy or not world.surroundings.prevents_destroy:
        return True
    world.diags.error(
        "Instance cannot be destroyed",
        f"Resource {address} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To "
        "avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the "
        "plan using the -target option.",
        node.resource.range,
    )
    return False


class OrphanNode(Node):
    """A resource of the state whose block, module or module instance is gone.

    Attributes:
        stored: what the state holds.
        address: where.
        provider: the provider configuration that the state names.
    """

    __slots__ = ("_planning", "address", "provider", "stored")

    def __init__(self, stored: ResourceState, provider: AbsProviderConfig, planning: Planning) -> None:
        self.address = resource_of(stored.key)
        super().__init__(self.address.config().module)
        self.stored = stored
        self.provider = provider
        self._planning = planning

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Plan the deletion of every object."""
        planning = self._planning
        if self.address.mode != "managed":
            return True
        if not self._is_gone(world):
            return True
        reason = ""
        if planning.options.mode != "destroy":
            reason = changes.DELETE_NO_MODULE if self._is_declared(world) else changes.DELETE_NO_CONFIG
        schema = world.providers.resource_schema(self.provider.provider, "managed", self.address.type)
        if schema is None:
            world.diags.error(
                "Resource type not supported by provider",
                f"The state has an object of {self.address}, but the provider {self.provider.provider.for_display()} has no "
                f"resource type {self.address.type}.",
            )
            return False
        forgotten = planning.options.mode == "normal" and planning.removals.forget(self.address.config())
        pieces: list[Steps] = []
        for key, instance in self.stored.instances.items():
            address = self.address.instance(key)
            if not planning.is_targeted(self, address):
                continue
            held = objects.provider_key(instance.current or next(iter(instance.deposed.values()), None))
            provider = world.serving(self.provider, address, held)
            asking = Asking(
                world,
                provider,
                self.provider,
                provider.capabilities().inline,
                schema,
                self.address.type,
                str(address),
                meta=world.provider_meta(self.path, self.provider.provider),
                provider_key=held,
            )
            if forgotten:
                pieces.append(forget_instance(planning, asking, address, instance, reason))
            else:
                pieces.append(_plan_instance(planning, asking, address, instance, reason, None))
        return pieces or True

    def _is_gone(self, world: World) -> bool:
        """Whether the configuration does not deal with the resource after all modules were expanded."""
        return not self._is_declared(world) or not world.modules.exists(self.address.module)

    def _is_declared(self, world: World) -> bool:
        """Whether the configuration has the block, whatever instances of its module there are."""
        module = world.config.root.descendant(self.path)
        return module is not None and (self.address.mode, self.address.type, self.address.name) in module.resources

    def __str__(self) -> str:
        return f"{self.address} (orphan)"


def state_provider(stored: ResourceState) -> AbsProviderConfig | None:
    """The provider configuration that a resource of the state names; None when it cannot be read."""
    return parse_abs_provider_config(stored.provider)

