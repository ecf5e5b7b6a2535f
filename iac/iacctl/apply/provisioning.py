"""Running provisioners: after an object was created, and before one is destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl import values
from iacctl.diag import Diagnostic, events
from iacctl.eval import problems
from iacctl.eval.data import ModuleData
from iacctl.graph.walk import Job, Stopped, Waiting
from iacctl.lang.context import MISSING
from iacctl.plan.intents import PROVISION
from iacctl.plan.planning import state_key
from iacctl.provisioners.port import ProvisionRequest
from iacctl.values import EPHEMERAL, SENSITIVE
from iacctl_state.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from typing import Any

    from iacctl.addrs import ConfigResource, ModuleInstance, ResourceInstance
    from iacctl.apply.applying import Applying
    from iacctl.config.model import Module, Provisioner
    from iacctl.diag.events import Listener
    from iacctl.eval.calls import Asking
    from iacctl.eval.objects import Object
    from iacctl.eval.provisioning import Step
    from iacctl.eval.world import World
    from iacctl.hcl.body import Body
    from iacctl.lang.context import OptionalValue
    from iacctl.provider.requests import Problems
    from iacctl.provisioners import port
    from iacctl.values import Value

class Provisioning(NamedTuple):
    """The provisioners that are to run for one object.

    Attributes:
        steps: their blocks, in order.
        address: the object.
        data: the module instance that the blocks belong to.
        each_value: `each.value`, where the blocks may use it.
    """

    steps: Sequence[Step]
    address: ResourceInstance
    data: ModuleData
    each_value: OptionalValue = MISSING

    def run(
        self, applying: Applying, asking: Asking, item: Object, began: Callable[[], None] | None = None
    ) -> Generator[Job | Waiting, Any, bool]:
        """Run them one after the other; whether all went well. What went wrong is reported.

        The journal is told before and after: should the run be killed in between, the next one says so.

        Args:
            applying: the walk.
            asking: about the object.
            item: the object; what `self` refers to.
            began: called before the first one runs.

        Raises:
            Stopped: everything is to end.
        """
        intent = yield from self._announce(applying, asking)
        if intent is None:
            return False
        address = self.address
        own = self.data.resource(address.mode, address.type, address.name)
        if own is not None and self.steps[0].block.when == "create":
            own.set(address.key, item.value)  # the blocks may also refer to the object by its name
        try:
            for step in self.steps:
                if not (yield from self._run_step(applying.world, asking, item, step, began)):
                    return False
                began = None
            return True
        finally:
            applying.recorder.resolve(intent)

    def _run_step(
        self, world: World, asking: Asking, item: Object, step: Step, began: Callable[[], None] | None
    ) -> Generator[Job | Waiting, Any, bool]:
        key = MISSING if self.address.key is None else self.address.key
        ctx = world.context(self.data, key=key, each_value=self.each_value, self_value=item.value)
        evaluated = step.evaluate(ctx)
        if evaluated is None:
            return False
        if not all(values.is_wholly_known(value) for value in evaluated):
            world.diags.error(
                "Provisioner depends on unknown values",
                f"The provisioner {step.block.type} of {self.address} uses values that are not known even now, such as those"
                " of objects that this apply leaves out.",
                step.config.body.missing_item_range,
                address=asking.address,
            )
            return False
        provisioner = world.provisioners.get(step.block.type)
        assert provisioner is not None
        running = _Running(provisioner, step, str(self.address), world.listener, *evaluated)

        def call() -> Problems:
            if began is not None:
                began()
            return running.run()

        try:
            found = yield Job(call)
        except Stopped:
            raise
        except Exception as error:
            world.diags.error(
                "Provisioner crashed",
                f"The provisioner {step.block.type} failed for {self.address}: {problems.crash_detail(error)}.\n\nThis is a"
                " bug in the provisioner.",
                step.config.body.missing_item_range,
                address=asking.address,
            )
            return False
        return _report(found, step, world, str(self.address))

    def _announce(self, applying: Applying, asking: Asking) -> Generator[Job | Waiting, Any, str | None]:
        """Record what is going to run, and wait until that is durable; None if it could not be, which is reported."""
        intent: list[str] = []

        def submit(arrived: Callable[[Any], None]) -> None:
            intent.append(
                applying.recorder.submit_intent(
                    state_key(self.address.resource()),
                    self.address.key,
                    action=PROVISION,
                    provider=str(asking.config),
                    planned={"provisioners": [step.block.type for step in self.steps], "when": self.steps[0].block.when},
                    on_durable=lambda: arrived(None),
                    on_failure=arrived,
                )
            )

        try:
            yield Waiting(submit)
        except StorageError as error:
            applying.recorder.resolve(intent[0])
            asking.diags.error(
                "Failed to record a change",
                f"Provisioning of {asking.address} was not begun, because it could not be recorded first: "
                f"{error.detail or error.summary}",
                address=asking.address,
            )
            return None
        return intent[0]


class _Running:
    """One provisioner at work for one object, on a thread of the pool."""

    __slots__ = ("_address", "_hidden", "_listener", "_provisioner", "_request", "_type")

    def __init__(
        self, provisioner: port.Provisioner, step: Step, address: str, listener: Listener, config: Value, link: Value
    ) -> None:
        self._provisioner = provisioner
        self._type = step.block.type
        self._address = address
        self._listener = listener
        # What is in the connection is not printed by anybody, so it does not count.
        marks = (SENSITIVE, "sensitive"), (EPHEMERAL, "ephemeral")
        found = [name for mark, name in marks if values.contains_mark(config, mark)]
        self._hidden = f"(output suppressed due to {', '.join(found)} value in config)" if found else ""
        self._request = ProvisionRequest(
            values.unmark_deep(config)[0], values.unmark_deep(link)[0], self._print, bool(self._hidden)
        )

    def run(self) -> Problems:
        """Do it, and tell of it."""
        self._listener(events.ProvisionStarted(self._address, self._type))
        found: Problems | None = None
        try:
            found = self._provisioner.provision(self._request)
            return found
        finally:
            failed = found is None or any(item.severity == "error" for item in found)
            ended = events.ProvisionFailed if failed else events.ProvisionFinished
            self._listener(ended(self._address, self._type))

    def _print(self, line: str) -> None:
        for part in (self._hidden or line).replace("\r", "\n").split("\n"):
            shown = part.rstrip()
            if shown:
                self._listener(events.ProvisionOutput(self._address, self._type, shown))


def _report(found: Problems, step: Step, world: World, address: str) -> bool:
    """Report a provisioner's problems, unless its block says to go on all the same; whether to go on."""
    failed = any(item.severity == "error" for item in found)
    if failed and step.block.on_failure == "continue":
        return True
    place = step.config.body.missing_item_range
    for item in found:
        world.diags.append(Diagnostic(item.severity, item.summary, item.detail, place, address=address))
    return not failed


