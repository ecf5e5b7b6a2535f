"""Resource addresses at three levels: in the configuration, in a module instance, and one instance."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from iacctl.addrs.keys import InstanceKey, instance_key_text, key_order, quote
from iacctl.addrs.modules import ModuleInstance, ModulePath, module_instance_text, module_path, module_path_text

__all__ = [
    "DATA",
    "EPHEMERAL",
    "MANAGED",
    "AbsResource",
    "ConfigResource",
    "InstanceKey",
    "Mode",
    "ResourceInstance",
    "instance_key_text",
    "key_order",
    "quote",
]

Mode: TypeAlias = Literal["managed", "data", "ephemeral"]
MANAGED: Final = "managed"
DATA: Final = "data"
EPHEMERAL: Final = "ephemeral"

_PREFIX: dict[str, str] = {MANAGED: "", DATA: "data.", EPHEMERAL: "ephemeral."}


class ConfigResource(NamedTuple):
    """A resource block in a module of the configuration, whatever instances the module has."""

    module: ModulePath
    mode: Mode
    type: str
    name: str

    def __str__(self) -> str:
        """`module.a.data.type.name`."""
        local = f"{_PREFIX[self.mode]}{self.type}.{self.name}"
        return f"{module_path_text(self.module)}.{local}" if self.module else local


class AbsResource(NamedTuple):
    """A resource in one module instance, with all of its instances."""

    module: ModuleInstance
    mode: Mode
    type: str
    name: str

    def __str__(self) -> str:
        """`module.a["x"].data.type.name`."""
        local = f"{_PREFIX[self.mode]}{self.type}.{self.name}"
        return f"{module_instance_text(self.module)}.{local}" if self.module else local

    def config(self) -> ConfigResource:
        """The block this resource comes from."""
        return ConfigResource(module_path(self.module), self.mode, self.type, self.name)

    def instance(self, key: InstanceKey) -> ResourceInstance:
        """One instance of this resource."""
        return ResourceInstance(self.module, self.mode, self.type, self.name, key)


class ResourceInstance(NamedTuple):
    """One instance of a resource: what a provider creates, reads, changes and deletes."""

    module: ModuleInstance
    mode: Mode
    type: str
    name: str
    key: InstanceKey

    def __str__(self) -> str:
        """`module.a["x"].type.name[0]`."""
        local = f"{_PREFIX[self.mode]}{self.type}.{self.name}{instance_key_text(self.key)}"
        return f"{module_instance_text(self.module)}.{local}" if self.module else local

    def resource(self) -> AbsResource:
        """The resource that this is an instance of."""
        return AbsResource(self.module, self.mode, self.type, self.name)

    def config(self) -> ConfigResource:
        """The block this instance comes from."""
        return ConfigResource(module_path(self.module), self.mode, self.type, self.name)

    def order(self) -> tuple[object, ...]:
        """A sort key that lists instances as Terraform does: by module, mode, type, name, key."""
        return (
            len(self.module),
            tuple((name, key_order(key)) for name, key in self.module),
            self.mode != DATA,
            self.type,
            self.name,
            key_order(self.key),
        )
