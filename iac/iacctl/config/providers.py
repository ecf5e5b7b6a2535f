"""Which provider configuration serves each resource, and which providers a configuration needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.addrs import AbsProviderConfig, ConfigResource

if TYPE_CHECKING:
    from iacctl.addrs import ModulePath, Provider
    from iacctl.config.model import Module, PassedProvider, ProviderConfig, ResourceKey, VersionRequirement
    from iacctl.diag import Diagnostics


class Resolution(NamedTuple):
    """The provider configurations of a tree of modules.

    Attributes:
        of_resource: by module path and resource key, the configuration that serves the resource.
        blocks: the block of each configuration; a configuration that is only implied has none.
    """

    of_resource: dict[tuple[ModulePath, ResourceKey], AbsProviderConfig]
    blocks: dict[AbsProviderConfig, ProviderConfig]


def resolve(root: Module, diags: Diagnostics) -> Resolution:
    """Find the provider configuration of every resource.

    A default configuration that a module does not have comes from its caller, in the end from the root, where it is there
    even without a block. An alternative one must be declared or passed by name.

    Args:
        root: a tree that was loaded without errors.
        diags: gets references to configurations that do not exist.
    """
    resolver = _Resolver()
    for module in root.walk():
        resolver.add(module, diags)
    if diags.has_errors:
        return Resolution({}, resolver.blocks)
    found: dict[tuple[ModulePath, ResourceKey], AbsProviderConfig] = {}
    for module in root.walk():
        # The resources of one module mostly share a few configurations.
        known: dict[tuple[Provider, str, str | None], AbsProviderConfig | None] = {}
        for key, resource in module.resources.items():
            name, alias = resource.provider_config_key
            asked = (resource.provider, name, alias)
            if asked not in known:
                known[asked] = resolver.find(module, resource.provider, alias)
            config = known[asked]
            if config is None:
                _report_missing(module, key, resource.provider, alias, diags)
            else:
                found[module.path, key] = config
    return Resolution(found, resolver.blocks)


class _Resolver:
    """Answers for one tree.

    Attributes:
        blocks: see `Resolution`.
    """

    __slots__ = ("_passed", "blocks")

    def __init__(self) -> None:
        self._passed: dict[tuple[ModulePath, Provider, str | None], PassedProvider] = {}
        self.blocks: dict[AbsProviderConfig, ProviderConfig] = {}

    def add(self, module: Module, diags: Diagnostics) -> None:
        """Take in what a module declares and what its caller, which was taken in before, passes to it."""
        passed = module.call.providers or () if module.call is not None else ()
        for item in passed:
            assert module.parent is not None
            source = module.provider_for(item.in_child.name)
            if source != module.parent.provider_for(item.in_parent.name):
                continue  # Terraform has no use for a configuration of another provider, and does not complain
            if self._has(module.parent, source, item):
                self._passed[module.path, source, item.in_child.alias] = item
            else:
                diags.error(f"missing provider {AbsProviderConfig(module.parent.path, source, item.in_parent.alias)}")
        for config in module.provider_configs.values():
            source = module.provider_for(config.local_name)
            if (module.path, source, config.alias) in self._passed:
                continue  # an empty block, which only asks for a configuration
            self.blocks[AbsProviderConfig(module.path, source, config.alias)] = config

    def _has(self, module: Module, source: Provider, item: PassedProvider) -> bool:
        """Whether a module has the configuration that it passes on; implied ones cannot be passed."""
        name, alias = item.in_parent.key
        if AbsProviderConfig(module.path, source, alias) in self.blocks or (module.path, source, alias) in self._passed:
            return True
        return not module.path and alias is None and name in module.required_providers

    def find(self, module: Module, source: Provider, alias: str | None) -> AbsProviderConfig | None:
        """The configuration that a provider and alias mean in a module; None if there is none."""
        here: Module | None = module
        while here is not None:
            address = AbsProviderConfig(here.path, source, alias)
            if address in self.blocks:
                return address
            passed = self._passed.get((here.path, source, alias))
            if passed is not None:
                assert here.parent is not None
                source, alias = here.parent.provider_for(passed.in_parent.name), passed.in_parent.alias
            elif alias is not None:
                return None
            elif here.parent is None:
                return address
            here = here.parent
        return None


def _report_missing(module: Module, key: ResourceKey, source: Provider, alias: str | None, diags: Diagnostics) -> None:
    resource = ConfigResource(module.path, *key)
    config = AbsProviderConfig(module.path, source, alias)
    diags.error(
        "Provider configuration not present",
        f"To work with {resource} its original provider configuration at {config} is required, but it has been removed."
        " This occurs when a provider configuration is removed while objects created by that provider still exist in the"
        f" state. Re-add the provider configuration to destroy {resource}, after which you can remove the provider"
        " configuration again.",
    )


def requirements(root: Module) -> dict[Provider, list[VersionRequirement]]:
    """The providers that a tree needs, each with the version constraints that its modules put on it, in order of address."""
    found: dict[Provider, list[VersionRequirement]] = {}
    for module in root.walk():
        for required in module.required_providers.values():
            wanted = found.setdefault(required.source, [])
            if required.requirement is not None:
                wanted.append(required.requirement)
        for config in module.provider_configs.values():
            wanted = found.setdefault(module.provider_for(config.local_name), [])
            if config.version is not None:
                wanted.append(config.version)
        for resource in module.resources.values():
            found.setdefault(resource.provider, [])
        for item in module.imports:
            if item.provider_ref is not None:
                found.setdefault(module.provider_for(item.provider_ref.name), [])
    return {source: found[source] for source in sorted(found)}
