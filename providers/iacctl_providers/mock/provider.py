"""The mock provider: its configuration and its types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from iacctl_providers import sdk
from iacctl_providers.mock.cloud import Cloud, FolderStore, InterruptedCallError, MemoryStore
from iacctl_providers.mock.faults import Call, CallLog, Fault, Latency, Plagues, strike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.provider import port

T = TypeVar("T")


class Meta(sdk.Nested):
    """What a module may say about itself."""

    module = sdk.string(optional=True, description="Noted in the call log.")


class Mock(sdk.Provider, capabilities=sdk.Capabilities(find_created=True)):
    """A cloud that does not exist."""

    path = sdk.string(
        optional=True,
        description="Folder for the cloud's objects, one JSON file each. Without it they are in memory, and the cloud "
        "believes what the state says about objects of earlier runs.",
    )
    lag = sdk.number(default=0.0, description="For how many seconds reads do not see a change.")
    wait = sdk.boolean(default=True, description="Creations and updates wait until reads see them.")
    unique_names = sdk.boolean(default=False, description="Two objects of one type can't have the same name.")
    call_log = sdk.string(optional=True, description="File that gets a JSON line when a call starts and when it ends.")
    fault = sdk.blocks(Fault)
    latency = sdk.blocks(Latency)

    provider_meta = Meta
    resources = {
        "mock_network": "iacctl_providers.mock.objects:Network",
        "mock_object": "iacctl_providers.mock.objects:Object",
        "mock_server": "iacctl_providers.mock.objects:Server",
    }
    data_sources = {
        "mock_network": "iacctl_providers.mock.objects:NetworkData",
        "mock_server": "iacctl_providers.mock.objects:ServerData",
    }
    ephemeral_resources = {"mock_session": "iacctl_providers.mock.sessions:Session"}
    functions = {"slug": "iacctl_providers.mock.objects:slug"}
    actions = {"mock_notify": "iacctl_providers.mock.actions:Notify"}

    _listings: dict[str, type[sdk.Listing] | str] | None = None
    cloud: Cloud
    plagues: Plagues
    log: CallLog | None
    settle_time: float

    def resource_types(self) -> Mapping[str, type[sdk.Resource] | str]:
        from iacctl_providers.mock import declared

        own = {name: declared.resource_class(name, item) for name, item in declared.declarations().items()}
        return {**self.resources, **own}

    def data_source_types(self) -> Mapping[str, type[sdk.DataSource] | str]:
        from iacctl_providers.mock import declared

        own = {name: declared.data_class(name, item) for name, item in declared.declarations().items()}
        return {**self.data_sources, **own}

    def ephemeral_resource_types(self) -> Mapping[str, type[sdk.Ephemeral] | str]:
        from iacctl_providers.mock import declared

        found = declared.declarations(ephemeral=True)
        return {**self.ephemeral_resources, **{name: declared.ephemeral_class(name, item) for name, item in found.items()}}

    def action_types(self) -> Mapping[str, type[sdk.Action] | str]:
        from iacctl_providers.mock import declared

        found = declared.declarations(action=True)
        return {**self.actions, **{name: declared.action_class(name, item) for name, item in found.items()}}

    def list_resource_types(self) -> Mapping[str, type[sdk.Listing] | str]:
        from iacctl_providers.mock.listing import listing_class

        if self._listings is None:
            from iacctl_providers.mock import objects

            known = {name: getattr(objects, str(named).rpartition(":")[2]) for name, named in self.resources.items()}
            own = {name: item for name, item in self.resource_types().items() if not isinstance(item, str)}
            self._listings = {name: listing_class(item) for name, item in {**known, **own}.items()}
        return self._listings

    def configure(self, report: sdk.Reporting[Any]) -> None:
        path = _known(self.path, None)
        store = FolderStore(Path(path)) if path else MemoryStore()
        lag = _known(self.lag, 0.0)
        self.cloud = Cloud(store, lag=lag, unique_names=_known(self.unique_names, False), trusting=not path)
        self.plagues = Plagues(_known(self.fault, []), _known(self.latency, []))
        call_log = _known(self.call_log, None)
        self.log = CallLog(Path(call_log)) if call_log else None
        self.settle_time = lag if _known(self.wait, True) else 0.0

    def enter(self, call: Call) -> tuple[Cloud, list[Fault]]:
        """Begin a call: it takes its time, and fails if that is due.

        Returns:
            the cloud, and the faults that strike this call.
        """
        faults = self.plagues.faults(call)
        try:
            self.cloud.wait(self.plagues.latency(call))
        except InterruptedCallError:
            raise sdk.ProviderError("Call interrupted", f"The {call.operation} of {call.name} was stopped.") from None
        strike(faults, "before")
        return self.cloud, faults

    def stop(self) -> None:
        self.cloud.stopping.set()


def _known(value: T, otherwise: T) -> T:
    """A configured value; while planning it may not be known yet."""
    return value if sdk.is_known(value) else otherwise


def make() -> port.Provider:
    """A mock provider that can break the rules."""
    from iacctl_providers.mock.misbehaviour import MockAdapter

    return MockAdapter(Mock)
