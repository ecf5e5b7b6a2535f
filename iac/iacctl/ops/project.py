"""What every operation starts from: a configuration that was read, and where its providers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.addrs import module_path_text
from iacctl.config import providers as provider_configs
from iacctl.diag import Diagnostic, DiagnosticError, Diagnostics
from iacctl.eval.providers import ProviderPool, UnknownProviderError
from iacctl.hcl.suggestions import did_you_mean
from iacctl.provisioners.pool import ProvisionerPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.addrs import Provider as ProviderSource
    from iacctl.config.model import Config, Module, Resource
    from iacctl.config.providers import Resolution
    from iacctl.graph.walk import Walk
    from iacctl.provider.port import Provider


class Project(NamedTuple):
    """A configuration and its surroundings.

    Attributes:
        config: the configuration as read, with its diagnostics.
        make_provider: gives a new provider for a source address; None when there is no such provider.
        workspace: name of the workspace.
        working_directory: what `path.cwd` gives.
        base_dir: the directory that relative paths given to functions start from.
    """

    config: Config
    make_provider: Callable[[ProviderSource], Provider | None]
    workspace: str = "default"
    working_directory: str = "."
    base_dir: str = "."


class Checked(NamedTuple):
    """A configuration without static errors.

    Attributes:
        providers: provider instances for one operation; to be closed after it.
        resolution: which provider configuration serves each resource.
        warnings: what was found and is no error.
        provisioners: what runs after creation and before destruction.
    """

    providers: ProviderPool
    resolution: Resolution
    warnings: Diagnostics
    provisioners: ProvisionerPool


class Running(NamedTuple):
    """An operation under way.

    Attributes:
        walk: visits the graph.
        checked: the providers and provisioners that do the work.
    """

    walk: Walk
    checked: Checked

    def stop(self) -> None:
        """End it gracefully: nothing more is started, and what goes on is asked to end. Any thread may call it."""
        self.walk.stop()
        self.checked.providers.stop()
        self.checked.provisioners.stop()


def watched(checked: Checked, on_start: Callable[[Running], None] | None) -> Callable[[Walk], None] | None:
    """Tells somebody of each walk that begins, together with the providers and provisioners that it uses."""
    if on_start is None:
        return None
    return lambda walk: on_start(Running(walk, checked))


def check(project: Project, pool: ProviderPool | None = None) -> Checked:
    """Make everything sure that can be without evaluating: references, providers, provisioners, resource types.

    Args:
        project: the configuration.
        pool: the providers to use; new ones if not given.

    Raises:
        DiagnosticError: something is wrong.
    """
    diags = Diagnostics(project.config.diagnostics)
    diags.raise_errors()
    own = pool is None
    pool = ProviderPool(project.make_provider) if pool is None else pool
    provisioners = ProvisionerPool()
    try:
        check_provisioners(project.config.root, provisioners, diags)
        diags.raise_errors()
        _require_providers(project, pool, diags)
        resolution = provider_configs.resolve(project.config.root, diags)
        _require_types(project, pool, diags)
        diags.raise_errors()
    except BaseException:
        if own:
            pool.close()
        raise
    return Checked(pool, resolution, diags, provisioners)


def check_provisioners(root: Module, provisioners: ProvisionerPool, diags: Diagnostics) -> None:
    """Report the types of `provisioner` blocks of resources that there is no provisioner for."""
    missing = {
        block.type
        for module in root.walk()
        for resource in module.resources.values()
        for block in resource.provisioners
        if provisioners.get(block.type) is None
    }
    for name in sorted(missing):
        diags.error(
            "Missing required provisioner plugin",
            f'This configuration requires provisioner plugin "{name}", which isn\'t available. If you\'re intending to use an'
            " external provisioner plugin, you must install it manually into one of the plugin search directories before"
            " running Terraform.",
        )


def _require_providers(project: Project, pool: ProviderPool, diags: Diagnostics) -> None:
    """Make sure that there is a provider for every source address in use."""
    missing: list[ProviderSource] = []
    for source in provider_configs.requirements(project.config.root):
        try:
            pool.schema(source)
        except UnknownProviderError:
            missing.append(source)
    if not missing:
        return
    lines = "\n".join(
        f"  - provider {source}: required by this configuration but no version is selected" for source in missing
    )
    raise DiagnosticError([*diags, _inconsistent(lines)])


def _inconsistent(lines: str) -> Diagnostic:
    return Diagnostic(
        "error",
        "Inconsistent dependency lock file",
        "The following dependency selections recorded in the lock file are inconsistent with the current configuration:\n"
        f"{lines}\n\nTo make the initial dependency selections that will initialize the dependency lock file, run:\n"
        "  terraform init",
    )


_KINDS: Final = {
    "managed": ("Invalid resource type", "resource type", "managed resource type", "resource"),
    "data": ("Invalid data source", "data source", "data source", "data"),
    "ephemeral": ("Invalid ephemeral resource", "ephemeral resource", "ephemeral resource", "ephemeral"),
}
"""Summary, name in the detail, name in the hint, and block type of each mode."""


def _require_types(project: Project, pool: ProviderPool, diags: Diagnostics) -> None:
    """Make sure that every resource type is one that its provider has."""
    known: dict[tuple[ProviderSource, str, str], bool] = {}
    for module in project.config.root.walk():
        for resource in module.resources.values():
            key = (resource.provider, resource.mode, resource.type)
            found = known.get(key)
            if found is None:
                found = known[key] = pool.resource_schema(*key) is not None
            if not found:
                _report_type(resource, pool, diags)
        for item in module.lists.values():
            if item.type not in pool.schema(item.provider).list_resources:
                diags.error(
                    "Invalid list resource",
                    f'The provider {item.provider.for_display()} does not support list resource "{item.type}".',
                    item.type_range,
                )
        for action in module.actions.values():
            if action.type not in pool.schema(action.provider).actions:
                address = f"{module_path_text(module.path)}.{action}" if module.path else str(action)
                diags.error(
                    f"failed to read schema for {address} in {action.provider}: provider {action.provider} does not have an"
                    f" action schema for {action.type}"
                )


def _report_type(resource: Resource, pool: ProviderPool, diags: Diagnostics) -> None:
    schema = pool.schema(resource.provider)
    names = {"managed": schema.resources, "data": schema.data_sources, "ephemeral": schema.ephemeral_resources}
    summary, kind, _, block = _KINDS[resource.mode]
    hint = did_you_mean(resource.type, names[resource.mode])
    if resource.mode in ("managed", "data"):
        other = "data" if resource.mode == "managed" else "managed"
        if resource.type in names[other]:
            _, _, called, wanted = _KINDS[other]
            hint = (
                f'\n\nDid you intend to use the {called} "{resource.type}"? If so, declare this using a "{wanted}" block '
                f'instead of a "{block}" block.'
            )
    diags.error(
        summary,
        f'The provider {resource.provider.for_display()} does not support {kind} "{resource.type}".{hint}',
        resource.type_range,
    )
