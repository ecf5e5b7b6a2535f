"""`iacctl output`."""

from __future__ import annotations

from typing import Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

FLAGS: Final = (
    Flag("json", "bool"),
    Flag("no-color", "bool"),
    Flag("raw", "bool"),
    Flag("state", "string"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] output [options] [NAME]

  Prints output values of the root module from the state: all of them, or
  the one named.

Options:

  -json            Print values as JSON.

  -no-color        No colour.

  -raw             Print a string, number or truth value as it is.

  -state=path      The state file, for the local backend.

Example:

  iacctl output -raw address
"""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
        if len(flags.arguments) > 1:
            raise usage.UsageError(
                [
                    Diagnostic(
                        "error",
                        "Unexpected argument",
                        "The output command expects exactly one argument with the name of an output variable or no arguments "
                        "to show all outputs.",
                    )
                ]
            )
        if flags.raw and flags.json:
            raise usage.UsageError(
                [
                    Diagnostic(
                        "error", "Invalid output format", "The -raw and -json options are mutually-exclusive."
                    )
                ]
            )
        if flags.raw and not flags.arguments:
            raise usage.UsageError(
                [
                    Diagnostic(
                        "error",
                        "Output name required",
                        "You must give the name of a single output value when using the -raw option.",
                    )
                ]
            )
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("output", error, terminal)
    from iacctl.session import Session
    from iacctl.views import choice
    from iacctl_state.backends.local import LocalOverrides

    view = choice.output_view(terminal, as_json=flags.json, raw=flags.raw)
    try:
        outputs = Session(overrides=LocalOverrides(flags.state)).outputs()
    except DiagnosticError as error:
        view.diagnostics(error.diagnostics)
        return 1
    if flags.arguments:
        return 0 if view.one(flags.arguments[0], outputs) else 1
    view.all(outputs)
    return 0
