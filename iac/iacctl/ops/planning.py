"""The operation `plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.diag.events import Listener, ignore
from iacctl.ops import project as projects
from iacctl.ops import validating
from iacctl.plan import build

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.ops.project import Checked, Project, Running
    from iacctl.plan.intents import Unfinished
    from iacctl.plan.model import Options, Plan
    from iacctl.values import Value
    from iacctl_state.document import StateDocument


class Outcome(NamedTuple):
    """What planning came to.

    Attributes:
        plan: the plan; None when it did not get so far that there was one.
        diagnostics: everything found.
    """

    plan: Plan | None
    diagnostics: Diagnostics


def plan_changes(
    project: Project,
    state: StateDocument,
    options: Options,
    variables: Mapping[str, Value],
    *,
    timestamp: str,
    listener: Listener = ignore,
    on_start: Callable[[Running], None] | None = None,
    unfinished: Unfinished | None = None,
) -> Outcome:
    """Plan the changes that bring the state's objects to what the configuration wants."""
    try:
        checked = projects.check(project)
    except DiagnosticError as error:
        return Outcome(None, error.diagnostics)
    found = Diagnostics(checked.warnings)
    try:
        inputs = build.Inputs(
            project.config,
            state,
            variables,
            checked.providers,
            checked.resolution,
            project.workspace,
            project.working_directory,
            project.base_dir,
            timestamp,
            listener,
            projects.watched(checked, on_start),
            unfinished=unfinished,
        )
        if _opens_something(project):
            invalid = _invalid(project, checked)
            if invalid is not None:
                return Outcome(None, invalid)
        plan = build.make_plan(inputs, options, found)
        if found.has_errors:
            invalid = _invalid(project, checked)
            if invalid is not None:
                return Outcome(None, invalid)
        return Outcome(plan, found)
    except DiagnosticError as error:
        found.extend(error.diagnostics)
        return Outcome(None, found)
    finally:
        checked.providers.close()


def _opens_something(project: Project) -> bool:
    """Whether there are ephemeral resources.

    They are not to be opened for a configuration that is not valid; and while validating, all that is made of their
    instances is ephemeral, even how many there are.
    """
    modules = project.config.root.walk()
    return any(resource.mode == "ephemeral" for module in modules for resource in module.resources.values())


def _invalid(project: Project, checked: Checked) -> Diagnostics | None:
    """What validation alone would have said, if that has errors.

    Terraform validates before it plans. To validate only where planning has failed gives the same messages, and costs
    nothing where all is well.
    """
    found = Diagnostics(checked.warnings)
    validating.evaluate(project, checked, found)
    return found if found.has_errors else None
