"""How runs and files of tests turn out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from iacctl.config.model import Config
    from iacctl.config.test_files.model import TestFile, TestRun
    from iacctl.diag import Diagnostic
    from iacctl.plan.model import Plan
    from iacctl.provider.schema import ProviderSchema
    from iacctl.values import Value
    from iacctl_state.document import StateDocument

Status: TypeAlias = Literal["pending", "skip", "pass", "fail", "error"]

PENDING: Final = "pending"
SKIP: Final = "skip"
PASS: Final = "pass"
FAIL: Final = "fail"
ERROR: Final = "error"

_RANK: Final[dict[Status, int]] = {PENDING: 0, SKIP: 1, PASS: 2, FAIL: 3, ERROR: 4}


def worse(one: Status, other: Status) -> Status:
    """The worse of two statuses."""
    return one if _RANK[one] >= _RANK[other] else other


class Shown:
    """What `-verbose` shows of a run: a plan, or a state.

    Attributes:
        config: the configuration that was run.
        plan: what was planned; None for a run that applies.
        state: the state after applying; None for a run that plans.
        schemas: gives what providers declare, by source address.
    """

    __slots__ = ("config", "plan", "schemas", "state")

    def __init__(
        self,
        config: Config,
        schemas: dict[str, ProviderSchema],
        plan: Plan | None = None,
        state: StateDocument | None = None,
    ) -> None:
        self.config = config
        self.schemas = schemas
        self.plan = plan
        self.state = state


class RunResult:
    """One run, as far as it got.

    Attributes:
        run: the block.
        status: how it turned out.
        diagnostics: everything that was found.
        outputs: the output values of the module, for the runs that refer to it; None until there are any.
        shown: see `Shown`; None where nothing of the kind came about.
        started: seconds since the epoch at which it began; 0 if it never did.
        duration: seconds that it took.
    """

    __slots__ = ("diagnostics", "duration", "outputs", "run", "shown", "started", "status")

    def __init__(self, run: TestRun) -> None:
        self.run = run
        self.status: Status = PENDING
        self.diagnostics: list[Diagnostic] = []
        self.outputs: dict[str, Value] | None = None
        self.shown: Shown | None = None
        self.started = 0.0
        self.duration = 0.0

    def merge(self, status: Status) -> None:
        """Note a status; the worst counts."""
        self.status = worse(self.status, status)


class FileResult:
    """One test file, as far as it got.

    Attributes:
        file: the file.
        status: the worst of its runs and of itself.
        runs: its runs, in the order written.
        diagnostics: what was found that belongs to no run.
    """

    __slots__ = ("diagnostics", "file", "runs", "status")

    def __init__(self, file: TestFile) -> None:
        self.file = file
        self.status: Status = PENDING
        self.runs = [RunResult(run) for run in file.runs]
        self.diagnostics: list[Diagnostic] = []

    def run(self, name: str) -> RunResult:
        """The run of a name."""
        return next(item for item in self.runs if item.run.name == name)


class SuiteResult:
    """All files.

    Attributes:
        files: in the order in which they are run.
        status: the worst of them.
        stopped: whether it was interrupted.
    """

    __slots__ = ("files", "status", "stopped")

    def __init__(self, files: list[FileResult]) -> None:
        self.files = files
        self.status: Status = PASS
        self.stopped = False

    def count(self, status: Status) -> int:
        """How many runs turned out so."""
        return sum(run.status == status for file in self.files for run in file.runs)
