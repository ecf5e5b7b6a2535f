"""What `plan`, `apply` and `destroy` have in common: flags and input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs import AddressError, ResourceInstance, parse_resource_instance, parse_target
from iacctl.addrs.actions import parse_action
from iacctl.cli import running
from iacctl.cli.flags import Flag
from iacctl.cli.usage import UsageError
from iacctl.diag import Diagnostic
from iacctl.plan.model import Mode, Options
from iacctl.session.questions import NoAnswerError, Question
from iacctl_state.json_text import quote as quoted

if TYPE_CHECKING:
    from iacctl.addrs.actions import AbsAction, ActionInstance
    from iacctl.cli.flags import Flags
    from iacctl.cli.prompts import Prompt
    from iacctl.plan.model import Target
    from iacctl.session import Session
    from iacctl.views.protocols import OperationView

DEFAULT_PARALLELISM: Final = 10
COMMON: Final = (
    Flag("destroy", "bool"),
    Flag("refresh-only", "bool"),
    Flag("refresh", "bool", True),
    Flag("replace", "list"),
    Flag("target", "list"),
    Flag("invoke", "list"),
    Flag("var", "list"),
    Flag("var-file", "list"),
    Flag("compact-warnings", "bool"),
    Flag("input", "bool", True),
    Flag("json", "bool"),
    Flag("lock", "bool", True),
    Flag("lock-timeout", "duration"),
    Flag("no-color", "bool"),
    Flag("parallelism", "int", DEFAULT_PARALLELISM),
    Flag("state", "string"),
    Flag("state-out", "string"),
    Flag("backup", "string"),
)


def options(flags: Flags, *, destroy: bool = False) -> Options:
    """What the flags ask to be planned.

    Raises:
        UsageError: they contradict one another, or an address is none.
    """
    problems: list[Diagnostic] = []
    mode: Mode = "normal"
    if flags.destroy or destroy:
        mode = "destroy"
    if flags.refresh_only:
        if destroy:
            problems.append(
                Diagnostic(
                    "error",
                    "Invalid mode option",
                    'The -refresh-only option is not valid for "terraform destroy".',
                )
            )
        elif mode == "destroy":
            problems.append(
                Diagnostic(
                    "error",
                    "Incompatible plan mode options",
                    "The -destroy and -refresh-only options are mutually-exclusive.",
                )
            )
        elif not flags.refresh:
            problems.append(
                Diagnostic(
                    "error",
                    "Incompatible refresh options",
                    "It doesn't make sense to use -refresh-only at the same time as -refresh=false, because Terraform would "
                    "have nothing to do.",
                )
            )
        mode = "refresh-only"
    targets = tuple(item for text in flags.target if (item := _target(text, problems)) is not None)
    replace = tuple(item for text in flags.replace if (item := _replace(text, problems)) is not None)
    invoke = _invoke(flags, problems)
    if problems:
        raise UsageError(problems)
    if replace and (mode != "normal" or invoke):
        problems.append(
            Diagnostic(
                "error",
                "Unsupported plan mode",
                "Forcing resource instance replacement (with -replace=...) is allowed only in normal planning mode.",
            )
        )
    if flags.parallelism < 0:
        problems.append(
            Diagnostic(
                "error",
                "Invalid parallelism value",
                f"The parallelism must be a positive value. Not {flags.parallelism}.",
            )
        )
    if problems:
        raise UsageError(problems, advice=False)
    if invoke and mode == "destroy":
        problems.append(
            Diagnostic(
                "error",
                "Incompatible plan options",
                "An action cannot be invoked by a plan that destroys: -invoke and -destroy are mutually exclusive.",
            )
        )
        raise UsageError(problems, advice=False)
    if invoke:
        mode = "refresh-only"
    return Options(mode, flags.refresh, targets, replace, flags.parallelism or DEFAULT_PARALLELISM, invoke)


def _invoke(flags: Flags, problems: list[Diagnostic]) -> tuple[AbsAction | ActionInstance, ...]:
    """The action to invoke, if one is named."""
    if not flags.invoke:
        return ()
    for wrong, detail in (
        (len(flags.invoke) > 1, "Only one action can be invoked at a time."),
        (bool(flags.target), "The -invoke and -target arguments must not both be specified."),
    ):
        if wrong:
            problems.append(Diagnostic("error", "Invalid arguments", detail))
            return ()
    try:
        return (parse_action(flags.invoke[0]),)
    except AddressError as error:
        problems.append(Diagnostic("error", f"Invalid target {quoted(flags.invoke[0])}", error.detail))
        return ()


def _target(text: str, problems: list[Diagnostic]) -> Target | None:
    try:
        return parse_target(text)
    except AddressError as error:
        problems.append(Diagnostic("error", f"Invalid target {quoted(text)}", error.detail))
        return None


def _replace(text: str, problems: list[Diagnostic]) -> ResourceInstance | None:
    try:
        found = parse_resource_instance(text)
    except AddressError as error:
        problems.append(Diagnostic("error", f"Invalid force-replace address {quoted(text)}", error.detail))
        return None
    if found.mode != "managed":
        problems.append(
            Diagnostic(
                "error",
                f"Invalid force-replace address {quoted(text)}",
                "Only managed resources can be used with the -replace=... option.",
            )
        )
        return None
    return found


def warn_of_old_flags(flags: Flags, view: OperationView) -> None:
    """Say that `-state` has a better successor."""
    if flags.state:
        view.diagnostics(
            [
                Diagnostic(
                    "warning",
                    "Deprecated flag: -state",
                    'Use the "path" attribute within the "local" backend to specify a file for state storage',
                )
            ]
        )


def new_session(flags: Flags, origin: str, *, default_state_out: bool = True) -> Session:
    """The session that the flags ask for."""
    from iacctl.session import Session
    from iacctl_state.backends.local import LocalOverrides

    chosen = running.variable_options(flags)
    overrides = LocalOverrides(flags.state, flags.state_out if default_state_out else "", flags.backup)
    return Session(origin=origin, options=chosen, overrides=overrides)


def ask_for_variables(session: Session, prompt: Prompt) -> None:
    """Ask the person at the terminal for variables that need a value, if that is allowed.

    What is not answered the plan reports as missing.
    """
    if session.config().diagnostics.has_errors:
        return
    for variable in session.missing_variables():
        question = Question(f"var.{variable.name}", variable.description or "")
        try:
            session.answer(variable.name, prompt.secret(question) if variable.sensitive else prompt(question))
        except NoAnswerError as error:
            if str(error) != "EOF":
                return
