"""What the providers of a session declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import parse_abs_provider_config
from iacctl.diag import Diagnostics

if TYPE_CHECKING:
    from iacctl.addrs import Provider
    from iacctl.provider.schema import ProviderSchema
    from iacctl.session.session import Session


def declared(session: Session) -> dict[Provider, ProviderSchema]:
    """The schemas of the providers that the configuration and the state need.

    Raises:
        DiagnosticError: the configuration or the state cannot be read, or there is no such provider.
    """
    from iacctl.config.providers import own_requirements
    from iacctl.eval.providers import ProviderPool, UnknownProviderError

    config = session.config()
    config.diagnostics.raise_errors()
    needed = {source for module in config.root.walk() for source in own_requirements(module)}
    for resource in session.state().resources.values():
        address = parse_abs_provider_config(resource.provider)
        if address is not None:
            needed.add(address.provider)
    pool = ProviderPool(session.make_provider)
    found: dict[Provider, ProviderSchema] = {}
    problems = Diagnostics()
    for source in sorted(needed, key=str):
        try:
            found[source] = pool.schema(source)
        except UnknownProviderError:
            problems.error(
                "Failed to load plugin schemas",
                f"Could not load the schema for provider {source.for_display()}: there is no such provider.",
            )
    problems.raise_errors()
    return found
