"""`iacctl providers`."""

from __future__ import annotations

from typing import Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

FLAGS: Final = (
    Flag("no-color", "bool"),
    Flag("test-directory", "string", "tests"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] providers [options]

  Shows which providers the configuration and its modules need, and which the
  state needs.

Subcommands:
    schema    Show what the providers of the configuration declare

Options:

  -no-color              No colour.

  -test-directory=path   Where test files are ("tests").

  -var 'foo=bar'         Set an input variable that module sources refer to.
                         May be repeated.

  -var-file=filename     Read input variables from a file. May be repeated.

Example:

  iacctl providers
"""

_EXTRA: Final = Diagnostic("error", "Too many command line arguments", "Did you mean to use -chdir?")


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    if words and words[0] == "schema":
        from iacctl.cli.commands import providers_schema

        return providers_schema.run(words[1:], origin)
    terminal = usage.terminal(words)
    from iacctl.views.human import diagnostics, trees

    try:
        flags = usage.parse(FLAGS, words)
        if flags.arguments:
            raise usage.UsageError([_EXTRA])
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        diagnostics.show(error.problems, terminal, spaced=True)
        return 1
    from iacctl.config.variables import Option
    from iacctl.session import Session, inventory

    session = Session(options=[Option(name, text) for name, text in flags.order])  # type: ignore[arg-type]
    try:
        found = inventory.required_providers(session, flags.test_directory)
    except DiagnosticError as error:
        diagnostics.show(error.diagnostics, terminal, spaced=True)
        return 1
    tree = trees.drawn(trees.of_needs(found.configuration))
    terminal.print(f"\nProviders required by configuration:\n{tree}\n")
    if found.state:
        lines = "".join(f"    provider[{source}]\n" for source in found.state)
        terminal.print(f"Providers required by state:\n\n{lines}\n")
    diagnostics.show(found.warnings, terminal, spaced=True)
    return 0
