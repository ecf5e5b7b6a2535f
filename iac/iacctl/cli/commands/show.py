"""`iacctl show`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from iacctl.session import Session
    from iacctl.views.protocols import ShowView
    from iacctl_state.document import StateDocument

FLAGS: Final = (
    Flag("json", "bool"),
    Flag("no-color", "bool"),
    Flag("var", "list"),
    Flag("var-file", "list"),
)

HELP: Final = """\
Usage: iacctl [global options] show [options] [path]

  Shows a plan file or a state file. Without a path, the current state.

Options:

  -json               Print it as JSON, in Terraform's documented format.

  -no-color           No colour.

Example:

  iacctl show -json tfplan
"""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
        if len(flags.arguments) > 1:
            raise usage.UsageError(
                [Diagnostic("error", "Too many command line arguments", "Expected at most one positional argument.")]
            )
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("show", error, terminal)
    from iacctl.session import Session
    from iacctl.views import choice

    view = choice.show_view(terminal, as_json=flags.json)
    from iacctl.eval.providers import UnknownProviderError

    try:
        return _show(Session(), flags.arguments[0] if flags.arguments else "", view)
    except DiagnosticError as error:
        view.diagnostics(error.diagnostics)
    except UnknownProviderError as error:
        view.diagnostics([_unknown_provider(str(error.source))])
    return 1


def _unknown_provider(source: str) -> Diagnostic:
    return Diagnostic(
        "error",
        "Failed to load plugin schemas",
        "Error while loading schemas for plugin components: Failed to obtain provider schema: Could not load the schema for "
        f'provider {source}: failed to instantiate provider "{source}" to obtain schema: unavailable provider "{source}"..',
    )


def _show(session: Session, path: str, view: ShowView) -> int:
    from iacctl.eval.providers import ProviderPool

    pool = ProviderPool(session.make_provider)
    if not path:
        state = session.state()
        view.state(None if state.is_empty and not state.lineage else state, pool)
        return 0
    if _is_zip(path):
        view.plan(session.open_plan(path), pool)
        return 0
    view.state(_read_state(path), pool)
    return 0


def _is_zip(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def _read_state(path: str) -> StateDocument:
    from iacctl_state.reader import parse

    try:
        with open(path, "rb") as file:
            return parse(file.read())
    except OSError as error:
        reason = (error.strerror or os.strerror(error.errno or 0)).lower()
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "Failed to read the given file as a state or plan file",
                    f"State read error: Error loading statefile: open {path}: {reason}\n\n"
                    f"Plan read error: couldn't load the provided path as either a local plan file or a saved cloud plan: "
                    f"open {path}: {reason}",
                )
            ]
        ) from None
    except StateError as error:
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "Failed to read the given file as a state or plan file",
                    f"{error.summary}: {error.detail}\n\nThe file {path} is no plan file either.",
                )
            ]
        ) from None
