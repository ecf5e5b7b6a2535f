"""Invocations of actions that a plan asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.addrs import AbsProviderConfig, ResourceInstance
    from iacctl.addrs.actions import ActionInstance
    from iacctl.config.actions import Event
    from iacctl.provider.schema import Block
    from iacctl.values import Value

EVENT_NAMES: Final[dict[Event, str]] = {
    "before_create": "BeforeCreate",
    "after_create": "AfterCreate",
    "before_update": "BeforeUpdate",
    "after_update": "AfterUpdate",
}
"""How plan JSON and messages write each event."""


class LifecycleTrigger(NamedTuple):
    """The change of a resource that an action is invoked around.

    Attributes:
        resource: the instance that is changed.
        event: when.
        block: which `action_trigger` block of the resource, from 0.
        item: which of the block's actions, from 0.
    """

    resource: ResourceInstance
    event: Event
    block: int
    item: int

    @property
    def before(self) -> bool:
        """Whether the action is invoked before the change."""
        return self.event.startswith("before")


class ActionInvocation(NamedTuple):
    """One invocation of one instance of an action.

    Attributes:
        address: the instance.
        provider: the provider configuration that serves it.
        config: its configuration as known while planning, with marks.
        schema: what that conforms to.
        trigger: what it is invoked around; None where it was asked for by `-invoke`.
    """

    address: ActionInstance
    provider: AbsProviderConfig
    config: Value
    schema: Block
    trigger: LifecycleTrigger | None

    def order(self) -> tuple[object, ...]:
        """A sort key that lists invocations as Terraform does: by their place in the triggers of each resource."""
        trigger = self.trigger
        if trigger is None:
            return (0, self.address.order())
        return (1, trigger.block, trigger.item, trigger.resource.order(), not trigger.before)


def sort(found: Iterable[ActionInvocation]) -> tuple[ActionInvocation, ...]:
    """Invocations in the order in which they are listed."""
    return tuple(sorted(found, key=ActionInvocation.order))
