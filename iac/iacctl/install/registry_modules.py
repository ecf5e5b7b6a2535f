"""Modules from registries: a version is chosen, its package is found, and fetched like any other."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Final

from iacctl.config import module_sources
from iacctl.install.fetching import FetchError
from iacctl.install.registry import InvalidAnswerError, NotFoundError, RegistryError, newest
from iacctl.install.sources import Fetched, report_download
from iacctl.network.addresses import redact

if TYPE_CHECKING:
    from iacctl.config.loader import Request
    from iacctl.diag import Diagnostics
    from iacctl.install.sources import Workshop

_NO_ACCESS: Final = "Error accessing remote module registry"


def fetch(request: Request, workshop: Workshop, diags: Diagnostics) -> Fetched | None:
    """Bring a module of a registry here; None if that was reported."""
    package = request.source.package
    version = _choose(request, workshop, diags)
    if version is None:
        return None
    workshop.announce(request.path, package, version)
    found = _locate(package, version, workshop, diags)
    if found is None:
        return None
    address, inner = found
    try:
        folder = workshop.put(address, request.path)
    except FetchError as error:
        report_download(request, address, f"{error}.", diags)
        return None
    # Unlike in addresses that people write, asterisks mean nothing here.
    within = posixpath.normpath(posixpath.join(inner, request.source.directory))
    directory = folder if within == "." else f"{folder}/{within}"
    if not os.path.isdir(os.path.join(workshop.base, directory)):  # noqa: PTH112, PTH118
        diags.error(
            "Unreadable module subdirectory",
            f"The directory {directory} does not exist. The target submodule {within} does not exist within the target"
            " module.",
        )
        return None
    return Fetched(directory, version)


def _choose(request: Request, workshop: Workshop, diags: Diagnostics) -> str | None:
    """The newest version that the call allows; None if there is none."""
    package, call = request.source.package, request.call
    host = package.partition("/")[0]
    place = f"{call.range.file.name}:{call.range.start_pos.line}"
    try:
        versions = workshop.registry.versions(package)
    except NotFoundError:
        diags.error(
            "Module not found",
            f'Module "{call.name}" (from {place}) cannot be found in the module registry at {host}.',
            call.range,
        )
        return None
    except InvalidAnswerError:
        diags.error(
            "Invalid response from remote module registry",
            f"The registry at {host} returned an invalid response when Terraform requested available versions for module"
            f' "{call.name}" ({place}).',
            call.range,
        )
        return None
    except RegistryError as error:
        diags.error(
            _NO_ACCESS,
            f'Failed to retrieve available versions for module "{call.name}" ({place}) from {host}: {error}.',
            call.range,
        )
        return None
    chosen, latest = newest(versions, call.version)
    if chosen is not None:
        return str(chosen)
    if latest is None:
        diags.error(
            "Module has no versions", f'Module "{package}" ({place}) has no versions available on {host}.', call.range
        )
    else:
        diags.error(
            "Unresolvable module version constraint",
            f'There is no available version of module "{package}" ({place}) which matches the given version constraint. The'
            f" newest available version is {latest}.",
            call.range,
        )
    return None


def _locate(package: str, version: str, workshop: Workshop, diags: Diagnostics) -> tuple[str, str] | None:
    """The address of a version's package, and the module's directory within it."""
    host = package.partition("/")[0]
    try:
        place = workshop.registry.location(package, version)
    except RegistryError as error:
        diags.error(_NO_ACCESS, f"Failed to retrieve a download URL for {package} {version} from {host}: {error}")
        return None
    try:
        source = module_sources.parse(place)
    except module_sources.SourceError as error:
        diags.error(
            "Invalid package location from module registry",
            f'Module registry {host} returned invalid source location "{redact(place)}" for {package} {version}: {error}.',
        )
        return None
    if source.kind != module_sources.REMOTE:
        diags.error(
            "Invalid package location from module registry",
            f'Module registry {host} returned invalid source location "{redact(place)}" for {package} {version}: must be a'
            " direct remote package address.",
        )
        return None
    return source.package, source.directory
