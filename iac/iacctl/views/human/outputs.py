"""`output` for people, and `output -raw`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Diagnostic
from iacctl.values import BigFloat, numbers
from iacctl.views.human import diagnostics
from iacctl.views.human import values as notation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.values import Value
    from iacctl.views.terminal import Terminal
    from iacctl_state.document import OutputState


def decoded(output: OutputState) -> Value:
    """An output's value.

    Raises:
        values.json.JsonError: the state holds something else than it says.
        ValueError: the state names no type.
    """
    return values.json.decode(output.value, values.type_from_json(output.type))


def listing(outputs: Mapping[str, OutputState]) -> str:
    """All outputs, one `name = value` after the other, in the order of names."""
    lines = [
        f"{name} = {'<sensitive>' if outputs[name].sensitive else notation.text(decoded(outputs[name]))}\n"
        for name in sorted(outputs)
    ]
    return "".join(lines)


class OutputHuman:
    """The view of `output`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal)

    def all(self, outputs: Mapping[str, OutputState]) -> None:
        """See `protocols.OutputView`."""
        if outputs:
            self._terminal.print(listing(outputs))
        else:
            self.diagnostics([_NONE])

    def one(self, name: str, outputs: Mapping[str, OutputState]) -> bool:
        """See `protocols.OutputView`."""
        return _one(self._terminal, name, outputs, raw=False)


class OutputRaw:
    """The view of `output -raw`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal)

    def all(self, outputs: Mapping[str, OutputState]) -> None:
        """See `protocols.OutputView`. Only one can be shown raw."""
        self.diagnostics(
            [
                Diagnostic(
                    "error",
                    "Unexpected argument",
                    "The output command expects exactly one argument with the name of an output variable or no arguments to "
                    "show all outputs.",
                )
            ]
        )

    def one(self, name: str, outputs: Mapping[str, OutputState]) -> bool:
        """See `protocols.OutputView`."""
        return _one(self._terminal, name, outputs, raw=True)


def _one(terminal: Terminal, name: str, outputs: Mapping[str, OutputState], *, raw: bool) -> bool:
    if not outputs:
        diagnostics.show([_NONE], terminal)
        return True
    if name not in outputs:
        diagnostics.show([not_found(name)], terminal)
        return False
    value = decoded(outputs[name])
    if not raw:
        terminal.print(f"{notation.text(value)}\n")
        return True
    shown = _raw(value)
    if shown is None:
        what = "null" if values.is_null(value) else values.type_of(value).friendly_name()
        diagnostics.show([_not_raw(name, what)], terminal)
        return False
    terminal.print(shown)
    return True


def _raw(value: Value) -> str | None:
    if type(value) is str:
        return value
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int or type(value) is BigFloat:
        return numbers.text(value)
    return None


_NONE = Diagnostic(
    "warning",
    "No outputs found",
    "The state file either has no outputs defined, or all the defined outputs are empty. Please define an output in your "
    "configuration with the `output` keyword and run `terraform refresh` for it to become available. If you are using "
    "interpolation, please verify the interpolated value is not empty. You can use the `terraform console` command to "
    "assist.",
)


def not_found(name: str) -> Diagnostic:
    """The problem that the state has no such output."""
    return Diagnostic(
        "error",
        f'Output "{name}" not found',
        "The output variable requested could not be found in the state file. If you recently added this to your "
        "configuration, be sure to run `terraform apply`, since the state won't be updated with new output variables until "
        "that command is run.",
    )


def _not_raw(name: str, what: str) -> Diagnostic:
    return Diagnostic(
        "error",
        "Unsupported value for raw output",
        f'The -raw option only supports strings, numbers, and boolean values, but output value "{name}" is {what}.\n\n'
        "Use the -json option for machine-readable representations of output values that have complex types.",
    )
