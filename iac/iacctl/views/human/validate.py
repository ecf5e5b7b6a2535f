"""`validate` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.views.human import diagnostics
from iacctl.views.human.style import style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.diag import Diagnostic
    from iacctl.views.terminal import Terminal


class ValidateHuman:
    """The view of `validate`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal)

    def results(self, found: Sequence[Diagnostic]) -> None:
        """See `protocols.ValidateView`."""
        look = style(self._terminal.color)
        if not any(item.severity == "error" for item in found):
            but = ", but there were some validation warnings as shown below." if found else "."
            success = f"{look.green}{look.bold}Success!{look.reset}"
            self._terminal.print(f"{success} The configuration is valid{but}\n{look.reset}\n")
        diagnostics.show(found, self._terminal)
