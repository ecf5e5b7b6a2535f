"""`validate -json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.views.json import text
from iacctl.views.json.diagnostics import diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.diag import Diagnostic
    from iacctl.views.terminal import Terminal


class ValidateJson:
    """The view of `validate -json`: one document, whatever was found."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`. A configuration that could not be looked at is not valid."""
        self.results(list(found))

    def results(self, found: Sequence[Diagnostic]) -> None:
        """See `protocols.ValidateView`."""
        errors = sum(item.severity == "error" for item in found)
        text.print_indented(
            self._terminal,
            {
                "format_version": "1.0",
                "valid": not errors,
                "error_count": errors,
                "warning_count": len(found) - errors,
                "diagnostics": [diagnostic(item) for item in found],
            },
        )
