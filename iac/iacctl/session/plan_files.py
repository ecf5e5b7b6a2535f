"""Saving plans, and applying saved ones: only to the state that they were made from."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.eval.providers import ProviderPool, UnknownProviderError
from iacctl.plan import file as plan_file

if TYPE_CHECKING:
    from iacctl.addrs import AbsProviderConfig
    from iacctl.plan.model import Plan
    from iacctl.provider.schema import Schema
    from iacctl.session.session import Session


def _failed(summary: str, detail: str) -> DiagnosticError:
    problems = Diagnostics()
    problems.error(summary, detail)
    return DiagnosticError(problems)


def save(session: Session, plan: Plan, path: str) -> None:
    """Write a plan file.

    Raises:
        DiagnosticError: it cannot be written.
    """
    manifest: bytes | None = None
    try:
        with open(os.path.join(session.workdir.data_folder, "modules", "modules.json"), "rb") as file:
            manifest = file.read()
    except OSError:
        manifest = None
    previous = plan.previous_state
    kind = session.backend().type
    chosen = session.backend_config
    arguments = {} if chosen is None else dict(chosen.arguments)
    backend = plan_file.SavedBackend(kind, plan.workspace, previous.lineage, previous.serial, arguments)
    try:
        plan_file.write(path, plan, backend, manifest)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _failed("Failed to write plan file", f"The plan file could not be written: open {path}: {reason}.") from None


def open_saved(session: Session, path: str) -> plan_file.SavedPlan:
    """Read a plan file.

    Raises:
        DiagnosticError: it cannot be read, or is no plan file.
    """
    pool = ProviderPool(session.make_provider)

    def schema(config: AbsProviderConfig, mode: str, type_name: str) -> Schema | None:
        try:
            return pool.resource_schema(config.provider, mode, type_name)
        except UnknownProviderError:
            return None

    try:
        return plan_file.read(path, schema)
    except FileNotFoundError:
        raise _failed(f'Failed to load "{path}" as a plan file', f"Error: stat {path}: no such file or directory") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _failed(f'Failed to load "{path}" as a plan file', f"Error: {path}: {reason}") from None
    except plan_file.PlanFileError as error:
        raise _failed(f'Failed to load "{path}" as a plan file', f"The file {path} can't be used: {error}.") from None
    finally:
        pool.close()


def require_workspace(session: Session, plan: Plan) -> None:
    """Make sure that the workspace is the one that a plan was made in.

    Raises:
        DiagnosticError: it is another one.
    """
    current = session.workspace()
    if plan.workspace == current:
        return
    raise _failed(
        f'The plan file describes changes to the "{plan.workspace}" workspace, but the "{current}" workspace is currently '
        "in use.",
        "Applying this plan with the incorrect workspace selected could result in state being stored in an unexpected "
        "location, or a downstream error when Terraform attempts apply a plan using the other workspace's state. If you'd "
        f'like to continue to use the plan file, you must run "terraform workspace select {plan.workspace}" to select the '
        "matching workspace.\nIn future make sure the selected workspace is not changed between creating and applying a "
        "plan file.",
    )


def with_ephemeral_values(session: Session, plan: Plan) -> Plan:
    """A plan with the values of the ephemeral variables, which its file does not hold. No other variable can be given.

    Raises:
        DiagnosticError: one is missing or unsuitable, or another variable was given.
    """
    from iacctl.config import variables

    found = Diagnostics()
    given = session.given_values(found)
    declared = {name: variable for name, variable in plan.config.root.variables.items() if variable.ephemeral}
    arguments = {name: raw for name, raw in given.items() if raw.origin == variables.ARGUMENT}
    variables.check_undeclared(declared, arguments, found)
    found.raise_errors()
    for name, variable in declared.items():
        if name not in given and not variable.has_default:
            found.error(
                "No value for required variable",
                f'The ephemeral input variable "{name}" was set during the plan phase, and so must also be set during the '
                "apply phase.",
            )
    found.raise_errors()
    values = variables.values_of(declared, given, found)
    found.raise_errors()
    return plan._replace(variables={**plan.variables, **values})


def check_fresh(session: Session, plan: Plan) -> None:
    """Make sure that the state is the one that a plan was made from.

    Raises:
        DiagnosticError: it is another one by now, or the plan ended in errors.
    """
    if plan.errored:
        raise _failed(
            "Cannot apply incomplete plan",
            "Terraform encountered an error when generating this plan, so it cannot be applied.",
        )
    state = session.state()
    made_from = plan.previous_state
    if made_from.lineage and state.lineage and state.lineage != made_from.lineage:
        raise _failed(
            "Saved plan does not match the given state",
            "The given plan file can not be applied because it was created from a different state lineage.",
        )
    if state.serial != made_from.serial or state.lineage != made_from.lineage:
        raise _failed(
            "Saved plan is stale",
            "The given plan file can no longer be applied because the state was changed by another operation after the plan "
            "was created.",
        )
