"""Carrying out moves on the prior state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.addrs import AbsResource, ResourceInstance, module_instance_text, module_path
from iacctl.plan.moves import endpoints, statements
from iacctl.plan.planning import module_of
from iacctl_state.document import ResourceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.addrs import InstanceKey, ModuleInstance
    from iacctl.config.model import ResourceKey
    from iacctl.plan.moves.endpoints import Endpoint
    from iacctl.plan.moves.statements import Statement
    from iacctl_state.document import InstanceState, StateDocument


class Move(NamedTuple):
    """Where an instance comes from, and what has moved it last."""

    origin: ResourceInstance
    statement: Statement


class Outcome(NamedTuple):
    """What moves came to.

    Attributes:
        state: the state with everything under its new address.
        moved: for each new address, where the instance comes from.
        blocked: what could not move since there was something already: its address and the one wanted, in order.
    """

    state: StateDocument
    moved: dict[ResourceInstance, Move]
    blocked: tuple[tuple[str, str], ...]


def apply(found: Iterable[Statement], state: StateDocument) -> Outcome:
    """Carry out moves; nothing moves when they form a cycle, which `validation` reports."""
    mover = _Mover(state)
    for statement in statements.graph(found).order() or ():
        if statement.from_.resource is None:
            mover.move_modules(statement)
        else:
            mover.move_resources(statement, statement.from_.resource)
    return mover.finish()


def rename_dependencies(state: StateDocument, origins: Mapping[ResourceInstance, ResourceInstance]) -> StateDocument:
    """The state with new names wherever an object says that it was made from something that has moved."""
    names: dict[str, set[str]] = {}
    for new, old in origins.items():
        names.setdefault(str(old.config()), set()).add(str(new.config()))
    document = state.snapshot()
    for item in state.objects():
        held = item.object.dependencies
        if any(name in names for name in held):
            renamed = sorted({other for name in held for other in names.get(name, (name,))})
            obj = item.object.replace(dependencies=tuple(renamed))
            provider = item.resource.provider
            document.set_object(item.resource.key, item.instance_key, obj, provider=provider, deposed=item.deposed)
    return document


class _Resource(NamedTuple):
    """A resource of the state under construction; `stored` says what was known of it besides its instances."""

    stored: ResourceState
    instances: dict[InstanceKey, InstanceState]


class _Mover:
    """The state while moves are carried out."""

    def __init__(self, state: StateDocument) -> None:
        self._state = state
        self._moved: dict[ResourceInstance, Move] = {}
        self._blocked: list[tuple[tuple[object, ...], str, str]] = []
        self._touched: dict[tuple[ModuleInstance, ResourceKey], None] = {}
        self._modules: dict[ModuleInstance, dict[ResourceKey, _Resource]] = {}
        known: dict[str, ModuleInstance] = {}
        for stored in state.resources.values():
            address = known.get(stored.module)
            if address is None:
                address = known[stored.module] = module_of(stored.module)
            key: ResourceKey = (stored.mode, stored.type, stored.name)
            self._modules.setdefault(address, {})[key] = _Resource(stored, stored.instances)

    def move_modules(self, statement: Statement) -> None:
        """Move the module instances that a statement selects, with those in them."""
        from_, to = statement.from_, statement.to
        for old in self._selected(from_):
            new = endpoints.moved_module(from_, to, old)
            if new in self._modules:
                self._block(old, module_instance_text(old), module_instance_text(new))
                continue
            held = self._modules.pop(old)
            self._modules[new] = held
            for key, resource in held.items():
                self._touch(old, key)
                self._touch(new, key)
                for instance_key in resource.instances:
                    self._record(
                        statement,
                        ResourceInstance(old, *key, instance_key),
                        ResourceInstance(new, *key, instance_key),
                    )

    def move_resources(self, statement: Statement, resource: ResourceKey) -> None:
        """Move the resources, or instances of them, that a statement selects."""
        from_, to = statement.from_, statement.to
        assert to.resource is not None
        for module in self._selected(from_):
            held = self._modules[module].get(resource)
            if held is None:
                continue
            target = endpoints.containing_module(from_, to, module)
            if from_.whole:
                self._move_whole(statement, AbsResource(module, *resource), AbsResource(target, *to.resource))
            elif from_.key in held.instances:
                self._move_one(
                    statement,
                    ResourceInstance(module, *resource, from_.key),
                    ResourceInstance(target, *to.resource, to.key),
                )

    def _selected(self, from_: Endpoint) -> list[ModuleInstance]:
        if from_.resource is not None and not from_.declared_in:
            return [from_.modules] if from_.modules in self._modules else []
        return [module for module in self._modules if endpoints.selects(from_, module)]

    def _move_whole(self, statement: Statement, old: AbsResource, new: AbsResource) -> None:
        if new[1:] in self._modules.get(new.module, ()):
            self._block(old.module, str(old), str(new))
            return
        held = self._take(old)
        self._modules.setdefault(new.module, {})[new[1:]] = held
        self._touch(new.module, new[1:])
        for key in held.instances:
            self._record(statement, old.instance(key), new.instance(key))

    def _move_one(self, statement: Statement, old: ResourceInstance, new: ResourceInstance) -> None:
        there = self._modules.get(new.module, {}).get(new[1:4])
        if there is not None and new.key in there.instances:
            self._block(old.module, str(old), str(new))
            return
        source = self._modules[old.module][old[1:4]]
        left = dict(source.instances)
        moving = left.pop(old.key)
        if left:
            self._put(old.resource(), _Resource(source.stored, left))
        else:
            self._take(old.resource())
        # Looked up again: the two may be instances of one resource.
        there = self._modules.get(new.module, {}).get(new[1:4])
        if there is None:
            there = _Resource(source.stored, {})
        self._put(new.resource(), _Resource(there.stored, {**there.instances, new.key: moving}))
        self._record(statement, old, new)

    def _put(self, address: AbsResource, resource: _Resource) -> None:
        self._modules.setdefault(address.module, {})[address[1:]] = resource
        self._touch(address.module, address[1:])

    def _take(self, address: AbsResource) -> _Resource:
        resources = self._modules[address.module]
        held = resources.pop(address[1:])
        if not resources:
            del self._modules[address.module]
        self._touch(address.module, address[1:])
        return held

    def _touch(self, module: ModuleInstance, key: ResourceKey) -> None:
        self._touched[module, key] = None

    def _record(self, statement: Statement, old: ResourceInstance, new: ResourceInstance) -> None:
        before = self._moved.pop(old, None)
        self._moved[new] = Move(old if before is None else before.origin, statement)

    def _block(self, module: ModuleInstance, actual: str, wanted: str) -> None:
        self._blocked.append(((len(module), module_path(module), actual), actual, wanted))

    def finish(self) -> Outcome:
        """The state as it is now."""
        document = self._state.snapshot()
        for module, key in self._touched:
            held = self._modules.get(module, {}).get(key)
            text = module_instance_text(module)
            if held is None:
                document.remove_resource((text, *key))
                continue
            stored = held.stored
            mode, type_, name = key
            document.set_resource(
                ResourceState(text, mode, type_, name, stored.provider, dict(held.instances), stored.extra)  # type: ignore[arg-type]
            )
        blocked = tuple((actual, wanted) for _, actual, wanted in sorted(self._blocked))
        # A chain that leads back to where it began has moved nothing.
        moved = {new: move for new, move in self._moved.items() if new != move.origin}
        return Outcome(document, moved, blocked)
