"""The working directory's own data: where it lies, and which workspace is selected."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl_state import workspaces
from iacctl_state.errors import WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.errors import StateError


class Workdir:
    """A working directory.

    Args:
        directory: the root module's directory.
        environ: environment variables: TF_DATA_DIR, TF_WORKSPACE.

    Attributes:
        directory: the directory.
        environ: the environment variables.
        data_folder_name: the data folder as seen from the directory.
        data_folder: the data folder as seen from the process's working directory.
    """

    def __init__(self, directory: str, environ: Mapping[str, str]) -> None:
        self.directory = directory
        self.environ = environ
        self.data_folder_name = environ.get("TF_DATA_DIR") or ".terraform"
        self.data_folder = os.path.normpath(os.path.join(directory, self.data_folder_name))

    @property
    def folder(self) -> str:
        """The directory that relative paths of the local backend start from; "" for the current one."""
        return "" if self.directory == "." else self.directory

    @property
    def workspace_is_overridden(self) -> bool:
        """Whether TF_WORKSPACE says which workspace it is."""
        return bool(self.environ.get("TF_WORKSPACE"))

    def workspace(self) -> str:
        """The name of the current workspace.

        Raises:
            StateError: the selection cannot be read, or the name is not allowed.
        """
        chosen = self.environ.get("TF_WORKSPACE")
        if chosen:
            if not workspaces.is_valid_name(chosen):
                raise WorkspaceError("Invalid workspace name set using TF_WORKSPACE")
            return chosen
        return workspaces.selected(self.data_folder)


def explain(error: StateError) -> Diagnostics:
    """What to tell the user of an error of the state's storage."""
    problems = Diagnostics()
    problems.error(error.summary, error.detail)
    return problems
