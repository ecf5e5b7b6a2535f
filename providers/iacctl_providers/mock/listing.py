"""Finding objects of the mock cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iacctl_providers import sdk
from iacctl_providers.mock.faults import Call, strike
from iacctl_providers.mock.objects import take_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl_providers.mock.objects import MockResource
    from iacctl_providers.mock.provider import Mock


class MockListing(sdk.Listing):
    """The objects of one type, in the order of their ids.

    A fault of the operation `list` strikes before the first object, or after the last.
    """

    resource: ClassVar[type[MockResource]]

    name_prefix = sdk.string(optional=True, description="Only objects whose name begins like this.")

    def find(self, call: sdk.ListCall[Mock]) -> Iterator[sdk.Item]:
        type_name = self.resource.type_name
        cloud, faults = call.provider.enter(Call("list", type_name, self.name_prefix or ""))
        for data in cloud.find(type_name, {}):
            name = data.get("name")
            text = name if isinstance(name, str) else str(data["id"])
            if self.name_prefix and not text.startswith(self.name_prefix):
                continue
            made = self.resource()
            take_over(made, data)
            yield sdk.Item(text, made)
        strike(faults, "after")


def listing_class(resource: type[MockResource]) -> type[MockListing]:
    """What lists the objects of a resource type."""
    return type(f"{resource.__name__}Listing", (MockListing,), {"resource": resource})
