"""What provider authors write with: `from iacctl_providers import sdk`, then classes derived from `sdk.Provider` and
`sdk.Resource`.

A resource type is a class with declared attributes and create, read, update and delete methods on plain Python values;
docs/providers.md
shows one. `sdk.serve(MyProvider)` puts a provider class behind the port that the engine calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.provider.requests import Capabilities
from iacctl_providers.sdk.attributes import (
    Attribute,
    Invalid,
    Kind,
    boolean,
    dynamic,
    integer,
    list_of,
    map_of,
    number,
    of_type,
    set_of,
    single,
    string,
)
from iacctl_providers.sdk.calls import Call, EphemeralCall, Plan, Reporting
from iacctl_providers.sdk.errors import ArgumentError, Gone, ProviderError
from iacctl_providers.sdk.plain import UNKNOWN, is_known
from iacctl_providers.sdk.providers import Provider
from iacctl_providers.sdk.resources import DataSource, Ephemeral, Resource
from iacctl_providers.sdk.shapes import Nested, block, blocks

if TYPE_CHECKING:
    from iacctl.provider import port
    from iacctl_providers.sdk import rules, validators
    from iacctl_providers.sdk.actions import Action
    from iacctl_providers.sdk.functions import Function, Parameter, function
    from iacctl_providers.sdk.listing import Item, ListCall, Listing

__all__ = [
    "UNKNOWN",
    "Action",
    "ArgumentError",
    "Attribute",
    "Call",
    "Capabilities",
    "DataSource",
    "Ephemeral",
    "EphemeralCall",
    "Function",
    "Gone",
    "Invalid",
    "Item",
    "Kind",
    "ListCall",
    "Listing",
    "Nested",
    "Parameter",
    "Plan",
    "Provider",
    "ProviderError",
    "Reporting",
    "Resource",
    "block",
    "blocks",
    "boolean",
    "dynamic",
    "function",
    "integer",
    "is_known",
    "list_of",
    "map_of",
    "number",
    "of_type",
    "rules",
    "serve",
    "set_of",
    "single",
    "string",
    "validators",
]


def serve(provider: type[Provider]) -> port.Provider:
    """The provider port's side of a provider class."""
    from iacctl_providers.sdk.adapter import Adapter

    return Adapter(provider)


def __getattr__(name: str) -> Any:
    # What only some providers use is imported when they do.
    if name in ("rules", "validators"):
        from importlib import import_module

        return import_module(f"iacctl_providers.sdk.{name}")
    if name in ("Item", "ListCall", "Listing"):
        from iacctl_providers.sdk import listing

        return getattr(listing, name)
    if name == "Action":
        from iacctl_providers.sdk.actions import Action

        return Action
    if name in ("Function", "Parameter", "function"):
        from iacctl_providers.sdk import functions

        return getattr(functions, name)
    raise AttributeError(name)
