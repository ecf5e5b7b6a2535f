"""Reading data sources, while planning or applying."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import module_instance_text
from iacctl.diag import Diagnostics, events
from iacctl.eval import conditions, ephemerality, objects, sensitivity
from iacctl.eval.check_states import Outcome
from iacctl.provider import conformance, proposed
from iacctl.provider.requests import ReadDataRequest, ValidateRequest

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from iacctl.config.model import Resource
    from iacctl.eval.calls import Asking
    from iacctl.eval.data import ModuleData
    from iacctl.graph.walk import Job, Waiting
    from iacctl.provider.schema import Block
    from iacctl.values import Value


def unread(block: Block, config: Value) -> Value:
    """What is known of a data source that is still to be read: its configuration, with the rest unknown."""
    plain, marks = values.unmark_deep_with_paths(config)
    planned = sensitivity.mark_sensitive(block, proposed.with_unknown_computed(block, plain))
    return values.mark_with_paths(planned, marks) if marks else planned


def read_scoped(
    asking: Asking, data: ModuleData, resource: Resource, config: Value, *, planning: bool
) -> Generator[Job | Waiting, Any, Value | None]:
    """Read the data source of a check block: what goes wrong only warns, and fails the check.

    Args:
        asking: the provider.
        data: the module instance.
        resource: the data block.
        config: the evaluated body, wholly known.
        planning: whether this is while planning, for the events.
    """
    found = Diagnostics()
    value = yield from read(asking._replace(own_diagnostics=found), config, planning=planning)
    outcomes: list[Outcome] = []
    for problem in found:
        if problem.severity == "error":
            outcomes.append(Outcome("fail", f"{problem.summary}: {problem.detail}" if problem.detail else problem.summary))
            problem = problem._replace(severity="warning")
        asking.world.diags.append(problem)
    if outcomes:
        address = f"check.{resource.enclosing_check}"
        if data.address:
            address = f"{module_instance_text(data.address)}.{address}"
        asking.world.record_check("check", conditions.static_text(address), address, outcomes)
    return value


def read(
    asking: Asking, config: Value, *, planning: bool
) -> Generator[Job | Waiting, Any, Value | None]:
    """Validate the configuration of a data source and read it; None after an error, which is reported.

    Args:
        asking: the provider.
        config: the evaluated body, wholly known.
        planning: whether this is while planning, for the events.
    """
    world = asking.world
    block = asking.schema.block
    plain, marks = values.unmark_deep_with_paths(config)
    if marks and not ephemerality.acceptable(
        block, marks, asking.diags, address=asking.address, locate=asking.locate
    ):
        return None
    response = yield from asking.ask(asking.provider.validate_data, ValidateRequest(asking.type_name, plain))
    if response is None:
        return None
    started = monotonic()

    def began() -> None:
        nonlocal started
        started = monotonic()
        world.listener(events.ObjectStarted(asking.address, "read", planning=planning))

    request = ReadDataRequest(asking.type_name, plain, asking.meta)
    answer = yield from asking.ask(asking.provider.read_data, request, began)
    if answer is None:
        world.listener(events.ObjectFailed(asking.address, "read", monotonic() - started))
        return None
    state = answer.state
    wrong = conformance.assert_conforms(block, state)
    if wrong:
        asking.bug("Provider produced invalid object", f"produced an invalid value for {asking.address}.\n\n{wrong[0].text()}.")
        return None
    if values.is_null(state):
        asking.bug("Provider produced null object", f"produced a null value for {asking.address}.")
        return None
    if not values.is_wholly_known(state):
        asking.bug(
            "Provider produced invalid object",
            f"produced a value for {asking.address} that is not wholly known.",
        )
        return None
    key, text = objects.object_id(state)
    world.listener(
        events.ObjectFinished(asking.address, "read", monotonic() - started, key, text, planning=planning)
    )
    value = sensitivity.mark_sensitive(block, state)
    return values.mark_with_paths(value, marks) if marks else value
