"""`iacctl get`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.views.protocols import InitStep

FLAGS: Final = (
    Flag("no-color", "bool"),
    Flag("test-directory", "string", "tests"),
    Flag("update", "bool"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] get [options]

  Downloads and installs the modules that the configuration calls, as "init"
  does among other things. A module that is there already stays as it is.

Options:

  -no-color              No colour.

  -test-directory=path   Where test files are ("tests").

  -update                Look for newer versions of modules.

  -var 'foo=bar'         Set an input variable that module sources refer to.
                         May be repeated.

  -var-file=filename     Read input variables from a file. May be repeated.

Example:

  iacctl get -update
"""

_EXTRA: Final = Diagnostic(
    "error", "Too many command line arguments", "Expected no positional arguments. Did you mean to use -chdir?"
)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    from iacctl.views.human import diagnostics, init

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
    from iacctl.config.test_files import loader
    from iacctl.config.variables import Option
    from iacctl.session import Session
    from iacctl.session.modules import install_modules

    def tell(step: InitStep) -> None:
        terminal.print(f"{init.text(step)}\n")

    session = Session(options=[Option(name, text) for name, text in flags.order])  # type: ignore[arg-type]
    try:
        if not session.has_configuration():
            return 0
        suite = loader.read(session.source(), session.root, flags.test_directory)
        suite.diagnostics.raise_errors()
        found = install_modules(session, step=tell, upgrade=flags.update, suite=suite).diagnostics
    except DiagnosticError as error:
        found = error.diagnostics
    diagnostics.show(found, terminal, spaced=True)
    return 1 if found.has_errors else 0
