"""`iacctl apply`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import approval, planning, usage
from iacctl.cli.flags import Flag
from iacctl.cli.interrupts import Interrupts
from iacctl.cli.prompts import Prompt, input_is_allowed
from iacctl.diag import ALONE, Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.plan.model import Options, Plan
    from iacctl.session import Session
    from iacctl.views.protocols import ApplyView, Operation

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


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    return run_as("apply", words, origin)


def run_as(name: str, words: list[str], origin: str) -> int:
    """Run the command as `apply` or as `destroy`; its exit code."""
    terminal = usage.terminal(words)
    destroys = name == "destroy"
    try:
        flags = usage.parse(FLAGS, words)
        path = _plan_file(flags)
        options = planning.options(flags, destroy=destroys)
    except usage.HelpError:
        if destroys:
            from iacctl.cli.commands.destroy import HELP as DESTROY_HELP

            terminal.print(DESTROY_HELP)
        else:
            terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain(name, error, terminal)
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
        return _apply(planning.new_session(flags, origin), flags, options, path, view, Prompt(terminal), destroys=destroys)
    except DiagnosticError as error:
        view.close()
        view.diagnostics(error.diagnostics)
        return 1
    finally:
        view.close()


def _plan_file(flags: Flags) -> str:
    """The plan file that is named, or nothing."""
    words = flags.arguments
    if len(words) > 1:
        problem = Diagnostic("error", "Too many command line arguments", "Expected at most one positional argument.")
        raise usage.UsageError([problem])
    return words[0] if words else ""


def _not_with_a_plan(path: str) -> Diagnostic:
    return Diagnostic(
        "error",
        "Destroy can't be called with a plan file",
        f'If this plan was created using plan -destroy, apply it using:\n  terraform apply "{path}"',
    )


def _apply(
    session: Session, flags: Flags, options: Options, path: str, view: ApplyView, prompt: Prompt, *, destroys: bool
) -> int:
    from contextlib import nullcontext

    session.listener = view.event
    planning.warn_of_old_flags(flags, view)
    Interrupts(session, view, prompt).install()
    if not path and input_is_allowed(flags.input and not flags.json):
        planning.ask_for_variables(session, prompt)
    plan: Plan | None = session.open_plan(path, to_apply=True) if path else None
    if plan is not None and destroys:
        raise DiagnosticError([_not_with_a_plan(path)])
    waiting: list[Diagnostic] = []
    locked = (
        session.lock(
            "OperationTypeApply", timeout=flags.lock_timeout, on_wait=lambda: view.state_lock("waiting")
        )
        if flags.lock
        else nullcontext()
    )
    with locked:
        if plan is not None:
            plan = session.ready_plan(plan)
            view.planned(plan)
        else:
            plan, waiting = _made(session, options, flags, view)
            if plan is None:
                return 1
            if not _approved(session, plan, flags, view, prompt):
                view.cancelled(options.mode)
                return 1
        return _carry_out(session, plan, waiting, flags, view)


def _made(session: Session, options: Options, flags: Flags, view: ApplyView) -> tuple[Plan | None, list[Diagnostic]]:
    """Make and show a plan; the plan if it can be applied, and the warnings that are still to be shown.

    Where nobody is asked, warnings come with the outcome, as in Terraform, except those of check blocks: these are
    evaluated again.
    """
    made = session.plan(options, to_apply=True)
    view.close()
    plan = made.plan
    if plan is not None and (plan.changes or not plan.errored):
        view.plan(plan)
    usable = plan is not None and not made.diagnostics.has_errors
    if usable and flags.auto_approve:
        return plan, [item for item in made.diagnostics if item.tag != ALONE]
    view.diagnostics(made.diagnostics)
    return plan if usable else None, []


def _approved(session: Session, plan: Plan, flags: Flags, view: ApplyView, prompt: Prompt) -> bool:
    """Whether the plan may be carried out: nothing is to be done, or approval was given.

    `-input=false` does not keep from asking, as in Terraform: it is about variables.
    """
    if flags.auto_approve or not plan.applyable:
        return True
    view.close()
    return approval.given(plan.options.mode, session.workspace(), prompt, invoking=bool(plan.options.invoke))


def _carry_out(session: Session, plan: Plan, warnings: list[Diagnostic], flags: Flags, view: ApplyView) -> int:
    applied = session.apply(plan)
    view.close()
    errored = applied.diagnostics.has_errors or applied.result is None or not applied.result.complete
    operation: Operation = "destroy" if plan.options.mode == "destroy" else "apply"
    view.diagnostics([*warnings, *applied.diagnostics])
    view.finished(operation, applied.state.outputs, state_out=flags.state_out, errored=errored)
    return 1 if errored else 0
