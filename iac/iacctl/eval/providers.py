"""Provider instances: one for each provider configuration, made when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.provider.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.addrs import AbsProviderConfig, ResourceInstance
    from iacctl.addrs import Provider as Source
    from iacctl.provider.port import Provider
    from iacctl.provider.schema import ProviderSchema
    from iacctl.values import Value


class UnknownProviderError(Exception):
    """There is no provider for a source address.

    Attributes:
        source: the source address.
    """

    def __init__(self, source: Source) -> None:
        super().__init__(f"no provider for {source}")
        self.source = source


class ProviderPool:
    """Makes providers and keeps them until the operation ends.

    Args:
        make: gives a new, unconfigured provider for a source address, or None when there is none.
    """

    def __init__(self, make: Callable[[Source], Provider | None]) -> None:
        self._make = make
        self._spare: dict[Source, Provider] = {}
        self._schemas: dict[Source, ProviderSchema] = {}
        self._instances: dict[AbsProviderConfig, Provider] = {}
        self._configured: dict[AbsProviderConfig, Value] = {}
        self._all: list[Provider] = []

    def schema(self, source: Source) -> ProviderSchema:
        """What a provider declares.

        Raises:
            UnknownProviderError: there is no such provider.
        """
        found = self._schemas.get(source)
        if found is None:
            found = self._schemas[source] = self.unconfigured(source).schema()
        return found

    def resource_schema(self, source: Source, mode: str, type_name: str) -> Schema | None:
        """The schema of a resource type, data source, ephemeral or list resource, or action; None where there is none."""
        schema = self.schema(source)
        if mode == "managed":
            return schema.resources.get(type_name)
        if mode == "data":
            return schema.data_sources.get(type_name)
        if mode == "ephemeral":
            return schema.ephemeral_resources.get(type_name)
        if mode == "list":
            return schema.list_resources.get(type_name)
        action = schema.actions.get(type_name)
        return None if action is None else Schema(action.block)

    def unconfigured(self, source: Source) -> Provider:
        """A provider for the verbs that need no configuration: schema, validation, upgrade, functions.

        Raises:
            UnknownProviderError: there is no such provider.
        """
        found = self._spare.get(source)
        if found is None:
            found = self._new(source)
            self._spare[source] = found
        return found

    def instance(self, address: AbsProviderConfig) -> Provider:
        """The provider of one configuration; configuring it is the caller's business.

        Raises:
            UnknownProviderError: there is no such provider.
        """
        found = self._instances.get(address)
        if found is None:
            found = self._instances[address] = self._new(address.provider)
        return found

    def serving(self, address: AbsProviderConfig, instance: ResourceInstance) -> Provider:
        """The provider to ask about one resource instance; as `instance`, unless the operation has one just for it."""
        return self.instance(address)

    def is_configured(self, address: AbsProviderConfig, config: Value) -> bool:
        """Whether an earlier walk of the operation has configured the provider like this; if otherwise, it is let go of."""
        if address not in self._configured:
            return False
        if values.raw_equals(self._configured[address], config):
            return True
        del self._configured[address]
        former = self._instances.pop(address)
        self._all.remove(former)
        former.close()
        return False

    def remember(self, address: AbsProviderConfig, config: Value) -> None:
        """Take down that a provider has been configured, and that there was nothing to be said of that."""
        self._configured[address] = config

    def _new(self, source: Source) -> Provider:
        made = self._make(source)
        if made is None:
            raise UnknownProviderError(source)
        self._all.append(made)
        return made

    def stop(self) -> None:
        """Ask all providers to end what they do; may be called from any thread."""
        for provider in tuple(self._all):
            provider.stop()

    def close(self) -> None:
        """Let go of all providers."""
        for provider in self._all:
            provider.close()
        self._all.clear()
        self._instances.clear()
        self._configured.clear()
        self._spare.clear()
