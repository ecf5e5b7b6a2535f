"""`test -json`: a stream of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.testing import events
from iacctl.views.human.style import style
from iacctl.views.human.tests import Declared, conclusion
from iacctl.views.json import messages, text
from iacctl.views.json.diagnostics import diagnostic
from iacctl.views.json.operations import FIRST_INTERRUPT, SECOND_INTERRUPT
from iacctl_state.document import COMPATIBLE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.diag import Diagnostic
    from iacctl.testing.events import Event
    from iacctl.testing.results import FileResult, RunResult, Shown, SuiteResult
    from iacctl.testing.suites import Abandoned
    from iacctl.views.json.messages import Message
    from iacctl.views.terminal import Terminal


class TestJson:
    """The view of `test -json`. The first message names the versions.

    Args:
        terminal: where to.
        verbose: whether to show plans and states.
    """

    __test__ = False

    def __init__(self, terminal: Terminal, *, verbose: bool) -> None:
        self._terminal = terminal
        self._verbose = verbose
        self._send(
            {
                "@message": f"Terraform {COMPATIBLE_VERSION}",
                "type": "version",
                "terraform": COMPATIBLE_VERSION,
                "ui": messages.UI_VERSION,
            }
        )

    def _send(
        self, message: Message, level: str = "info", file: FileResult | None = None, run: RunResult | None = None
    ) -> None:
        if file is not None:
            message["@testfile"] = file.file.name
        if run is not None:
            message["@testrun"] = run.run.name
        text.print_line(self._terminal, messages.stamped(message, level))

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        self._diagnostics(found)

    def _diagnostics(
        self, found: Iterable[Diagnostic], file: FileResult | None = None, run: RunResult | None = None
    ) -> None:
        for item in found:
            word, level = ("Error", "error") if item.severity == "error" else ("Warning", "warn")
            self._send(
                {
                    "@message": f"{word}: {item.summary}",
                    "type": "diagnostic",
                    "diagnostic": diagnostic(item, verbose=self._verbose),
                },
                level,
                file,
                run,
            )

    def event(self, event: Event) -> None:
        """Tell of something that happens."""
        if isinstance(event, events.Warned):
            self._diagnostics(event.diagnostics)
        elif isinstance(event, events.SuiteStarted):
            self._abstract(event.files)
        elif isinstance(event, events.FileStarted):
            self._file(event.file, "starting", "in progress")
        elif isinstance(event, events.RunStarted):
            self._run(event.file, event.run, "starting", "in progress", elapsed=0)
        elif isinstance(event, events.RunProgress):
            self._run(event.file, event.run, "running", "in progress", elapsed=round(event.elapsed * 1000))
        elif isinstance(event, events.RunFinished):
            self._run_finished(event.file, event.run)
        elif isinstance(event, events.FileTearingDown):
            self._file(event.file, "teardown", "tearing down")
        elif isinstance(event, events.RunTearingDown):
            self._run(event.file, event.run, "teardown", "tearing down", elapsed=round(event.elapsed * 1000))
        elif isinstance(event, events.RunTornDown):
            self._torn_down(event)
        elif isinstance(event, events.FileFinished):
            status = event.file.status
            self._file(event.file, "complete", _word(status), status=status)
            self._diagnostics(event.file.diagnostics, event.file)
        else:
            self._summary(event.suite)

    def _abstract(self, files: Sequence[FileResult]) -> None:
        runs = sum(len(file.runs) for file in files)
        self._send(
            {
                "@message": f"Found {_number(len(files), 'file')} and {_number(runs, 'run block')}",
                "type": "test_abstract",
                "test_abstract": {file.file.name: [run.run.name for run in file.runs] or None for file in files},
            }
        )

    def _file(self, file: FileResult, progress: str, word: str, **more: Any) -> None:
        content = {"path": file.file.name, "progress": progress, **more}
        self._send({"@message": f"{file.file.name}... {word}", "type": "test_file", "test_file": content}, file=file)

    def _run(self, file: FileResult, run: RunResult, progress: str, word: str, **more: Any) -> None:
        content = {"path": file.file.name, "run": run.run.name, "progress": progress, **more}
        self._send(
            {"@message": f'  "{run.run.name}"... {word}', "type": "test_run", "test_run": content}, "info", file, run
        )

    def _run_finished(self, file: FileResult, run: RunResult) -> None:
        self._run(file, run, "complete", _word(run.status), status=run.status)
        if run.shown is not None and self._verbose:
            self._show(run.shown, file, run)
        self._diagnostics(run.diagnostics, file, run)

    def _show(self, shown: Shown, file: FileResult, run: RunResult) -> None:
        from iacctl.views.json import test_contents

        what = "plan" if shown.plan is not None else "state"
        content = test_contents.content(shown, Declared(shown))
        self._send(
            {
                "@message": f"-verbose flag enabled, printing {what}",
                "type": f"test_{what}",
                f"test_{what}": content,
            },
            "info",
            file,
            run,
        )

    def _torn_down(self, event: events.RunTornDown) -> None:
        name = f"{event.file.file.name}/{event.run.run.name}"
        if event.left:
            left = [
                {"instance": address, "deposed_key": deposed} if deposed else {"instance": address}
                for address, deposed in event.left
            ]
            self._send(
                {
                    "@message": f"Terraform left some resources in state after executing {name}, they need to be cleaned up"
                    " manually.",
                    "type": "test_cleanup",
                    "test_cleanup": {"failed_resources": left},
                },
                "error",
                event.file,
                event.run,
            )
        self._diagnostics(event.diagnostics, event.file, event.run)

    def _summary(self, suite: SuiteResult) -> None:
        self._send(
            {
                "@message": conclusion(suite, style(False)).strip("\n"),
                "type": "test_summary",
                "test_summary": {
                    "status": suite.status,
                    "passed": suite.count("pass"),
                    "failed": suite.count("fail"),
                    "errored": suite.count("error"),
                    "skipped": suite.count("skip"),
                },
            }
        )

    def interrupted(self, times: int) -> None:
        """See `protocols.TestView`."""
        self._send({"@message": FIRST_INTERRUPT if times == 1 else SECOND_INTERRUPT, "type": "log"})

    def abandoned(self, left: Abandoned) -> None:
        """See `protocols.TestView`."""
        states = {
            key: [
                {"instance": address, "deposed_key": deposed} if deposed else {"instance": address}
                for address, deposed in objects
            ]
            for key, _, objects in left.states
        }
        content: dict[str, Any] = {"states": states}
        if left.planned:
            content["planned"] = left.planned
        self._send(
            {
                "@message": "Terraform was interrupted during test execution, and may not have performed the expected cleanup"
                " operations.",
                "type": "test_interrupt",
                "test_interrupt": content,
            },
            "error",
            left.file,
            left.run,
        )

    def close(self) -> None:
        """Nothing is left to be shown."""


def _word(status: str) -> str:
    return "fail" if status == "error" else status


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
