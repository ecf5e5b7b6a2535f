"""What happens while an operation runs: operations emit these, views render them.

Addresses are text. Times are seconds, by a monotonic clock for durations. No event carries an attribute value other
than an object's id, which Terraform shows as well, and what list blocks ask for and find.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple, TypeAlias

ObjectAction: TypeAlias = Literal["create", "update", "delete", "read", "no-op", "forget", "open", "renew", "close"]
EPHEMERAL_ACTIONS: Final = ("open", "renew", "close")
"""What is done to ephemeral resources."""


class PhaseStarted(NamedTuple):
    """A part of an operation begins: "loading", "planning", "applying". `total` counts its steps where known."""

    phase: str
    total: int = 0


class RefreshStarted(NamedTuple):
    """An object of the state is about to be read."""

    address: str
    id_key: str
    id: str
    deposed: str | None = None


class RefreshFinished(NamedTuple):
    """An object of the state was read."""

    address: str
    id_key: str
    id: str
    deposed: str | None = None


class ImportStarted(NamedTuple):
    """An object is about to be found and read (while planning), or taken over as planned; `label` says which."""

    address: str
    label: str
    planning: bool = False


class ImportFinished(NamedTuple):
    """An object was taken over."""

    address: str
    label: str


class ObjectStarted(NamedTuple):
    """A change of an object, or the read of a data source, begins."""

    address: str
    action: ObjectAction
    id_key: str = ""
    id: str = ""
    deposed: str | None = None
    planning: bool = False


class ObjectProgress(NamedTuple):
    """A change that takes long is still going on."""

    address: str
    action: ObjectAction
    elapsed: float
    id_key: str = ""
    id: str = ""


class ObjectFinished(NamedTuple):
    """A change was made."""

    address: str
    action: ObjectAction
    elapsed: float
    id_key: str = ""
    id: str = ""
    deposed: str | None = None
    planning: bool = False


class ObjectFailed(NamedTuple):
    """A change failed; the diagnostics tell why."""

    address: str
    action: ObjectAction
    elapsed: float
    deposed: str | None = None


class EphemeralDeferred(NamedTuple):
    """An ephemeral resource is not opened while planning, as its configuration is not known yet."""

    address: str


class ProvisionStarted(NamedTuple):
    """A provisioner begins to work for an object."""

    address: str
    provisioner: str


class ProvisionOutput(NamedTuple):
    """A provisioner says something: one line, not empty, without its end."""

    address: str
    provisioner: str
    line: str


class ProvisionFinished(NamedTuple):
    """A provisioner has done its work."""

    address: str
    provisioner: str


class ProvisionFailed(NamedTuple):
    """A provisioner has failed."""

    address: str
    provisioner: str


class ActionStarted(NamedTuple):
    """An action is invoked.

    Attributes:
        address: the instance.
        resource: the resource instance that triggers it; empty where it was asked for by its address.
        event: when, as the configuration writes it; empty likewise.
        block: which of the resource's `action_trigger` blocks, from 0.
        item: which of the block's actions, from 0.
    """

    address: str
    resource: str
    event: str
    block: int
    item: int


class ActionProgress(NamedTuple):
    """An action tells how far it is; see `ActionStarted`."""

    address: str
    resource: str
    event: str
    block: int
    item: int
    message: str


class ActionFinished(NamedTuple):
    """An action has come to its end; see `ActionStarted`."""

    address: str
    resource: str
    event: str
    block: int
    item: int
    elapsed: float


class ActionFailed(NamedTuple):
    """An action failed; see `ActionStarted`. The diagnostics tell why, and so does `error`."""

    address: str
    resource: str
    event: str
    block: int
    item: int
    elapsed: float
    error: str


class ListStarted(NamedTuple):
    """A list block is about to ask for objects; `config` is its evaluated configuration (a value with marks), if it has one."""

    address: str
    type: str
    config: Any


class ListFound(NamedTuple):
    """A list block has found an object: `listed` and `found` are `eval.listing.Listed` and `Found`."""

    listed: Any
    found: Any


class ListFinished(NamedTuple):
    """A list block has found all that it wants."""

    address: str
    type: str
    total: int


class StopRequested(NamedTuple):
    """An interrupt was taken notice of; running calls are awaited."""

    again: bool = False


Event: TypeAlias = (
    PhaseStarted
    | RefreshStarted
    | RefreshFinished
    | ImportStarted
    | ImportFinished
    | ObjectStarted
    | ObjectProgress
    | ObjectFinished
    | ObjectFailed
    | EphemeralDeferred
    | ProvisionStarted
    | ProvisionOutput
    | ProvisionFinished
    | ProvisionFailed
    | ListStarted
    | ListFound
    | ListFinished
    | ActionStarted
    | ActionProgress
    | ActionFinished
    | ActionFailed
    | StopRequested
)

Listener: TypeAlias = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """A listener that takes no notice."""
