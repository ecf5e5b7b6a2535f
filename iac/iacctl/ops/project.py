"""What every operation starts from: a configuration that was read, and where its providers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.config import providers as provider_configs
from iacctl.diag import Diagnostic, DiagnosticError, Diagnostics
from iacctl.eval.providers import ProviderPool, UnknownProviderError
from iacctl.hcl.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.addrs import Provider as ProviderSource
    from iacctl.config.model import Config, Resource
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
    """

    providers: ProviderPool
    resolution: Resolution
    warnings: Diagnostics


class Running(NamedTuple):
    """An operation under way.

    Attributes:
        walk: visits the graph.
        providers: do the work.
    """

    walk: Walk
    providers: ProviderPool

    def stop(self) -> None:
        """End it gracefully: nothing more is started, and providers are asked to end what they do. Any thread may call it."""
        self.walk.stop()
        self.providers.stop()


def watched(providers: ProviderPool, on_start: Callable[[Running], None] | None) -> Callable[[Walk], None] | None:
    """Tells somebody of each walk that begins, together with the providers that it uses."""
    if on_start is None:
        return None
    return lambda walk: on_start(Running(walk, providers))


def check(project: Project) -> Checked:
    """Make everything sure that can be without evaluating: references, providers, resource types.

    Raises:
        DiagnosticError: something is wrong.
    """
    diags = Diagnostics(project.config.diagnostics)
    diags.raise_errors()
    pool = ProviderPool(project.make_provider)
    try:
        _require_providers(project, pool, diags)
        resolution = provider_configs.resolve(project.config.root, diags)
        _require_types(project, pool, diags)
        diags.raise_errors()
    except BaseException:
        pool.close()
        raise
    return Checked(pool, resolution, diags)


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
