"""What the commands that look at a state or change it by hand have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.session import Session

VARIABLES: Final = (Flag("var", "list"), Flag("var-file", "list"), Flag("no-color", "bool"))
STATE: Final = Flag("state", "string")
CHANGING: Final = (
    *VARIABLES,
    STATE,
    Flag("state-out", "string"),
    Flag("backup", "string"),
    Flag("lock", "bool", True),
    Flag("lock-timeout", "duration"),
    Flag("ignore-remote-version", "bool"),
)
"""Flags of the commands that change a state."""

NO_STATE: Final = (
    "No state file was found!\n\nState management commands require a state file. Run this command\nin a directory where "
    "Terraform has been run or use the -state flag\nto point the command to a specific state location."
)

OPTIONS: Final = """\
  -backup=path          Where to keep the state as it was before, instead of a
                        file of its own for each change. For the local
                        backend.

  -lock=false           Don't lock the state.

  -lock-timeout=0s      How long to wait for the lock.

  -no-color             No colour.

  -state=path           The state file, for the local backend.
"""
"""Help for the flags that all changing commands have."""


def require(flags: Flags, detail: str, count: int = 1, *, more: bool = False) -> None:
    """Complain unless there are so many arguments, or more where that is allowed.

    Raises:
        UsageError: there are not.
    """
    given = len(flags.arguments)
    if given < count or (given > count and not more):
        raise usage.UsageError([Diagnostic("error", "Required argument missing", detail)])


def session(flags: Flags, *, changing: bool = False) -> Session:
    """The session that the flags ask for."""
    from iacctl.session import Session
    from iacctl_state.backends.local import LocalOverrides

    overrides = LocalOverrides(flags.state, flags.state_out, flags.backup) if changing else LocalOverrides(flags.state)
    return Session(options=running.variable_options(flags), overrides=overrides)


def require_state(using: Session) -> None:
    """Complain where there is no state.

    Raises:
        running.Failed: there is none.
    """
    from iacctl.session import surgery

    if not surgery.exists(using):
        raise running.Failed(NO_STATE)
