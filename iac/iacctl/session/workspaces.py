"""Making and deleting workspaces."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.session.locking import held
from iacctl.session.workdir import explain
from iacctl_state.errors import StateError
from iacctl_state.manager import StateManager

if TYPE_CHECKING:
    from iacctl.session.session import Session


def create(session: Session, name: str, state_file: str) -> None:
    """Make a workspace, with the content of a state file if one is given."""
    backend = session.backend()
    if not state_file:
        backend.create_workspace(name)
        return
    from iacctl_state.reader import parse

    try:
        with open(state_file, "rb") as file:
            document = parse(file.read())
    except OSError as error:
        raise _failed(
            "Failed to read the state file", f"open {state_file}: {(error.strerror or str(error)).lower()}"
        ) from None
    except StateError as error:
        raise DiagnosticError(explain(error)) from None
    backend.create_workspace(name)
    manager = StateManager(backend.state(name))
    with contextmanager(held)(manager, "workspace-new", 0.0, None):
        manager.read()
        manager.persist(document)


def delete(session: Session, name: str, *, force: bool, lock: bool, timeout: float) -> None:
    """Delete a workspace, unless its state holds objects and nobody insists."""
    backend = session.backend()
    manager = StateManager(backend.state(name))
    locked = contextmanager(held)(manager, "workspace-delete", timeout, None) if lock else nullcontext()
    with locked:
        try:
            state = manager.read()
        except StateError as error:
            raise DiagnosticError(explain(error)) from None
        managed = [key for key, resource in state.resources.items() if resource.mode == "managed"]
        if managed and not force:
            addresses = "\n".join(
                f"  - {'.'.join(part for part in (module, kind, label) if part)}" for module, _, kind, label in managed
            )
            raise _failed(
                "Workspace is not empty",
                f'Workspace "{name}" is currently tracking the following resource instances:\n{addresses}\n\nDeleting this '
                "workspace would cause Terraform to lose track of any associated remote objects, which would then require "
                "you to delete them manually outside of Terraform. You should destroy these objects with Terraform before "
                "deleting the workspace.\n\nIf you want to delete this workspace anyway, and have Terraform forget about "
                "these managed objects, use the -force option to disable this safety check.",
            )
    backend.delete_workspace(name)


def _failed(summary: str, detail: str) -> DiagnosticError:
    problems = Diagnostics()
    problems.error(summary, detail)
    return DiagnosticError(problems)
