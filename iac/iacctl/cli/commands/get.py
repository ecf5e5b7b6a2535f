"""`iacctl get`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.views.protocols import InitStep
    from iacctl.views.terminal import Terminal

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
    return running.run(FLAGS, words, HELP, _run, _check)


def _check(flags: Flags) -> None:
    """Complain of arguments."""
    if flags.arguments:
        raise usage.UsageError([_EXTRA])


def _run(flags: Flags, terminal: Terminal) -> int:
    from iacctl.config.test_files import loader
    from iacctl.session import Session
    from iacctl.session.modules import install_modules
    from iacctl.views.human import diagnostics, init

    def tell(step: InitStep) -> None:
        terminal.print(f"{init.text(step)}\n")

    session = Session(options=running.variable_options(flags))
    if not session.has_configuration():
        return 0
    suite = loader.read(session.source(), session.root, flags.test_directory)
    suite.diagnostics.raise_errors()
    found = install_modules(session, step=tell, upgrade=flags.update, suite=suite).diagnostics
    diagnostics.show(found, terminal, spaced=True)
    return 1 if found.has_errors else 0
