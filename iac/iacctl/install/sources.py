"""How the files of a module get to this machine, by the kind of its source address.

Local modules stay where they are; the others are fetched into `.terraform/modules`. Whoever adds a kind adds a `Fetch` to
`FETCHERS`; a new way to fetch packages is a module in `getters`.
"""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.addrs import module_path_text
from iacctl.config import manifest, module_sources
from iacctl.install.links import LinkError, evaluate
from iacctl.network.addresses import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from iacctl.addrs import ModulePath
    from iacctl.config.loader import Request
    from iacctl.diag import Diagnostics
    from iacctl.install.fetching import Tools
    from iacctl.install.packages import Packages
    from iacctl.install.registry import Registry


class Fetched(NamedTuple):
    """Where a module is.

    Attributes:
        directory: relative to the working directory.
        version: the version chosen, for modules that have versions.
    """

    directory: str
    version: str | None = None


class Place(NamedTuple):
    """Where in a package a module is.

    Attributes:
        package: the package's address; empty for the root module's.
        position: the module's directory in it.
    """

    package: str
    position: str


class Workshop:
    """What fetching works with, in one installation.

    Args:
        base: the working directory.
        data_folder: where modules are put, from the working directory on.
        tools: how to fetch.
        on_download: told of each package before it is fetched: for which module, its address, and its version or None.

    Attributes:
        places: where in their packages the modules are that were located so far.
    """

    def __init__(
        self,
        base: str,
        data_folder: str,
        tools: Tools,
        on_download: Callable[[ModulePath, str, str | None], None] | None = None,
    ) -> None:
        self.base = base
        self.tools = tools
        self.places: dict[ModulePath, Place] = {(): Place("", "")}
        self._data_folder = data_folder
        self._on_download = on_download
        self._packages: Packages | None = None
        self._registry: Registry | None = None

    @property
    def folder(self) -> str:
        """The folder of installed packages, from the working directory on."""
        return posixpath.dirname(manifest.path_in(self._data_folder))

    @property
    def registry(self) -> Registry:
        """Knows versions."""
        if self._registry is None:
            from iacctl.install.registry import Registry

            self._registry = Registry(self.tools)
        return self._registry

    def put(self, address: str, path: ModulePath) -> str:
        """Fetch a package for a module; where it is then, from the working directory on.

        Raises:
            FetchError: it cannot be had.
        """
        if self._packages is None:
            from iacctl.install.packages import Packages

            self._packages = Packages(os.path.join(self.base, self.folder), self.tools)  # noqa: PTH118
            self._packages.tidy()
        name = ".".join(path)
        self._packages.put(address, name)
        return f"{self.folder}/{name}"

    def announce(self, path: ModulePath, address: str, version: str | None) -> None:
        """Say that a package is going to be fetched."""
        if self._on_download is not None:
            self._on_download(path, redact(address), version)

    def close(self) -> None:
        """Close connections."""
        self.tools.close()
        if self._registry is not None:
            self._registry.close()


if TYPE_CHECKING:
    Fetch: TypeAlias = Callable[[Request, Workshop, Diagnostics], Fetched | None]
    """Brings a module here; None if it was reported."""


def place_of(request: Request, places: Mapping[ModulePath, Place]) -> Place:
    """Where in its package a module is, going by its source address and its caller's place."""
    if request.source.kind != module_sources.LOCAL:
        return Place(request.source.package, request.source.directory)
    caller = places.get(request.parent.path, Place("", ""))
    return Place(caller.package, posixpath.normpath(posixpath.join(caller.position, request.source.text)))


def fetch_local(request: Request, workshop: Workshop, diags: Diagnostics) -> Fetched | None:
    """A directory of the same file system, or of the package that the calling module came with."""
    place = place_of(request, workshop.places)
    if place.package and (place.position == ".." or place.position.startswith("../")):
        diags.error(
            "Local module path escapes module package",
            f"The given source directory for {module_path_text(request.path)} would be outside of its containing package"
            f' "{redact(place.package)}". Local source addresses starting with "../" must stay within the same package that'
            " the calling module belongs to.",
        )
        return None
    directory = module_sources.resolve_local(request.parent.directory, request.source.text)
    try:
        directory = evaluate(workshop.base, directory)
    except LinkError as error:
        diags.error("Unreadable module directory", f"Unable to evaluate directory symlink: {error}")
        directory = ""
    if directory and os.path.isdir(os.path.join(workshop.base, directory)):  # noqa: PTH112, PTH118
        return Fetched(directory)
    where = request.call.range
    diags.error(
        "Unreadable module directory",
        f'The directory {directory} could not be read for module "{request.call.name}" at'
        f" {where.file.name}:{where.start_pos.line}.",
    )
    return None


def fetch_remote(request: Request, workshop: Workshop, diags: Diagnostics) -> Fetched | None:
    """A package from anywhere but a registry."""
    from iacctl.install.fetching import FetchError, expand

    source = request.source
    workshop.announce(request.path, source.package, None)
    try:
        package = workshop.put(source.package, request.path)
    except FetchError as error:
        report_download(request, source.package, str(error), diags)
        return None
    directory = package
    if source.directory:
        try:
            directory = f"{package}/{expand(os.path.join(workshop.base, package), source.directory)}"  # noqa: PTH118
        except FetchError as error:
            diags.error(error.summary, str(error))
            return None
    if not os.path.isdir(os.path.join(workshop.base, directory)):  # noqa: PTH112, PTH118
        diags.error(
            "Unreadable module directory",
            f"The directory {directory} could not be read. This is a bug in Terraform and should be reported.",
        )
        return None
    return Fetched(directory)


def report_download(request: Request, address: str, problem: str, diags: Diagnostics) -> None:
    """Say that a package cannot be had."""
    place = request.call.range
    diags.error(
        "Failed to download module",
        f'Could not download module "{request.call.name}" ({place.file.name}:{place.start_pos.line}) source code from'
        f' "{redact(address)}": {problem}',
        place,
    )


def fetch_registry(request: Request, workshop: Workshop, diags: Diagnostics) -> Fetched | None:
    """A module from a registry; see `registry_modules`, which is imported only for these."""
    from iacctl.install import registry_modules

    return registry_modules.fetch(request, workshop, diags)


FETCHERS: Final[Mapping[str, Fetch]] = {
    module_sources.LOCAL: fetch_local,
    module_sources.REGISTRY: fetch_registry,
    module_sources.REMOTE: fetch_remote,
}
"""By kind of source address."""
