"""Validation: every block is evaluated once, with unknown values for all that only a plan can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Diagnostics
from iacctl.eval import conditions, problems
from iacctl.eval.configured import ConfiguredNode
from iacctl.eval.data import SINGLE, UNKNOWN, ResourceData
from iacctl.eval.expansion import expand
from iacctl.eval.graphs import ConfigGraph, ResourceNode
from iacctl.graph.walk import Job, Walk
from iacctl.lang.context import MISSING
from iacctl.provider.requests import ValidateRequest
from iacctl.values import DYNAMIC_UNKNOWN, NUMBER, STRING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from iacctl.addrs import AbsProviderConfig
    from iacctl.config.model import Module, Resource
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import EvalContext, OptionalValue


class ValidateNode(ConfiguredNode):
    """Validates a resource block."""

    __slots__ = ()

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Evaluate the block in every instance of the module."""
        return [self._validate(world, data) for data in world.modules.at(self.path)]

    def _validate(self, world: World, data: ModuleData) -> Steps:
        resource = self.resource
        own = data.resources[resource.key] = ResourceData(SINGLE if self.repetition == SINGLE else UNKNOWN)
        own.set(None, values.unknown_of(self.schema.block.object_type))
        fine = self._check_repetition(world, data)
        key: OptionalValue = MISSING
        each_value: OptionalValue = MISSING
        ctx = world.context(data)
        if self.count is not None:
            ctx.count_index = values.unknown_of(NUMBER)
        if self.for_each is not None:
            ctx.each_key = values.unknown_of(STRING)
            ctx.each_value = DYNAMIC_UNKNOWN
        before = len(world.diags)
        config = self.body.evaluate(ctx)
        if not self.body.sound or world.errors_since(before):
            return False
        for trigger in resource.replace_triggered_by:
            del trigger  # what it refers to is checked with all references
        inner = world.context(data)
        inner.count_index, inner.each_key, inner.each_value = ctx.count_index, ctx.each_key, ctx.each_value
        for rule in self.preconditions:
            fine &= conditions.evaluate(rule, inner, "precondition", "error").status not in ("error", "fail")
        inner.self_value = own.instances[None]
        for rule in self.postconditions:
            fine &= conditions.evaluate(rule, inner, "postcondition", "error").status not in ("error", "fail")
        provider = world.providers.unconfigured(self.provider.provider)
        plain, _ = values.unmark_deep(config)
        verb = provider.validate_resource if resource.mode == "managed" else provider.validate_data
        request = ValidateRequest(resource.type, plain)
        response = yield Job(lambda: verb(request), provider.capabilities().inline)
        fine &= problems.report(
            response.diagnostics, world.diags, address=str(self), locate=self.body.locate
        )
        return fine

    def _check_repetition(self, world: World, data: ModuleData) -> bool:
        """Evaluate count and for_each, which need not be known yet."""
        ctx = world.context(data)
        for compiled, as_count in ((self.count, True), (self.for_each, False)):
            if compiled is not None and not _acceptable(compiled, as_count, ctx, world):
                return False
        return True


def _acceptable(compiled: Compiled, as_count: bool, ctx: EvalContext, world: World) -> bool:
    trial = Diagnostics()
    ctx.diags = trial
    value = compiled(ctx)
    if trial.has_errors:
        world.diags.extend(trial)
        return False
    if not values.is_wholly_known(value):
        return True
    ctx.diags = world.diags
    return expand(compiled if as_count else None, None if as_count else compiled, ctx) is not None


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
    if not built.sound:
        return
    built.check_cycles()
    if only is not None:
        built.graph.keep(built.graph.reachable([node for node in built.graph if str(node) in only]))
    Walk().run(built.graph, lambda node: node.execute(world))
