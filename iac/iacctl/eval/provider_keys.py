"""Which instance of a provider configuration serves a resource instance, where the configuration has `for_each`.

This is OpenTofu's: `provider = aws.by_region[each.key]`, or `providers = { aws = aws.by_region[each.key] }` of a module call.
The state notes the key with each object, so that what the configuration has no more still finds its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.graph.walk import Stopped
from iacctl.lang.compile import compile_expression
from iacctl.lang.context import MISSING
from iacctl.provider import port, requests
from iacctl.values import EPHEMERAL, SENSITIVE, STRING, ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.addrs import AbsProviderConfig, ModulePath, ResourceInstance
    from iacctl.config.providers import KeySource
    from iacctl.eval.data import ModuleData
    from iacctl.eval.world import World
    from iacctl.lang.context import EvalContext, OptionalValue
    from iacctl.lang.references import Reference
    from iacctl.provider.port import Provider


class ProviderKey:
    """The compiled key of a resource's provider.

    Args:
        source: where the key is written: with the resource itself, or with a module call around it.
        path: the module of the resource.
    """

    __slots__ = ("_call", "_each", "_evaluate", "_path")

    def __init__(self, source: KeySource, path: ModulePath) -> None:
        self._evaluate = compile_expression(source.expression)
        self._call = source.call
        self._path = path
        self._each: dict[ResourceInstance, OptionalValue] = {}

    def references(self) -> Iterator[tuple[ModulePath, Reference]]:
        """What the key is made of, with the module that it is written in."""
        path = self._path if self._call is None else self._call[:-1]
        for reference in self._evaluate.references:
            yield path, reference

    def note(self, address: ResourceInstance, each_value: OptionalValue) -> None:
        """Take down that the configuration has an instance."""
        self._each[address] = each_value

    def text(self, world: World, data: ModuleData | None, address: ResourceInstance) -> str | None:
        """The key for an instance; None if it cannot be told, which is reported."""
        if self._call is None and address not in self._each:
            return world.stored_provider_key(address)
        if data is None:
            return world.stored_provider_key(address)
        ctx = self._context(world, data, address)
        before = len(world.diags)
        value, marks = values.unmark(self._evaluate(ctx))
        if world.errors_since(before):
            return None
        problem = ""
        if SENSITIVE in marks or EPHEMERAL in marks:
            problem = "must be neither sensitive nor ephemeral"
        else:
            try:
                value = values.convert(value, STRING)
            except ConversionError as error:
                problem = error.message
            else:
                if type(value) is str:
                    return value
                problem = "must not be null" if values.is_null(value) else "must be known while planning"
        world.diags.error(
            "Invalid provider instance key",
            f"The key that selects the provider instance for {address} {problem}.",
            self._evaluate.expression.range,
            address=str(address),
        )
        return None

    def _context(self, world: World, data: ModuleData, address: ResourceInstance) -> EvalContext:
        if self._call is None:
            key = MISSING if address.key is None else address.key
            return world.context(data, key=key, each_value=self._each[address])
        called = data
        while called.parent is not None and called.module.path != self._call:
            called = called.parent
        return world.call_context(called)


def serving(
    world: World, config: AbsProviderConfig, address: ResourceInstance, key: str | None, *, known: bool = True
) -> Provider:
    """The provider for an instance of a resource; one that refuses everything if there is no such.

    Args:
        world: the operation.
        config: the configuration, without a key.
        address: the instance.
        key: the key among the instances of the configuration; None if it has no `for_each`.
        known: whether the key could be worked out; if not, that was reported.
    """
    instances = world.provider_instances.get(config)
    if instances is None and key is None and known:
        return world.providers.serving(config, address)
    if not known:
        return AbsentProvider(None)
    if instances is not None and key in instances:
        return world.providers.serving(config._replace(key=key), address)
    wanted = config._replace(key=key)
    return AbsentProvider(
        requests.error(
            "Provider instance not present",
            f"To work with {address} its provider instance at {wanted} is required, but the configuration has no such. This "
            "occurs when an element of the provider's for_each is removed while objects created by that instance still exist "
            f"in the state. Re-add it to destroy {address}, after which it can be removed again.",
        )
    )


class AbsentProvider(port.Provider):
    """Stands for a provider instance that does not exist: it refuses every first request about an object.

    Args:
        problem: what to say; None if it was said already.
    """

    def __init__(self, problem: requests.Problem | None) -> None:
        self._problem = problem

    def _refusal(self) -> requests.Problems:
        if self._problem is None:
            raise Stopped
        return (self._problem,)

    def validate_resource(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Refuse."""
        return requests.ValidateResponse(self._refusal())

    validate_data = validate_resource
    validate_ephemeral = validate_resource

    def upgrade_state(self, request: requests.UpgradeStateRequest) -> requests.UpgradeStateResponse:
        """Refuse."""
        return requests.UpgradeStateResponse(None, self._refusal())

    def import_resource(self, request: requests.ImportRequest) -> requests.ImportResponse:
        """Refuse."""
        return requests.ImportResponse(diagnostics=self._refusal())
