"""`iacctl console`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.cli.flags import Flags
    from iacctl.ops.console import Console
    from iacctl.views.terminal import Terminal

FLAGS: Final = (
    Flag("compact-warnings", "bool"),
    Flag("input", "bool", True),
    Flag("no-color", "bool"),
    Flag("plan", "bool"),
    Flag("state", "string"),
    Flag("target", "list"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] console [options]

  Evaluates expressions as you type them, with the values of the
  configuration and of the objects in the state. Nothing is changed.

  An expression goes on in the next line while a bracket or heredoc is open.
  From a pipe, expressions are read line by line until one is at fault, and
  the result of the last one is printed.

Options:

  -no-color             No colour.

  -plan                 Make a plan and use the objects as it leaves them, in
                        place of those in the state.

  -state=path           The state file, for the local backend.

  -var 'foo=bar'        Set an input variable. May be repeated.

  -var-file=filename    Read input variables from a file. May be repeated.

Example:

  echo 'length(var.names)' | iacctl console
"""

CONSOLE_HELP: Final = """\
Type an expression and press Enter to see its value. What the configuration
declares can be referred to as in the configuration, and objects have the
attributes that are in the state: "aws_instance.web.id" is the id of
"aws_instance.web", if there is such an object.

type(...) shows the type of a value.

To leave, type "exit", or press Control-C or Control-D.\
"""

_EXTRA: Final = Diagnostic(
    "error",
    "Too many command line arguments",
    "The console command does not expect any positional arguments. Did you mean to use -chdir?",
)


class _Left(Exception):  # noqa: N818 - a way out, no error
    """Somebody has typed `exit`."""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    return running.run(FLAGS, words, HELP, lambda flags, terminal: _run(flags, origin, terminal), _check)


def _check(flags: Flags) -> None:
    """Complain of arguments."""
    if flags.arguments:
        raise usage.UsageError([_EXTRA])


def _run(flags: Flags, origin: str, terminal: Terminal) -> int:
    from iacctl.session import Session
    from iacctl.views.human import diagnostics
    from iacctl_state.backends.local import LocalOverrides

    options = running.variable_options(flags)
    session = Session(origin=origin, options=options, overrides=LocalOverrides(flags.state))
    console = session.console(plan=flags.plan)
    try:
        diagnostics.show(console.diagnostics, terminal, spaced=True)
        return _converse(console, terminal) if sys.stdin.isatty() else _read_all(console, terminal)
    finally:
        console.close()


def _read_all(console: Console, terminal: Terminal) -> int:
    """Evaluate what comes from a pipe."""
    lines = iter(sys.stdin.buffer)

    def next_line(prompt: str) -> str:
        data = next(lines, None)
        if data is None:
            raise EOFError
        text: str = data.decode("utf-8", "surrogateescape")
        return text.removesuffix("\n").removesuffix("\r") + "\n"

    last = ""
    while True:
        try:
            text = _command(next_line)
            # As in Terraform, a lone line comes without its newline here, which makes a difference for some mistakes.
            shown = _answer(console, text if "\n" in text[:-1] else text.strip(), terminal)
        except EOFError:
            break
        except _Left:
            return 0
        if shown is None:
            return 1
        last = shown
    terminal.print(f"{last}\n")
    return 0


def _converse(console: Console, terminal: Terminal) -> int:
    """Evaluate what a person types."""
    import readline  # gives `input` line editing and a history

    readline.set_auto_history(True)

    def next_line(prompt: str) -> str:
        return input(prompt) + "\n"

    while True:
        try:
            shown = _answer(console, _command(next_line), terminal)
        except (EOFError, KeyboardInterrupt):
            terminal.print("\n")
            return 0
        except _Left:
            return 0
        terminal.print(f"{shown or ''}\n")


def _command(next_line: Callable[[str], str]) -> str:
    """One expression. It takes several lines where brackets or heredocs are open; an empty line ends it all the same.

    Raises:
        EOFError: there is nothing more.
    """
    from iacctl.hcl.completeness import still_open

    text = next_line("> ")
    while pending := still_open(text):
        try:
            line = next_line(": ")
        except EOFError:
            break
        text += line
        if not line.strip() and pending != "oh":
            break
    return text


def _answer(console: Console, text: str, terminal: Terminal) -> str | None:
    """What to print for a line; None after an error, which is shown.

    Raises:
        _Left: it was `exit`.
    """
    word = text.strip()
    if not word:
        return ""
    if word == "exit":
        raise _Left
    if word == "help":
        return CONSOLE_HELP
    from iacctl.views.human import diagnostics, values

    answer = console.evaluate(text)
    diagnostics.show(answer.diagnostics, terminal, spaced=True)
    if answer.diagnostics.has_errors:
        return None
    return answer.type_text or values.text(answer.value)
