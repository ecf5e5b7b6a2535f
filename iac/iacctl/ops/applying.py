"""The operation `apply`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.apply import run
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.diag.events import Listener, ignore
from iacctl.ops import project as projects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.ops.project import Project, Running
    from iacctl.plan.model import Plan
    from iacctl.values import Value
    from iacctl_state.recorder import StateRecorder


class Outcome(NamedTuple):
    """What applying came to.

    Attributes:
        result: what was done; None when nothing was begun.
        diagnostics: everything found.
    """

    result: run.Result | None
    diagnostics: Diagnostics


def apply_changes(
    project: Project,
    plan: Plan,
    recorder: StateRecorder,
    variables: Mapping[str, Value],
    *,
    listener: Listener = ignore,
    on_start: Callable[[Running], None] | None = None,
) -> Outcome:
    """Carry out a plan. The caller finishes the recorder, whatever comes of it."""
    try:
        checked = projects.check(project)
    except DiagnosticError as error:
        return Outcome(None, error.diagnostics)
    found = Diagnostics()
    try:
        inputs = run.Inputs(
            checked.providers,
            checked.resolution,
            recorder,
            variables,
            project.working_directory,
            project.base_dir,
            listener,
            projects.watched(checked, on_start),
            provisioners=checked.provisioners,
        )
        return Outcome(run.apply_plan(plan, inputs, found), found)
    except DiagnosticError as error:
        found.extend(error.diagnostics)
        return Outcome(None, found)
    finally:
        checked.providers.close()
        checked.provisioners.close()
