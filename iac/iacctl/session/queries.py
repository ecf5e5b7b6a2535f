"""A session's query: objects that list blocks find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import DiagnosticError, Diagnostics

if TYPE_CHECKING:
    from iacctl.ops.querying import Queried
    from iacctl.session.session import Session


def query(session: Session, *, generating: bool) -> Queried:
    """See `Session.query`."""
    from iacctl.install import providers
    from iacctl.ops import querying

    found = Diagnostics(session.config().diagnostics)
    if found.has_errors:
        return querying.Queried((), found)
    if not session.config().root.lists:
        found.error("No resources to query", "The configuration does not contain any resources that can be queried.")
        return querying.Queried((), found)
    given = session.variables(found)
    providers.check_versions(session.config().root, session.providers, found)
    if found.has_errors:
        return querying.Queried((), found)
    known = {id(item) for item in session.config().diagnostics}
    before = [item for item in found if id(item) not in known]
    try:
        outcome = querying.query(
            session.project(),
            session.state(),
            given,
            generating=generating,
            listener=session.listener,
            on_start=session.started,
        )
    except DiagnosticError as error:
        return querying.Queried((), Diagnostics([*before, *error.diagnostics]))
    finally:
        session.ended()
    return outcome._replace(diagnostics=Diagnostics([*before, *outcome.diagnostics]))
