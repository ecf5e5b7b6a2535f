"""`test` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.testing import events
from iacctl.views.human import diagnostics
from iacctl.views.human.style import style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.addrs import Provider
    from iacctl.diag import Diagnostic
    from iacctl.provider.schema import ProviderSchema
    from iacctl.testing.events import Event
    from iacctl.testing.results import FileResult, RunResult, Shown, Status, SuiteResult
    from iacctl.testing.suites import Abandoned
    from iacctl.views.human.style import Style
    from iacctl.views.terminal import Terminal

_LIGHT_GRAY: Final = "\033[37m"
_WORDS: Final[dict[Status, str]] = {
    "pending": "pending",
    "skip": "skip",
    "pass": "pass",
    "fail": "fail",
    "error": "fail",
}


class TestHuman:
    """The view of `test`.

    Args:
        terminal: where to.
        verbose: whether to show plans and states.
    """

    __test__ = False

    def __init__(self, terminal: Terminal, *, verbose: bool) -> None:
        self._terminal = terminal
        self._verbose = verbose
        self._look = style(terminal.color)

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal, verbose=self._verbose)

    def event(self, event: Event) -> None:
        """Tell of something that happens."""
        if isinstance(event, events.Warned):
            self.diagnostics(event.diagnostics)
        elif isinstance(event, events.FileStarted):
            self._file_line(event.file, "in progress")
        elif isinstance(event, events.RunFinished):
            self._run_finished(event.run)
        elif isinstance(event, events.FileTearingDown):
            self._file_line(event.file, "tearing down")
        elif isinstance(event, events.RunTornDown):
            self._torn_down(event)
        elif isinstance(event, events.FileFinished):
            self._terminal.print(f"{event.file.file.name}... {self._word(event.file.status)}\n")
            self.diagnostics(event.file.diagnostics)
        elif isinstance(event, events.SuiteFinished):
            self._terminal.print(conclusion(event.suite, self._look))

    def _file_line(self, file: FileResult, what: str) -> None:
        gray = _LIGHT_GRAY if self._look.color else ""
        end = self._look.reset
        self._terminal.print(f"{file.file.name}... {gray}{what}{end}\n{end}")

    def _word(self, status: Status) -> str:
        look = self._look
        word = _WORDS[status]
        if not look.color:
            return word
        shade = {"pass": look.green, "fail": look.red, "error": look.red}.get(status, _LIGHT_GRAY)
        return f"{shade}{word}{look.reset}{look.reset}"

    def _run_finished(self, run: RunResult) -> None:
        terminal = self._terminal
        terminal.print(f'  run "{run.run.name}"... {self._word(run.status)}\n')
        if run.shown is not None and self._verbose:
            terminal.print(self._shown(run.shown))
        self.diagnostics(run.diagnostics)
        if any(item.severity == "warning" for item in run.diagnostics):
            terminal.print("\n")

    def _shown(self, shown: Shown) -> str:
        terminal = self._terminal
        if shown.plan is not None:
            from iacctl.views.human import plan as plans

            text = plans.text(
                shown.plan, color=terminal.color, columns=terminal.out_columns, automation=terminal.automation
            )
            return f"{text}\n"
        assert shown.state is not None
        from iacctl.views.human import state as states

        return f"\n{states.text(shown.state, Declared(shown), color=terminal.color)}\n"

    def _torn_down(self, event: events.RunTornDown) -> None:
        name = f"{event.file.file.name}/{event.run.run.name}"
        terminal = self._terminal
        if any(item.severity == "error" for item in event.diagnostics):
            terminal.print_error(
                wrap(
                    f"Terraform encountered an error destroying resources created while executing {name}.\n",
                    terminal.err_columns,
                )
            )
        self.diagnostics(event.diagnostics)
        if event.left:
            terminal.print_error(
                wrap(
                    f"\nTerraform left the following resources in state after executing {name}, and they need to be cleaned"
                    " up manually:\n",
                    terminal.err_columns,
                )
            )
            for address, deposed in event.left:
                terminal.print_error(f"  - {address} ({deposed})\n" if deposed else f"  - {address}\n")

    def interrupted(self, times: int) -> None:
        """See `protocols.TestView`."""
        terminal = self._terminal
        if times == 1:
            text = "Please wait for Terraform to exit or data loss may occur.\nGracefully shutting down...\n"
            terminal.print(f"\nInterrupt received.\n{text}\n")
        else:
            text = "\nTwo interrupts received. Exiting immediately. Note that data loss may have occurred.\n\n"
            terminal.print_error(wrap(text, terminal.err_columns))

    def abandoned(self, left: Abandoned) -> None:
        """See `protocols.TestView`."""
        terminal = self._terminal

        def tell(text: str) -> None:
            terminal.print_error(wrap(text, terminal.err_columns))

        tell(
            f"\nTerraform was interrupted while executing {left.file.file.name}, and may not have performed the expected cleanup"
            " operations.\n"
        )
        for key, path, objects in left.states:
            of = f' for "{key}"' if key else " from the module under test"
            tell(f"\nTerraform has already created the following resources{of}, whose state is in {path}:\n")
            for address, deposed in objects:
                terminal.print_error(f"  - {address} ({deposed})\n" if deposed else f"  - {address}\n")
        if left.run is not None and left.planned:
            tell(
                f'\nTerraform was in the process of creating the following resources for "{left.run.run.name}" from the module'
                " under test, and they may not have been destroyed:\n"
            )
            for address in left.planned:
                terminal.print_error(f"  - {address}\n")

    def close(self) -> None:
        """Nothing is left to be shown."""


class Declared:
    """`protocols.Schemas` of what a run has used."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    def schema(self, source: Provider, /) -> ProviderSchema:
        """See `protocols.Schemas`."""
        from iacctl.eval.providers import UnknownProviderError

        found = self._shown.schemas.get(str(source))
        if found is None:
            raise UnknownProviderError(source)
        return found


def conclusion(suite: SuiteResult, look: Style) -> str:
    """The last line."""
    skipped = suite.count("skip")
    tail = f", {skipped} skipped.\n" if skipped else ".\n"
    if suite.status in ("pending", "skip"):
        return f"\nExecuted 0 tests{tail}"
    end = look.reset
    passed = suite.count("pass")
    failed = suite.count("fail") + suite.count("error")
    word = f"{look.green}Success!{end}{end}" if suite.status == "pass" else f"{look.red}Failure!{end}{end}"
    return f"\n{word} {passed} passed, {failed} failed{tail}"
