"""Which attributes of resources a plan was derived from: drift of others needs no mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.eval.world import World
    from iacctl.plan.model import RelevantAttribute
    from iacctl.plan.planning import Planning


def relevant_attributes(world: World, planning: Planning) -> tuple[RelevantAttribute, ...]:
    """The attributes that contributed to what is planned."""
    return ()
