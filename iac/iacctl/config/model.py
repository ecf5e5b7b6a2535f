"""The module tree: modules with what their blocks declare. The classes of `declarations` can be had from here as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.config.declarations import (
    Backend,
    Condition,
    Local,
    ModuleCall,
    Output,
    PassedProvider,
    ProviderConfig,
    ProviderRef,
    Provisioner,
    RequiredProvider,
    Resource,
    ResourceKey,
    Variable,
    VersionRequirement,
    implied_provider_name,
)

if TYPE_CHECKING:
    from iacctl.addrs import ModulePath, Provider
    from iacctl.config.actions import Action, ActionKey
    from iacctl.config.blocks.encryption import Encryption
    from iacctl.config.queries import ListBlock, ListKey
    from iacctl.diag import Diagnostics, Range, SourceFile
    from iacctl.hcl.ast import Expression
    from iacctl.hcl.body import Block, Body

__all__ = [
    "Backend",
    "Check",
    "Condition",
    "Config",
    "Import",
    "Local",
    "Module",
    "ModuleCall",
    "Moved",
    "Output",
    "PassedProvider",
    "ProviderConfig",
    "ProviderRef",
    "Provisioner",
    "Removed",
    "RequiredProvider",
    "Resource",
    "ResourceKey",
    "Target",
    "Variable",
    "VersionRequirement",
    "implied_provider_name",
]


class Check:
    """A `check` block: assertions that warn, with at most one data source of their own (in `Module.resources`)."""

    __slots__ = ("assertions", "data_resource", "name", "range")

    def __init__(self, name: str, range: Range) -> None:
        self.name = name
        self.range = range
        self.assertions: list[Condition] = []
        self.data_resource: ResourceKey | None = None


class Target(NamedTuple):
    """The address that a `moved`, `removed` or `import` block names, relative to its module.

    A key is an int or str, None where there is none, or an expression (in `import` blocks only).

    Attributes:
        modules: the names of module calls on the way, each with its key.
        resource: mode, type and name; None if a module is meant.
        key: the key behind the resource.
        range: where it is written.
    """

    modules: tuple[tuple[str, int | str | Expression | None], ...]
    resource: ResourceKey | None
    key: int | str | Expression | None
    range: Range


class Moved(NamedTuple):
    """A `moved` block: what was at `from_` is at `to` now."""

    from_: Target
    to: Target
    range: Range


class Import(NamedTuple):
    """An `import` block.

    Attributes:
        to: where to import to; always a resource.
        to_expression: the same as written.
        id: the identifier, or None if `identity` is given.
        identity: the identity object, or None.
        for_each: one import for each element, or None.
        provider_ref: what the `provider` argument names, or None.
        range: the block's header.
        provider_range: where the `provider` argument is written; None if it is missing.
    """

    to: Target
    to_expression: Expression
    id: Expression | None
    identity: Expression | None
    for_each: Expression | None
    provider_ref: ProviderRef | None
    range: Range
    provider_range: Range | None = None


class Removed(NamedTuple):
    """A `removed` block.

    Attributes:
        from_: a resource or module without any keys.
        destroy: whether the objects are destroyed, or else only forgotten.
        provisioners: what runs before destruction.
        connection: how provisioners reach the object, or None.
        range: the block's header.
    """

    from_: Target
    destroy: bool
    provisioners: tuple[Provisioner, ...]
    connection: Body | None
    range: Range


class Module:
    """One module of the tree, with what all its files declare after overrides.

    Attributes:
        path: where it stands in the tree; the root's is empty.
        directory: the directory it was read from, as messages name it.
        source: the source address of the call, as written; empty for the root.
        call: the block that calls it; None for the root.
        parent: the calling module; None for the root.
        resources: managed, data and ephemeral ones.
        actions: its `action` blocks by type and name.
        lists: the `list` blocks of query files, by type and name; of the root only, and only where these were read.
        calls: its `module` blocks.
        children: the modules they call, as far as these could be read.
        provider_configs: `provider` blocks by local name and alias.
        required_providers: entries of the `required_providers` block by local name.
        implied_providers: local names that resources and provider blocks use without being required.
        required_versions: `required_version` arguments.
        cloud: where a `cloud` block is, or None.
        encryption: the `encryption` block, or None.
        files: the files read, in order, override files last.
    """

    __slots__ = (
        "actions",
        "backend",
        "call",
        "calls",
        "checks",
        "children",
        "cloud",
        "directory",
        "encryption",
        "files",
        "implied_providers",
        "imports",
        "lists",
        "locals",
        "moved",
        "outputs",
        "parent",
        "path",
        "provider_configs",
        "provider_meta",
        "removed",
        "required_providers",
        "required_versions",
        "resources",
        "source",
        "variables",
    )

    def __init__(self, path: ModulePath, directory: str, source: str = "", parent: Module | None = None) -> None:
        self.path = path
        self.directory = directory
        self.source = source
        self.parent = parent
        self.call: ModuleCall | None = None
        self.variables: dict[str, Variable] = {}
        self.locals: dict[str, Local] = {}
        self.outputs: dict[str, Output] = {}
        self.resources: dict[ResourceKey, Resource] = {}
        self.calls: dict[str, ModuleCall] = {}
        self.children: dict[str, Module] = {}
        self.provider_configs: dict[tuple[str, str | None], ProviderConfig] = {}
        self.provider_meta: dict[str, Block] = {}
        self.required_providers: dict[str, RequiredProvider] = {}
        self.implied_providers: set[str] = set()
        self.required_versions: list[VersionRequirement] = []
        self.backend: Backend | None = None
        self.cloud: Range | None = None
        self.encryption: Encryption | None = None
        self.checks: dict[str, Check] = {}
        self.moved: list[Moved] = []
        self.imports: list[Import] = []
        self.removed: list[Removed] = []
        self.actions: dict[ActionKey, Action] = {}
        self.lists: dict[ListKey, ListBlock] = {}
        self.files: list[SourceFile] = []

    def provider_for(self, local_name: str) -> Provider:
        """The source address that a local name stands for in this module."""
        found = self.required_providers.get(local_name)
        if found is not None:
            return found.source
        from iacctl.addrs.providers import implied_provider

        return implied_provider(local_name)

    def walk(self) -> list[Module]:
        """This module and all below it, parents before children, children in the order of their names."""
        found: list[Module] = []
        waiting = [self]
        while waiting:
            module = waiting.pop()
            found.append(module)
            waiting.extend(module.children[name] for name in sorted(module.children, reverse=True))
        return found

    def descendant(self, path: ModulePath) -> Module | None:
        """The module at a path below this one; None if there is none."""
        module: Module | None = self
        for name in path:
            module = module.children.get(name) if module else None
        return module


class Config(NamedTuple):
    """A whole configuration.

    Attributes:
        root: the root module; its tree is as complete as the errors allow.
        diagnostics: what was found while reading it.
        sources: every file read, by name.
    """

    root: Module
    diagnostics: Diagnostics
    sources: dict[str, SourceFile]
