"""The record of the initialized backend: ``.terraform/terraform.tfstate``, which ``init`` leaves for other commands."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl_state.document import COMPATIBLE_VERSION
from iacctl_state.errors import FormatError, ShapeError, StorageError
from iacctl_state.filesystem import REAL
from iacctl_state.json_text import decode, escape, lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.document import Json
    from iacctl_state.filesystem import FileSystem

RECORD_FILE: Final = "terraform.tfstate"
_VERSION: Final = 3


class BackendRecord(NamedTuple):
    """The backend that a working folder was initialized with."""

    type: str
    config: dict[str, Json]
    """All arguments of the backend, null where not set."""
    hash: int
    """Terraform's hash of the block in the configuration: tells whether a new ``init`` is needed."""
    extra: Mapping[str, Json] = {}
    """Other fields of the file, kept as they are."""


def load(data_folder: str) -> BackendRecord | None:
    """Read the record.

    Args:
        data_folder: The folder ``.terraform``.

    Returns:
        The record, ``None`` when there is none: then the local backend is in use.

    Raises:
        StorageError: It cannot be read.
        FormatError: It is not a record.
    """
    path = os.path.join(data_folder, RECORD_FILE)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError("Failed to read the backend record", path, error) from error
    except UnicodeDecodeError:
        raise FormatError("Invalid backend record", f"{path} is not UTF-8. Run init again.") from None
    if not text.strip():
        return None
    data = decode(text)
    if type(data) is not dict or data.get("version") != _VERSION:
        raise FormatError("Invalid backend record", f"{path} is not a record of version {_VERSION}. Run init again.")
    backend = data.get("backend")
    if backend is None:
        return None
    if type(backend) is not dict or type(backend.get("type")) is not str:
        raise ShapeError("backend", f"is not a backend record ({path})", summary="Invalid backend record")
    config = backend.get("config")
    hash_ = backend.get("hash")
    known = ("version", "terraform_version", "backend")
    return BackendRecord(
        backend["type"],
        config if type(config) is dict else {},
        hash_ if type(hash_) is int else 0,
        {name: value for name, value in data.items() if name not in known},
    )


def save(data_folder: str, record: BackendRecord, *, fs: FileSystem = REAL) -> None:
    """Write the record as Terraform does, in place of any other.

    Raises:
        StorageError: It cannot be written; the previous record is still there.
    """
    data = {
        "version": _VERSION,
        "terraform_version": COMPATIBLE_VERSION,
        "backend": {"type": record.type, "config": record.config, "hash": record.hash},
        **record.extra,
    }
    path = os.path.join(data_folder, RECORD_FILE)
    partial = os.path.join(data_folder, f".{RECORD_FILE}.iacctl-new")
    try:
        fs.make_directories(data_folder)
        descriptor = fs.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC)
        try:
            fs.write(descriptor, escape(lay_out(data)).encode(), 0)
            fs.sync(descriptor)
        finally:
            fs.close(descriptor)
        fs.rename(partial, path)
    except OSError as error:
        raise StorageError("Failed to write the backend record", path, error) from error


def remove(data_folder: str, *, fs: FileSystem = REAL) -> None:
    """Delete the record: the local backend with its defaults is in use again.

    Raises:
        StorageError: It cannot be deleted.
    """
    path = os.path.join(data_folder, RECORD_FILE)
    try:
        fs.remove(path)
    except OSError as error:
        raise StorageError("Failed to remove the backend record", path, error) from error
