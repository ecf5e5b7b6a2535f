"""Running a command in the form of Terraform's commands without views: what all of them do about faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.cli import usage
from iacctl.diag import DiagnosticError

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.cli.flags import Flag, Flags
    from iacctl.config.variables import Option
    from iacctl.views.terminal import Terminal


class Failed(Exception):  # noqa: N818 - a way out
    """The command failed for a reason that is no diagnostic."""


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


def variable_options(flags: Flags) -> list[Option]:
    """`-var` and `-var-file` in the order given, as sessions take them."""
    from iacctl.config.variables import Option

    return [Option(name, text) for name, text in flags.order if name in ("var", "var-file")]  # type: ignore[arg-type]
