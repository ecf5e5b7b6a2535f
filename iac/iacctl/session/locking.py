"""Holding the state's lock around an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.session.workdir import explain
from iacctl_state.errors import LockHeldError, StateError
from iacctl_state.locks import LockRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl_state.manager import StateManager

_ADVICE = (
    "Terraform acquires a state lock to protect the state from being written\nby multiple users at the same time. Please "
    "resolve the issue above and try\nagain. For most commands, you can disable locking with the \"-lock=false\"\nflag, but "
    "this is not recommended."
)


def held(
    manager: StateManager, operation: str, timeout: float, on_wait: Callable[[], None] | None
) -> Iterator[None]:
    """Take the lock, and give it back at the end.

    Raises:
        DiagnosticError: somebody else holds it.
    """
    try:
        manager.lock(LockRequest(operation, timeout=timeout, on_wait=on_wait))
    except LockHeldError as error:
        problems = Diagnostics()
        problems.error(error.summary, f"{error.detail}\n\n{_ADVICE}")
        raise DiagnosticError(problems) from None
    except StateError as error:
        raise DiagnosticError(explain(error)) from None
    try:
        yield
    finally:
        try:
            manager.unlock()
        except StateError as error:
            raise DiagnosticError(explain(error)) from None
