"""Which providers run inside iacctl: source address to factory. Nothing is imported before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl.addrs import Provider as ProviderAddress
    from iacctl.provider import port

ENTRY_POINTS: Final = "iacctl.providers"
"""The entry-point group in which packages register providers: the name is the source address, the value an `Entry`."""


class Entry(NamedTuple):
    """A provider that runs in this process.

    Attributes:
        target: where its `sdk.Provider` class, or a function that returns a `port.Provider`, is:
            `"package.module:name"`.
        version: the version of the upstream provider whose behaviour it has; version constraints are checked against
            it.
    """

    target: str
    version: str

    def make(self) -> port.Provider:
        """A new provider, not configured yet."""
        from importlib import import_module

        module, _, name = self.target.partition(":")
        made = getattr(import_module(module), name)
        if isinstance(made, type):
            from iacctl_providers import sdk

            return sdk.serve(made)
        factory: Callable[[], port.Provider] = made
        return factory()


CATALOG: Final[dict[str, Entry]] = {
    "terraform.io/builtin/terraform": Entry("iacctl_providers.terraform.provider:Terraform", "1.15.5"),
    "registry.terraform.io/hashicorp/local": Entry("iacctl_providers.local.provider:Local", "2.5.3"),
    "registry.terraform.io/hashicorp/null": Entry("iacctl_providers.null.provider:Null", "3.2.4"),
    "registry.terraform.io/hashicorp/random": Entry("iacctl_providers.random.provider:Random", "3.7.2"),
    "registry.terraform.io/hashicorp/time": Entry("iacctl_providers.time.provider:Time", "0.13.1"),
    "registry.terraform.io/iacctl/mock": Entry("iacctl_providers.mock.provider:make", "1.0.0"),
}


def find(provider: ProviderAddress) -> Entry | None:
    """The provider for a source address, from the catalog or else from installed packages; None if there is none."""
    source = str(provider)
    found = CATALOG.get(source)
    return found if found is not None else next((entry for name, entry in installed() if name == source), None)


def installed() -> Iterator[tuple[str, Entry]]:
    """The providers that other packages register, with their source addresses.

    Registration, in the package's pyproject.toml::

        [project.entry-points."iacctl.providers"]
        "example.com/demo/notes" = "notes_provider:ENTRY"

    where `ENTRY` is an `Entry`.
    """
    from importlib.metadata import entry_points

    from iacctl.addrs import parse_provider_source

    for point in entry_points(group=ENTRY_POINTS):
        address = parse_provider_source(point.name)
        if address is not None:
            yield str(address), point.load()
