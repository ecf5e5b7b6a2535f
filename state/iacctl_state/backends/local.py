"""The local backend: state files in the working folder, laid out as Terraform lays them out.

``terraform.tfstate`` (or the configured ``path``) is the default workspace's state, ``terraform.tfstate.d/NAME/
terraform.tfstate`` (or ``workspace_dir``) that of the workspace NAME.
"""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH103, PTH112, PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl_state import workspaces
from iacctl_state.backends.local_store import LocalStateStore
from iacctl_state.backends.port import DEFAULT_WORKSPACE
from iacctl_state.errors import BackendConfigError, StorageError, WorkspaceError
from iacctl_state.filesystem import REAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.document import Json
    from iacctl_state.filesystem import FileSystem

STATE_FILE: Final = "terraform.tfstate"
WORKSPACE_FOLDER: Final = "terraform.tfstate.d"
BACKUP_SUFFIX: Final = ".backup"
NO_BACKUP: Final = "-"


class LocalOverrides(NamedTuple):
    """The command line's old flags about the state file; "" leaves a setting as it is."""

    state: str = ""
    """``-state``: the file to read, and to write unless ``state_out`` is given."""
    state_out: str = ""
    """``-state-out``: the file to write."""
    backup: str = ""
    """``-backup``: the backup file, ``-`` for none."""


class LocalPaths(NamedTuple):
    """The files of one workspace's state, as configured: relative paths stay relative to the working folder."""

    read: str
    write: str
    backup: str
    """"" for no backup."""


class LocalBackend:
    """State files on the local disk.

    Args:
        folder: The working folder; relative paths start here. "" is the process's current folder.
        path: The default workspace's state file; "" for ``terraform.tfstate``.
        workspace_dir: The folder of the other workspaces; "" for ``terraform.tfstate.d``.
        overrides: The command line's flags.
        fs: The filesystem.
    """

    type: Final = "local"
    has_workspaces: Final = True

    def __init__(
        self,
        *,
        folder: str = "",
        path: str = "",
        workspace_dir: str = "",
        overrides: LocalOverrides = LocalOverrides(),  # noqa: B008 - immutable
        fs: FileSystem = REAL,
    ) -> None:
        self._folder = folder
        self._path = path or STATE_FILE
        self._workspace_dir = workspace_dir or WORKSPACE_FOLDER
        self._overrides = overrides
        self._fs = fs

    def paths(self, workspace: str) -> LocalPaths:
        """Where a workspace's state is read and written, and where its backup goes."""
        state, state_out, backup = self._overrides
        if not state:
            default = workspace == DEFAULT_WORKSPACE
            state = self._path if default else os.path.join(self._workspace_dir, workspace, STATE_FILE)
        write = state_out or state
        if backup == NO_BACKUP:
            return LocalPaths(state, write, "")
        return LocalPaths(state, write, backup or write + BACKUP_SUFFIX)

    def workspaces(self) -> list[str]:
        """``default`` and every folder in the workspace folder.

        Raises:
            StorageError: The folder cannot be read.
        """
        folder = os.path.join(self._folder, self._workspace_dir)
        try:
            with os.scandir(folder) as entries:
                names = [entry.name for entry in entries if entry.is_dir()]
        except FileNotFoundError:
            names = []
        except OSError as error:
            raise StorageError("Failed to list workspaces", folder, error) from error
        return [DEFAULT_WORKSPACE, *sorted(name for name in names if name != DEFAULT_WORKSPACE)]

    def create_workspace(self, name: str) -> None:
        """Create a workspace's folder; see :class:`~iacctl_state.backends.port.Backend`."""
        workspaces.check_name(name)
        folder = self._workspace_path(name)
        if name == DEFAULT_WORKSPACE or os.path.isdir(folder):
            raise WorkspaceError(f'Workspace "{name}" already exists')
        try:
            os.makedirs(folder, mode=0o755)
        except OSError as error:
            raise StorageError("Failed to create workspace", folder, error) from error

    def delete_workspace(self, name: str) -> None:
        """Delete a workspace's folder with all that is in it."""
        workspaces.check_name(name)
        if name == DEFAULT_WORKSPACE:
            raise WorkspaceError("Cannot delete the default workspace", 'The workspace "default" cannot be deleted.')
        folder = self._workspace_path(name)
        if not os.path.isdir(folder):
            raise WorkspaceError(f'Workspace "{name}" doesn\'t exist.')
        import shutil

        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise StorageError("Failed to delete workspace", folder, error) from error

    def state(self, workspace: str) -> LocalStateStore:
        """The store of a workspace's state file."""
        return LocalStateStore(workspace, self.paths(workspace), folder=self._folder, fs=self._fs)

    def _workspace_path(self, name: str) -> str:
        return os.path.join(self._folder, self._workspace_dir, name)


def configure(config: Mapping[str, Json], *, folder: str = "", overrides: LocalOverrides | None = None) -> LocalBackend:
    """Make a backend of a ``backend "local"`` block's arguments.

    Args:
        config: ``path`` and ``workspace_dir``, each a string or null.
        folder: The working folder.
        overrides: The command line's flags.

    Raises:
        BackendConfigError: An argument is not acceptable.
    """
    for name, value in config.items():
        if name not in ("path", "workspace_dir"):
            raise BackendConfigError(
                "Unsupported argument", f'An argument named "{name}" is not expected here.', attribute=name
            )
        if value is not None and type(value) is not str:
            raise BackendConfigError(
                "Incorrect attribute value type", f'Inappropriate value for attribute "{name}": string required.', name
            )
        if value == "":
            what = '"path"' if name == "path" else '"workspace_dir"'
            raise BackendConfigError(
                "Invalid local " + ("state file path" if name == "path" else "workspace directory path"),
                f"The {what} attribute value must not be empty.",
                attribute=name,
            )
    return LocalBackend(
        folder=folder,
        path=config.get("path") or "",
        workspace_dir=config.get("workspace_dir") or "",
        overrides=overrides or LocalOverrides(),
    )
