"""Requests to replace instances: told of when they name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import ResourceInstance, quote
from iacctl.eval.data import SINGLE

if TYPE_CHECKING:
    from iacctl.plan.planning import Planning


def warn_of_missing_keys(planning: Planning) -> None:
    """Warn where a resource was named that has instances with keys: to replace all of them is not what one says so."""
    world = planning.world
    for address in planning.options.replace:
        data = world.modules.get(address.module)
        held = None if data is None else data.resource(address.mode, address.type, address.name)
        if address.key is not None or held is None or held.repetition == SINGLE:
            continue
        start = f"Your force-replace request for {address} doesn't match any resource instances because"
        found = [ResourceInstance(*address[:-1], key) for key in held.instances]
        found.sort(key=ResourceInstance.order)
        if not found:
            detail = f"{start} this resource doesn't have any instances."
        else:
            how = (
                "the single declared instance, use the following option instead:"
                if len(found) == 1
                else "particular instances, use one or more of the following options instead:"
            )
            options = "".join(f"\n  -replace={quote(str(item))}" for item in found)
            detail = f"{start} it lacks an instance key.\n\nTo force replacement of {how}{options}"
        world.diags.warning("Incompletely-matched force-replace resource instance", detail)
