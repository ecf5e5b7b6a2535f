"""Workspace names, and the file that remembers which workspace is selected."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH103, PTH118

from __future__ import annotations

import os
import re
from typing import Final

from iacctl_state.backends.port import DEFAULT_WORKSPACE
from iacctl_state.errors import StorageError, WorkspaceError

SELECTION_FILE: Final = "environment"
"""The file in the data folder (``.terraform``) that holds the selected workspace's name."""

# What Go's url.PathEscape leaves alone: Terraform allows a name that it does not change.
_NAME: Final = re.compile(r"[A-Za-z0-9\-_.~$&+=:@]+")


def is_valid_name(name: str) -> bool:
    """Whether a workspace may have this name. Terraform also allows ``.`` and ``..``, which are no folder names."""
    return _NAME.fullmatch(name) is not None and name not in (".", "..")


def check_name(name: str) -> None:
    """Refuse a name that no workspace may have.

    Raises:
        WorkspaceError: The name is not allowed.
    """
    if not is_valid_name(name):
        raise WorkspaceError(
            "Invalid workspace name",
            f'The workspace name "{name}" is not allowed. The name must contain only URL safe\n'
            "characters, contain no path separators, and not be an empty string.",
        )


def selected(data_folder: str) -> str:
    """The selected workspace: ``default`` unless another was selected.

    Args:
        data_folder: The folder ``.terraform``, wherever it is.

    Raises:
        StorageError: The selection cannot be read.
    """
    path = os.path.join(data_folder, SELECTION_FILE)
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip() or DEFAULT_WORKSPACE
    except (FileNotFoundError, NotADirectoryError):
        return DEFAULT_WORKSPACE
    except OSError as error:
        raise StorageError("Failed to read the selected workspace", path, error) from error


def select(data_folder: str, name: str) -> None:
    """Remember the selected workspace, as Terraform does: the bare name.

    Raises:
        WorkspaceError: The name is not allowed.
        StorageError: It cannot be written.
    """
    check_name(name)
    path = os.path.join(data_folder, SELECTION_FILE)
    try:
        os.makedirs(data_folder, exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(name)
    except OSError as error:
        raise StorageError("Failed to select workspace", path, error) from error
