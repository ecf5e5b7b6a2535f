"""Changes that an earlier apply announced and did not finish.

An apply records what it is going to ask of a provider before it does. Where it was killed in between, the journal says
that an object may have been created of which nothing else is known. A plan names these, asks providers that can tell
whether there is such an object, and takes it over if so. Where nobody can tell, nothing is created in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl import values
from iacctl.addrs import parse_abs_provider_config
from iacctl.addrs.actions import ActionInstance
from iacctl.diag import Diagnostics
from iacctl.eval import objects, sensitivity
from iacctl.eval.calls import Asking
from iacctl.eval.nodes import Node
from iacctl.plan import changes
from iacctl.plan.planning import delete_change, module_of, resource_of, state_key
from iacctl.provider import conformance
from iacctl.provider.search import FindCreatedRequest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Any

    from iacctl.addrs import ResourceInstance
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.objects import Object
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Steps, Waiting
    from iacctl.plan.planning import Planning
    from iacctl.provider.schema import Schema
    from iacctl.provider.search import FindCreatedResponse
    from iacctl.values import Value
    from iacctl_state.document import ObjectState
    from iacctl_state.journal.records import Intent
    from iacctl_state.journal.recovery import Merge, UnresolvedIntent


ACTION: Final = "action"
"""What stands in place of a resource's mode in the announcement of an action."""


PROVISION: Final = "provision"
"""What the journal calls the work of an object's provisioners."""


class Unfinished(NamedTuple):
    """What an interrupted apply has left.

    Attributes:
        merge: what became of its journal.
        journal: where the journal is, as people are told.
    """

    merge: Merge
    journal: str


class Intents:
    """Creations of which nobody knows what came of them.

    Attributes:
        open: by instance, those that are not settled.
        settled: ids of those of which is known what came of them.
    """

    def __init__(self, unfinished: Unfinished | None) -> None:
        self.open: dict[ResourceInstance, list[UnresolvedIntent]] = {}
        self.settled: list[str] = []
        self._refused: set[ResourceInstance] = set()
        self._journal = "" if unfinished is None else unfinished.journal
        for item in unfinished.merge.unresolved if unfinished is not None else ():
            if item.intent.key[1] == ACTION:
                self.settled.append(item.intent.id)  # nobody can find out more: it is enough that the plan says so
                continue
            address = resource_of(item.intent.key).instance(item.intent.instance_key)
            self.open.setdefault(address, []).append(item)

    def settle(
        self, planning: Planning, asking: Asking, address: ResourceInstance, held: ObjectState | None
    ) -> Generator[Job | Waiting, Any, ObjectState | None]:
        """Find out what became of the creations of an instance.

        Args:
            planning: gets the object if it is taken over.
            asking: the provider.
            address: the instance.
            held: the current object that the state holds.

        Returns:
            The current object, which may be one that was found.
        """
        left: list[UnresolvedIntent] = []
        for item in self.open.pop(address):
            if not asking.provider.capabilities().find_created:
                left.append(item)
                continue
            found = yield from search(asking, item.intent.token or "", planned_value(asking.schema, item), b"")
            if found is None or (values.is_null(found.state) and not found.certain):
                left.append(item)
            elif values.is_null(found.state):
                self.settled.append(item.intent.id)
            elif held is None:
                held = self._take_over(planning, asking, address, found)
                self.settled.append(item.intent.id)
            elif _is_same(asking, held, found.state):
                self.settled.append(item.intent.id)
            else:
                left.append(item)
        if left:
            self.open[address] = left
        return held

    def _take_over(
        self, planning: Planning, asking: Asking, address: ResourceInstance, found: FindCreatedResponse
    ) -> ObjectState:
        value = sensitivity.mark_sensitive(asking.schema.block, found.state)
        status = "ready" if found.complete else "tainted"
        item = objects.encoded(objects.Object(value, found.private, status), asking.schema)  # type: ignore[arg-type]
        planning.save(address, None, item, str(asking.config))
        name, text = objects.object_id(value)
        known = f" It has the {name} {text}." if text else ""
        planning.world.diags.warning(
            "Object of an interrupted apply found",
            f"An earlier apply was interrupted while {asking.address} was created, and its object was not recorded. The "
            f"provider {asking.config.provider.for_display()} has found it again, and this plan goes on from there.{known}",
            address=asking.address,
        )
        return item

    def refuse(self, asking: Asking, address: ResourceInstance) -> bool:
        """Whether an object must not be created, since there may be one already; reported."""
        if address not in self.open:
            return False
        self._refused.add(address)
        asking.diags.error(
            "Object may already exist",
            f"An earlier apply was interrupted while {asking.address} was created, and nobody knows whether its object was "
            f"made: the provider {asking.config.provider.for_display()} cannot tell. To create it now could make it "
            f"twice.\n\n{self._advice()}",
            address=asking.address,
        )
        return True

    def _advice(self) -> str:
        return (
            "Look for the object in the remote system. If it is there, delete it there. When there is none any more, remove "
            f"the file {self._journal}, which holds nothing but what is not known of interrupted changes, and plan again."
        )

    def warn(self, diagnostics: Diagnostics) -> None:
        """Name what is still not known, unless that has been an error already."""
        for address, items in sorted(self.open.items(), key=lambda entry: entry[0].order()):
            if address in self._refused:
                continue
            for item in items:
                provider = parse_abs_provider_config(item.intent.provider)
                name = item.intent.provider if provider is None else provider.provider.for_display()
                known = _known_id(item)
                diagnostics.warning(
                    "Unfinished creation",
                    f"An earlier apply was interrupted while the provider {name} was asked to create {address}, and nobody "
                    f"knows whether the object was made.{known} "
                    + ("The state holds another object under this address. " if item.holder_exists else "")
                    + self._advice(),
                    address=str(address),
                )


