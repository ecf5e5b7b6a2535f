"""A session's console: expressions over its configuration and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Diagnostics
from iacctl.session import clock

if TYPE_CHECKING:
    from iacctl.ops.console import Console
    from iacctl.session.session import Session
    from iacctl.values import Value


def open_console(session: Session, *, plan: bool) -> Console:
    """See `Session.console`."""
    from iacctl.ops import console

    found = Diagnostics()
    given = _inputs(session, found)
    project = session.project()
    state = session.state()
    made = console.over_plan(project, state, given, clock.now()) if plan else console.over_state(project, state, given)
    known = {id(item) for item in session.config().diagnostics}
    made.diagnostics.extend(item for item in found if id(item) not in known)
    return made


def _inputs(session: Session, found: Diagnostics) -> dict[str, Value]:
    """The values of root variables; of those that have none, unknown values.

    Raises:
        DiagnosticError: the configuration or a given value is at fault.
    """
    from iacctl.config import variables

    found.extend(session.config().diagnostics)
    found.raise_errors()
    given = session.given_values(found)
    declared = session.config().root.variables
    variables.check_undeclared(declared, given, found)
    missing = {variable.name for variable in variables.missing(declared, given)}
    present = {name: variable for name, variable in declared.items() if name not in missing}
    variables.values_of(present, given, found)
    found.raise_errors()
    found_values = variables.as_given(present, given)
    for name in missing:
        found_values[name] = values.unknown_of(values.without_optional(declared[name].type))
    return found_values
