"""Providers of a run: real ones, mock providers, and wrappings that give overridden instances their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.eval.providers import ProviderPool
from iacctl.provider import requests
from iacctl.provider.port import Provider
from iacctl.testing.made_up import NOTHING_GIVEN, Filler, Given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iacctl.addrs import AbsProviderConfig, ResourceInstance
    from iacctl.addrs import Provider as Source
    from iacctl.provider.schema import Block, ProviderSchema
    from iacctl.testing.overrides import Overrides
    from iacctl.values import Value

_CAPABILITIES = requests.Capabilities(inline=True, no_external_effects=True)


class MadeUp(Provider):
    """A provider that makes up what another one would work out.

    Args:
        real: says what there is, and what is a valid configuration; never asked for anything else.
        given: the values to use, by mode and resource type.
        otherwise: those for any other type.
    """

    def __init__(self, real: Provider, given: Mapping[tuple[str, str], Given], otherwise: Given = NOTHING_GIVEN) -> None:
        self._real = real
        self._given = given
        self._otherwise = otherwise

    def capabilities(self) -> requests.Capabilities:
        """It answers at once, and nothing is there that could be lost."""
        return _CAPABILITIES

    def schema(self) -> ProviderSchema:
        """That of the real provider."""
        return self._real.schema()

    def validate_resource(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """As the real provider does."""
        return self._real.validate_resource(request)

    def validate_data(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """As the real provider does."""
        return self._real.validate_data(request)

    def validate_ephemeral(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """As the real provider does."""
        return self._real.validate_ephemeral(request)

    def validate_action(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """As the real provider does."""
        return self._real.validate_action(request)

    def invoke_action(self, request: requests.InvokeActionRequest) -> Iterator[requests.ActionEvent]:
        """It is done at once: there is nothing that it could be done to."""
        return iter((requests.ActionEvent(done=True),))

    def upgrade_state(self, request: requests.UpgradeStateRequest) -> requests.UpgradeStateResponse:
        """As the real provider does: nothing outside is needed for that."""
        return self._real.upgrade_state(request)

    def upgrade_identity(self, request: requests.UpgradeIdentityRequest) -> requests.UpgradeIdentityResponse:
        """As the real provider does."""
        return self._real.upgrade_identity(request)

    def plan(self, request: requests.PlanRequest) -> requests.PlanResponse:
        """A new object gets unknown values, or those given where they hold while planning; others stay as they are."""
        if values.is_null(request.proposed) or not values.is_null(request.prior):
            return requests.PlanResponse(request.proposed, request.private)
        given = self._find("managed", request.type_name)
        used = given if given.during_plan else NOTHING_GIVEN
        filler = Filler(used, unknown=not given.during_plan)
        planned = filler.fill(request.proposed, self._block(request.type_name))
        return requests.PlanResponse(planned, request.private, diagnostics=tuple(filler.problems))

    def apply(self, request: requests.ApplyRequest) -> requests.ApplyResponse:
        """A new object gets its values."""
        if values.is_null(request.planned) or not values.is_null(request.prior):
            return requests.ApplyResponse(request.planned, request.private)
        filler = Filler(self._find("managed", request.type_name), unknown=False)
        made = filler.fill(request.planned, self._block(request.type_name))
        return requests.ApplyResponse(made, request.private, tuple(filler.problems))

    def read_data(self, request: requests.ReadDataRequest) -> requests.ReadDataResponse:
        """The configuration, with values for all that is computed."""
        filler = Filler(self._find("data", request.type_name), unknown=False)
        read = filler.fill(request.config, self.schema().data_sources[request.type_name].block)
        return requests.ReadDataResponse(read, tuple(filler.problems))

    def open_ephemeral(self, request: requests.OpenEphemeralRequest) -> requests.OpenEphemeralResponse:
        """The configuration, with values for all that is computed."""
        filler = Filler(self._find("ephemeral", request.type_name), unknown=False)
        opened = filler.fill(request.config, self.schema().ephemeral_resources[request.type_name].block)
        return requests.OpenEphemeralResponse(opened, diagnostics=tuple(filler.problems))

    def import_resource(self, request: requests.ImportRequest) -> requests.ImportResponse:
        """There is nothing to import."""
        problem = requests.error(
            "Invalid import request",
            "Cannot import resources from mock providers. Use an `override_` block targeting the specific resource being"
            " imported instead.",
        )
        return requests.ImportResponse(diagnostics=(problem,))

    def call_function(self, request: requests.CallFunctionRequest) -> requests.CallFunctionResponse:
        """As the real provider does: functions are pure."""
        return self._real.call_function(request)

    def _find(self, mode: str, type_name: str) -> Given:
        return self._given.get((mode, type_name), self._otherwise)

    def _block(self, type_name: str) -> Block:
        return self.schema().resources[type_name].block


class Overridden(MadeUp):
    """The provider of one overridden instance: for it values are given, whatever its type."""

    def __init__(self, real: Provider, given: Given) -> None:
        super().__init__(real, {}, given)

    def import_resource(self, request: requests.ImportRequest) -> requests.ImportResponse:
        """An object with the values given."""
        block = self._block(request.type_name)
        filler = Filler(self._otherwise, unknown=False)
        empty = values.object_value(
            {
                **{name: values.null_of(item.value_type()) for name, item in block.attributes.items()},
                **{name: _no_blocks(item.value_type()) for name, item in block.blocks.items()},
            }
        )
        made = filler.fill(empty, block)
        imported = requests.ImportedResource(request.type_name, made)
        return requests.ImportResponse((imported,), tuple(filler.problems))


def _no_blocks(type_: values.Type) -> Value:
    """The value of a block type of which there is no block."""
    if type_.kind in ("list", "set", "map"):
        from iacctl.testing.made_up import made_up

        return made_up(type_)
    return values.null_of(type_)


class RunProviders(ProviderPool):
    """The providers of one run. Schemas, and what needs no configuration, come from a pool that all runs share.

    Args:
        make: gives a new, unconfigured provider for a source address, or None when there is none.
        shared: that pool.
        mocked: the provider configurations that are mocked, with their values.
        overrides: values for single instances.
    """

    def __init__(
        self,
        make: Callable[[Source], Provider | None],
        shared: ProviderPool,
        mocked: Mapping[AbsProviderConfig, Mapping[tuple[str, str], Given]],
        overrides: Overrides,
    ) -> None:
        super().__init__(make)
        self._shared = shared
        self._mocked = mocked
        self._overrides = overrides
        self._overridden: dict[tuple[AbsProviderConfig, ResourceInstance], Provider] = {}

    def schema(self, source: Source) -> ProviderSchema:
        """See `ProviderPool.schema`."""
        return self._shared.schema(source)

    def unconfigured(self, source: Source) -> Provider:
        """See `ProviderPool.unconfigured`."""
        return self._shared.unconfigured(source)

    def instance(self, address: AbsProviderConfig) -> Provider:
        """See `ProviderPool.instance`; a mock where the configuration is mocked."""
        given = self._mocked.get(address)
        if given is None:
            return super().instance(address)
        found = self._instances.get(address)
        if found is None:
            found = self._instances[address] = MadeUp(self.unconfigured(address.provider), given)
        return found

    def serving(self, address: AbsProviderConfig, instance: ResourceInstance) -> Provider:
        """See `ProviderPool.serving`; one of its own where the instance is overridden."""
        given = self._overrides.of_instance(instance, address)
        if given is None:
            return self.instance(address)
        found = self._overridden.get((address, instance))
        if found is None:
            found = self._overridden[address, instance] = Overridden(self.unconfigured(address.provider), given)
        return found

