"""What has been evaluated so far: per module instance its variables, locals, outputs and resource values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from iacctl import values
from iacctl.addrs import module_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from iacctl.addrs import InstanceKey, ModuleInstance, ModulePath
    from iacctl.config.model import Module, ResourceKey
    from iacctl.eval.scope import ModuleScope
    from iacctl.values import Value

Repetition: TypeAlias = Literal["single", "count", "for_each", "unknown"]
SINGLE: Final = "single"
COUNT: Final = "count"
FOR_EACH: Final = "for_each"
UNKNOWN: Final = "unknown"


class ResourceData:
    """The values of a resource's instances in one module instance.

    Attributes:
        repetition: whether it has count, for_each or neither; "unknown" while only validating.
        instances: the value of each instance so far.
        absent: the value where there is no instance without a key.
    """

    __slots__ = ("_whole", "absent", "instances", "repetition")

    def __init__(self, repetition: Repetition) -> None:
        self.repetition = repetition
        self.instances: dict[InstanceKey, Value] = {}
        self.absent: Value = values.DYNAMIC_UNKNOWN
        self._whole: tuple[Value] | None = None

    def set(self, key: InstanceKey, value: Value) -> None:
        """Say what an instance's value is."""
        self.instances[key] = value
        self._whole = None

    def whole(self) -> Value:
        """The value of the resource as a whole: an object, a tuple (count) or an object of objects (for_each)."""
        if self.repetition == SINGLE:
            return self.instances.get(None, self.absent)
        if self._whole is None:
            self._whole = (self._collect(),)
        return self._whole[0]

    def _collect(self) -> Value:
        if self.repetition == COUNT:
            last = max((key for key in self.instances if isinstance(key, int)), default=-1)
            return values.tuple_value([self.instances.get(index, values.DYNAMIC_UNKNOWN) for index in range(last + 1)])
        if self.repetition == FOR_EACH:
            return values.object_value({key: value for key, value in self.instances.items() if isinstance(key, str)})
        return values.DYNAMIC_UNKNOWN


class CallData:
    """The instances of a module call in one instance of the calling module."""

    __slots__ = ("instances", "repetition")

    def __init__(self, repetition: Repetition) -> None:
        self.repetition = repetition
        self.instances: dict[InstanceKey, ModuleData] = {}


class ModuleData:
    """Everything evaluated in one module instance.

    Attributes:
        address: the instance.
        module: its configuration.
        parent: the calling instance; None for the root.
        repetition_key: key of this instance among those of its call.
        each_value: `each.value` for the arguments of the call, where it has for_each.
    """

    __slots__ = (
        "address",
        "calls",
        "each_value",
        "locals",
        "module",
        "outputs",
        "parent",
        "repetition_key",
        "resources",
        "scope",
        "variables",
    )

    def __init__(
        self,
        address: ModuleInstance,
        module: Module,
        parent: ModuleData | None = None,
        repetition_key: InstanceKey = None,
        each_value: Value = None,
    ) -> None:
        self.address = address
        self.module = module
        self.parent = parent
        self.repetition_key = repetition_key
        self.each_value = each_value
        self.variables: dict[str, Value] = {}
        self.locals: dict[str, Value] = {}
        self.outputs: dict[str, Value] = {}
        self.resources: dict[ResourceKey, ResourceData] = {}
        self.calls: dict[str, CallData] = {}
        self.scope: ModuleScope | None = None

    def resource(self, mode: str, type_: str, name: str) -> ResourceData | None:
        """The values of a resource, once it is expanded."""
        return self.resources.get((mode, type_, name))  # type: ignore[arg-type]


class Modules:
    """All module instances, grown as module calls are expanded.

    Args:
        root: the root module.
        replaced: gives the output values of an instance that is not to be looked into; None for any other.
    """

    def __init__(
        self, root: Module, replaced: Callable[[ModuleInstance], Mapping[str, Value] | None] | None = None
    ) -> None:
        self.root = ModuleData((), root)
        self._replaced_outputs = replaced
        self._replaced: dict[ModulePath, list[tuple[ModuleData, Mapping[str, Value]]]] = {}
        self._by_path: dict[ModulePath, list[ModuleData]] = {(): [self.root]}
        self._by_address: dict[ModuleInstance, ModuleData] = {(): self.root}

    def at(self, path: ModulePath) -> list[ModuleData]:
        """The instances of a module, as far as they are expanded."""
        return self._by_path.get(path, [])

    def replaced_at(self, path: ModulePath) -> list[tuple[ModuleData, Mapping[str, Value]]]:
        """The instances of a module that are not looked into, with their outputs, as far as they are expanded."""
        return self._replaced.get(path, [])

    def is_empty(self, path: ModulePath) -> bool:
        """Whether it is known that a module has no instances."""
        for length in range(1, len(path) + 1):
            if self.at(path[:length]):
                continue
            return all(path[length - 1] in parent.calls for parent in self.at(path[: length - 1]))
        return False

    def get(self, address: ModuleInstance) -> ModuleData | None:
        """One instance; None where there is no such."""
        return self._by_address.get(address)

    def all(self) -> Iterable[ModuleData]:
        """All instances of all modules so far."""
        return self._by_address.values()

    def expand(
        self, parent: ModuleData, name: str, repetition: Repetition, keys: Iterable[tuple[InstanceKey, Value]]
    ) -> None:
        """Make the instances of a module call. `keys` gives key and `each.value` of every instance."""
        call = parent.calls[name] = CallData(repetition)
        for key, each_value in keys:
            self._add(parent, name, call, key, each_value)

    def add(self, parent: ModuleData, name: str, key: InstanceKey) -> ModuleData:
        """Make one instance of a module call that the state knows of."""
        call = parent.calls.get(name)
        if call is None:
            repetition: Repetition = SINGLE if key is None else COUNT if type(key) is int else FOR_EACH
            call = parent.calls[name] = CallData(repetition)
        return self._add(parent, name, call, key, None)

    def _add(self, parent: ModuleData, name: str, call: CallData, key: InstanceKey, each_value: Value) -> ModuleData:
        child = parent.module.children[name]
        data = ModuleData((*parent.address, (name, key)), child, parent, key, each_value)
        call.instances[key] = data
        self._by_address[data.address] = data
        outputs = None if self._replaced_outputs is None else self._replaced_outputs(data.address)
        if outputs is None:
            self._by_path.setdefault(child.path, []).append(data)
        else:
            self._replaced.setdefault(child.path, []).append((data, outputs))
        return data

    def exists(self, address: ModuleInstance) -> bool:
        """Whether the configuration has this module instance (once everything is expanded)."""
        return address in self._by_address

    def declared(self, address: ModuleInstance) -> bool:
        """Whether the configuration has a call for this module, whatever its instances."""
        return self.root.module.descendant(module_path(address)) is not None
