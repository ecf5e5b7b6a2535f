"""`iacctl plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import planning, usage
from iacctl.cli.flags import Flag
from iacctl.cli.interrupts import Interrupts
from iacctl.cli.prompts import Prompt, input_is_allowed
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.plan.model import Options
    from iacctl.session import Planned, Session
    from iacctl.views.protocols import PlanView

FLAGS: Final = (
    *planning.COMMON,
    Flag("detailed-exitcode", "bool"),
    Flag("generate-config-out", "string"),
    Flag("out", "string"),
)

HELP: Final = """\
Usage: iacctl [global options] plan [options]

  Shows what would be done to bring the objects of this configuration into
  the state that it describes. Nothing is changed.

  With -out the plan is saved, and "iacctl apply FILE" does exactly what it
  says, also when the configuration has been edited since.

What to plan:

  -destroy            Destroy everything that the state holds.

  -invoke=action      Only invoke this action, and read what it needs for that.

  -refresh-only       Only take over what has changed outside of iacctl.

  -refresh=false      Don't read objects first.

  -replace=resource   Replace this resource instance. May be repeated.

  -target=resource    Only this module, resource or instance, and all that it
                      depends on. May be repeated. For exceptional use.

  -var 'foo=bar'      Set an input variable. May be repeated.

  -var-file=filename  Read input variables from a file, after
                      terraform.tfvars and *.auto.tfvars. May be repeated.

Other options:

  -compact-warnings   Show warnings by their summaries alone.

  -detailed-exitcode  Exit with 0 if there is nothing to do, with 2 if there
                      are changes, with 1 after an error.

  -generate-config-out=path
                      Write configuration for the targets of import blocks
                      that have none into this new file.

  -input=false        Don't ask for variables without a value.

  -json               Print events as JSON, one a line.

  -lock=false         Don't lock the state.

  -lock-timeout=0s    How long to wait for the lock.

  -no-color           No colour.

  -out=path           Save the plan.

  -parallelism=n      How many objects to work on at once (10).

  -state=path         The state file, for the local backend.

Example:

  iacctl plan -var region=eu-west-1 -out=tfplan
"""


_NOT_NORMAL: Final = Diagnostic(
    "error",
    "Invalid generate-config-out flag",
    "Config can only be generated during a normal plan operation, and not during a refresh-only or destroy plan.",
)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
        if flags.arguments:
            raise usage.UsageError(
                [
                    Diagnostic(
                        "error",
                        "Too many command line arguments",
                        "To specify a working directory for the plan, use the global -chdir flag.",
                    )
                ]
            )
        options = planning.options(flags)._replace(generate_into=flags.generate_config_out)
        if options.generate_into and options.mode != "normal":
            raise usage.UsageError([_NOT_NORMAL], advice=False)
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("plan", error, terminal)
    from iacctl.views import choice

    view = choice.plan_view(terminal, as_json=flags.json, compact_warnings=flags.compact_warnings)
    try:
        return _plan(planning.new_session(flags, origin, default_state_out=False), flags, options, view, Prompt(terminal))
    except DiagnosticError as error:
        view.close()
        view.diagnostics(error.diagnostics)
        return 1
    finally:
        view.close()


def _plan(session: Session, flags: Flags, options: Options, view: PlanView, prompt: Prompt) -> int:
    from contextlib import nullcontext

    if options.generate_into:
        from iacctl.cli import generated_files

        generated_files.refuse_existing(options.generate_into)
    session.listener = view.event
    planning.warn_of_old_flags(flags, view)
    Interrupts(session, view, prompt).install()
    if input_is_allowed(flags.input and not flags.json):
        planning.ask_for_variables(session, prompt)
    locked = (
        session.lock(
            "OperationTypePlan", timeout=flags.lock_timeout, on_wait=lambda: view.state_lock("waiting")
        )
        if flags.lock
        else nullcontext()
    )
    with locked:
        planned = session.plan(options)
        view.close()
        saved = _save(session, planned, flags)
        return _show(planned, view, flags, saved)


def _save(session: Session, planned: Planned, flags: Flags) -> str | None:
    """Write the plan file, if one is wanted and there is a plan that can be kept."""
    if not flags.out or planned.plan is None:
        return None
    session.save_plan(planned.plan, flags.out)
    return str(flags.out)


def _show(planned: Planned, view: PlanView, flags: Flags, saved: str | None) -> int:
    plan = planned.plan
    generated = None
    if plan is not None and plan.generated:
        from iacctl.cli import generated_files

        generated = flags.generate_config_out
        generated_files.write_imported(generated, plan.generated)
    if plan is not None:
        view.plan(plan)
    view.diagnostics(planned.diagnostics)
    if plan is None or planned.diagnostics.has_errors:
        return 1
    view.next_step(plan, saved_to=saved, generated_config=generated)
    return 2 if flags.detailed_exitcode and plan.applyable else 0
