"""`iacctl force-unlock`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.cli.running import Failed
from iacctl.cli.state import common

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal

HELP: Final = """\
Usage: iacctl [global options] force-unlock LOCK_ID

  Breaks the lock of the current workspace's state, where whoever held it is
  gone. Nothing else is changed. The lock of a local state ends with the
  process that holds it and cannot be broken.

Options:

  -force                Don't ask for approval.

Example:

  iacctl force-unlock 65b0c4e7-7c5c-4cf5-9a5e-3e6a3b0a3c11
"""

_QUESTION: Final = (
    "\nDo you really want to force-unlock?",
    "Terraform will remove the lock on the remote state.\nThis will allow local Terraform commands to modify this state, even "
    "though it\nmay still be in use. Only 'yes' will be accepted to confirm.",
)
_DONE: Final = (
    "\nTerraform state has been successfully unlocked!\n\nThe state has been unlocked, and Terraform commands should now be "
    "able to\nobtain a new lock on the remote state.\n"
)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    return running.run((*common.VARIABLES, Flag("force", "bool")), words, HELP, _unlock)


def _unlock(flags: Flags, terminal: Terminal) -> int:
    if len(flags.arguments) != 1:
        usage.print_failure("Expected a single argument: LOCK_ID", terminal)
        terminal.print_error(HELP)
        return 1
    from iacctl.session import Session
    from iacctl_state.errors import StateError

    session = Session()
    store = session.manager().store
    if store.is_local:
        if not flags.force:
            raise Failed("Local state cannot be unlocked by another process")
        raise Failed("Failed to unlock state: LocalState not locked")
    if not flags.force and not _approved(session.workspace(), terminal):
        terminal.print("force-unlock cancelled.\n")
        return 1
    try:
        store.force_unlock(flags.arguments[0])
    except StateError as error:
        raise Failed(f"Failed to unlock state: {error.detail or error.summary}") from None
    terminal.print(_DONE)
    return 0


def _approved(workspace: str, terminal: Terminal) -> bool:
    """Ask; whether the answer is yes."""
    from iacctl.cli.prompts import Prompt
    from iacctl.session.questions import NoAnswerError, Question

    query, description = _QUESTION
    where = f' for "{workspace}"' if workspace != "default" else ""
    try:
        return Prompt(terminal)(Question(query.replace("?", f"{where}?"), description)) == "yes"
    except NoAnswerError as error:
        raise Failed(f"Error asking for confirmation: {error}") from None
