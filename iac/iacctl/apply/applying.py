"""What the nodes of an applying walk share and fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.addrs import module_path
from iacctl.eval import objects
from iacctl.graph.walk import Waiting
from iacctl.plan.planning import state_key

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from iacctl.addrs import ModulePath, ResourceInstance
    from iacctl.eval.calls import Asking
    from iacctl.eval.objects import Object
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job
    from iacctl.plan.changes import ResourceChange
    from iacctl.plan.model import Plan
    from iacctl_state.document import ObjectState
    from iacctl_state.recorder import StateRecorder


class Counts:
    """How many objects were changed so far, as the last line of an apply tells."""

    __slots__ = ("added", "changed", "destroyed", "forgotten", "imported")

    def __init__(self) -> None:
        self.added = 0
        self.changed = 0
        self.destroyed = 0
        self.forgotten = 0
        self.imported = 0


class Applying:
    """The state of one applying walk.

    Attributes:
        world: evaluation.
        plan: what to do.
        recorder: where everything that happens goes first.
        counts: what was done.
        current: the planned change of each instance's current object.
        deposed_by: keys under which create-before-destroy has put aside what it replaces.
    """

    def __init__(self, world: World, plan: Plan, recorder: StateRecorder) -> None:
        self.world = world
        self.plan = plan
        self.recorder = recorder
        self.counts = Counts()
        self.current: dict[ResourceInstance, ResourceChange] = {
            change.address: change for change in plan.changes if change.deposed is None
        }
        self.deposed_by: dict[ResourceInstance, str] = {}
        self._by_block: dict[tuple[ModulePath, tuple[str, str, str]], list[ResourceChange]] = {}
        for address, change in self.current.items():
            key = (module_path(address.module), (address.mode, address.type, address.name))
            self._by_block.setdefault(key, []).append(change)

    def changes_of(self, path: ModulePath, key: tuple[str, str, str]) -> list[ResourceChange]:
        """The planned changes of the current objects of a resource block, in all instances of its module."""
        return self._by_block.get((path, key), [])

    def stored(self, address: ResourceInstance, deposed: str | None = None) -> ObjectState | None:
        """What the state holds now."""
        return self.recorder.document.object(state_key(address.resource()), address.key, deposed)

    def save(
        self,
        asking: Asking,
        address: ResourceInstance,
        item: Object,
        *,
        deposed: str | None = None,
        intent: str | None = None,
    ) -> None:
        """Record an object as it now is."""
        self.recorder.set_object(
            state_key(address.resource()),
            address.key,
            objects.encoded(item, asking.schema),
            provider=str(asking.config),
            deposed=deposed,
            intent=intent,
        )

    def remove(self, address: ResourceInstance, deposed: str | None = None, intent: str | None = None) -> None:
        """Record that an object is gone."""
        self.recorder.remove_object(state_key(address.resource()), address.key, deposed, intent=intent)

    def announce(
        self,
        asking: Asking,
        address: ResourceInstance,
        action: str,
        planned: values.Value,
        private: bytes,
        deposed: str | None = None,
    ) -> Generator[Job | Waiting, Any, tuple[str | None, str]]:
        """Record what is about to be asked of a provider, and wait until that is durable.

        Returns:
            The intent (None where a lost call would leave nothing behind) and the idempotency token.
        """
        if asking.provider.capabilities().no_external_effects:
            return None, ""
        import os

        token = os.urandom(16).hex()
        intent: list[str] = []

        def submit(arrived: Callable[[Any], None]) -> None:
            intent.append(
                self.recorder.submit_intent(
                    state_key(address.resource()),
                    address.key,
                    action=action,
                    provider=str(asking.config),
                    deposed=deposed,
                    planned=_known_part(asking, planned),
                    private=_text(private),
                    token=token,
                    on_durable=lambda: arrived(None),
                )
            )

        yield Waiting(submit)
        return intent[0], token


def _text(private: bytes) -> str | None:
    if not private:
        return None
    from binascii import b2a_base64

    return b2a_base64(private, newline=False).decode()


def _known_part(asking: Asking, planned: values.Value) -> Any:
    """What is known of a planned object, so that it can be found again by it."""
    members = objects.attributes_of(planned)
    if members is None:
        return None
    block_type = asking.schema.block.object_type
    assert isinstance(block_type, values.ObjectType)
    known: dict[str, Any] = {}
    for name, value in members.items():
        plain, _ = values.unmark_deep(value)
        if not values.is_null(plain) and values.is_wholly_known(plain):
            known[name] = values.json.encode(plain, block_type.attributes[name])
    return known

