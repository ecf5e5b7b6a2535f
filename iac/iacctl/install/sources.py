"""How the files of a module get to this machine, by the kind of its source address.

Local modules stay where they are. The others will be fetched into `.terraform/modules`; whoever adds a kind adds a `Fetch` to
`FETCHERS` and nothing else.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.config import module_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from iacctl.config.loader import Request
    from iacctl.diag import Diagnostics


class Fetched(NamedTuple):
    """Where a module is.

    Attributes:
        directory: relative to the working directory.
        version: the version chosen, for modules that have versions.
    """

    directory: str
    version: str | None = None


if TYPE_CHECKING:
    Fetch: TypeAlias = Callable[[Request, str, Diagnostics], Fetched | None]
    """Brings a module here, given the working directory; None if it was reported."""


def fetch_local(request: Request, base: str, diags: Diagnostics) -> Fetched | None:
    """A directory of the same file system, or of the package that the calling module came with."""
    directory = module_sources.resolve_local(request.parent.directory, request.source.text)
    if os.path.isdir(os.path.join(base, directory)):  # noqa: PTH112, PTH118
        return Fetched(directory)
    diags.error(
        "Unreadable module directory",
        f"Unable to evaluate directory symlink: lstat {directory}: no such file or directory",
    )
    place = request.call.range
    diags.error(
        "Unreadable module directory",
        f'The directory  could not be read for module "{request.call.name}" at {place.file.name}:{place.start_pos.line}.',
    )
    return None


def refuse(request: Request, base: str, diags: Diagnostics) -> Fetched | None:
    """Say that a source is of a kind that cannot be fetched yet."""
    registry = request.source.kind == module_sources.REGISTRY
    kind = "a module registry" if registry else "a remote package"
    place = request.call.range
    diags.error(
        "Error accessing remote module registry" if registry else "Failed to download module",
        f'Could not download module "{request.call.name}" ({place.file.name}:{place.start_pos.line}) source code from'
        f' "{request.source.text}": this version of iacctl installs local modules only, and this source address is that of'
        f" {kind}.",
        request.call.range,
    )
    return None


FETCHERS: Final[Mapping[str, Fetch]] = {
    module_sources.LOCAL: fetch_local,
    module_sources.REGISTRY: refuse,
    module_sources.REMOTE: refuse,
}
"""By kind of source address."""
