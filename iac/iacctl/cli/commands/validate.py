"""`iacctl validate`."""

from __future__ import annotations

from typing import Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError

FLAGS: Final = (
    Flag("json", "bool"),
    Flag("no-color", "bool"),
    Flag("no-tests", "bool"),
    Flag("test-directory", "string", "tests"),
    Flag("query", "bool"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] validate [options]

  Checks whether the configuration is valid, whatever the values of its
  variables and whatever the state. Nothing outside is asked.

Options:

  -json                 Print the result as JSON.

  -no-color             No colour.

  -no-tests             Leave test files out.

  -query                Check query files (.tfquery.hcl) as well.

  -test-directory=path  Where test files are ("tests").

  -var 'foo=bar'        Set an input variable. May be repeated.

  -var-file=filename    Read input variables from a file. May be repeated.

Example:

  iacctl validate -json
"""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("validate", error, terminal)
    from iacctl.session import Session
    from iacctl.views import choice

    view = choice.validate_view(terminal, as_json=flags.json)
    if len(flags.arguments) > 1:
        problem = Diagnostic("error", "Too many command line arguments", "Expected at most one positional argument.")
        return usage.complain("validate", usage.UsageError([problem]), terminal)
    session = Session(
        root=flags.arguments[0] if flags.arguments else ".",
        origin=origin,
        queries=flags.query,
        options=running.variable_options(flags),
    )
    try:
        found = session.validate(None if flags.no_tests else flags.test_directory)
    except DiagnosticError as error:
        found = error.diagnostics
    view.results(list(found))
    return 1 if found.has_errors else 0
