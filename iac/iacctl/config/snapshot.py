"""A configuration with all of its modules as data: what a plan file keeps, so that apply does not need the directory any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.addrs import ModulePath
    from iacctl.config.loader import Request
    from iacctl.config.model import Config
    from iacctl.config.variables import RawValue
    from iacctl.diag import Diagnostics

_INDEX: Final = "modules.json"
_FORMAT: Final = 1


class SnapshotError(ValueError):
    """The data is no snapshot, or of a later format."""


class Snapshot(NamedTuple):
    """A configuration's files.

    Attributes:
        files: contents by path, relative to the working directory.
        directories: where each module of the tree is; the root's path is empty.
    """

    files: dict[str, bytes]
    directories: dict[ModulePath, str]


def capture(config: Config) -> Snapshot:
    """The snapshot of a configuration that was read without errors."""
    files = {path: source.text.encode("utf-8", "surrogateescape") for path, source in config.sources.items()}
    return Snapshot(files, {module.path: module.directory for module in config.root.walk()})


def load(snapshot: Snapshot, *, given: Mapping[str, RawValue] | None = None) -> Config:
    """Read the configuration from a snapshot.

    Args:
        snapshot: see `capture`.
        given: as for `loader.load`.
    """
    from iacctl.config import loader
    from iacctl.config.source import MemorySource

    def locate(request: Request, diags: Diagnostics) -> str | None:
        directory = snapshot.directories.get(request.path)
        if directory is None:
            diags.error(
                "Module not installed",
                "The saved configuration does not hold this module.",
                request.call.range,
            )
        return directory

    source = MemorySource(snapshot.files, frozenset(snapshot.directories.values()))
    return loader.load(source, snapshot.directories.get((), "."), given=given, locate=locate)


def encode(snapshot: Snapshot) -> dict[str, bytes]:
    """The snapshot as named members of an archive. Names are plain, whatever the files' paths are."""
    import json

    names = {path: f"{number}" for number, path in enumerate(sorted(snapshot.files))}
    index = {
        "format": _FORMAT,
        "files": {name: path for path, name in names.items()},
        "modules": [
            {"path": list(path), "directory": directory} for path, directory in sorted(snapshot.directories.items())
        ],
    }
    members = {name: snapshot.files[path] for path, name in names.items()}
    members[_INDEX] = json.dumps(index, indent=1).encode()
    return members


def decode(members: Mapping[str, bytes]) -> Snapshot:
    """The snapshot in members of an archive, the reverse of `encode`.

    Raises:
        SnapshotError: they hold none.
    """
    import json

    try:
        index = json.loads(members[_INDEX])
        if index["format"] != _FORMAT:
            raise SnapshotError(f"configuration snapshot of format {index['format']}, which this version does not know")
        files = {path: members[name] for name, path in index["files"].items()}
        directories = {tuple(module["path"]): module["directory"] for module in index["modules"]}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, SnapshotError):
            raise
        raise SnapshotError(f"damaged configuration snapshot: {error}") from error
    return Snapshot(files, directories)
