"""The base class of providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from iacctl.provider import requests
from iacctl_providers.sdk.shapes import Body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_providers.sdk.actions import Action
    from iacctl_providers.sdk.calls import Reporting
    from iacctl_providers.sdk.functions import Function
    from iacctl_providers.sdk.listing import Listing
    from iacctl_providers.sdk.resources import DataSource, Ephemeral, Resource
    from iacctl_providers.sdk.shapes import Nested


class Provider(Body):
    """Base of providers. Declared attributes are the arguments of its `provider` block.

    The catalogs below may name a class as text, `"package.module:Class"`: it is imported when first used.

    Attributes:
        resources: resource types by name.
        data_sources: data sources by name.
        ephemeral_resources: ephemeral resources by name.
        functions: functions by name.
        provider_meta: what modules may say in a `provider_meta` block; methods find it as `call.meta`.
        actions: actions by name.
        list_resources: what finds objects of a resource type, by the name of that type.
    """

    resources: ClassVar[Mapping[str, type[Resource] | str]] = {}
    data_sources: ClassVar[Mapping[str, type[DataSource] | str]] = {}
    ephemeral_resources: ClassVar[Mapping[str, type[Ephemeral] | str]] = {}
    functions: ClassVar[Mapping[str, Function | str]] = {}
    provider_meta: ClassVar[type[Nested] | None] = None
    actions: ClassVar[Mapping[str, type[Action] | str]] = {}
    list_resources: ClassVar[Mapping[str, type[Listing] | str]] = {}

    _capabilities: ClassVar[requests.Capabilities] = requests.DEFAULT_CAPABILITIES

    def __init_subclass__(
        cls,
        *,
        capabilities: requests.Capabilities = requests.DEFAULT_CAPABILITIES,
        description: str | None = None,
    ) -> None:
        super().__init_subclass__(description=description)
        cls._capabilities = capabilities

    def check(self, report: Reporting[Any]) -> None:
        """Check the provider's configuration beyond validators. The attributes may be `UNKNOWN`."""

    def configure(self, report: Reporting[Any]) -> None:
        """Get ready: called once, when the attributes are what the provider block says (some may be `UNKNOWN` during a
        plan)."""

    def resource_types(self) -> Mapping[str, type[Resource] | str]:
        """The resource types; override it when they are not the same for everyone. Called before `configure`."""
        return self.resources

    def data_source_types(self) -> Mapping[str, type[DataSource] | str]:
        """The data sources; override it when they are not the same for everyone. Called before `configure`."""
        return self.data_sources

    def ephemeral_resource_types(self) -> Mapping[str, type[Ephemeral] | str]:
        """The ephemeral resources; override it when they are not the same for everyone. Called before `configure`."""
        return self.ephemeral_resources

    def action_types(self) -> Mapping[str, type[Action] | str]:
        """The actions; override it when they are not the same for everyone. Called before `configure`."""
        return self.actions

    def list_resource_types(self) -> Mapping[str, type[Listing] | str]:
        """The list resources; override it when they are not the same for everyone. Called before `configure`."""
        return self.list_resources

    def stop(self) -> None:
        """Make running methods end soon; called from another thread, after `configure`."""

    def close(self) -> None:
        """Let go of everything."""
