"""Module addresses: the static path of a module call, and the path of one of its instances."""

from __future__ import annotations

from typing import TypeAlias

from iacctl.addrs.keys import InstanceKey, instance_key_text

ModulePath: TypeAlias = tuple[str, ...]
"""Names of nested module calls, the root being the empty tuple."""

ModuleInstance: TypeAlias = tuple[tuple[str, InstanceKey], ...]
"""Names and keys of nested module calls, the root being the empty tuple."""

ROOT: ModuleInstance = ()


def module_path(instance: ModuleInstance) -> ModulePath:
    """The static path that a module instance belongs to."""
    return tuple(name for name, _ in instance)


def module_path_text(path: ModulePath) -> str:
    """`module.a.module.b`; empty for the root."""
    return ".".join(f"module.{name}" for name in path)


def module_instance_text(instance: ModuleInstance) -> str:
    """`module.a["x"].module.b[0]`; empty for the root."""
    return ".".join(f"module.{name}{instance_key_text(key)}" for name, key in instance)


def module_call_text(instance: ModuleInstance, name: str) -> str:
    """The address of the call `name` made inside a module instance, without a key of its own."""
    return module_instance_text((*instance, (name, None)))
