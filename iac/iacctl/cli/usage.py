"""Faults of the command line, in Terraform's form."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iacctl.cli import flags as flag_rules
from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.cli.flags import Flag, Flags
    from iacctl.views.terminal import Terminal


_ANYWHERE: Final = frozenset(("no-color", "compact-warnings"))


class UsageError(Exception):
    """The command line is at fault.

    Args:
        problems: what to tell.
        advice: whether to say how to get help.
    """

    def __init__(self, problems: Iterable[Diagnostic], *, advice: bool = True) -> None:
        super().__init__()
        self.problems = list(problems)
        self.advice = advice


class HelpError(Exception):
    """Help is wanted."""


def parse(declared: tuple[Flag, ...], words: list[str]) -> Flags:
    """Read flags.

    Raises:
        UsageError: they are at fault.
        HelpError: help is wanted.
    """
    # These two may stand anywhere, even behind arguments.
    anywhere = [word for word in words if word.lstrip("-") in _ANYWHERE and word.startswith("-")]
    others = [word for word in words if word not in anywhere]
    try:
        return flag_rules.parse(declared, [*anywhere, *others])
    except flag_rules.FlagError as error:
        raise UsageError([Diagnostic("error", "Failed to parse command-line flags", str(error))]) from None
    except flag_rules.HelpRequested:
        raise HelpError from None


def terminal(words: list[str]) -> Terminal:
    """The terminal, with or without colour as `-no-color` among the words says."""
    from iacctl.views.terminal import Terminal

    plain = any(word in ("-no-color", "--no-color", "-no-color=true") for word in words)
    return Terminal.standard(os.environ, color=not plain)


def complain(name: str, error: UsageError, where: Terminal) -> int:
    """Tell what is wrong with the command line, and how to get help; the exit code."""
    from iacctl.views.human import diagnostics

    diagnostics.show(error.problems, where)
    if error.advice:
        where.print_error(f"\nFor more help on using this command, run:\n  terraform {name} -help\n")
    return 1


def complain_with_help(text: str, error: UsageError, where: Terminal) -> int:
    """The same in the form of commands that print their whole help text then; the exit code."""
    print_failure(text, where)
    for problem in error.problems:
        print_failure(f"Error parsing command-line flags: {problem.detail}\n", where)
    return 1


def print_failure(text: str, where: Terminal) -> None:
    """Print an error that is no diagnostic."""
    red, reset = ("\x1b[31m", "\x1b[0m\x1b[0m") if where.color else ("", "")
    where.print_error(f"{red}{text}{reset}\n")
