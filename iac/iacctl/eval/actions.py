"""The node of an `action` block: which instances there are, and what configuration each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs.actions import ActionInstance
from iacctl.eval import bodies, problems, sensitivity
from iacctl.eval.calls import Asking
from iacctl.eval.expansion import acceptable, expand
from iacctl.eval.nodes import Node
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import MISSING
from iacctl.provider.requests import ValidateRequest
from iacctl.provider.schema import Schema
from iacctl.values import DYNAMIC_UNKNOWN, NUMBER, STRING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iacctl.addrs import AbsProviderConfig, InstanceKey, ModuleInstance, ModulePath
    from iacctl.config.actions import Action
    from iacctl.config.model import Module
    from iacctl.diag import Range
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.context import EvalContext, OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.values import Value
    from iacctl.values.paths import Path


class ActionNode(Node):
    """An `action` block.

    Attributes:
        action: the block.
        provider: the provider configuration that serves it.
        schema: what its configuration conforms to.
    """

    __slots__ = ("_body", "_count", "_for_each", "_instances", "action", "provider", "schema")

    def __init__(self, module: Module, action: Action, provider: AbsProviderConfig, world: World) -> None:
        super().__init__(module.path)
        self.action = action
        self.provider = provider
        self.schema = Schema(world.providers.schema(provider.provider).actions[action.type].block)
        self._body: bodies.CompiledBody | None = None
        if action.config is not None:
            self._body = bodies.compile_body(action.config, self.schema.block, world.diags)
        else:
            self._require_arguments(world)
        self._count = None if action.count is None else compile_expression(action.count)
        self._for_each = None if action.for_each is None else compile_expression(action.for_each)
        self._instances: dict[ModuleInstance, dict[InstanceKey, OptionalValue]] = {}

    def _require_arguments(self, world: World) -> None:
        for name, attribute in self.schema.block.attributes.items():
            if attribute.required:
                world.diags.error(
                    "Missing required argument", f'The argument "{name}" is required, but was not set.'
                )

    def body_references(self) -> Iterable[Reference]:
        """What the configuration refers to."""
        return () if self._body is None else self._body.references()

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """Those of count, for_each and the configuration."""
        for compiled in (self._count, self._for_each):
            if compiled is not None:
                for reference in compiled.references:
                    yield self.path, reference
        for reference in self.body_references():
            yield self.path, reference

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Find out which instances there are, in every instance of the module."""
        if world.operation == "validate":
            return [self._validate(world, data) for data in world.modules.at(self.path)]
        fine = True
        for data in world.modules.at(self.path):
            expansion = expand(self._count, self._for_each, world.context(data))
            if expansion is None:
                fine = False
                continue
            self._instances[data.address] = dict(expansion.instances)
        return fine

    def keys(self, module: ModuleInstance) -> Iterable[InstanceKey]:
        """The keys of the instances in a module instance."""
        return self._instances.get(module, {})

    def config(self, world: World, data: ModuleData, key: InstanceKey) -> tuple[Value] | None:
        """The configuration of an instance, with marks; None when it cannot be evaluated, which is reported.

        Args:
            world: the operation.
            data: the instance of the module.
            key: the instance of the action; it must be one that there is.
        """
        each_value = self._instances[data.address][key]
        if self._body is None:
            return (values.null_of(self.schema.block.object_type),)
        if not self._body.sound:
            return None
        before = len(world.diags)
        ctx = world.context(data, key=MISSING if key is None else key, each_value=each_value)
        value = self._body.evaluate(ctx)
        return None if world.errors_since(before) else (sensitivity.mark_sensitive(self.schema.block, value),)

    def address(self, data: ModuleData, key: InstanceKey) -> ActionInstance:
        """The address of an instance."""
        return ActionInstance(data.address, self.action.type, self.action.name, key)

    def asking(self, world: World, address: ActionInstance) -> Asking:
        """Who to ask about an instance. Invocations may take long: they are never made on the walking thread."""
        provider = world.providers.instance(self.provider)
        return Asking(
            world, provider, self.provider, False, self.schema, self.action.type, str(address), self._locate
        )

    def _locate(self, path: Path | None) -> Range | None:
        return self.action.missing_range if self._body is None else self._body.locate(path)

    def _validate(self, world: World, data: ModuleData) -> Steps:
        if self._body is not None and not self._body.sound:
            return False
        fine = acceptable(self._count, self._for_each, world.context(data))
        value: Value = values.null_of(self.schema.block.object_type)
        if self._body is not None:
            before = len(world.diags)
            value = self._body.evaluate(self._unknown_instance(world, data))
            if world.errors_since(before):
                return False
        plain, marks = values.unmark_deep_with_paths(value)
        fine &= self._keeps_nothing_ephemeral(world, marks)
        provider = world.providers.unconfigured(self.provider.provider)
        response = provider.validate_action(ValidateRequest(self.action.type, plain))
        return problems.report(response.diagnostics, world.diags, address=str(self.action), locate=self._locate) and fine
        yield

    def _unknown_instance(self, world: World, data: ModuleData) -> EvalContext:
        ctx = world.context(data)
        if self._count is not None:
            ctx.count_index = values.unknown_of(NUMBER)
        if self._for_each is not None:
            ctx.each_key, ctx.each_value = values.unknown_of(STRING), DYNAMIC_UNKNOWN
        return ctx

    def _keeps_nothing_ephemeral(
        self, world: World, marks: Iterable[tuple[Path, frozenset[values.Mark]]]
    ) -> bool:
        from iacctl.eval import ephemerality

        return ephemerality.acceptable(
            self.schema.block, marks, world.diags, address=str(self.action), locate=self._locate
        )

    def __str__(self) -> str:
        return self._prefixed(f"{self.action} (expand)")