class DestroyProvisioners:
    """What runs before the objects of a resource are destroyed, by its block or by a `removed` block."""

    __slots__ = ("_declared_in", "_steps")

    def __init__(self, address: ConfigResource, world: World) -> None:
        self._declared_in: Module | None = None
        self._steps: list[Step] = []
        root = world.config.root
        module = root.descendant(address.module)
        resource = None if module is None else module.resources.get((address.mode, address.type, address.name))
        blocks: Sequence[Provisioner] = ()
        link: Body | None = None
        if resource is not None:
            self._declared_in = module
            blocks, link = resource.provisioners, resource.connection
        else:
            found = _removed(root, address)
            if found is None:
                return
            self._declared_in, blocks, link = found
        if any(block.when == "destroy" for block in blocks):
            from iacctl.eval.provisioning import Steps

            self._steps = Steps(blocks, link, world.provisioners).when("destroy")

    def of(self, address: ResourceInstance, world: World) -> Provisioning | None:
        """What is to run for one object; None for nothing."""
        if not self._steps or self._declared_in is None:
            return None
        return Provisioning(self._steps, address, self._data(address.module, self._declared_in, world))

    @staticmethod
    def _data(address: ModuleInstance, module: Module, world: World) -> ModuleData:
        """The module instance to evaluate in; where it is gone, one that is no part of the operation.

        Before destruction nothing can be referred to but the object itself and paths.
        """
        part = address[: len(module.path)]
        found = world.modules.get(part)
        return ModuleData(part, module) if found is None else found


def _removed(root: Module, address: ConfigResource) -> tuple[Module, Sequence[Provisioner], Body | None] | None:
    """The `removed` block that speaks of a resource: its module, its provisioners and its connection."""
    for module in root.walk():
        for block in module.removed:
            path = (*module.path, *(name for name, _ in block.from_.modules))
            if path == address.module and block.from_.resource == address[1:]:
                return module, block.provisioners, block.connection
    return None
