"""How the conditions of the configuration's objects turn out: what plan and state record under `checks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import ModulePath
    from iacctl.config.model import Config

Status: TypeAlias = Literal["pass", "fail", "error", "unknown"]
Kind: TypeAlias = Literal["resource", "output_value", "check", "var"]

_RANK: Final[dict[Status, int]] = {"pass": 0, "unknown": 1, "fail": 2, "error": 3}


class Outcome(NamedTuple):
    """How one condition turned out. `message` is set where it failed."""

    status: Status
    message: str = ""


class InstanceState:
    """How the conditions of one instance turned out so far.

    Attributes:
        expected: how many conditions it has.
        outcomes: of those that were evaluated.
    """

    __slots__ = ("expected", "outcomes")

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.outcomes: list[Outcome] = []

    def status(self) -> Status:
        """The worst outcome; a condition that was not evaluated counts as unknown."""
        worst: Status = "unknown" if len(self.outcomes) < self.expected else "pass"
        for outcome in self.outcomes:
            if _RANK[outcome.status] > _RANK[worst]:
                worst = outcome.status
        return worst

    def messages(self) -> tuple[str, ...]:
        """What is to be told of conditions that failed."""
        return tuple(outcome.message for outcome in self.outcomes if outcome.message)


class CheckState:
    """How the conditions of one object of the configuration turned out so far.

    Attributes:
        kind: what sort of object.
        address: its static address as text.
        instances: those known of, by address.
        expanded: whether it is known what instances there are.
    """

    __slots__ = ("address", "expanded", "instances", "kind")

    def __init__(self, kind: Kind, address: str) -> None:
        self.kind: Kind = kind
        self.address = address
        self.instances: dict[str, InstanceState] = {}
        self.expanded = False

    def expect(self, address: str, conditions: int) -> None:
        """Say that there is an instance with this many conditions."""
        self.expanded = True
        found = self.instances.get(address)
        if found is None:
            self.instances[address] = InstanceState(conditions)
        else:
            found.expected = conditions

    def record(self, address: str, outcomes: Iterable[Outcome]) -> None:
        """Add outcomes to an instance; one that nobody expected has just these conditions."""
        found = self.instances.get(address)
        if found is None:
            found = self.instances[address] = InstanceState(0)
            self.expanded = True
        found.outcomes.extend(outcomes)

    def status(self) -> Status:
        """The worst status of any instance; "unknown" while the instances are not known."""
        if not self.expanded:
            return "unknown"
        worst: Status = "pass"
        for instance in self.instances.values():
            status = instance.status()
            if _RANK[status] > _RANK[worst]:
                worst = status
        return worst


def checkable(config: Config) -> Iterator[tuple[Kind, str, ModulePath]]:
    """Kind, static address and module of every object that has conditions."""
    for module in config.root.walk():
        prefix = "".join(f"module.{name}." for name in module.path)
        for resource in module.resources.values():
            if resource.preconditions or resource.postconditions:
                yield "resource", f"{prefix}{resource}", module.path
        for output in module.outputs.values():
            if output.preconditions:
                yield "output_value", f"{prefix}output.{output.name}", module.path
        for name in module.checks:
            yield "check", f"{prefix}check.{name}", module.path
        for variable in module.variables.values():
            if variable.validations:
                yield "var", f"{prefix}var.{variable.name}", module.path
