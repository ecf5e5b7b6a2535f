"""One provider call that changes an object, and what becomes of its answer."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal, NamedTuple

from iacctl import values
from iacctl.diag import events
from iacctl.eval import objects, sensitivity, write_only
from iacctl.eval.objects import Object
from iacctl.graph.walk import Stopped
from iacctl.plan import intents
from iacctl.provider import conformance
from iacctl.provider.paths import without_write_only
from iacctl.provider.requests import ApplyRequest

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from iacctl.addrs import ResourceInstance
    from iacctl.apply.applying import Announcement, Applying
    from iacctl.apply.provisioning import Provisioning
    from iacctl.eval.calls import Asking
    from iacctl.graph.walk import Job, Waiting
    from iacctl.provider.requests import ApplyResponse
    from iacctl.values import Value
    from iacctl.values.paths import Path

    PathMarks = list[tuple[Path, frozenset[values.Mark]]]


class Change(NamedTuple):
    """A creation or an update that is to be made.

    Attributes:
        address: the instance.
        prior: the object as it is; None for a creation.
        planned: as planned, with marks.
        config: the configuration without marks.
        private: planned private data.
        template: dependencies and flags for the resulting object.
        provisioning: what runs for the object once it is created.
    """

    address: ResourceInstance
    prior: Object | None
    planned: Value
    config: Value
    private: bytes
    template: Object
    provisioning: Provisioning | None = None

    @property
    def word(self) -> Literal["create", "update"]:
        """What is done."""
        return "create" if self.prior is None else "update"


def create_or_update(
    applying: Applying, asking: Asking, change: Change
) -> Generator[Job | Waiting, Any, Object | None]:
    """Make an object what it is planned to be.

    Returns:
        The object as it now is; None after an error. What exists then is recorded all the same.
    """
    listener = asking.world.listener
    prior = change.prior
    plain = change.planned
    marks: PathMarks = []
    if values.has_marks(plain):
        plain, marks = values.unmark_deep_with_paths(plain)
    before: Value = values.null_of(asking.schema.block.object_type)
    if prior is not None:
        before, _ = values.unmark_deep(prior.value)
    key, text = ("", "") if prior is None else objects.object_id(prior.value)
    started = monotonic()

    def began() -> None:
        nonlocal started
        started = monotonic()
        listener(events.ObjectStarted(asking.address, change.word, key, text))

    announced = yield from applying.announce(asking, change.address, change.word, change.planned, change.private)
    if announced is None:
        return None
    reported: list[Object] = []

    def made(value: Value, data: bytes) -> Object:
        value = sensitivity.mark_sensitive(asking.schema.block, value)
        return change.template._replace(value=values.mark_with_paths(value, marks) if marks else value, private=data)

    def progress(value: Value, data: bytes) -> None:
        if announced.intent is not None:
            found = made(objects.without_unknown(value), data)
            applying.recorder.progress(announced.intent, objects.encoded(found, asking.schema))
            reported.append(found)

    request = ApplyRequest(
        asking.type_name,
        before,
        plain,
        change.config,
        change.private,
        asking.meta,
        planned_identity=change.template.identity,
        progress=None if announced.intent is None else progress,
        token=announced.token,
    )
    try:
        response = yield from asking.attempt(asking.provider.apply, request, began)
    except Stopped:
        applying.drop(announced)
        raise
    fine = False
    state: Value | None = None
    private = change.private
    if response is not None:
        fine = asking.report(response.diagnostics)
        state, fine = _checked(asking, plain, before, response, fine)
        private = response.private
    if state is None:
        result = yield from _left_behind(applying, asking, change, announced, response, reported)
    else:
        result = made(state, private)
        if response is not None and not values.is_null(response.identity):
            result = result._replace(identity=response.identity)
        if not fine:
            result = result._replace(status="tainted" if prior is None else prior.status)
    provisioning = change.provisioning if fine and prior is None else None
    if result is not None:
        # Until its provisioners have run an object counts as tainted, whatever becomes of this run.
        kept = result if provisioning is None else result._replace(status="tainted")
        applying.save(asking, change.address, kept, intent=announced.intent)
    if result is not None and provisioning is not None:
        fine = yield from provisioning.run(applying, asking, result)
        if fine:
            applying.save(asking, change.address, result)
    if result is None or not fine:
        listener(events.ObjectFailed(asking.address, change.word, monotonic() - started))
        return None
    key, text = objects.object_id(result.value)
    listener(events.ObjectFinished(asking.address, change.word, monotonic() - started, key, text))
    if prior is None:
        applying.counts.added += 1
    else:
        applying.counts.changed += 1
    return result


def _left_behind(
    applying: Applying,
    asking: Asking,
    change: Change,
    announced: Announcement,
    response: ApplyResponse | None,
    reported: list[Object],
) -> Generator[Job | Waiting, Any, Object | None]:
    """What there is after a call without a usable answer; None if it is nothing, or cannot be told.

    In the latter case the announcement stays open, and the next plan deals with it.
    """
    if change.prior is not None:
        # The object is what was reported last, or else, as far as anybody knows, what it was.
        return reported[-1]._replace(status=change.prior.status) if reported else change.prior
    if reported:
        return reported[-1]._replace(status="tainted")
    if announced.intent is None:
        return None
    uncertain = response is None or response.uncertain
    if asking.provider.capabilities().find_created:
        found = yield from intents.search(asking, announced.token, change.planned, change.private)
        if found is None:
            uncertain = True
        elif values.is_null(found.state):
            uncertain = uncertain and not found.certain
        else:
            value = sensitivity.mark_sensitive(asking.schema.block, found.state)
            return change.template._replace(value=value, private=found.private, status="tainted")
    if uncertain:
        applying.undecided.add(change.address)
    else:
        applying.drop(announced)
    return None


def _checked(
    asking: Asking, planned: Value, before: Value, response: ApplyResponse, fine: bool
) -> tuple[Value, bool]:
    """The new object made acceptable (None when there is none that can be used), and whether all is well."""
    state = response.state
    block = asking.schema.block
    if state is planned:
        return state, fine
    if state is None or values.is_null(state):
        if fine:
            asking.bug(
                "Provider produced inconsistent result after apply",
                "produced an unexpected new value: Root object was present, but now absent.",
            )
        return None, False
    wrong = conformance.assert_conforms(block, state)
    if wrong:
        asking.bug(
            "Provider produced invalid object",
            f"produced an invalid value after apply for {asking.address}. The result cannot not be saved in the Terraform "
            f"state.\n\n{wrong[0].text()}.",
        )
        return None, False
    if not write_only.kept_apart(asking, state, "Provider produced invalid object", " after apply"):
        state, fine = without_write_only(block, state), False
    if not values.is_wholly_known(state):
        if fine:
            for path in _unknown_paths(state):
                asking.world.diags.error(
                    "Provider returned invalid result object after apply",
                    "After the apply operation, the provider still indicated an unknown value for "
                    f"{asking.address}{values.paths.text(path)}. All values must be known after apply, so this is always a "
                    "bug in the provider and should be reported in the provider's own repository. Terraform will still "
                    "save the other known object values in the state.",
                    address=asking.address,
                )
        if values.is_null(before) and asking.provider.capabilities().find_created:
            return None, False  # better to look for it than to keep an object that may lack its id
        return objects.without_unknown(state, before), False
    if not fine:
        return state, False
    legacy = response.legacy_type_system or asking.provider.capabilities().legacy_type_system
    if legacy:
        return state, True
    for message in conformance.assert_object_compatible(block, planned, state):
        asking.world.diags.error(
            "Provider produced inconsistent result after apply",
            f"When applying changes to {asking.address}, provider "
            f"{asking.quoted_config} produced an unexpected new value: {message.text()}.\n\n"
            "This is a bug in the provider, which should be reported in the provider's own issue tracker.",
            address=asking.address,
        )
        fine = False
    return state, fine


def _unknown_paths(value: Value) -> list[Path]:
    found: list[Path] = []

    def visit(path: Path, part: Value) -> bool:
        if not values.is_known(part):
            found.append(path)
        return True

    values.paths.walk(value, visit)
    return found


def _unheard() -> None:
    """The beginning of what has been told of already."""


def destroy(
    applying: Applying,
    asking: Asking,
    address: ResourceInstance,
    deposed: str | None,
    current: Object,
    private: bytes,
    provisioning: Provisioning | None = None,
) -> Generator[Job | Waiting, Any, bool]:
    """Run what is to run before, and delete an object; whether it is gone."""
    listener = asking.world.listener
    null = values.null_of(asking.schema.block.object_type)
    prior, _ = values.unmark_deep(current.value)
    key, text = objects.object_id(current.value)
    started = monotonic()

    def began() -> None:
        nonlocal started
        started = monotonic()
        listener(events.ObjectStarted(asking.address, "delete", key, text, deposed))

    if provisioning is not None:
        if not (yield from provisioning.run(applying, asking, current, began)):
            listener(events.ObjectFailed(asking.address, "delete", monotonic() - started, deposed))
            return False
        began = _unheard
    announced = yield from applying.announce(asking, address, "delete", current.value, private, deposed)
    if announced is None:
        return False
    request = ApplyRequest(asking.type_name, prior, null, null, private, asking.meta, token=announced.token)
    try:
        response = yield from asking.attempt(asking.provider.apply, request, began)
    except Stopped:
        applying.drop(announced)
        raise
    fine = response is not None and asking.report(response.diagnostics)
    if fine and values.is_null(response.state):
        applying.remove(address, deposed, announced.intent)
        applying.counts.destroyed += 1
        listener(events.ObjectFinished(asking.address, "delete", monotonic() - started, key, text, deposed))
        return True
    if fine:
        asking.bug(
            "Provider returned invalid result object after apply",
            f"still has an object for {asking.address} after it was asked to destroy it.",
        )
    left = current
    if response is not None and not values.is_null(response.state):
        state = objects.without_unknown(response.state, prior)
        if not conformance.assert_conforms(asking.schema.block, state):
            state = without_write_only(asking.schema.block, state)
            left = current._replace(value=sensitivity.mark_sensitive(asking.schema.block, state))
    applying.save(asking, address, left, deposed=deposed, intent=announced.intent)
    listener(events.ObjectFailed(asking.address, "delete", monotonic() - started, deposed))
    return False
