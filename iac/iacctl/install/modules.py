"""Installation of the modules that a configuration calls, and the manifest that says where they are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl.config import loader, manifest
from iacctl.config.manifest import Installed
from iacctl.config.source import DirectorySource
from iacctl.install.sources import FETCHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.addrs import ModulePath
    from iacctl.config.loader import Request
    from iacctl.config.model import Config
    from iacctl.config.variables import RawValue
    from iacctl.diag import Diagnostics


def install(
    base: str = ".",
    *,
    data_folder: str = manifest.DATA_FOLDER,
    given: Mapping[str, RawValue] | None = None,
    listener: Callable[[ModulePath, Installed], None] | None = None,
    upgrade: bool = False,
) -> Config:
    """Bring every module of the tree into place and write `.terraform/modules/modules.json`.

    Args:
        base: the working directory, with the root module.
        data_folder: where the manifest belongs, from the working directory on.
        given: values of input variables, which const variables in module sources need.
        listener: told of each module as it is installed, callers before the modules they call. Modules that the manifest
            names already are not new.
        upgrade: install everything anew.

    Returns:
        The configuration with its diagnostics. The manifest is written only if there is no error among them, and only if there
        are modules. As Terraform's, it keeps entries of modules that are not called any more.

    Raises:
        OSError: the manifest cannot be written.
    """
    source = DirectorySource(base)
    installed: dict[ModulePath, Installed] = {}
    before = _installed_before(source, data_folder)

    def locate(request: Request, diags: Diagnostics) -> str | None:
        fetched = FETCHERS[request.source.kind](request, base, diags)
        if fetched is None:
            return None
        entry = Installed(request.source.text, fetched.directory, fetched.version)
        installed[request.path] = entry
        if listener is not None and (upgrade or before.get(request.path) != entry):
            listener(request.path, entry)
        return fetched.directory

    config = loader.load(source, given=given, locate=locate)
    if installed and not config.diagnostics.has_errors:
        write_manifest(base, data_folder, {**before, (): Installed("", "."), **installed})
    return config


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
