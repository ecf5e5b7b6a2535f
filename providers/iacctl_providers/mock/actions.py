"""Actions of the mock cloud: what all types share, and the ready-made type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iacctl_providers import sdk
from iacctl_providers.mock.faults import Call, strike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl_providers.mock.provider import Mock


class MockAction(sdk.Action):
    """What every action type does: it tells its `steps`, if it has such an argument, and nothing else.

    A latency of the operation `invoke` is how long it takes; faults of that operation strike before the first step, after
    the last (`partial`), or when all is done (`after`).
    """

    type_name: ClassVar[str] = ""

    def plan(self, report: sdk.Reporting[Mock]) -> None:
        _, faults = report.provider.enter(Call("plan", self.type_name, self._name))
        strike(faults, "after")

    def invoke(self, call: sdk.Reporting[Mock]) -> Iterator[str]:
        _, faults = call.provider.enter(Call("invoke", self.type_name, self._name))
        yield from self.__dict__.get("steps") or ()
        strike(faults, "partial")
        strike(faults, "after")

    @property
    def _name(self) -> str:
        found = self.__dict__.get("name")
        return found if isinstance(found, str) else ""


class Notify(MockAction):
    """Says something."""

    type_name = "mock_notify"

    name = sdk.string(optional=True, description="What faults and latencies go by.")
    message = sdk.string(optional=True, description="What it says.")
    steps = sdk.list_of(sdk.string)(optional=True, description="What it reports on the way.")
    secret = sdk.string(optional=True, sensitive=True, description="Who may hear it.")
