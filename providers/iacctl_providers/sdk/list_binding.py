"""A listing class behind the port's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.provider import requests, schema
from iacctl_providers.sdk.action_binding import configured
from iacctl_providers.sdk.checking import Checker
from iacctl_providers.sdk.errors import ProviderError
from iacctl_providers.sdk.listing import ListCall, Listing
from iacctl_providers.sdk.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl_providers.sdk.bindings import ResourceBinding


class ListBinding:
    """A listing class.

    Attributes:
        schema: its schema.
    """

    def __init__(self, cls: type[Listing], resource: ResourceBinding, provider: Any) -> None:
        self._class = cls
        self._resource = resource
        self._provider = provider
        self._shape = shape_of(cls)
        self._checker = Checker(self._shape, cls._settings.rules, None if cls.check is Listing.check else cls.check)
        self.schema = schema.Schema(configured(self._shape.block))

    def validate(self, request: requests.ValidateListRequest) -> requests.ValidateResponse:
        """Check a configuration."""
        if self._checker.idle:
            return requests.ValidateResponse()
        return requests.ValidateResponse(self._checker.check(request.config, self._provider))

    def list(self, request: requests.ListRequest) -> Iterator[requests.ListEvent]:
        """Find objects, at most as many as are wanted."""
        call = ListCall(self._provider, request.limit, request.include_resource)
        instance = self._shape.load(request.config)
        self._shape.fill_in_defaults(instance)
        number = 0
        try:
            if request.limit:
                for item in self._class.find(instance, call):
                    state, identity = self._resource.shown(item.resource)
                    yield requests.ListEvent(identity, item.display_name, state if request.include_resource else None)
                    number += 1
                    if number >= request.limit:
                        break
        except ProviderError as problem:
            call.problems.append(problem.problem())
        if call.problems:
            yield requests.ListEvent(diagnostics=tuple(call.problems))
