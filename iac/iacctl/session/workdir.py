"""The working directory's own data: selected workspace, backend, providers in use."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.lang.compile import compile_expression
from iacctl_state import workspaces
from iacctl_state.errors import BackendConfigError, StateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from iacctl.config.model import Backend as BackendBlock
    from iacctl.config.model import Config
    from iacctl_state.backends.local import LocalOverrides
    from iacctl_state.backends.port import Backend


class Workdir:
    """A working directory.

    Args:
        directory: the root module's directory.
        environ: environment variables: TF_DATA_DIR, TF_WORKSPACE.
    """

    def __init__(self, directory: str, environ: Mapping[str, str]) -> None:
        self.directory = directory
        self._environ = environ
        data = environ.get("TF_DATA_DIR") or ".terraform"
        self.data_folder = data if os.path.isabs(data) else os.path.normpath(os.path.join(directory, data))  # noqa: PTH117

    @property
    def folder(self) -> str:
        """The directory that relative paths of the local backend start from; "" for the current one."""
        return "" if self.directory == "." else self.directory

    @property
    def workspace_is_overridden(self) -> bool:
        """Whether TF_WORKSPACE says which workspace it is."""
        return bool(self._environ.get("TF_WORKSPACE"))

    def workspace(self) -> str:
        """The name of the current workspace.

        Raises:
            StateError: the selection cannot be read, or the name is not allowed.
        """
        chosen = self._environ.get("TF_WORKSPACE")
        if chosen:
            workspaces.check_name(chosen)
            return chosen
        return workspaces.selected(self.data_folder)

    def backend(self, config: Config | None, overrides: LocalOverrides | None = None) -> Backend:
        """The backend that the configuration names; the local one where it names none.

        Raises:
            DiagnosticError: the backend's block is at fault.
        """
        from iacctl_state.backends import catalog

        block = config.root.backend if config is not None else None
        arguments = {} if block is None else _arguments(block)
        try:
            kind = "local" if block is None else block.type
            return catalog.configure(kind, arguments, folder=self.folder, overrides=overrides)
        except BackendConfigError as error:
            raise DiagnosticError(_explained(error, block)) from None


def _explained(error: BackendConfigError, block: BackendBlock | None) -> Diagnostics:
    problems = Diagnostics()
    subject = None if block is None else block.type_range
    problems.error(error.summary, error.detail, subject)
    return problems


def _arguments(block: BackendBlock) -> dict[str, Any]:
    """The arguments of a backend block as JSON data: constants, by Terraform's rule."""
    problems = Diagnostics()
    found: dict[str, Any] = {}
    for name, argument in block.body.just_attributes(problems).items():
        compiled = compile_expression(argument.expression)
        for reference in compiled.references:
            problems.error("Variables not allowed", "Variables may not be used here.", reference.range)
            break
        else:
            value = compiled.constant
            if not values.is_null(value):  # type: ignore[arg-type]
                found[name] = values.json.encode(value, values.type_of(value))  # type: ignore[arg-type]
    problems.raise_errors()
    return found


def explain(error: StateError) -> Diagnostics:
    """What to tell the user of an error of the state's storage."""
    problems = Diagnostics()
    problems.error(error.summary, error.detail)
    return problems
