"""What the commands that look at a state or change it by hand have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.cli.flags import Flags
    from iacctl.session import Session
    from iacctl.views.terminal import Terminal

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


class Failed(Exception):  # noqa: N818 - a way out
    """The command failed for a reason that is no diagnostic."""


class Answer(Exception):  # noqa: N818 - a way out
    """The command line asks for a help text: a wrong one, where an exit code is given."""


def run(
    declared: tuple[Flag, ...],
    words: list[str],
    help_text: str,
    command: Callable[[Flags, Terminal], int],
    check: Callable[[Flags], None] | None = None,
) -> int:
    """Run a command.

    Args:
        declared: its flags.
        words: its command line.
        help_text: what `-help` prints.
        command: what it does; it returns the exit code.
        check: raises `UsageError` where the command line is at fault.

    Returns:
        The exit code.
    """
    from iacctl.views.human import diagnostics

    terminal = usage.terminal(words)
    try:
        flags = usage.parse(declared, words)
        if check is not None:
            check(flags)
        return command(flags, terminal)
    except usage.HelpError:
        terminal.print(help_text)
        return 0
    except usage.UsageError as error:
        diagnostics.show(error.problems, terminal, spaced=True)
    except DiagnosticError as error:
        diagnostics.show(error.diagnostics, terminal, spaced=True)
    except Failed as error:
        usage.print_failure(str(error), terminal)
    return 1


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
    from iacctl.config.variables import Option
    from iacctl.session import Session
    from iacctl_state.backends.local import LocalOverrides

    chosen = [Option(name, text) for name, text in flags.order if name in ("var", "var-file")]  # type: ignore[arg-type]
    overrides = LocalOverrides(flags.state, flags.state_out, flags.backup) if changing else LocalOverrides(flags.state)
    return Session(options=chosen, overrides=overrides)


def require_state(using: Session) -> None:
    """Complain where there is no state.

    Raises:
        Failed: there is none.
    """
    from iacctl.session import surgery

    if not surgery.exists(using):
        raise Failed(NO_STATE)
