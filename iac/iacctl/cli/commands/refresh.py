"""`iacctl refresh`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import planning, usage
from iacctl.cli.interrupts import Interrupts
from iacctl.cli.prompts import Prompt, input_is_allowed
from iacctl.diag import ALONE, Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.plan.model import Options
    from iacctl.session import Session
    from iacctl.views.protocols import ApplyView

FLAGS: Final = tuple(
    flag for flag in planning.COMMON if flag.name not in ("destroy", "refresh-only", "refresh", "replace")
)

HELP: Final = """\
Usage: iacctl [global options] refresh [options]

  Reads all objects and updates the state with what was found, without asking.
  "iacctl apply -refresh-only" shows what it would change first.

Options:

  -compact-warnings      Show warnings by their summaries alone.

  -input=false           Don't ask for variables without a value.

  -json                  Print events as JSON, one a line.

  -lock=false            Don't lock the state.

  -lock-timeout=0s       How long to wait for the lock.

  -no-color              No colour.

  -parallelism=n         How many objects to work on at once (10).

  -target=resource       Only this resource and what it depends on. May be
                         given several times.

  -var 'name=value'      A value for a variable of the configuration.

  -var-file=path         A file with such values.

  -state=path, -state-out=path, -backup=path
                         The state file, where to write it, and where to keep
                         it as it was before, for the local backend.

Example:

  iacctl refresh -target=aws_instance.web
"""

_EMPTY: Final = Diagnostic(
    "warning",
    "Empty or non-existent state",
    "There are currently no remote objects tracked in the state, so there is nothing to refresh.",
)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
        if flags.arguments:
            raise usage.UsageError(
                [Diagnostic("error", "Too many command line arguments", "Expected at most one positional argument.")]
            )
        options = planning.options(_with_modes(flags))._replace(mode="refresh-only")
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("refresh", error, terminal)
    from iacctl.views import choice

    view = choice.apply_view(terminal, as_json=flags.json, compact_warnings=flags.compact_warnings)
    try:
        return _refresh(planning.new_session(flags, origin), flags, options, view, Prompt(terminal))
    except DiagnosticError as error:
        view.close()
        view.diagnostics(error.diagnostics)
        return 1
    finally:
        view.close()


def _with_modes(flags: Flags) -> Flags:
    """The flags with those that only `plan` and `apply` have at their defaults."""
    from iacctl.cli.flags import Flags as Parsed

    given = {flag.name: getattr(flags, flag.name) for flag in FLAGS}
    modes = {"destroy": False, "refresh-only": False, "refresh": True, "replace": []}
    return Parsed({**given, **modes}, flags.arguments, flags.order, flags.given)


def _refresh(session: Session, flags: Flags, options: Options, view: ApplyView, prompt: Prompt) -> int:
    from contextlib import nullcontext

    session.listener = view.event
    planning.warn_of_old_flags(flags, view)
    Interrupts(session, view, prompt).install()
    if input_is_allowed(flags.input and not flags.json):
        planning.ask_for_variables(session, prompt)
    locked = (
        session.lock("OperationTypeRefresh", timeout=flags.lock_timeout, on_wait=lambda: view.state_lock("waiting"))
        if flags.lock
        else nullcontext()
    )
    with locked:
        empty = session.state().is_empty
        made = session.plan(options, to_apply=True)
        if made.plan is None or made.diagnostics.has_errors:
            view.close()
            view.diagnostics(made.diagnostics)
            return 1
        applied = session.apply(made.plan)
        view.close()
        errored = applied.diagnostics.has_errors or applied.result is None or not applied.result.complete
        before = [item for item in made.diagnostics if item.tag != ALONE]
        view.diagnostics([*([_EMPTY] if empty else []), *before, *applied.diagnostics])
        view.finished("refresh", applied.state.outputs, state_out=flags.state_out, errored=errored)
    return 1 if errored else 0
