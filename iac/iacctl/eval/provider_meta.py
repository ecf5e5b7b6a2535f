"""`provider_meta` blocks: what a module has to say to a provider with every request about its objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag import Diagnostics
from iacctl.eval import bodies

if TYPE_CHECKING:
    from iacctl.addrs import ModulePath, Provider
    from iacctl.eval.world import World
    from iacctl.hcl.body import Block as WrittenBlock
    from iacctl.values import Value


class ProviderMetas:
    """The values of the `provider_meta` blocks of one operation, worked out when first asked for.

    Args:
        world: the operation.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._blocks: dict[tuple[ModulePath, Provider], WrittenBlock] = {}
        self._values: dict[tuple[ModulePath, Provider], Value] = {}
        for module in world.config.root.walk():
            for name, block in module.provider_meta.items():
                self._blocks[module.path, module.provider_for(name)] = block

    def value(self, path: ModulePath, provider: Provider) -> Value:
        """What a module says to a provider; None (the dynamic null) if it says nothing, or nothing that can be used."""
        key = (path, provider)
        if key not in self._blocks:
            return None
        if key not in self._values:
            self._values[key] = self._evaluate(key, Diagnostics())
        return self._values[key]

    def check(self, path: ModulePath, provider: Provider, user: str, diags: Diagnostics) -> bool:
        """Whether what a module says to a provider, if anything, fits the provider's schema; reported if not.

        Args:
            path: the module.
            provider: the provider.
            user: a resource of the module that the provider serves.
            diags: gets the report.
        """
        block = self._blocks.get((path, provider))
        if block is None:
            return True
        if self._world.providers.schema(provider).provider_meta is None:
            diags.error(
                f"Provider {provider} doesn't support provider_meta",
                f"The resource {user} belongs to a provider that doesn't support provider_meta blocks",
                block.definition_range,
            )
            return False
        before = len(diags)
        self._evaluate((path, provider), diags)
        return len(diags) == before

    def _evaluate(self, key: tuple[ModulePath, Provider], diags: Diagnostics) -> Value:
        path, provider = key
        schema = self._world.providers.schema(provider).provider_meta
        instances = self._world.modules.at(path) or [self._world.modules.root]
        if schema is None:
            return None
        body = bodies.compile_body(self._blocks[key].body, schema.block, diags)
        if not body.sound:
            return None
        # The arguments are constants, so any scope will do.
        value = body.evaluate(self._world.context(instances[0], diags=diags))
        return values.unmark_deep(value)[0]
