"""What the nodes of a planning walk share and fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.addrs import AbsResource, ResourceInstance, module_instance_text, module_path, parse_resource_instance
from iacctl.eval import objects
from iacctl.plan import changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.addrs import ConfigResource, ModuleInstance
    from iacctl.eval.nodes import Node
    from iacctl.eval.objects import Object
    from iacctl.eval.world import World
    from iacctl.plan.changes import ResourceChange
    from iacctl.plan.destroying import Part
    from iacctl.plan.generated_text import Generated
    from iacctl.plan.intents import Intents
    from iacctl.plan.invocations import ActionInvocation
    from iacctl.plan.model import Options
    from iacctl.plan.moves.prior import MovedState
    from iacctl.plan.removals import Removals
    from iacctl.provider.schema import Schema
    from iacctl_state.document import ObjectState, ResourceKey, ResourceState


class Planning:
    """The state of one planning walk.

    Attributes:
        world: evaluation.
        options: what was asked for.
        previous: the state as it was, with everything under its new address.
        origins: for each instance that has moved, its address in the state as it was.
        removals: what `removed` blocks say.
        refreshed: the state as objects are read.
        changes: what was decided so far.
        drift: what differs between the two states.
        by_instance: the change of each instance's current object.
        pending: resources of the configuration with a change that is still to come, and the module instances it is in.
        replace: instances that are to be replaced by request.
        intents: creations that an interrupted apply has left unfinished.
        invocations: of actions, in no order.
        generated: configuration written for imported objects, in no order.
        part: which walk of the plan it is; before one that destroys everything nothing is imported, and after the first walk
            the state has the values of data sources.
        altered: whether what was read differs from what the state has of managed resources.
        filtered: where targets are given, the nodes that they name; others are there since these depend on them.
    """

    def __init__(
        self, world: World, options: Options, moved: MovedState, removals: Removals, intents: Intents
    ) -> None:
        self.world = world
        self.options = options
        self.previous = previous = moved.state
        self.origins = moved.origins
        self.removals = removals
        self.intents = intents
        self.refreshed = previous.snapshot()
        world.stored_provider_key = self._provider_key
        self.changes: list[ResourceChange] = []
        self.drift: list[ResourceChange] = []
        self.by_instance: dict[ResourceInstance, ResourceChange] = {}
        self.pending: dict[ConfigResource, set[ModuleInstance]] = {}
        self.replace = frozenset(options.replace)
        self.invocations: list[ActionInvocation] = []
        self.generated: list[Generated] = []
        self.part: Part = "whole"
        self.altered = False
        self.filtered: frozenset[Node] = frozenset()
        self._stored: dict[tuple[tuple[str, ...], str, str, str], list[ResourceState]] | None = None

    def add(self, change: ResourceChange) -> None:
        """Take down a decision."""
        origin = self.origins.get(change.address)
        if origin is not None:
            reason = change.reason
            if reason == changes.DELETE_NO_CONFIG:
                reason = changes.DELETE_NO_MOVE_TARGET
            change = change._replace(previous_address=origin, reason=reason)
        self.changes.append(change)
        if change.deposed is None:
            self.by_instance[change.address] = change
        if change.action != changes.NO_OP:
            self.pending.setdefault(change.address.config(), set()).add(change.address.module)

    def awaits(self, module: ModuleInstance, resources: Iterable[ConfigResource]) -> bool:
        """Whether one of the resources has a change to come that something in a module instance has to wait for.

        What is in another instance of the same module cannot be what is depended on.
        """
        for resource in resources:
            instances = self.pending.get(resource)
            if instances is not None and (resource.module != module_path(module) or module in instances):
                return True
        return False

    def add_drift(self, change: ResourceChange) -> None:
        """Take down what differs between the two states."""
        origin = self.origins.get(change.address)
        self.drift.append(change if origin is None else change._replace(previous_address=origin))

    def stored(self, address: AbsResource) -> ResourceState | None:
        """What the state holds of a resource."""
        return self.previous.resources.get(state_key(address))

    def _provider_key(self, address: ResourceInstance) -> str | None:
        found = self.stored(address.resource())
        instance = None if found is None else found.instances.get(address.key)
        return None if instance is None else objects.provider_key(instance.current)

    def save(self, address: ResourceInstance, deposed: str | None, item: ObjectState | None, provider: str) -> None:
        """Take down an object as it was read; None when it is gone."""
        key = state_key(address.resource())
        if item is None:
            self.refreshed.remove_object(key, address.key, deposed)
        else:
            self.refreshed.set_object(key, address.key, item, provider=provider, deposed=deposed)

    def is_targeted(self, node: Node, address: ResourceInstance) -> bool:
        """Whether an instance is to be planned: it is a target, or its whole resource is needed, or all are wanted."""
        return node not in self.filtered or any(covers(target, address) for target in self.options.targets)


class Prior(NamedTuple):
    """An object of the state before and after it was read. `current` is None when it is gone."""

    stored: ObjectState
    before: Object
    current: Object | None


def covers(target: object, address: ResourceInstance) -> bool:
    """Whether a target (module instance, resource or instance) includes an instance.

    A module or resource named without a key includes all of its instances.
    """
    if isinstance(target, ResourceInstance):
        return target == address
    if isinstance(target, AbsResource):
        return (target.mode, target.type, target.name) == (address.mode, address.type, address.name) and module_covers(
            target.module, address.module, exact=True
        )
    return module_covers(target, address.module)  # type: ignore[arg-type]


def module_covers(target: ModuleInstance, module: ModuleInstance, *, exact: bool = False) -> bool:
    """Whether a module address includes a module instance (itself, or below it unless `exact`)."""
    if len(target) > len(module) or (exact and len(target) != len(module)):
        return False
    return all(
        name == other and (key is None or key == other_key)
        for (name, key), (other, other_key) in zip(target, module, strict=False)
    )


def state_key(address: AbsResource) -> ResourceKey:
    """The key of a resource in a state document."""
    return (module_instance_text(address.module), address.mode, address.type, address.name)


def module_of(text: str) -> ModuleInstance:
    """The module instance that a state's resource stands in."""
    if not text:
        return ()
    return parse_resource_instance(f"{text}.x.x").module


def resource_of(key: ResourceKey) -> AbsResource:
    """The address of a resource in a state document."""
    module, mode, type_, name = key
    return AbsResource(module_of(module), mode, type_, name)  # type: ignore[arg-type]


def delete_change(
    address: ResourceInstance,
    deposed: str | None,
    provider: object,
    reason: str,
    current: Object,
    schema: Schema,
    action: changes.Action = changes.DELETE,
) -> ResourceChange:
    """The change that ends an object."""
    return changes.ResourceChange(
        address,
        address,
        deposed,
        provider,  # type: ignore[arg-type]
        action,
        reason,
        current.value,
        values.null_of(schema.block.object_type),
        schema,
        private=current.private,
        before_identity=current.identity,
    )


def sort_changes(found: Iterable[ResourceChange]) -> tuple[ResourceChange, ...]:
    """Changes in the order of addresses, deposed objects after the current one."""
    return tuple(sorted(found, key=lambda item: (item.address.order(), item.deposed or "")))
