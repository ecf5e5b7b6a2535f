"""`iacctl providers schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal

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
    return running.run(FLAGS, words, HELP, _run, _check)


def _check(flags: Flags) -> None:
    """Complain of arguments, and where no JSON is asked for."""
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


def _run(flags: Flags, terminal: Terminal) -> int:
    from iacctl.session import Session, schemas
    from iacctl.views.json import schemas as documents
    from iacctl.views.json import text

    found = schemas.declared(Session(options=running.variable_options(flags)))
    text.print_line(terminal, documents.document(found))
    return 0
