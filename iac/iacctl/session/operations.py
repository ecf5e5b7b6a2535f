"""A session's plan and apply: what is made sure before, and what becomes of the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.session import clock
from iacctl.session.workdir import explain
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from iacctl.apply.run import Result
    from iacctl.plan.intents import Unfinished
    from iacctl.plan.model import Options, Plan
    from iacctl.session.session import Session
    from iacctl.values import Value
    from iacctl_state.document import StateDocument

_NOTHING_TO_PLAN: Final = (
    "No configuration files",
    "Plan requires configuration to be present. Planning without a configuration would mark everything for destruction, which "
    "is normally not what is desired. If you would like to destroy everything, run plan with the -destroy option. Otherwise, "
    "create a Terraform configuration file (.tf file) and try again.",
)
_NOTHING_TO_APPLY: Final = (
    "No configuration files",
    "Apply requires configuration to be present. Applying without a configuration would mark everything for destruction, "
    "which is normally not what is desired. If you would like to destroy everything, run 'terraform destroy' instead.",
)
_UNSUITABLE: Final = frozenset(("Invalid value for input variable", "Required variable not set"))
"""Summaries of errors of values that can be read, but that their variables do not accept."""


class Planned(NamedTuple):
    """A plan, or what kept it from being made."""

    plan: Plan | None
    diagnostics: Diagnostics


class Applied(NamedTuple):
    """What applying a plan came to.

    Attributes:
        result: what was done; None when nothing was begun.
        diagnostics: everything found.
        state: the state afterwards.
    """

    result: Result | None
    diagnostics: Diagnostics
    state: StateDocument


def plan(session: Session, options: Options, *, to_apply: bool) -> Planned:
    """See `Session.plan`."""
    from iacctl.ops import planning

    found = Diagnostics()
    try:
        given = _inputs(session, options, found, to_apply=to_apply)
    except DiagnosticError as error:
        # Terraform looks at values while it plans: unsuitable ones make a plan that failed, which can be kept.
        unsuitable = all(item.summary in _UNSUITABLE for item in error.diagnostics.errors)
        return Planned(_failed_plan(session, options) if unsuitable else None, error.diagnostics)
    try:
        state = session.state()
        _require_providers(session, state)
        outcome = planning.plan_changes(
            session.project(),
            state,
            options,
            given,
            timestamp=clock.now(),
            listener=session.listener,
            on_start=session.started,
            unfinished=_unfinished(session),
        )
    except DiagnosticError as error:
        return Planned(None, Diagnostics([*found, *error.diagnostics]))
    finally:
        session.ended()
    # The configuration's own warnings are among the operation's.
    known = {id(item) for item in session.config().diagnostics}
    before = [item for item in found if id(item) not in known]
    return Planned(outcome.plan, Diagnostics([*before, *outcome.diagnostics]))


def _inputs(session: Session, options: Options, found: Diagnostics, *, to_apply: bool) -> dict[str, Value]:
    """The values of root variables, once the configuration is known to be usable.

    Raises:
        DiagnosticError: with `found`, to which everything wrong was added.
    """
    from iacctl.install import providers

    config = session.config()
    found.extend(config.diagnostics)
    if not config.sources and options.mode != "destroy":
        found.error(*(_NOTHING_TO_APPLY if to_apply else _NOTHING_TO_PLAN))
    found.raise_errors()
    given = session.variables(found)
    providers.check_versions(config.root, session.providers, found)
    found.raise_errors()
    return given


def _require_providers(session: Session, state: StateDocument) -> None:
    """Make sure that there is a provider for every object in the state.

    Raises:
        DiagnosticError: there is not.
    """
    from iacctl.addrs import parse_abs_provider_config

    missing = Diagnostics()
    for text in sorted({resource.provider for resource in state.resources.values()}):
        config = parse_abs_provider_config(text)
        if config is None or config.provider.is_builtin or session.providers.version(config.provider) is not None:
            continue
        missing.error(
            "Missing required provider",
            f"This state requires provider {config.provider}, but that provider isn't available. You may be able to install it "
            "automatically by running:\n  terraform init",
        )
    missing.raise_errors()


def _unfinished(session: Session) -> Unfinished | None:
    """What an interrupted apply has left, by the state that was read last."""
    manager = session.manager()
    if manager.recovered is None:
        return None
    from iacctl.plan.intents import Unfinished

    return Unfinished(manager.recovered, manager.store.journal_path)


def _failed_plan(session: Session, options: Options) -> Plan | None:
    """A plan that ended before anything was looked at; None if not even the state can be read."""
    from iacctl.plan.model import Plan

    try:
        state = session.state()
    except DiagnosticError:
        return None
    return Plan(
        options, session.config(), {}, state, state, (), (), {}, (), (), clock.now(), errored=True, complete=False,
        workspace=session.workspace(),
    )  # fmt: skip


def apply(session: Session, plan: Plan) -> Applied:
    """See `Session.apply`."""
    from iacctl.ops import applying

    found = Diagnostics()
    try:
        recorder = session.manager().begin()
    except StateError as error:
        return Applied(None, explain(error), plan.prior_state)
    session.on_stop = recorder.store_soon
    try:
        outcome = applying.apply_changes(
            session.project(plan.config),
            plan,
            recorder,
            plan.variables,
            listener=session.listener,
            on_start=session.started,
        )
        found.extend(outcome.diagnostics)
    except BaseException:
        recorder.abandon()
        raise
    finally:
        session.on_stop = None
        session.ended()
    try:
        state = recorder.finish()
    except StateError as error:
        from iacctl.session import rescue

        state = recorder.document
        found.extend(rescue.keep(state, error, session.directory))
    return Applied(outcome.result, found, state)
