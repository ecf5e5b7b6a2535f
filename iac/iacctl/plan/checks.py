"""Results of conditions as a plan and a state record them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.plan.changes import CheckInstance, CheckProblem, CheckResult

if TYPE_CHECKING:
    from iacctl.eval.world import World


def results(world: World) -> tuple[CheckResult, ...]:
    """How all conditions turned out so far, in the order of addresses."""
    found: list[CheckResult] = []
    for (kind, address), state in sorted(world.checks.items()):
        instances = tuple(
            CheckInstance(instance, status, tuple(CheckProblem(message) for message in messages))
            for instance, (status, messages) in state.instances.items()
        )
        found.append(CheckResult(kind, address, state.status(), instances))  # type: ignore[arg-type]
    return tuple(found)
