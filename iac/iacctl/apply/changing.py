"""One provider call that changes an object, and what becomes of its answer."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import events
from iacctl.eval import objects, sensitivity
from iacctl.eval.objects import Object
from iacctl.plan import changes
from iacctl.provider import conformance
from iacctl.provider.requests import ApplyRequest

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from iacctl.addrs import ResourceInstance
    from iacctl.apply.applying import Applying
    from iacctl.eval.calls import Asking
    from iacctl.graph.walk import Job, Waiting
    from iacctl.provider.requests import ApplyResponse
    from iacctl.values import Value
    from iacctl.values.paths import Path

    PathMarks = list[tuple[Path, frozenset[values.Mark]]]


def create_or_update(
    applying: Applying,
    asking: Asking,
    address: ResourceInstance,
    action: changes.Action,
    prior: Object | None,
    planned: Value,
    config: Value,
    private: bytes,
    template: Object,
) -> Generator[Job | Waiting, Any, Object | None]:
    """Make an object what it is planned to be.

    Args:
        applying: the walk.
        asking: the provider.
        address: the instance.
        action: CREATE or UPDATE.
        prior: the object as it is; None for a creation.
        planned: as planned, with marks.
        config: the configuration without marks.
        private: planned private data.
        template: dependencies and flags for the resulting object.

    Returns:
        The object as it now is; None after an error. What exists then is recorded all the same.
    """
    world = asking.world
    object_type = asking.schema.block.object_type
    null = values.null_of(object_type)
    plain, marks = values.unmark_deep_with_paths(planned) if values.has_marks(planned) else (planned, [])
    before: Value = null
    if prior is not None:
        before, _ = values.unmark_deep(prior.value)
    word = "update" if action == changes.UPDATE else "create"
    key, text = ("", "") if prior is None else objects.object_id(prior.value)
    world.listener(events.ObjectStarted(asking.address, word, key, text))  # type: ignore[arg-type]
    started = monotonic()
    intent, token = yield from applying.announce(asking, address, word, planned, private)

    def made(value: Value, data: bytes) -> Object:
        value = sensitivity.mark_sensitive(asking.schema.block, value)
        return template._replace(value=values.mark_with_paths(value, marks) if marks else value, private=data)

    def progress(value: Value, data: bytes) -> None:
        if intent is not None:
            stored = objects.encoded(made(without_unknown(value), data), asking.schema)
            applying.recorder.progress(intent, stored)

    request = ApplyRequest(
        asking.type_name, before, plain, config, private, progress=None if intent is None else progress, token=token
    )
    response = yield from asking.attempt(asking.provider.apply, request)
    if response is None:
        # The call itself broke: what it did is not known. The intent stays, and the next plan shows it.
        world.listener(events.ObjectFailed(asking.address, word, monotonic() - started))  # type: ignore[arg-type]
        return None
    fine = asking.report(response.diagnostics)
    state, fine = _checked(asking, plain, response, fine)
    if state is None:
        if prior is not None:
            # Nothing usable came back: the object stays what it was, as far as anybody knows.
            applying.save(asking, address, prior, intent=intent)
        elif intent is not None:
            applying.recorder.resolve(intent)
        world.listener(events.ObjectFailed(asking.address, word, monotonic() - started))  # type: ignore[arg-type]
        return None
    result = made(state, response.private)
    if not fine and prior is None:
        result = result._replace(status="tainted")
    elif not fine and prior is not None:
        result = result._replace(status=prior.status)
    applying.save(asking, address, result, intent=intent)
    if not fine:
        world.listener(events.ObjectFailed(asking.address, word, monotonic() - started))  # type: ignore[arg-type]
        return None
    key, text = objects.object_id(result.value)
    world.listener(
        events.ObjectFinished(asking.address, word, monotonic() - started, key, text)  # type: ignore[arg-type]
    )
    if prior is None:
        applying.counts.added += 1
    else:
        applying.counts.changed += 1
    return result


def _checked(asking: Asking, planned: Value, response: ApplyResponse, fine: bool) -> tuple[Value, bool]:
    """The new object made acceptable (None when there is none), and whether all is well."""
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
        return without_unknown(state), False
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


def without_unknown(value: Value) -> Value:
    """The value with nulls in place of what is unknown."""

    def settle(path: Path, part: Value) -> Value:
        return values.null_of(part.type) if isinstance(part, values.Unknown) else part

    if values.is_wholly_known(value):
        return value
    return values.paths.transform(value, settle)


def destroy(
    applying: Applying, asking: Asking, address: ResourceInstance, deposed: str | None, current: Object, private: bytes
) -> Generator[Job | Waiting, Any, bool]:
    """Delete an object; whether it is gone."""
    world = asking.world
    null = values.null_of(asking.schema.block.object_type)
    prior, _ = values.unmark_deep(current.value)
    key, text = objects.object_id(current.value)
    world.listener(events.ObjectStarted(asking.address, "delete", key, text, deposed))
    started = monotonic()
    intent, token = yield from applying.announce(asking, address, "delete", current.value, private, deposed)
    request = ApplyRequest(asking.type_name, prior, null, null, private, token=token)
    response = yield from asking.attempt(asking.provider.apply, request)
    failed = events.ObjectFailed(asking.address, "delete", monotonic() - started, deposed)
    if response is None:
        world.listener(failed)
        return False
    fine = asking.report(response.diagnostics)
    if values.is_null(response.state):
        if fine:
            applying.remove(address, deposed, intent)
            applying.counts.destroyed += 1
            world.listener(
                events.ObjectFinished(asking.address, "delete", monotonic() - started, key, text, deposed)
            )
            return True
        left = current
    else:
        if fine:
            asking.bug(
                "Provider returned invalid result object after apply",
                f"still has an object for {asking.address} after it was asked to destroy it.",
            )
        left = current._replace(value=sensitivity.mark_sensitive(asking.schema.block, response.state))
    applying.save(asking, address, left, deposed=deposed, intent=intent)
    world.listener(failed)
    return False
