"""`iacctl apply`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import approval, planning, usage
from iacctl.cli.flags import Flag
from iacctl.cli.interrupts import Interrupts
from iacctl.cli.prompts import Prompt, input_is_allowed
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.plan.model import Options, Plan
    from iacctl.session import Session
    from iacctl.views.protocols import ApplyView

FLAGS: Final = (*planning.COMMON, Flag("auto-approve", "bool"))

HELP: Final = """\
Usage: iacctl [global options] apply [options] [PLAN]

  Brings the objects of this configuration into the state that it describes.

  Without a plan file, a plan is made and shown, and carried out once it is
  approved. With one, exactly what it says is done.

Options:

  -auto-approve          Don't ask for approval.

  -backup=path           Where to keep the state as it was before; "-" for no
                         backup. For the local backend.

  -compact-warnings      Show warnings by their summaries alone.

  -destroy               Destroy everything; the same as "iacctl destroy".

  -input=false           Don't ask for variables without a value.

  -json                  Print events as JSON, one a line; needs -auto-approve
                         or a plan file.

  -lock=false            Don't lock the state.

  -lock-timeout=0s       How long to wait for the lock.

  -no-color              No colour.

  -parallelism=n         How many objects to work on at once (10).

  -state=path            The state file, for the local backend.

  -state-out=path        Where to write the state, if elsewhere.

  All options of "iacctl plan" that say what to plan are accepted as well,
  unless a plan file is given.

Example:

  iacctl apply -auto-approve
"""


def run(words: list[str]) -> int:
    """Run the command; its exit code."""
    return run_as("apply", words)


def run_as(name: str, words: list[str]) -> int:
    """Run the command as `apply` or as `destroy`; its exit code."""
    terminal = usage.terminal(words)
    destroys = name == "destroy"
    try:
        flags = usage.parse(FLAGS, words)
        path = _plan_file(flags, destroys)
        options = planning.options(flags, destroy=destroys)
        if path and flags.given & {"var", "var-file", "target", "replace", "refresh-only", "destroy"}:
            raise usage.UsageError(_cannot_change_plan(flags))
    except usage.HelpError:
        if destroys:
            from iacctl.cli.commands.destroy import HELP as DESTROY_HELP

            terminal.print(DESTROY_HELP)
        else:
            terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain(name, error.problems, terminal)
    from iacctl.views import choice

    view = choice.apply_view(terminal, as_json=flags.json, compact_warnings=flags.compact_warnings)
    try:
        if flags.json and not path and not flags.auto_approve:
            view.diagnostics(
                [
                    Diagnostic(
                        "error",
                        "Plan file or auto-approve required",
                        "Terraform cannot ask for interactive approval when -json is set. You can either apply a saved plan "
                        "file, or enable the -auto-approve option.",
                    )
                ]
            )
            return 1
        return _apply(flags, options, path, view, Prompt(terminal))
    except DiagnosticError as error:
        view.close()
        view.diagnostics(error.diagnostics)
        return 1
    finally:
        view.close()


def _plan_file(flags: Flags, destroys: bool) -> str:
    """The plan file that is named, or nothing."""
    words = flags.arguments
    if len(words) > 1 or (words and destroys):
        summary = "Too many command line arguments"
        detail = "Expected at most one positional argument."
        if destroys:
            summary = "Unexpected argument"
            detail = "The destroy command takes no positional arguments."
        raise usage.UsageError([Diagnostic("error", summary, detail)])
    return words[0] if words else ""


def _cannot_change_plan(flags: Flags) -> list[Diagnostic]:
    if flags.given & {"var", "var-file"}:
        return [
            Diagnostic(
                "error",
                "Can't set variables when applying a saved plan",
                "The -var and -var-file options cannot be used when applying a saved plan file, because a saved plan includes "
                "the variable values that were set when it was created.",
            )
        ]
    return [
        Diagnostic(
            "error",
            "Can't change planning options when applying a saved plan",
            "A saved plan file says what is to be done; the options that say what to plan have no meaning for it.",
        )
    ]


def _apply(flags: Flags, options: Options, path: str, view: ApplyView, prompt: Prompt) -> int:
    from contextlib import nullcontext

    session = planning.new_session(flags)
    session.listener = view.event
    Interrupts(session, view, prompt).install()
    if not path and input_is_allowed(flags.input and not flags.json):
        planning.ask_for_variables(session, prompt)
    plan: Plan | None = session.open_plan(path) if path else None
    locked = (
        session.lock(
            "OperationTypeApply", timeout=flags.lock_timeout, on_wait=lambda: view.state_lock("waiting")
        )
        if flags.lock
        else nullcontext()
    )
    with locked:
        if plan is not None:
            session.check_plan(plan)
        else:
            made = session.plan(options, to_apply=True)
            view.close()
            if made.plan is not None and (not made.plan.errored or made.plan.changes):
                view.plan(made.plan)
            view.diagnostics(made.diagnostics)
            if made.plan is None or made.diagnostics.has_errors:
                return 1
            plan = made.plan
            if not _approved(session, plan, flags, view, prompt):
                view.cancelled(options.mode)
                return 1
        return _carry_out(session, plan, flags, view)


def _approved(session: Session, plan: Plan, flags: Flags, view: ApplyView, prompt: Prompt) -> bool:
    """Whether the plan may be carried out: nothing is to be done, or approval was given.

    `-input=false` does not keep from asking, as in Terraform: it is about variables.
    """
    if flags.auto_approve or not plan.applyable:
        return True
    view.close()
    return approval.given(plan.options.mode, session.workspace(), prompt)


def _carry_out(session: Session, plan: Plan, flags: Flags, view: ApplyView) -> int:
    applied = session.apply(plan)
    view.close()
    errored = applied.diagnostics.has_errors or applied.result is None or not applied.result.complete
    operation = "destroy" if plan.options.mode == "destroy" else "apply"
    view.diagnostics(applied.diagnostics)
    view.finished(operation, applied.state.outputs, state_out=flags.state_out, errored=errored)  # type: ignore[arg-type]
    return 1 if errored else 0
