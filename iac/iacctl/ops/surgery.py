"""Changes of the state alone: moving and forgetting objects, and handing them to another provider.

Nothing is done to what they stand for. All functions work on documents in memory; who calls them holds the lock and
stores the outcome. The rules about which address means what, and the words, are Terraform's (`terraform state`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from iacctl.addrs import (
    AbsResource,
    AddressError,
    ResourceInstance,
    parse_resource_instance,
    parse_target,
)
from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.plan.planning import covers, module_of, resource_of, state_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.addrs import ModuleInstance, Provider
    from iacctl_state.document import InstanceState, ObjectState, ResourceKey, StateDocument

    Address: TypeAlias = "ModuleInstance | AbsResource | ResourceInstance"

_APPLY_FIRST: Final = 'you must run "terraform apply" first to'


class ModuleExistsError(Exception):
    """The module that another is to become is there already."""

    def __init__(self) -> None:
        super().__init__("destination module already exists")


def failure(summary: str, detail: str) -> DiagnosticError:
    """An error of the one kind that all functions here raise."""
    return DiagnosticError([Diagnostic("error", summary, detail)])


def address(text: str) -> Address:
    """Read the address of a module, a resource or an instance.

    Raises:
        DiagnosticError: it is none of these.
    """
    try:
        return parse_target(text)
    except AddressError as error:
        raise failure(error.summary, error.detail) from None


def instance_address(text: str) -> ResourceInstance:
    """Read the address of one resource instance.

    Raises:
        DiagnosticError: it is none.
    """
    try:
        return parse_resource_instance(text)
    except AddressError as error:
        raise failure(error.summary, error.detail) from None


# -- looking -----------------------------------------------------------------------------------------------------


def instances(state: StateDocument) -> list[ResourceInstance]:
    """All instances that the state holds, in the order of their addresses."""
    found = [
        resource_of(key).instance(name) for key, resource in state.resources.items() for name in resource.instances
    ]
    return sorted(found, key=ResourceInstance.order)


def matching(state: StateDocument, wanted: Address) -> list[ResourceInstance]:
    """The instances that an address stands for: a module's with all below it, a resource's, or one.

    A module without a key stands for all its instances too, but not as a part of a resource's address.
    """
    if isinstance(wanted, AbsResource):
        return [found for found in instances(state) if found.resource() == wanted]
    return [found for found in instances(state) if covers(wanted, found)]


def listed(state: StateDocument, texts: Sequence[str], object_id: str = "") -> list[ResourceInstance]:
    """What `state list` lists.

    Args:
        state: the state.
        texts: addresses to list; all instances when there are none.
        object_id: if given, only instances whose attribute `id` is this.

    Raises:
        DiagnosticError: a text is no address, or the state holds nothing there.
    """
    if not texts:
        found = instances(state)
    else:
        found = []
        for text in texts:
            wanted = address(text)
            some = matching(state, wanted)
            if not some:
                raise _unknown(wanted)
            found += some
    if object_id:
        found = [item for item in found if _id(state, item) == object_id]
    return found


def _id(state: StateDocument, item: ResourceInstance) -> object:
    current = state.object(state_key(item.resource()), item.key)
    return None if current is None or current.attributes is None else current.attributes.get("id")


def _unknown(wanted: Address) -> DiagnosticError:
    if isinstance(wanted, ResourceInstance):
        return failure(
            "Unknown resource instance",
            f"The current state contains no resource instance {wanted}. If you've just added its resource to the "
            f"configuration or have changed the count or for_each arguments, {_APPLY_FIRST} update the resource's entry in "
            "the state.",
        )
    if isinstance(wanted, AbsResource):
        return failure(
            "Unknown resource",
            f"The current state contains no resource {wanted}. If you've just added this resource to the configuration, "
            f"{_APPLY_FIRST} create the resource's entry in the state.",
        )
    return failure(
        "Unknown module",
        f"The current state contains no module at {_text(wanted)}. If you've just added this module to the configuration, "
        f"{_APPLY_FIRST} create the module's entry in the state.",
    )


def _text(wanted: Address) -> str:
    from iacctl.addrs import module_instance_text

    return str(wanted) if isinstance(wanted, AbsResource | ResourceInstance) else module_instance_text(wanted)


# -- moving ------------------------------------------------------------------------------------------------------


class Move(NamedTuple):
    """What `move` is about to do, or has done: addresses as text."""

    source: str
    target: str


def move(
    source: StateDocument, target: StateDocument, from_text: str, to_text: str, *, dry_run: bool = False
) -> list[Move]:
    """Put a module, a resource or an instance under another address.

    Args:
        source: the state that holds it.
        target: the state that is to hold it; perhaps the same.
        from_text: its address.
        to_text: its address to be.
        dry_run: only find out whether it can be done.

    Returns:
        What is moved: one thing, or a module and those below it.

    Raises:
        DiagnosticError: a text is no address, nothing is at the one, something is at the other, or they don't fit.
        ModuleExistsError: a module is at the other.
    """
    wanted, goal = _existing(source, address(from_text)), address(to_text)
    if not isinstance(wanted, AbsResource | ResourceInstance):
        if isinstance(goal, AbsResource | ResourceInstance):
            raise _unfit("Invalid target address", wanted, goal, "the target must also be a module.")
        return _move_module(source, target, wanted, goal, dry_run=dry_run)
    if isinstance(wanted, ResourceInstance) and isinstance(goal, AbsResource):
        goal = goal.instance(None)
    if not isinstance(goal, AbsResource | ResourceInstance):
        what = "resource instance" if isinstance(wanted, ResourceInstance) else "whole resource"
        raise _unfit("Invalid target address", wanted, goal, f"the target must also be a {what}.")
    if isinstance(wanted, AbsResource) and isinstance(goal, ResourceInstance):
        raise _unfit(
            "Invalid target address",
            wanted,
            goal,
            "the source is a whole resource (not a resource instance) so the target must also be a whole resource.",
        )
    _require_same_type(wanted, goal)
    if isinstance(wanted, AbsResource):
        assert isinstance(goal, AbsResource)
        _require_free(target, goal)
        pairs = [(wanted.instance(item.key), goal.instance(item.key)) for item in matching(source, wanted)]
    else:
        assert isinstance(goal, ResourceInstance)
        _require_free(target, goal)
        pairs = [(wanted, goal)]
    if not dry_run:
        for old, new in pairs:
            _transfer(source, target, old, new)
    return [Move(_text(wanted), _text(goal))]


def _existing(state: StateDocument, wanted: Address) -> Address:
    """The address, with a resource's made an instance's where the state holds it without a key.

    Raises:
        DiagnosticError: there is nothing.
    """
    if isinstance(wanted, ResourceInstance):
        if state.instance(state_key(wanted.resource()), wanted.key) is None:
            raise failure("Invalid source address", f"The current state does not contain {wanted}.")
        return wanted
    if isinstance(wanted, AbsResource):
        resource = state.resource(state_key(wanted))
        if resource is not None:
            return wanted.instance(None) if None in resource.instances else wanted
    elif any(module_of(key[0]) == wanted for key in state.resources):
        return wanted
    raise failure(
        "Invalid source address", f"Cannot move {_text(wanted)}: does not match anything in the current state."
    )


def _unfit(summary: str, wanted: Address, goal: Address, why: str) -> DiagnosticError:
    return failure(summary, f"Cannot move {_text(wanted)} to {_text(goal)}: {why}")


def _require_same_type(wanted: AbsResource | ResourceInstance, goal: AbsResource | ResourceInstance) -> None:
    if wanted.mode != goal.mode:
        kind = "managed resource" if wanted.mode == "managed" else "data resource"
        raise _unfit(
            "Invalid state move request", wanted, goal, f"a {kind} can be moved only to another {kind} address."
        )
    if wanted.type != goal.type:
        raise _unfit("Invalid state move request", wanted, goal, "resource types don't match.")


def _require_free(target: StateDocument, goal: AbsResource | ResourceInstance) -> None:
    if isinstance(goal, ResourceInstance):
        taken, what = target.instance(state_key(goal.resource()), goal.key) is not None, "a resource instance"
    else:
        taken, what = target.resource(state_key(goal)) is not None, "a resource"
    if taken:
        raise failure(
            "Invalid target address",
            f"Cannot move to {goal}: there is already {what} at that address in the current state.",
        )


def _move_module(
    source: StateDocument, target: StateDocument, wanted: ModuleInstance, goal: ModuleInstance, *, dry_run: bool
) -> list[Move]:
    found = [item for item in instances(source) if item.module[: len(wanted)] == wanted]
    if any(module_of(key[0]) == goal for key in target.resources):
        raise ModuleExistsError
    modules = {item.module: (*goal, *item.module[len(wanted) :]) for item in found}
    if not dry_run:
        for item in found:
            _transfer(source, target, item, item._replace(module=modules[item.module]))
    return [Move(_text(old), _text(new)) for old, new in modules.items()]


def _transfer(source: StateDocument, target: StateDocument, old: ResourceInstance, new: ResourceInstance) -> None:
    old_key, new_key = state_key(old.resource()), state_key(new.resource())
    if source is target:
        source.move_instance(old_key, old.key, new_key, new.key)
        return
    provider = source.resources[old_key].provider
    instance = source.resources[old_key].instances[old.key]
    for deposed, item in _objects(instance):
        target.set_object(new_key, new.key, item, provider=provider, deposed=deposed)
    _forget(source, old_key, old)


def _objects(instance: InstanceState) -> list[tuple[str | None, ObjectState]]:
    current: list[tuple[str | None, ObjectState]] = [] if instance.current is None else [(None, instance.current)]
    return [*instance.deposed.items(), *current]


# -- forgetting --------------------------------------------------------------------------------------------------


def remove(state: StateDocument, texts: Iterable[str], *, dry_run: bool = False) -> list[ResourceInstance]:
    """Forget instances; what they stand for goes on existing.

    Args:
        state: the state.
        texts: addresses of modules, resources and instances.
        dry_run: only find out what they stand for.

    Returns:
        The instances, an instance that two addresses stand for twice.

    Raises:
        DiagnosticError: a text is no address.
    """
    found = [item for wanted in [address(text) for text in texts] for item in matching(state, wanted)]
    if not dry_run:
        for item in found:
            _forget(state, state_key(item.resource()), item)
    return found


def _forget(state: StateDocument, key: ResourceKey, item: ResourceInstance) -> None:
    instance = state.instance(key, item.key)
    if instance is not None:
        for deposed, _ in _objects(instance):
            state.remove_object(key, item.key, deposed)


# -- providers ---------------------------------------------------------------------------------------------------


def managed_by(state: StateDocument, provider: Provider) -> list[AbsResource]:
    """The resources that the state says belong to a provider, in the order of their addresses."""
    return sorted(
        (resource_of(key) for key, item in state.resources.items() if _provider(item.provider) == provider),
        key=lambda item: item.instance(None).order(),
    )


def replace_provider(state: StateDocument, resources: Iterable[AbsResource], provider: Provider) -> None:
    """Say that resources belong to another provider; the configurations' modules and aliases stay."""
    from iacctl.addrs import parse_abs_provider_config

    for address_ in resources:
        resource = state.remove_resource(state_key(address_))
        assert resource is not None
        config = parse_abs_provider_config(resource.provider)
        assert config is not None
        changed = type(resource)(
            resource.module,
            resource.mode,
            resource.type,
            resource.name,
            str(config._replace(provider=provider)),
            dict(resource.instances),
            resource.extra,
        )
        state.set_resource(changed)


def _provider(text: str) -> Provider | None:
    from iacctl.addrs import parse_abs_provider_config

    config = parse_abs_provider_config(text)
    return None if config is None else config.provider
