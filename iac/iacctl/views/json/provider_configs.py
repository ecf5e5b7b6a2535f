"""The provider configurations that plan JSON lists, and the keys by which resources refer to them.

A key is a local name with an alias, such as `aws.west`, behind the module's address and a colon outside of the root module.
A configuration that a module takes over from its caller is not listed: its users get the key of the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl.addrs import module_path_text
from iacctl.config.providers import served
from iacctl.views.json import expressions

if TYPE_CHECKING:
    from iacctl.addrs import ModulePath, Provider
    from iacctl.config.actions import Action
    from iacctl.config.model import Module, PassedProvider, Resource, VersionRequirement
    from iacctl.views.protocols import Schemas


class _Entry(NamedTuple):
    """A provider configuration of a module: what is shown of it, and the key of the one it is taken over from."""

    source: Provider
    shown: dict[str, Any]
    original: str = ""


class ProviderConfigs:
    """The provider configurations of a tree of modules.

    Args:
        root: the root module.
        schemas: what providers declare.
    """

    __slots__ = ("_entries", "_schemas")

    def __init__(self, root: Module, schemas: Schemas) -> None:
        self._schemas = schemas
        self._entries: dict[str, _Entry] = {}
        for module in root.walk():
            if module.call is not None and module.parent is not None:
                for passed in module.call.providers or ():
                    self._add_passed(module, module.parent, passed)
            self._add_module(module)

    def listed(self) -> dict[str, Any]:
        """The `provider_config` of plan JSON."""
        return {key: entry.shown for key, entry in sorted(self._entries.items()) if not entry.original}

    def key_of(self, module: Module, resource: Resource | Action) -> str:
        """The key of the configuration that serves a resource or an action."""
        name, alias = resource.provider_config_key
        own = _key(module.path, _local_name(name, alias))
        entry = self._entries.get(own)
        return entry.original or own if entry is not None else own

    def _add_passed(self, module: Module, caller: Module, passed: PassedProvider) -> None:
        source = module.provider_for(passed.in_child.name)
        name = str(passed.in_child)
        shown = _shown(name, source, module.path)
        original = self._original(_key(caller.path, str(passed.in_parent)), source)
        self._entries[_key(module.path, name)] = _Entry(source, shown, original)

    def _add_module(self, module: Module) -> None:
        wanted = _requirements(module)
        constraints = {source: _constraints_text(items) for source, items in wanted.items()}
        for config in module.provider_configs.values():
            source = module.provider_for(config.local_name)
            block = self._schemas.schema(source).provider.block
            shown = _shown(
                config.local_name,
                source,
                module.path,
                config.alias or "",
                constraints[source],
                expressions.body(config.body, block),
            )
            self._entries[_key(module.path, _local_name(*config.key))] = _Entry(source, shown)
        for required in module.required_providers.values():
            names = [*(str(alias) for alias in required.configuration_aliases), required.local_name]
            for name in names:
                shown = _shown(required.local_name, required.source, module.path, "", constraints[required.source])
                self._entries.setdefault(_key(module.path, name), _Entry(required.source, shown))
        for source in wanted:
            # What is required without being named, under the name that it has by default.
            original = "" if module.parent is None else self._original(_key(module.parent.path, source.type), source)
            shown = _shown(source.type, source, module.path)
            self._entries.setdefault(_key(module.path, source.type), _Entry(source, shown, original))

    def _original(self, key: str, source: Provider) -> str:
        """The configuration that one of a calling module comes from; empty if it has no such configuration."""
        found = ""
        entry = self._entries.get(key)
        while entry is not None and entry.source == source:
            found = key
            key = entry.original
            entry = self._entries.get(key)
        return found


def _key(path: ModulePath, name: str) -> str:
    return f"{module_path_text(path)}:{name}" if path else name


def _local_name(name: str, alias: str | None) -> str:
    return f"{name}.{alias}" if alias else name


def _shown(
    name: str,
    source: Provider,
    path: ModulePath,
    alias: str = "",
    constraints: str = "",
    written: dict[str, Any] | None = None,
) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "full_name": str(source)}
    if alias:
        found["alias"] = alias
    if constraints:
        found["version_constraint"] = constraints
    if path:
        found["module_address"] = module_path_text(path)
    if written:
        found["expressions"] = written
    return found


def _requirements(module: Module) -> dict[Provider, list[VersionRequirement]]:
    """The providers that a module needs by itself, with the version constraints that it puts on them."""
    found: dict[Provider, list[VersionRequirement]] = {}
    for required in module.required_providers.values():
        wanted = found.setdefault(required.source, [])
        if required.requirement is not None:
            wanted.append(required.requirement)
    for config in module.provider_configs.values():
        wanted = found.setdefault(module.provider_for(config.local_name), [])
        if config.version is not None:
            wanted.append(config.version)
    for _, item in served(module):
        found.setdefault(item.provider, [])
    return found


def _constraints_text(wanted: list[VersionRequirement]) -> str:
    if not wanted:
        return ""
    from iacctl.install.providers import normal_text

    return normal_text(item for requirement in wanted for item in requirement.constraints.items)
