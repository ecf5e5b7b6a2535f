"""`show` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.views.human import diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.diag import Diagnostic
    from iacctl.plan.model import Plan
    from iacctl.views.protocols import Schemas
    from iacctl.views.terminal import Terminal
    from iacctl_state.document import StateDocument


class ShowHuman:
    """The view of `show`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal)

    def plan(self, plan: Plan, schemas: Schemas) -> None:
        """See `protocols.ShowView`."""
        from iacctl.views.human import plan as plans

        terminal = self._terminal
        terminal.print(
            plans.text(plan, color=terminal.color, columns=terminal.out_columns, automation=terminal.automation)
        )

    def state(self, state: StateDocument | None, schemas: Schemas) -> None:
        """See `protocols.ShowView`.

        Raises:
            DiagnosticError: the state does not fit the schemas.
        """
        if state is None:
            self._terminal.print("No state.\n")
            return
        from iacctl.views.human import state as states

        self._terminal.print(states.text(state, schemas, color=self._terminal.color))
