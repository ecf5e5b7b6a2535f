"""`iacctl providers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal

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
    return running.run(FLAGS, words, HELP, _run, _check)


def _check(flags: Flags) -> None:
    """Complain of arguments."""
    if flags.arguments:
        raise usage.UsageError([_EXTRA])


def _run(flags: Flags, terminal: Terminal) -> int:
    from iacctl.session import Session, inventory
    from iacctl.views.human import diagnostics, trees

    session = Session(options=running.variable_options(flags))
    found = inventory.required_providers(session, flags.test_directory)
    tree = trees.drawn(trees.of_needs(found.configuration))
    terminal.print(f"\nProviders required by configuration:\n{tree}\n")
    if found.state:
        lines = "".join(f"    provider[{source}]\n" for source in found.state)
        terminal.print(f"Providers required by state:\n\n{lines}\n")
    diagnostics.show(found.warnings, terminal, spaced=True)
    return 0
