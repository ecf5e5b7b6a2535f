"""`iacctl query`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running, usage
from iacctl.cli.flags import Flag
from iacctl.cli.interrupts import Interrupts
from iacctl.cli.prompts import Prompt
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.session import Session
    from iacctl.views.protocols import QueryView
    from iacctl.views.terminal import Terminal

FLAGS: Final = (
    Flag("generate-config-out", "string"),
    Flag("json", "bool"),
    Flag("no-color", "bool"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] query [options]

  Finds objects in remote systems: whatever the list blocks of the
  configuration's .tfquery.hcl files ask for. Nothing is changed.

Options:

  -generate-config-out=path  Write resource and import blocks for everything
                             that is found into this new file.

  -json                      Print what is found as JSON, one object a line.

  -no-color                  No colour.

  -var 'foo=bar'             Set an input variable. May be repeated.

  -var-file=filename         Read input variables from a file. May be
                             repeated.

Example:

  iacctl query -generate-config-out=found.tf
"""

_EXTRA: Final = Diagnostic(
    "error",
    "Too many command line arguments",
    "To specify a working directory for the query, use the global -chdir flag.",
)


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
        return usage.complain("query", error, terminal)
    from iacctl.session import Session
    from iacctl.views import choice

    view = choice.query_view(terminal, as_json=flags.json, generating=bool(flags.generate_config_out))
    chosen = running.variable_options(flags)
    session = Session(origin=origin, options=chosen, queries=True, listener=view.event)
    try:
        return _query(session, flags, view, terminal)
    except DiagnosticError as error:
        view.diagnostics(error.diagnostics)
        return 1
    finally:
        view.close()


def _query(session: Session, flags: Flags, view: QueryView, terminal: Terminal) -> int:
    from iacctl.cli import generated_files

    path = flags.generate_config_out
    if path:
        generated_files.refuse_existing(path)
    Interrupts(session, view, Prompt(terminal)).install()
    outcome = session.query(generating=bool(path))
    failed = outcome.diagnostics.has_errors
    if not failed:
        if path and any(item.found for item in outcome.listed):
            from iacctl.ops.querying import file_text

            generated_files.write(path, file_text(outcome.listed))
        view.finished()
    view.diagnostics(outcome.diagnostics)
    return 1 if failed else 0
