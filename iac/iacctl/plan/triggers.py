"""`replace_triggered_by`: a planned change of one resource replaces another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl import values
from iacctl.addrs import AbsResource, ResourceInstance, module_instance_text
from iacctl.hcl import ast
from iacctl.plan import changes
from iacctl.values import Index

if TYPE_CHECKING:
    from iacctl.eval.data import ModuleData
    from iacctl.eval.triggers import Trigger
    from iacctl.lang.context import EvalContext
    from iacctl.plan.planning import Planning
    from iacctl.values.paths import Path

_CHANGING: Final = frozenset(
    (changes.UPDATE, changes.DELETE_THEN_CREATE, changes.CREATE_THEN_DELETE, changes.CREATE_THEN_FORGET)
)


def fires(trigger: Trigger, ctx: EvalContext, planning: Planning, data: ModuleData) -> bool:
    """Whether the change planned for what is named asks for a replacement.

    That there is no such instance is reported. A resource without instances is none that changes, where Terraform refuses.
    """
    reference = trigger.resource
    if reference is None:
        return False
    key: int | str | None = reference.key
    if trigger.key is not None:
        value, _ = values.unmark(trigger.key(ctx))
        if type(value) is not int and type(value) is not str:
            return False
        key = value
    resource = AbsResource(data.address, "managed", reference.type, reference.name)
    if key is not None or trigger.steps:
        instance = resource.instance(key)
        found = planning.by_instance.get(instance)
        if found is None:
            where = module_instance_text(data.address) or "the root module"
            ctx.diags.error(f"no change found for {instance._replace(module=())} in {where}")
            return False
        relevant = [found]
    else:
        relevant = _all_changes(planning, data, resource)
    if not trigger.steps:
        return any(change.action in _CHANGING for change in relevant)
    path = _path(trigger.steps)
    for change in relevant:
        before, after = _attribute(change.before, path), _attribute(change.after, path)
        if before is None or after is None:
            if before is not after:
                return True
        elif not values.raw_equals(before[0], after[0]):
            return True
    return False



def _all_changes(planning: Planning, data: ModuleData, resource: AbsResource) -> list[changes.ResourceChange]:
    found = data.resources.get((resource.mode, resource.type, resource.name))
    keys = () if found is None else tuple(found.instances)
    instances = (ResourceInstance(*resource, key) for key in keys)
    return [change for instance in instances if (change := planning.by_instance.get(instance)) is not None]


def _path(steps: tuple[ast.Step, ...]) -> Path:
    return tuple(step.name if isinstance(step, ast.AttributeStep) else Index(step.key) for step in steps)


def _attribute(value: values.Value, path: Path) -> tuple[values.Value] | None:
    if values.is_null(values.unmark(value)[0]):
        return None
    try:
        return (values.paths.apply(path, value),)
    except values.PathError:
        return None
