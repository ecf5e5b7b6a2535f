"""The base class of actions: things that a provider does besides keeping objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from iacctl_providers.sdk.resources import Settings
from iacctl_providers.sdk.shapes import Body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl_providers.sdk.calls import Reporting
    from iacctl_providers.sdk.rules import Rule


class Action(Body):
    """Base of actions. Declared attributes are the arguments of the `config` block; none of them can be computed."""

    _settings: ClassVar[Settings] = Settings()

    def __init_subclass__(cls, *, rules: tuple[Rule, ...] = (), description: str | None = None) -> None:
        super().__init_subclass__(description=description)
        cls._settings = Settings(rules=rules)

    def invoke(self, call: Reporting[Any]) -> Iterator[str] | None:
        """Do it. Yield a text for each step, to say how far it is; raise `ProviderError` where it fails.

        All arguments are known. Look at `call.provider.stopping`, or whatever the provider's `stop` sets, if it takes long.
        """
        raise NotImplementedError

    def plan(self, report: Reporting[Any]) -> None:
        """Look at a planned invocation: report what speaks against it. Arguments may be `UNKNOWN`."""

    def check(self, report: Reporting[Any]) -> None:
        """Check a configuration beyond validators and rules. The arguments may be `UNKNOWN`, and `report.provider` is not
        configured."""
