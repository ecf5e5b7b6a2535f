"""The nodes of the graph that configure providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Diagnostics
from iacctl.eval import bodies, problems
from iacctl.eval.expansion import acceptable, expand
from iacctl.eval.nodes import Node
from iacctl.graph.walk import Job
from iacctl.lang.compile import compile_expression
from iacctl.provider import decoding
from iacctl.provider.requests import ConfigureRequest, ValidateRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.addrs import AbsProviderConfig, ModulePath
    from iacctl.eval.world import World
    from iacctl.graph.walk import Steps
    from iacctl.lang.compile import Compiled
    from iacctl.lang.context import OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.values import Value

COMPATIBLE_VERSION = "1.15.5"


class ProviderNode(Node):
    """One configuration of a provider, with or without a block."""

    __slots__ = ("_body", "_context", "_for_each", "address", "config")

    def __init__(self, address: AbsProviderConfig, world: World) -> None:
        super().__init__(address.module)
        self.address = address
        self.config = world.resolution.blocks.get(address)
        schema = world.providers.schema(address.provider).provider
        self._context = world.surroundings.provider_contexts.get(address)
        self._body = None
        for_each = None if self.config is None else self.config.for_each
        self._for_each = None if for_each is None else compile_expression(for_each)
        if self.config is not None and address not in world.surroundings.unconfigured:
            # Where no provider is configured, faults of the block are nobody's business.
            diags = Diagnostics() if world.operation == "console" else world.diags
            self._body = bodies.compile_body(self.config.body, schema.block, diags)

    def body_references(self) -> Iterable[Reference]:
        """What the block refers to in its module."""
        return () if self._body is None or self._context is not None else self._body.references()

    def references(self) -> Iterable[tuple[ModulePath, Reference]]:
        """Those of the block."""
        for reference in self.body_references():
            yield self.path, reference
        if self._for_each is not None:
            for reference in self._for_each.references:
                yield self.path, reference

    def execute(self, world: World) -> bool | Iterable[Steps]:
        """Evaluate the configuration and hand it to the provider."""
        if self._for_each is not None:
            return self._configure_all(world, self._for_each)
        return [self._configure(world, self.address)]

    def _configure_all(self, world: World, for_each: Compiled) -> bool | Iterable[Steps]:
        """Configure one instance for each element of `for_each`."""
        modules = world.modules.at(self.path)
        if not modules:
            return True
        ctx = world.context(modules[0])
        if world.operation == "validate":
            each = (values.unknown_of(values.STRING), values.DYNAMIC_UNKNOWN)
            return [self._configure(world, self.address, each)] if acceptable(None, for_each, ctx) else False
        expansion = expand(None, for_each, ctx)
        if expansion is None:
            return False
        keys = [(str(key), value) for key, value in expansion.instances]
        world.provider_instances[self.address] = frozenset(key for key, _ in keys)
        return [self._configure(world, self.address._replace(key=key), (key, value)) for key, value in keys]

    def _configure(
        self, world: World, address: AbsProviderConfig, each: tuple[Value, OptionalValue] | None = None
    ) -> Steps:
        schema = world.providers.schema(address.provider).provider
        before = len(world.diags)
        if self._body is not None:
            if not self._body.sound:
                return False
            instances = world.modules.at(self.path)
            if not instances:
                return True
            ctx = world.context(instances[0]) if self._context is None else self._context(world.diags)
            if each is not None:
                ctx.each_key, ctx.each_value = each
            config = self._body.evaluate(ctx)
            if world.errors_since(before):
                return False
        else:
            config = decoding.empty_value(schema.block)
        config, _ = values.unmark_deep(config)
        if world.operation != "validate" and world.providers.is_configured(address, config):
            return True
        provider = world.providers.instance(address)
        inline = provider.capabilities().inline
        locate = self._body.locate if self._body is not None else None
        response = yield Job(lambda: provider.validate_provider(ValidateRequest("", config)), inline)
        if not problems.report(response.diagnostics, world.diags, locate=locate, address=str(address)):
            return False
        if world.operation == "validate":
            return True
        prepared = config if response.prepared is None else response.prepared
        answer = yield Job(lambda: provider.configure(ConfigureRequest(prepared, COMPATIBLE_VERSION)), inline)
        if not (response.diagnostics or answer.diagnostics):
            world.providers.remember(address, config)
        return problems.report(answer.diagnostics, world.diags, locate=locate, address=str(address))

    def __str__(self) -> str:
        return str(self.address)
