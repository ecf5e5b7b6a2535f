"""The two ends of a move: patterns that select resources or modules in every instance of the declaring module."""

from __future__ import annotations

from types import EllipsisType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from iacctl.addrs import AbsResource, ResourceInstance, module_instance_text

if TYPE_CHECKING:
    from iacctl.addrs import InstanceKey, ModuleInstance, ModulePath
    from iacctl.config.model import ResourceKey, Target

KeyPattern: TypeAlias = "InstanceKey | EllipsisType"
"""An instance key, or `...` where any key will do."""


class Absolute(NamedTuple):
    """What an end of a move stands for in one instance of the declaring module.

    Attributes:
        modules: the containing module instance and, where a module is meant, that module as the last step.
        resource: mode, type and name; None where a module is meant.
        key: the key of the resource instance, or of the module instance.
        whole: whether the whole resource or module call is meant rather than one instance of it.
    """

    modules: ModuleInstance
    resource: ResourceKey | None
    key: InstanceKey
    whole: bool

    def __str__(self) -> str:
        """The address."""
        if self.resource is None:
            return module_instance_text(self.modules)
        if self.whole:
            return str(AbsResource(self.modules, *self.resource))
        return str(ResourceInstance(self.modules, *self.resource, self.key))


class Endpoint(NamedTuple):
    """One end of a move.

    Attributes:
        declared_in: the module with the statement, which speaks of each of its instances.
        modules: the module calls on the way from there, with their keys; a module that is meant itself is the last.
        resource: mode, type and name; None where a module is meant.
        key: the key of the resource instance, or of the module instance.
        whole: whether the whole resource or module call is meant rather than one instance of it.
    """

    declared_in: ModulePath
    modules: ModuleInstance
    resource: ResourceKey | None
    key: InstanceKey
    whole: bool

    @property
    def path(self) -> ModulePath:
        """Names of the modules on the way from the root."""
        return (*self.declared_in, *(name for name, _ in self.modules))

    @property
    def keys(self) -> tuple[KeyPattern, ...]:
        """For every module on the way from the root, the key that it must have."""
        own: list[KeyPattern] = [key for _, key in self.modules]
        if self.resource is None and self.whole:
            own[-1] = ...
        return (*(... for _ in self.declared_in), *own)

    def within(self, module: ModuleInstance) -> Absolute:
        """What this stands for in one instance of the declaring module."""
        return Absolute((*module, *self.modules), self.resource, self.key, self.whole)

    def __str__(self) -> str:
        """The address with `[*]` for what may have any key."""
        parts = [f"module.{name}[*]" for name in self.declared_in]
        parts.append(str(self.within(())))
        return ".".join(parts) + ("[*]" if self.whole else "")


def of_statement(declared_in: ModulePath, from_: Target, to: Target) -> tuple[Endpoint, Endpoint]:
    """The ends of a move; as soon as one of the addresses has a key, both mean single instances."""
    whole = _key(from_) is None and _key(to) is None
    return _endpoint(declared_in, from_, whole), _endpoint(declared_in, to, whole)


def _endpoint(declared_in: ModulePath, target: Target, whole: bool) -> Endpoint:
    modules = cast("ModuleInstance", target.modules)  # only import blocks have expressions as keys
    return Endpoint(declared_in, modules, target.resource, _key(target), whole)


def _key(target: Target) -> InstanceKey:
    key = target.modules[-1][1] if target.resource is None else target.key
    return cast("InstanceKey", key)


def overlap(one: Endpoint, other: Endpoint) -> bool:
    """Whether an object could be selected by both ends, whose paths and resources are equal."""
    if not _keys_overlap(one.keys, other.keys):
        return False
    return one.resource is None or one.whole or other.whole or one.key == other.key


def encloses(outer: Endpoint, inner: Endpoint) -> bool:
    """Whether `inner` lies in the module that `outer` selects, whose path begins that of `inner`."""
    length = len(outer.path)
    if inner.resource is None and len(inner.path) == length:
        return False
    return _keys_overlap(outer.keys, inner.keys[:length])


def _keys_overlap(one: tuple[KeyPattern, ...], other: tuple[KeyPattern, ...]) -> bool:
    return all(a is ... or b is ... or a == b for a, b in zip(one, other, strict=True))


def selects(endpoint: Endpoint, module: ModuleInstance) -> bool:
    """Whether a module instance is the one selected, or lies in it, or is the one a selected resource lies in."""
    path, keys = endpoint.path, endpoint.keys
    length = len(path)
    if len(module) < length or (endpoint.resource is not None and len(module) != length):
        return False
    return all(
        name == wanted and (pattern is ... or pattern == key)
        for (name, key), wanted, pattern in zip(module, path, keys, strict=False)
    )


def moved_module(from_: Endpoint, to: Endpoint, module: ModuleInstance) -> ModuleInstance:
    """Where a module instance goes that the move of a module selects."""
    base = module[: len(from_.declared_in)]
    length = len(from_.path)
    target = to.modules
    if to.whole:
        target = (*target[:-1], (target[-1][0], module[length - 1][1]))
    return (*base, *target, *module[length:])


def containing_module(from_: Endpoint, to: Endpoint, module: ModuleInstance) -> ModuleInstance:
    """The module instance that a resource goes to whose own module instance the move selects."""
    return (*module[: len(from_.declared_in)], *to.modules)
