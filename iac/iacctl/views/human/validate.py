"""`validate` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.views.human.style import style, wrap

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
        from iacctl.views.human import diagnostics

        diagnostics.show(found, self._terminal)

    def results(self, found: Sequence[Diagnostic]) -> None:
        """See `protocols.ValidateView`."""
        if found:
            self.diagnostics(found)
        if any(item.severity == "error" for item in found):
            return
        look = style(self._terminal.color)
        but = ", but there were some validation warnings as shown above." if found else "."
        text = wrap(f"Success! The configuration is valid{but}", self._terminal.out_columns)
        success = f"{look.green}{look.bold}Success!{look.reset}"
        self._terminal.print(f"{text.replace('Success!', success, 1)}\n{look.reset}\n")
