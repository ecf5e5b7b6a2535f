"""How fast compiled expressions give their values, measured inside one process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import RunError

if TYPE_CHECKING:
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext

TITLE: Final = "Expressions"
REPEAT: Final = 7
ROUNDS: Final = 1_000
SPEED: Final = 100_000  # evaluations a second on one core, at least

TYPICAL: Final = (
    "var.name",
    "var.tags.team",
    "count.index",
    '"${var.name}-${count.index}"',
    "var.subnets[count.index % 3]",
    "var.size > 10 && var.enabled",
    'var.enabled ? "on" : "off"',
    'merge(var.tags, { Name = "${var.name}-${count.index}" })',
    'cidrsubnet("10.0.0.0/16", 8, count.index)',
    'format("%s-%03d", var.name, count.index)',
    "[for subnet in var.subnets : upper(subnet)]",
    "jsonencode({ name = var.name, index = count.index })",
)
"""What arguments of resources look like; all of it is evaluated for each instance."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What evaluating took: how many evaluations, the median in seconds, and the budget in words."""

    title: str
    count: int
    seconds: float

    @property
    def speed(self) -> float:
        """Evaluations a second."""
        return self.count / self.seconds

    @property
    def budget(self) -> str:
        """The budget in words."""
        return f">= {SPEED:,}"

    @property
    def met(self) -> bool:
        """Whether the budget is kept."""
        return self.speed >= SPEED


def measure() -> list[Evaluated]:
    """Evaluate typical expressions over and over.

    Raises:
        RunError: there was a problem with one of them.
    """
    run = _evaluator()
    run()  # the first run also pays for imports
    times = []
    for _ in range(REPEAT):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return [Evaluated(f"{len(TYPICAL)} typical arguments", len(TYPICAL) * ROUNDS, median(times))]


class _Variables:
    """A scope that has nothing but variables."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def variable(self, reference: Any, context: EvalContext) -> Any:
        """`var.NAME`."""
        return self._values[reference.name]


def _evaluator() -> Callable[[], None]:
    # Imported here: the module must load, and list its rows, where iacctl is not installed.
    from iacctl.diag import Diagnostics, SourceFile
    from iacctl.hcl.parser import parse_expression
    from iacctl.lang.compile import compile_expression
    from iacctl.lang.context import EvalContext
    from iacctl.values import STRING, list_value, map_value

    problems = Diagnostics()
    compiled: list[Compiled] = []
    for text in TYPICAL:
        compiled.append(compile_expression(parse_expression(SourceFile("benchmark", text), problems)))
    scope: Any = _Variables(
        {
            "name": "web",
            "enabled": True,
            "size": 12,
            "tags": map_value(STRING, {"team": "platform", "stage": "prod"}),
            "subnets": list_value(STRING, ["a", "b", "c"]),
        }
    )

    def run() -> None:
        for index in range(ROUNDS):
            context = EvalContext(scope, problems, count_index=index % 200)
            for expression in compiled:
                expression(context)
        if len(problems):
            raise RunError(f"a benchmark expression has a problem: {problems[0]}")

    return run
