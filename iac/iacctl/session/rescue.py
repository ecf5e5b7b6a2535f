"""When the final state cannot be stored: keep it where the user finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics
from iacctl_state import errored
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from iacctl_state.document import StateDocument


def keep(state: StateDocument, cause: StateError, directory: str) -> Diagnostics:
    """Write the state to `errored.tfstate`, and tell what happened."""
    problems = Diagnostics()
    problems.error("Failed to save state", f"Error saving state: {cause.detail or cause.summary}")
    try:
        path = errored.write_errored(state, directory)
    except StateError as error:
        problems.error(
            "Failed to persist state to backend",
            "The error shown above has prevented the updated state from being written to the configured backend, and it could "
            f"not be written to a local file either: {error.detail}\n\nEverything that was done is in the journal beside the "
            "state; the next command takes it from there.",
        )
        return problems
    problems.error(
        "Failed to persist state to backend",
        "The error shown above has prevented the updated state from being written to the configured backend. To allow for "
        f"recovery, the state has been written to the file \"{path}\" in the current working directory, and the journal of "
        "what was done is kept beside the state: the next command takes it from there.",
    )
    return problems
