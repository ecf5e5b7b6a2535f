"""Where configuration files come from: a directory on disk, or a snapshot held in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Source(Protocol):
    """Reads files by paths relative to the working directory, in slashes and without superfluous parts; "." is the root."""

    def list(self, directory: str) -> list[str] | None:
        """The names of the files (not directories) in a directory, sorted; None if it cannot be read."""

    def read(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            OSError: it cannot be read.
        """


class DirectorySource:
    """Files on disk.

    Args:
        base: the directory that paths are relative to.
    """

    __slots__ = ("base",)

    def __init__(self, base: str = ".") -> None:
        self.base = base

    def list(self, directory: str) -> list[str] | None:
        """See `Source.list`."""
        try:
            with os.scandir(os.path.join(self.base, directory)) as entries:  # noqa: PTH118
                return sorted(entry.name for entry in entries if not _is_directory(entry))
        except OSError:
            return None

    def read(self, path: str) -> bytes:
        """See `Source.read`."""
        with open(os.path.join(self.base, path), "rb") as file:  # noqa: PTH118
            return file.read()


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


class MemorySource:
    """Files in memory, as of a snapshot.

    Args:
        files: contents by path.
        directories: paths of directories that exist even if no file is in them.
    """

    __slots__ = ("directories", "files")

    def __init__(self, files: Mapping[str, bytes], directories: frozenset[str] = frozenset()) -> None:
        self.files = dict(files)
        self.directories = directories | {os.path.dirname(path) or "." for path in files}  # noqa: PTH120

    def list(self, directory: str) -> list[str] | None:
        """See `Source.list`."""
        directory = os.path.normpath(directory)
        if directory not in self.directories:
            return None
        prefix = "" if directory == "." else f"{directory}/"
        names = (path[len(prefix) :] for path in self.files if path.startswith(prefix))
        return sorted(name for name in names if "/" not in name)

    def read(self, path: str) -> bytes:
        """See `Source.read`."""
        try:
            return self.files[os.path.normpath(path)]
        except KeyError:
            raise FileNotFoundError(2, os.strerror(2), path) from None


def join(directory: str, name: str) -> str:
    """The path of a file, as messages name it: without the leading dot of the root directory."""
    return name if directory == "." else f"{directory}/{name}"
