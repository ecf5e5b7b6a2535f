"""Validation: every block is evaluated once, with unknown values for all that only a plan can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.eval import conditions, ephemerality, problems
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.data import SINGLE, UNKNOWN, ResourceData
from iacctl.eval.expansion import acceptable
from iacctl.eval.graphs import ConfigGraph, ResourceNode
from iacctl.graph.walk import Job, Walk
from iacctl.provider.requests import ValidateRequest
from iacctl.values import DYNAMIC_UNKNOWN, NUMBER, STRING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from iacctl.addrs import AbsProviderConfig
    from iacctl.config.model import Module, Resource
    from iacctl.diag import Diagnostic, Diagnostics
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.context import EvalContext


class ValidateNode(ConfiguredNode):
    """Validates a resource block."""

    __slots__ = ()

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Evaluate the block in every instance of the module."""
        pieces = [self._validate(world, data) for data in world.modules.at(self.path)]
        if self.imports:
            pieces.append(self._validate_imports(world))
        if self.provisioners is not None:
            pieces.extend(self._validate_provisioners(world, data) for data in world.modules.at(self.path))
        return pieces

    def _validate_provisioners(self, world: World, data: ModuleData) -> Steps:
        assert self.provisioners is not None
        return self.provisioners.validate(world, data.module, self.schema.block, self._instance_context(world, data))
        yield

    def _validate_imports(self, world: World) -> Steps:
        fine = True
        for block in self.imports:
            fine &= block.expand(world, self.resource, self.schema.identity) is not None
        return fine
        yield

    def _validate(self, world: World, data: ModuleData) -> Steps:
        resource = self.resource
        repeated = self.count is not None or self.for_each is not None or self.enabled is not None
        if repeated or resource.mode == "ephemeral":
            own = data.resources[resource.key] = ResourceData(UNKNOWN)
            own.set(None, DYNAMIC_UNKNOWN)
        else:
            own = data.resources[resource.key] = ResourceData(SINGLE)
            own.set(None, values.unknown_of(self.schema.block.object_type))
        if not self.body.sound:
            return False
        fine = acceptable(self.count, self.for_each, world.context(data))
        if self.enabled is not None:
            from iacctl.eval import enabling

            fine &= enabling.acceptable(self.enabled, world.context(data))
        ctx = self._instance_context(world, data)
        before = len(world.diags)
        config = self.body.evaluate(ctx, self)
        evaluated = not world.errors_since(before)
        fine &= self._conditions_are_sound(world, data, ctx)
        if not evaluated:
            return False
        provider = world.providers.unconfigured(self.provider.provider)
        plain, marks = values.unmark_deep_with_paths(config)
        if resource.mode == "ephemeral":
            verb = provider.validate_ephemeral
        else:
            fine &= ephemerality.acceptable(
                self.schema.block, marks, world.diags, address=str(self), locate=self.body.locate
            )
            verb = provider.validate_resource if resource.mode == "managed" else provider.validate_data
        request = ValidateRequest(resource.type, plain)
        response = yield Job(lambda: verb(request), provider.capabilities().inline)
        return problems.report(response.diagnostics, world.diags, address=str(self), locate=self.body.locate) and fine

    def _instance_context(self, world: World, data: ModuleData) -> EvalContext:
        """What to evaluate expressions of some instance in, whichever it is."""
        ctx = world.context(data)
        if self.count is not None:
            ctx.count_index = values.unknown_of(NUMBER)
        if self.for_each is not None:
            ctx.each_key, ctx.each_value = values.unknown_of(STRING), DYNAMIC_UNKNOWN
        return ctx

    def _conditions_are_sound(self, world: World, data: ModuleData, instance: EvalContext) -> bool:
        """Evaluate the conditions, as far as that goes without an object."""
        ctx = world.context(data)
        ctx.count_index, ctx.each_key, ctx.each_value = instance.count_index, instance.each_key, instance.each_value
        fine = conditions.are_sound(self.preconditions, ctx)
        ctx.self_value = DYNAMIC_UNKNOWN
        return conditions.are_sound(self.postconditions, ctx) and fine


def validate(world: World, only: Collection[str] | None = None) -> None:
    """Evaluate the configuration without values; problems go to the world's diagnostics.

    Args:
        world: of the operation "validate".
        only: names of the nodes to evaluate, with what they depend on; None for all.

    Raises:
        DiagnosticError: the graph has a cycle.
    """

    def make(module: Module, resource: Resource, provider: AbsProviderConfig) -> ResourceNode:
        return ValidateNode(module, resource, provider, world)

    built = ConfigGraph(world, make)
    built.build()
    built.check_cycles()
    found = len(world.diags)
    if only is not None:
        built.graph.keep(built.graph.reachable([node for node in built.graph if str(node) in only]))
    Walk().run(built.graph, lambda node: node.execute(world))
    _drop_consequences(world.diags, found)


def _drop_consequences(diags: Diagnostics, found: int) -> None:
    """What is wrong with a reference as such (the first `found` problems), evaluation need not say again."""
    places = [item.subject for item in list(diags)[:found] if item.severity == "error" and item.subject is not None]
    if not places:
        return

    def is_said(item: Diagnostic) -> bool:
        own = item.subject
        return own is not None and any(
            own.file is place.file and own.start < place.end and place.start < own.end for place in places
        )

    diags.extend([item for item in diags.cut(found) if not is_said(item)])
