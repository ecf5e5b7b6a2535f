"""`show -json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.views.json import text
from iacctl.views.json.problems import StateShowError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.plan.model import Plan
    from iacctl.views.protocols import Schemas
    from iacctl.views.terminal import Terminal
    from iacctl_state.document import StateDocument


_PLAIN: Final = "cannot be shown as JSON"
"""The tag of problems that are told on one line."""


class ShowJson:
    """The view of `show -json`. Problems are for people even here, as in Terraform."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        from iacctl.views import choice

        problems = list(found)
        for problem in problems:
            if problem.tag == _PLAIN:
                self._terminal.print_error(f"{problem.summary}: {problem.detail}\n")
        rest = [problem for problem in problems if problem.tag != _PLAIN]
        if rest:
            choice.show_view(self._terminal).diagnostics(rest)

    def plan(self, plan: Plan, schemas: Schemas) -> None:
        """See `protocols.ShowView`.

        Raises:
            DiagnosticError: the prior state does not fit the schemas.
        """
        from iacctl.views.json import plan as plans

        try:
            document = plans.document(plan, schemas)
        except StateShowError as error:
            raise _failed("plan", f"error marshaling prior state: {error}") from None
        text.print_line(self._terminal, document)

    def state(self, state: StateDocument | None, schemas: Schemas) -> None:
        """See `protocols.ShowView`.

        Raises:
            DiagnosticError: the state does not fit the schemas.
        """
        from iacctl.views.json import state as states

        try:
            document = states.document(state, schemas)
        except StateShowError as error:
            raise _failed("state", str(error)) from None
        text.print_line(self._terminal, document)


def _failed(what: str, reason: str) -> DiagnosticError:
    return DiagnosticError([Diagnostic("error", f"Failed to marshal {what} to json", reason, tag=_PLAIN)])
