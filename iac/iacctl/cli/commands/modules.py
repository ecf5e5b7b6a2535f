"""`iacctl modules`."""

from __future__ import annotations

from typing import Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

FLAGS: Final = (Flag("json", "bool"), Flag("no-color", "bool"), Flag("var", "list"), Flag("var-file", "list"))

HELP: Final = """\
Usage: iacctl [global options] modules [options]

  Lists the modules that the configuration calls, with the versions that are
  installed.

Options:

  -json                 Print the list as JSON.

  -no-color             No colour.

  -var 'foo=bar'        Set an input variable that module sources refer to.
                        May be repeated.

  -var-file=filename    Read input variables from a file. May be repeated.

Example:

  iacctl modules -json
"""

_EXTRA: Final = Diagnostic("error", "Too many command line arguments", "Expected no positional arguments")


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
        if flags.arguments:
            raise usage.UsageError([_EXTRA])
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("modules", error, terminal)
    from iacctl.session import Session, inventory
    from iacctl.views.human import diagnostics

    session = Session(options=running.variable_options(flags))
    try:
        found = inventory.called_modules(session)
    except DiagnosticError as error:
        diagnostics.show(error.diagnostics, terminal)
        return 1
    if flags.json:
        from iacctl.views.json import called_modules

        called_modules.print_document(terminal, found)
        return 0
    if not found:
        terminal.print("No modules found in configuration.\n")
        return 0
    from iacctl.views.human import trees

    terminal.print(f"\nModules declared by configuration:\n{trees.drawn(trees.of_modules(found))}\n")
    return 0
