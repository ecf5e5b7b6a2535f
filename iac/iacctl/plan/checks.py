"""Results of conditions as a plan and a state record them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.eval.check_states import checkable
from iacctl.plan.changes import CheckInstance, CheckProblem, CheckResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.eval.world import World


_KNOWN_WITHOUT_MODULE: Final = frozenset(("resource", "var"))
"""What is recorded as having no instances, and so as passed, where its module has none."""


def results(world: World) -> tuple[CheckResult, ...]:
    """How the conditions of the whole configuration turned out so far, in the order of addresses."""
    found: list[CheckResult] = []
    for kind, address, path in sorted(checkable(world.config), key=lambda item: (item[1], item[0])):
        state = world.check_state(kind, address)
        if not state.expanded and kind in _KNOWN_WITHOUT_MODULE and world.modules.is_empty(path):
            state.expanded = True
        instances = tuple(
            CheckInstance(instance, held.status(), tuple(CheckProblem(message) for message in held.messages()))
            for instance, held in state.instances.items()
        )
        found.append(CheckResult(kind, address, state.status(), instances))
    return tuple(found)


def expect(world: World, planned: Iterable[CheckResult]) -> None:
    """Say what a plan knew of: conditions that are not evaluated again are recorded as unknown, not left out."""
    for result in planned:
        state = world.check_state(result.kind, result.address)
        state.expanded = bool(result.instances) or result.status != "unknown"
        for instance in result.instances:
            state.expect(instance.address, 1)
