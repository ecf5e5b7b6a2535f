"""The rows of the benchmark table: what is compared with what, and how much is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from benchmarks import configs
from benchmarks.configs import Config

Action = Literal["version", "plan", "no-op plan", "apply"]
Metric = Literal["time", "memory"]
ToolName = Literal["iacctl", "terraform"]

SIDE_BY_SIDE: Final = "Side by side, terraform_data"
MEMORY: Final = "Peak memory"
MOCK: Final = "The mock provider, beside Terraform with terraform_data"
GROWTH: Final = "Growth: 20,000 resources beside 4,000"


@dataclass(frozen=True, slots=True)
class Case:
    """One command of one tool: what is run, and on which configuration (none for `version`)."""

    tool: ToolName
    action: Action
    config: Config | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table.

    Attributes:
        title: what it says, for example `plan, 1,000`.
        group: heading that it stands under.
        baseline: what is compared against.
        subject: what is judged.
        limit: the budget, as the largest quotient of subject and baseline; for `version`, of seconds.
        metric: which of the measured figures is meant.
        quick: whether `--quick` keeps it.
        slow_baseline: the baseline takes minutes, so that only `--full` runs it.
    """

    title: str
    group: str
    baseline: Case
    subject: Case
    limit: float
    metric: Metric = "time"
    quick: bool = False
    slow_baseline: bool = False

    @property
    def absolute(self) -> bool:
        """Whether the limit is a time in seconds and not a quotient."""
        return self.subject.action == "version"


def all_rows() -> list[Row]:
    """Give every row, in the order of the table."""
    return [*_side_by_side(), *_memory(), *_mock(), *_growth()]


def _pair(
    title: str,
    action: Action,
    config: Config | None,
    limit: float,
    *,
    group: str = SIDE_BY_SIDE,
    subject: Config | None = None,
    metric: Metric = "time",
    quick: bool = False,
    slow_baseline: bool = False,
) -> Row:
    """Make a row of Terraform and iacctl doing the same, iacctl perhaps with another provider's configuration."""
    baseline = Case("terraform", action, config)
    judged = Case("iacctl", action, subject or config)
    return Row(title, group, baseline, judged, limit, metric, quick, slow_baseline)


def _side_by_side() -> list[Row]:
    small, medium, large = configs.chains(100), configs.chains(1000), configs.chains(4000)
    return [
        _pair("version", "version", None, 0.10, quick=True),
        _pair("plan, 100", "plan", small, 1.0, quick=True),
        _pair("no-op plan, 100", "no-op plan", small, 1.0, quick=True),
        _pair("apply, 100", "apply", small, 1.0, quick=True),
        _pair("plan, 1,000", "plan", medium, 0.5, quick=True),
        _pair("no-op plan, 1,000", "no-op plan", medium, 0.5, quick=True),
        _pair("apply, 1,000", "apply", medium, 1 / 20),
        _pair("plan, 4,000", "plan", large, 0.5),
        _pair("no-op plan, 4,000", "no-op plan", large, 0.5),
        _pair("apply, 4,000", "apply", large, 1 / 100, slow_baseline=True),
        _pair("plan, count = 10000", "plan", configs.counted(10_000), 0.5),
        _pair("plan, 200 modules of 5", "plan", configs.modules(200, 5), 0.5),
        _pair("plan, 200 linked modules of 5", "plan", configs.modules(200, 5, through_resources=True), 0.5),
    ]


def _memory() -> list[Row]:
    return [
        _pair("memory, no-op plan, 1,000", "no-op plan", configs.chains(1000), 1.0, group=MEMORY, metric="memory"),
        _pair("memory, no-op plan, 4,000", "no-op plan", configs.chains(4000), 1.0, group=MEMORY, metric="memory"),
    ]


def _mock() -> list[Row]:
    rows: list[Row] = []
    sizes: list[tuple[int, str, dict[Action, float]]] = [
        (100, "100", {"plan": 1.0, "no-op plan": 1.0, "apply": 1.0}),
        (1000, "1,000", {"plan": 0.5, "no-op plan": 0.5, "apply": 1 / 20}),
        (4000, "4,000", {"plan": 0.5, "no-op plan": 0.5, "apply": 1 / 100}),
    ]
    for size, shown, limits in sizes:
        for action, limit in limits.items():
            rows.append(
                _pair(
                    f"mock: {action}, {shown}",
                    action,
                    configs.chains(size),
                    limit,
                    group=MOCK,
                    subject=configs.chains(size, configs.MOCK),
                    slow_baseline=action == "apply" and size >= 4000,
                )
            )
    return rows


def _growth() -> list[Row]:
    small, large = configs.chains(4000), configs.chains(20_000)
    actions: tuple[Action, ...] = ("plan", "no-op plan", "apply")
    return [
        Row(
            f"growth: {action}, 20,000",
            GROWTH,
            Case("iacctl", action, small),
            Case("iacctl", action, large),
            limit=5.0,
        )
        for action in actions
    ]
