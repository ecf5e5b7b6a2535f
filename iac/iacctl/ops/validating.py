"""The operation `validate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.eval import validating
from iacctl.eval.surroundings import NONE as NOTHING_ELSE
from iacctl.eval.world import World
from iacctl.lang.context import Settings
from iacctl.ops import project as projects
from iacctl.provisioners.pool import ProvisionerPool

if TYPE_CHECKING:
    from iacctl.config.model import Module
    from iacctl.eval.surroundings import Surroundings
    from iacctl.ops.project import Checked, Project


def validate(project: Project) -> Diagnostics:
    """Check a configuration without any state or input; all problems found."""
    try:
        checked = projects.check(project)
    except DiagnosticError as error:
        return error.diagnostics
    found = Diagnostics(checked.warnings)
    try:
        evaluate(project, checked, found)
    finally:
        checked.providers.close()
    return found


def check_provisioners(root: Module, diags: Diagnostics) -> None:
    """Report the types of provisioners that there are none of."""
    projects.check_provisioners(root, ProvisionerPool(), diags)


def evaluate(
    project: Project, checked: Checked, found: Diagnostics, surroundings: Surroundings = NOTHING_ELSE
) -> None:
    """Evaluate a configuration without values; problems are added to `found`."""
    world = World(
        project.config,
        checked.providers,
        checked.resolution,
        found,
        operation="validate",
        variables={},
        settings=Settings(project.base_dir, pure=True),
        workspace=project.workspace,
        working_directory=project.working_directory,
        surroundings=surroundings,
    )
    try:
        validating.validate(world)
    except DiagnosticError as error:
        found.extend(error.diagnostics)
