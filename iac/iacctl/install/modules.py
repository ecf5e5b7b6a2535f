"""Installation of the modules that a configuration calls, and the manifest that says where they are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl.config import loader, manifest
from iacctl.config.manifest import Installed
from iacctl.config.module_sources import LOCAL
from iacctl.config.source import DirectorySource
from iacctl.config.versions import VersionError, parse_version
from iacctl.install.fetching import Tools
from iacctl.install.sources import FETCHERS, Workshop, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.addrs import ModulePath
    from iacctl.config.loader import Request
    from iacctl.config.model import Config
    from iacctl.config.test_files.model import Suite
    from iacctl.config.variables import RawValue
    from iacctl.diag import Diagnostics


def install(
    base: str = ".",
    *,
    data_folder: str = manifest.DATA_FOLDER,
    given: Mapping[str, RawValue] | None = None,
    listener: Callable[[ModulePath, Installed], None] | None = None,
    on_download: Callable[[ModulePath, str, str | None], None] | None = None,
    tools: Tools | None = None,
    upgrade: bool = False,
    suite: Suite | None = None,
) -> Config:
    """Bring every module of the tree into place and write `.terraform/modules/modules.json`.

    What the manifest names already stays, as long as its folder is there, it comes from the same source, and its version is
    still allowed.

    Args:
        base: the working directory, with the root module.
        data_folder: where the manifest belongs, from the working directory on.
        given: values of input variables, which const variables in module sources need.
        listener: told of each module as it is installed, callers before the modules they call. Modules that the manifest
            names already are not new.
        on_download: told of each package before it is fetched: for which module, its address, and its version or None.
        tools: how packages are fetched; with the process's environment and without a CLI configuration if not given.
        upgrade: install everything anew, with the newest versions that are allowed.
        suite: the test files, whose runs may call for modules of their own.

    Returns:
        The configuration with its diagnostics. The manifest is written only if there is no error among them, and only if there
        are modules. As Terraform's, it keeps entries of modules that are not called any more.

    Raises:
        OSError: the manifest cannot be written.
    """
    source = DirectorySource(base)
    installed: dict[ModulePath, Installed] = {}
    before = _installed_before(source, data_folder)
    workshop = Workshop(base, data_folder, tools or Tools(), on_download)

    def locate(request: Request, diags: Diagnostics) -> str | None:
        entry = None if upgrade else _kept(before.get(request.path), request, base)
        if entry is None:
            fetched = FETCHERS[request.source.kind](request, workshop, diags)
            if fetched is None:
                return None
            entry = Installed(request.source.text, fetched.directory, fetched.version)
            # A package that was fetched again is new, though its entry may be as it was.
            fresh = request.source.kind != LOCAL or before.get(request.path) != entry
            if listener is not None and (upgrade or fresh):
                listener(request.path, entry)
        installed[request.path] = entry
        workshop.places[request.path] = place_of(request, workshop.places)
        return entry.directory

    try:
        config = loader.load(source, given=given, locate=locate)
        if suite is not None and not config.diagnostics.has_errors:
            from iacctl.config.test_files import loader as test_loader

            config.diagnostics.extend(test_loader.load_modules(source, config.root, suite, locate=locate))
    finally:
        workshop.close()
    if installed and not config.diagnostics.has_errors:
        write_manifest(base, data_folder, {**before, (): Installed("", "."), **installed})
    return config


def _kept(entry: Installed | None, request: Request, base: str) -> Installed | None:
    """The entry of a module that need not be fetched. Where a local module is, is looked up each time."""
    if entry is None or request.source.kind == LOCAL or not loader.is_same_source(entry.source, request.source.text):
        return None
    if not os.path.isdir(os.path.join(base, entry.directory)):  # noqa: PTH112, PTH118
        return None
    wanted = request.call.version
    if wanted is not None:
        try:
            if entry.version is None or not wanted.allows(parse_version(entry.version)):
                return None
        except VersionError:
            return None
    return entry


def _installed_before(source: DirectorySource, data_folder: str) -> dict[ModulePath, Installed]:
    """What the manifest names; a damaged one is replaced, so that `init` mends it."""
    try:
        return manifest.read(source, data_folder)
    except (manifest.ManifestError, OSError):
        return {}


def write_manifest(base: str, data_folder: str, modules: Mapping[ModulePath, Installed]) -> None:
    """Write the manifest, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    path = os.path.join(base, manifest.path_in(data_folder))  # noqa: PTH118
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(manifest.render(modules))
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        if os.path.exists(temporary):  # noqa: PTH110
            os.remove(temporary)  # noqa: PTH107
        raise
