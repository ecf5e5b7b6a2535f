"""The providers that a session can use: those that the caller brings, those of the catalog, those of installed packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iacctl.addrs import Provider as ProviderSource
    from iacctl.provider.port import Provider


class Providers:
    """Providers by source address.

    Args:
        own: makers of further in-process providers by source address; they win over all others, and meet every version
            constraint.
    """

    def __init__(self, own: Mapping[str, Callable[[], Provider]]) -> None:
        self._own = dict(own)

    def make(self, source: ProviderSource) -> Provider | None:
        """A new provider; None when there is none for the address."""
        own = self._own.get(str(source))
        if own is not None:
            return own()
        from iacctl_providers import catalog

        entry = catalog.find(source)
        return None if entry is None else entry.make()

    def version(self, source: ProviderSource) -> str | None:
        """The version of the upstream provider that one stands in for; "" for any, None when there is no provider."""
        if str(source) in self._own:
            return ""
        from iacctl_providers import catalog

        entry = catalog.find(source)
        return None if entry is None else entry.version

    def sources(self) -> Iterator[ProviderSource]:
        """All source addresses."""
        from iacctl.addrs import parse_provider_source
        from iacctl_providers import catalog

        names = [*self._own, *catalog.CATALOG, *(name for name, _ in catalog.installed())]
        yield from (source for name in names if (source := parse_provider_source(name)) is not None)
