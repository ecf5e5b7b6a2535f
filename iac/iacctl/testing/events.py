"""What happens while tests are run, for whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iacctl.diag import Diagnostic
    from iacctl.testing.results import FileResult, RunResult, SuiteResult


class Warned(NamedTuple):
    """There is something to be said of the configuration or its test files before anything is run."""

    diagnostics: Sequence[Diagnostic]


class SuiteStarted(NamedTuple):
    """The files to be run are known."""

    files: Sequence[FileResult]


class FileStarted(NamedTuple):
    """A file begins."""

    file: FileResult


class RunStarted(NamedTuple):
    """A run begins."""

    file: FileResult
    run: RunResult


class RunProgress(NamedTuple):
    """A run still goes on after so many seconds."""

    file: FileResult
    run: RunResult
    elapsed: float


class RunFinished(NamedTuple):
    """A run has ended, or was skipped."""

    file: FileResult
    run: RunResult


class FileTearingDown(NamedTuple):
    """All runs of a file have ended; what they have made is destroyed now."""

    file: FileResult


class RunTearingDown(NamedTuple):
    """The objects in the state that a run was the last to change are being destroyed, since so many seconds."""

    file: FileResult
    run: RunResult
    elapsed: float = 0.0


class RunTornDown(NamedTuple):
    """The same has ended.

    Attributes:
        diagnostics: what was found.
        left: addresses of the objects that are still there, each with its deposed key or an empty text.
    """

    file: FileResult
    run: RunResult
    diagnostics: Sequence[Diagnostic]
    left: Sequence[tuple[str, str]]


class FileFinished(NamedTuple):
    """A file has ended."""

    file: FileResult


class SuiteFinished(NamedTuple):
    """Everything has ended."""

    suite: SuiteResult


Event: TypeAlias = (
    Warned
    | SuiteStarted
    | FileStarted
    | RunStarted
    | RunProgress
    | RunFinished
    | FileTearingDown
    | RunTearingDown
    | RunTornDown
    | FileFinished
    | SuiteFinished
)
Listener: TypeAlias = "Callable[[Event], None]"


def ignore(event: Event) -> None:
    """A listener that takes no notice."""