def report(unfinished: Unfinished | None, diagnostics: Diagnostics) -> None:
    """Tell of what was found in the journal of an interrupted apply, other than unfinished creations."""
    if unfinished is None:
        return
    merge = unfinished.merge
    for intent in merge.interrupted:
        address = resource_of(intent.key).instance(intent.instance_key)
        if intent.action == PROVISION:
            _report_provisioning(intent.planned, str(address), diagnostics)
            continue
        provider = parse_abs_provider_config(intent.provider)
        name = intent.provider if provider is None else provider.provider.for_display()
        diagnostics.warning(
            "Interrupted change",
            f"An earlier apply was interrupted while the provider {name} was asked to {intent.action} {address}. What became "
            "of that shows when the object is read; unless objects are not read, this plan starts from it.",
            address=str(address),
        )
    for item in merge.unresolved:
        if item.intent.key[1] == ACTION:
            _report_action(item.intent, diagnostics)
    for conflict in merge.conflicts:
        what = (
            "was destroyed, and the state still holds it"
            if conflict.object is None
            else "is another object than the one that the state holds"
        )
        diagnostics.warning(
            "State changed during an interrupted apply",
            f"Something else has written the state after an apply was interrupted. By the apply's journal, "
            f"{conflict.address} {what}. The state was left as it is.",
            address=conflict.address,
        )
    if merge.has_gap:
        diagnostics.warning(
            "Damaged journal",
            f"A part of the journal {unfinished.journal} of an interrupted apply cannot be read. What it said of objects is "
            "lost: compare the state with what exists before you apply this plan.",
        )


def _report_action(intent: Intent, diagnostics: Diagnostics) -> None:
    module, _, type_, name = intent.key
    address = ActionInstance(module_of(module), type_, name, intent.instance_key)
    diagnostics.warning(
        "Interrupted action",
        f"An earlier apply was interrupted while it invoked {address}, and nobody knows whether that took effect. It is not "
        "invoked again unless this plan says so.",
        address=str(address),
    )


def _report_provisioning(planned: Any, address: str, diagnostics: Diagnostics) -> None:
    """Tell of provisioners that were at work, or were going to be; what they have done nobody knows."""
    known = planned if isinstance(planned, dict) else {}
    names = " and ".join(f'"{name}"' for name in dict.fromkeys(known.get("provisioners", ())))
    after = "It is tainted, and a plan replaces it."
    if known.get("when") == "destroy":
        after = "It was to be destroyed after that, and still exists; destroying it runs them again."
    diagnostics.warning(
        "Interrupted provisioning",
        f"An earlier apply was interrupted while {address} was provisioned with {names}. How far that went is not known. "
        + after,
        address=address,
    )


