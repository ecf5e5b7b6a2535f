"""The last resort when a state cannot be stored at the end of an apply: a file in the working folder."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iacctl_state.errors import StorageError
from iacctl_state.filesystem import REAL
from iacctl_state.writer import serialize

if TYPE_CHECKING:
    from iacctl_state.document import StateDocument
    from iacctl_state.filesystem import FileSystem

ERRORED_FILE: Final = "errored.tfstate"


def write_errored(document: StateDocument, folder: str = "", *, fs: FileSystem = REAL) -> str:
    """Leave a document as ``errored.tfstate``, for ``state push``.

    A file of that name from an earlier time is kept as ``errored.N.tfstate``.

    Args:
        document: The state that could not be stored.
        folder: The working folder.
        fs: The filesystem.

    Returns:
        The file's path.

    Raises:
        StorageError: Not even that worked; print the document instead.
    """
    path = os.path.join(folder, ERRORED_FILE)
    partial = os.path.join(folder, f".{ERRORED_FILE}.iacctl-new")
    try:
        descriptor = fs.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC)
        try:
            fs.write(descriptor, serialize(document), 0)
            fs.sync(descriptor)
        finally:
            fs.close(descriptor)
        if fs.stat(path) is not None:
            number = 1
            while fs.stat(older := os.path.join(folder, f"errored.{number}.tfstate")) is not None:
                number += 1
            fs.rename(path, older)
        fs.rename(partial, path)
        fs.sync_directory(folder)
    except OSError as error:
        raise StorageError("Failed to persist state to a local file", path, error) from error
    return path
