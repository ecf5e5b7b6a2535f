"""What the nodes of an applying walk share and fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl import values
from iacctl.addrs import module_instance_text, module_path
from iacctl.eval import objects
from iacctl.graph.walk import Waiting
from iacctl.plan import intents
from iacctl.plan.planning import state_key
from iacctl_state.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from iacctl.addrs import AbsResource, InstanceKey, ModulePath, ResourceInstance
    from iacctl.addrs.actions import ActionInstance
    from iacctl.eval.calls import Asking
    from iacctl.eval.objects import Object
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job
    from iacctl.plan.changes import ResourceChange
    from iacctl.plan.model import Plan
    from iacctl_state.document import ObjectState, ResourceKey
    from iacctl_state.recorder import StateRecorder


class Counts:
    """How many objects were changed so far, as the last line of an apply tells."""

    __slots__ = ("added", "changed", "destroyed", "forgotten", "imported", "invoked")

    def __init__(self) -> None:
        self.added = 0
        self.changed = 0
        self.destroyed = 0
        self.forgotten = 0
        self.imported = 0
        self.invoked = 0


class Announcement(NamedTuple):
    """A change that was recorded before it is made.

    Attributes:
        intent: the record; None where a lost call would leave nothing behind.
        token: the idempotency token.
    """

    intent: str | None
    token: str


class Applying:
    """The state of one applying walk.

    Attributes:
        world: evaluation.
        plan: what to do.
        recorder: where everything that happens goes first.
        counts: what was done.
        current: the planned change of each instance's current object.
        deposed_by: keys under which create-before-destroy has put aside what it replaces.
        undecided: instances of which nobody knows whether an object was created.
        remaining: instances whose object could not be destroyed.
    """

    def __init__(self, world: World, plan: Plan, recorder: StateRecorder) -> None:
        self.world = world
        self.plan = plan
        self.recorder = recorder
        world.stored_provider_key = lambda address: objects.provider_key(self.stored(address))
        self.counts = Counts()
        self.current: dict[ResourceInstance, ResourceChange] = {
            change.address: change for change in plan.changes if change.deposed is None
        }
        self.deposed_by: dict[ResourceInstance, str] = {}
        self.undecided: set[ResourceInstance] = set()
        self.remaining: set[ResourceInstance] = set()
        self._by_block: dict[tuple[ModulePath, tuple[str, str, str]], list[ResourceChange]] = {}
        for address, change in self.current.items():
            key = (module_path(address.module), (address.mode, address.type, address.name))
            self._by_block.setdefault(key, []).append(change)
        self._renamed: dict[str, set[str]] = {}
        for change in plan.changes:
            if change.moved:
                self._renamed.setdefault(str(change.previous_address.config()), set()).add(str(change.address.config()))

    def changes_of(self, path: ModulePath, key: tuple[str, str, str]) -> list[ResourceChange]:
        """The planned changes of the current objects of a resource block, in all instances of its module."""
        return self._by_block.get((path, key), [])

    def stored(self, address: ResourceInstance, deposed: str | None = None) -> ObjectState | None:
        """What the state holds now."""
        return self.recorder.document.object(state_key(address.resource()), address.key, deposed)

    def dependencies(self, address: ResourceInstance, deposed: str | None = None) -> set[str]:
        """What an object of the state was made from, also under the names that this has by now."""
        stored = self.stored(address, deposed)
        found = set() if stored is None else set(stored.dependencies)
        if self._renamed:
            found.update(*(self._renamed.get(name, ()) for name in tuple(found)))
        return found

    def stored_instances(self, address: AbsResource) -> list[ResourceInstance]:
        """The instances of a resource that the state holds now."""
        found = self.recorder.document.resources.get(state_key(address))
        return [] if found is None else [address.instance(key) for key in found.instances]

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
    ) -> Generator[Job | Waiting, Any, Announcement | None]:
        """Record what is about to be asked of a provider, and wait until that is durable.

        Returns:
            What was recorded, or None if it could not be, which is reported: the provider must not be called then.
        """
        return self._announce(
            asking,
            state_key(address.resource()),
            address.key,
            action,
            _known_part(asking, planned),
            _text(private),
            deposed,
        )

    def announce_action(
        self, asking: Asking, address: ActionInstance
    ) -> Generator[Job | Waiting, Any, Announcement | None]:
        """Record that an action is about to be invoked; see `announce`. Its configuration is not recorded."""
        key = (module_instance_text(address.module), intents.ACTION, address.type, address.name)
        return self._announce(asking, key, address.key, "invoke", None, None, None)

    def _announce(
        self,
        asking: Asking,
        key: ResourceKey,
        instance_key: InstanceKey,
        action: str,
        planned: Any,
        private: str | None,
        deposed: str | None,
    ) -> Generator[Job | Waiting, Any, Announcement | None]:
        if asking.provider.capabilities().no_external_effects:
            return Announcement(None, "")
        import os

        token = os.urandom(16).hex()
        intent: list[str] = []

        def submit(arrived: Callable[[Any], None]) -> None:
            intent.append(
                self.recorder.submit_intent(
                    key,
                    instance_key,
                    action=action,
                    provider=str(asking.config),
                    deposed=deposed,
                    planned=planned,
                    private=private,
                    token=token,
                    on_durable=lambda: arrived(None),
                    on_failure=arrived,
                )
            )

        try:
            yield Waiting(submit)
        except StorageError as error:
            self.recorder.resolve(intent[0])
            asking.diags.error(
                "Failed to record a change",
                f"The {action} of {asking.address} was not begun, because it could not be recorded first: "
                f"{error.detail or error.summary}",
                address=asking.address,
            )
            return None
        return Announcement(intent[0], token)

    def drop(self, announced: Announcement) -> None:
        """Record that what was announced has not happened, and will not."""
        if announced.intent is not None:
            self.recorder.resolve(announced.intent)


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