def search(
    asking: Asking, token: str, planned: Value, private: bytes
) -> Generator[Job | Waiting, Any, FindCreatedResponse | None]:
    """Ask a provider for the object of a creation; None if that fails, which is reported as a warning."""
    plain, _ = values.unmark_deep(planned)
    problems = Diagnostics()
    inner = asking._replace(own_diagnostics=problems)
    response: FindCreatedResponse | None = yield from inner.ask(
        asking.provider.find_created, FindCreatedRequest(asking.type_name, token, plain, private)
    )
    if response is not None and not values.is_null(response.state):
        wrong = conformance.assert_conforms(asking.schema.block, response.state)
        if wrong or not values.is_wholly_known(response.state):
            detail = wrong[0].text() if wrong else "It is not wholly known"
            inner.bug("Provider produced invalid object", f"found an invalid object for {asking.address}.\n\n{detail}.")
            response = None
    asking.diags.extend(problem._replace(severity="warning") for problem in problems)
    return response


def planned_value(schema: Schema, item: UnresolvedIntent) -> Value:
    """The object as it was planned; unknown what the journal does not say."""
    type_ = schema.block.object_type
    assert isinstance(type_, values.ObjectType)
    known = item.intent.planned if isinstance(item.intent.planned, dict) else {}
    members: dict[str, Value] = {}
    for name, member_type in type_.attributes.items():
        members[name] = values.unknown_of(member_type)
        if name in known:
            try:
                members[name] = values.json.decode(known[name], member_type)
            except values.json.JsonError:
                continue
    return values.object_value(members)


def _is_same(asking: Asking, held: ObjectState, found: Value) -> bool:
    """Whether the state holds the very object that was found, by its id or as a whole."""
    encoded = values.json.encode(found, asking.schema.block.object_type)
    stored = held.attributes or {}
    if "id" in stored and "id" in encoded:
        return bool(stored["id"] == encoded["id"])
    return bool(stored == encoded)


def _known_id(item: UnresolvedIntent) -> str:
    attributes = item.object.attributes if item.object is not None else None
    found = attributes.get("id") if attributes else None
    return f" It may have the id {found}." if isinstance(found, str) else ""


class UnfinishedNode(Node):
    """Deals with unfinished creations that no block of the configuration deals with: what is found is to be deleted."""

    __slots__ = ("_built", "_planning")

    def __init__(self, built: ConfigGraph, planning: Planning) -> None:
        super().__init__(())
        self._built = built
        self._planning = planning

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Start a search for each instance that is left."""
        pieces: list[Steps] = []
        for address in list(self._planning.intents.open):
            asking = self._asking(world, address)
            stored = self._planning.previous.instance(state_key(address.resource()), address.key)
            if asking is not None and stored is None:
                pieces.append(self._settle(asking, address))
        return pieces or True

    def _asking(self, world: World, address: ResourceInstance) -> Asking | None:
        config = parse_abs_provider_config(self._planning.intents.open[address][0].intent.provider)
        if config is None or config not in self._built.providers:
            return None
        schema = world.providers.resource_schema(config.provider, address.mode, address.type)
        if schema is None:
            return None
        provider = world.providers.instance(config)
        return Asking(world, provider, config, provider.capabilities().inline, schema, address.type, str(address))

    def _settle(self, asking: Asking, address: ResourceInstance) -> Steps:
        planning = self._planning
        held = yield from planning.intents.settle(planning, asking, address, None)
        if held is not None and planning.options.mode != "refresh-only":
            value = sensitivity.mark_sensitive(
                asking.schema.block, values.json.decode(held.attributes, asking.schema.block.object_type)
            )
            current: Object = objects.decoded(held, value)
            reason = "" if planning.options.mode == "destroy" else changes.DELETE_NO_CONFIG
            planning.add(delete_change(address, None, asking.config, reason, current, asking.schema))
        return True

    def __str__(self) -> str:
        return "unfinished creations"


def add_node(built: ConfigGraph, planning: Planning) -> None:
    """Put the node for what no block deals with behind all resources, and their providers before it."""
    if not planning.intents.open:
        return
    node = UnfinishedNode(built, planning)
    for items in planning.intents.open.values():
        config = parse_abs_provider_config(items[0].intent.provider)
        if config is not None and ((not config.module and not config.alias) or config in built.world.resolution.blocks):
            built.provider_node(config)
    built.graph.add(node)
    for resource in built.resources.values():
        built.graph.connect(node, resource)
    for provider in built.providers.values():
        built.graph.connect(node, provider)
