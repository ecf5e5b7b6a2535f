"""Which provider configuration serves each resource, and which providers a configuration needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from iacctl.addrs import AbsProviderConfig, ConfigResource, module_path_text
from iacctl.config.declarations import implied_provider_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.addrs import ModulePath, Provider
    from iacctl.addrs.resources import Mode
    from iacctl.config.actions import Action
    from iacctl.config.model import Module, PassedProvider, ProviderConfig, Resource, VersionRequirement
    from iacctl.config.queries import ListBlock
    from iacctl.diag import Diagnostics, Range
    from iacctl.hcl.ast import Expression


ServedKey: TypeAlias = "tuple[str, str, str]"
"""Mode (or `"action"`), type and name of a block that a provider configuration serves."""


def served(module: Module) -> Iterator[tuple[ServedKey, Resource | Action | ListBlock]]:
    """The blocks of a module that a provider configuration serves: resources, actions and lists."""
    yield from module.resources.items()
    for key, action in module.actions.items():
        yield ("action", *key), action
    for key, item in module.lists.items():
        yield ("list", *key), item


class KeySource(NamedTuple):
    """Where it is written which instance of a provider configuration serves a resource.

    Attributes:
        expression: the key.
        call: the module whose call says so; None if the resource does.
    """

    expression: Expression
    call: ModulePath | None


class Resolution(NamedTuple):
    """The provider configurations of a tree of modules.

    Attributes:
        of_resource: by module path and resource key, the configuration that serves the resource; of an action the key is
            `("action", type, name)`.
        blocks: the block of each configuration; a configuration that is only implied has none.
        keys: as `of_resource`, where it is written which instance of the configuration that is.
    """

    of_resource: dict[tuple[ModulePath, ServedKey], AbsProviderConfig]
    blocks: dict[AbsProviderConfig, ProviderConfig]
    keys: dict[tuple[ModulePath, ServedKey], KeySource]


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
        return Resolution({}, resolver.blocks, {})
    found: dict[tuple[ModulePath, ServedKey], AbsProviderConfig] = {}
    keys: dict[tuple[ModulePath, ServedKey], KeySource] = {}
    for module in root.walk():
        # The resources of one module mostly share a few configurations.
        known: dict[tuple[Provider, str, str | None], tuple[AbsProviderConfig | None, KeySource | None]] = {}
        for key, resource in served(module):
            name, alias = resource.provider_config_key
            asked = (resource.provider, name, alias)
            if asked not in known:
                known[asked] = resolver.find(module, resource.provider, alias)
            config, source = known[asked]
            if resource.provider_ref is not None and resource.provider_ref.instance is not None:
                source = KeySource(resource.provider_ref.instance, None)
            if config is None:
                _report_missing(module, key, resource.provider, alias, diags)
                continue
            found[module.path, key] = config
            block = resolver.blocks.get(config)
            if (block is not None and block.for_each is not None) is not (source is not None):
                _report_key(config, resource.range if source is None else source.expression.range, source is None, diags)
            elif source is not None:
                keys[module.path, key] = source
    return Resolution(found, resolver.blocks, keys)


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

    def find(
        self, module: Module, source: Provider, alias: str | None
    ) -> tuple[AbsProviderConfig | None, KeySource | None]:
        """The configuration that a provider and alias mean in a module (None if there is none), and which instance of it."""
        here: Module | None = module
        key: KeySource | None = None
        while here is not None:
            address = AbsProviderConfig(here.path, source, alias)
            if address in self.blocks:
                return address, key
            passed = self._passed.get((here.path, source, alias))
            if passed is not None:
                assert here.parent is not None
                source, alias = here.parent.provider_for(passed.in_parent.name), passed.in_parent.alias
                if passed.in_parent.instance is not None:
                    key = KeySource(passed.in_parent.instance, here.path)
            elif alias is not None:
                return None, None
            elif here.parent is None:
                return address, key
            here = here.parent
        return None, None


def _report_key(config: AbsProviderConfig, place: Range, missing: bool, diags: Diagnostics) -> None:
    name = f"{config.provider.type}.{config.alias}"
    if missing:
        detail = f"The provider configuration {config} has for_each set: name one of its instances, as in {name}[each.key]."
    else:
        detail = f"The provider configuration {config} has no for_each, so it must be named without a key."
    diags.error("Invalid provider configuration reference", detail, place)


def _report_missing(module: Module, key: ServedKey, source: Provider, alias: str | None, diags: Diagnostics) -> None:
    resource = _address(module, key)
    config = AbsProviderConfig(module.path, source, alias)
    diags.error(
        "Provider configuration not present",
        f"To work with {resource} its original provider configuration at {config} is required, but it has been removed."
        " This occurs when a provider configuration is removed while objects created by that provider still exist in the"
        f" state. Re-add the provider configuration to destroy {resource}, after which you can remove the provider"
        " configuration again.",
    )


def _address(module: Module, key: ServedKey) -> str:
    if key[0] in ("action", "list"):
        local = ".".join(key)
        return f"{module_path_text(module.path)}.{local}" if module.path else local
    return str(ConfigResource(module.path, cast("Mode", key[0]), key[1], key[2]))


def requirements(root: Module, *others: Module) -> dict[Provider, list[VersionRequirement]]:
    """The providers that trees need, each with the version constraints that their modules put on it, in order of address.

    Args:
        root: the tree of a configuration.
        others: roots of further trees, such as those that tests run.
    """
    found: dict[Provider, list[VersionRequirement]] = {}
    for module in (module for tree in (root, *others) for module in tree.walk()):
        _add_requirements(module, found)
    return {source: found[source] for source in sorted(found)}


def own_requirements(module: Module) -> dict[Provider, list[VersionRequirement]]:
    """As `requirements`, of one module without those that it calls."""
    found: dict[Provider, list[VersionRequirement]] = {}
    _add_requirements(module, found)
    return {source: found[source] for source in sorted(found)}


def _add_requirements(module: Module, found: dict[Provider, list[VersionRequirement]]) -> None:
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
    for wanted_import in module.imports:
        if wanted_import.provider_ref is not None:
            found.setdefault(module.provider_for(wanted_import.provider_ref.name), [])
        elif not module.path and not wanted_import.to.modules and wanted_import.to.resource is not None:
            declared = module.resources.get(wanted_import.to.resource)
            name = implied_provider_name(wanted_import.to.resource[1])
            found.setdefault(module.provider_for(name) if declared is None else declared.provider, [])
