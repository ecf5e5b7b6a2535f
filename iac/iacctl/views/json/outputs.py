"""`output -json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostic
from iacctl.views.json import text
from iacctl.views.json.output_values import output_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.views.terminal import Terminal
    from iacctl_state.document import OutputState


class OutputJson:
    """The view of `output -json`. Problems are for people even here, as in Terraform."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        from iacctl.views import choice

        choice.output_view(self._terminal).diagnostics(found)

    def all(self, outputs: Mapping[str, OutputState]) -> None:
        """See `protocols.OutputView`."""
        shown = {
            name: {"sensitive": item.sensitive, "type": item.type, "value": output_value(item)}
            for name, item in sorted(outputs.items())
        }
        text.print_indented(self._terminal, shown)

    def one(self, name: str, outputs: Mapping[str, OutputState]) -> bool:
        """See `protocols.OutputView`."""
        if name not in outputs:
            self.diagnostics([not_found(name)])
            return False
        text.print_line(self._terminal, output_value(outputs[name]))
        return True


def not_found(name: str) -> Diagnostic:
    """The problem that the state has no such output."""
    return Diagnostic(
        "error",
        f'Output "{name}" not found',
        "The output variable requested could not be found in the state file. If you recently added this to your"
        " configuration, be sure to run `terraform apply`, since the state won't be updated with new output variables"
        " until that command is run.",
    )
