"""The changes of the root module's output values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.plan import changes

if TYPE_CHECKING:
    from iacctl.eval.world import World
    from iacctl.plan.planning import Planning
    from iacctl.values import Value


def find(world: World, planning: Planning) -> dict[str, changes.OutputChange]:
    """The changes of root output values."""
    result: dict[str, changes.OutputChange] = {}
    before_all = planning.previous.outputs
    root = world.modules.root
    destroying_all = planning.options.mode == "destroy"
    for name in sorted({*before_all, *root.outputs}):
        stored = before_all.get(name)
        before: Value = None
        before_sensitive = False
        if stored is not None:
            before = values.json.decode(stored.value, values.type_from_json(stored.type))
            before_sensitive = stored.sensitive
        if name in root.outputs and not destroying_all:
            declared = root.module.outputs[name]
            if declared.ephemeral:
                continue
            after, _ = values.unmark_deep(root.outputs[name])
            sensitive = declared.sensitive
            if stored is None:
                # A null is as good as no output.
                action: changes.Action = changes.NO_OP if values.is_null(after) else changes.CREATE
            elif values.is_wholly_known(after) and values.raw_equals(before, after) and sensitive == before_sensitive:
                action = changes.NO_OP
            else:
                action = changes.UPDATE
            result[name] = changes.OutputChange(name, action, before, after, sensitive, before_sensitive)
        elif stored is not None:
            if planning.options.targets or (name in root.module.outputs and not destroying_all):
                continue  # it was not evaluated: not targeted, or at fault
            result[name] = changes.OutputChange(name, changes.DELETE, before, None, before_sensitive, before_sensitive)
    return result
