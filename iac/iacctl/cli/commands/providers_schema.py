"""`iacctl providers schema`."""

from __future__ import annotations

from typing import Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

FLAGS: Final = (Flag("json", "bool"), Flag("no-color", "bool"), Flag("var", "list"), Flag("var-file", "list"))

HELP: Final = """\
Usage: iacctl [global options] providers schema -json

  Prints what the providers of the configuration and the state declare, as
  JSON: arguments, resource types, data sources, functions.

Options:

  -json                  Needed: there is no other form.

  -var 'foo=bar'         Set an input variable that module sources refer to.
                         May be repeated.

  -var-file=filename     Read input variables from a file. May be repeated.

Example:

  iacctl providers schema -json
"""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    from iacctl.views.human import diagnostics

    try:
        flags = usage.parse(FLAGS, words)
        if flags.arguments:
            raise usage.UsageError(
                [Diagnostic("error", "Too many command line arguments", "Expected no positional arguments.")]
            )
        if not flags.json:
            raise usage.UsageError(
                [
                    Diagnostic(
                        "error",
                        "The -json flag is required",
                        "The `terraform providers schema` command requires the `-json` flag.",
                    )
                ]
            )
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        diagnostics.show(error.problems, terminal, spaced=True)
        return 1
    from iacctl.config.variables import Option
    from iacctl.session import Session, schemas
    from iacctl.views.json import schemas as documents
    from iacctl.views.json import text

    session = Session(options=[Option(name, value) for name, value in flags.order])  # type: ignore[arg-type]
    try:
        found = schemas.declared(session)
    except DiagnosticError as error:
        diagnostics.show(error.diagnostics, terminal, spaced=True)
        return 1
    text.print_line(terminal, documents.document(found))
    return 0
