"""Asking a provider about one object: inline or on the pool, with its faults told as diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl.eval import problems
from iacctl.graph.walk import Job, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from iacctl.addrs import AbsProviderConfig
    from iacctl.diag import Diagnostics, Range
    from iacctl.eval.world import World
    from iacctl.graph.walk import Waiting
    from iacctl.provider.port import Provider
    from iacctl.provider.schema import Schema
    from iacctl.values import Value
    from iacctl.values.paths import Path

    Call = Generator[Job | Waiting, Any, Any]


class Asking(NamedTuple):
    """Who is asked, and for whom.

    Attributes:
        world: the operation.
        provider: the configured provider.
        config: its configuration's address.
        inline: whether it answers at once.
        schema: the schema of the object's type.
        type_name: the type.
        address: the instance as text.
        locate: finds the place of a path in the configuration; None where there is none.
        own_diagnostics: where problems go in place of the operation's diagnostics.
        meta: what the object's module says to the provider in a `provider_meta` block.
        provider_key: which instance of a configuration with `for_each` the provider is.
    """

    world: World
    provider: Provider
    config: AbsProviderConfig
    inline: bool
    schema: Schema
    type_name: str
    address: str
    locate: Callable[[Path | None], Range | None] | None = None
    own_diagnostics: Diagnostics | None = None
    meta: Value = None
    provider_key: str | None = None

    @property
    def diags(self) -> Diagnostics:
        """Where problems go."""
        return self.world.diags if self.own_diagnostics is None else self.own_diagnostics

    def ask(self, verb: Callable[[Any], Any], request: Any, began: Callable[[], None] | None = None) -> Call:
        """Call a verb; the response, or None when the call failed or the provider reported an error.

        Problems are reported. Where an answer after an error matters, use `attempt`.
        """
        response = yield from self.attempt(verb, request, began)
        if response is None:
            return None
        if response.diagnostics and not self.report(response.diagnostics):
            return None
        return response

    def attempt(self, verb: Callable[[Any], Any], request: Any, began: Callable[[], None] | None = None) -> Call:
        """Call a verb; the response whatever it says, or None when the call itself failed, which is reported.

        Args:
            verb: the verb.
            request: its request.
            began: called when the call goes out, which may be later than now.

        Raises:
            Stopped: the call did not go out, as everything is to end.
        """
        try:
            if self.inline:
                if began is not None:
                    began()
                return verb(request)
            return (yield Job(lambda: verb(request), began=began))
        except Stopped:
            raise
        except Exception as error:
            self.diags.error(
                "Provider crashed",
                f"The provider {self.config.provider.for_display()} failed while it was asked about {self.address}: "
                f"{problems.crash_detail(error)}.\n\nThis is a bug in the provider, which should be reported in the "
                "provider's own issue tracker.",
                address=self.address,
            )
            return None

    def report(self, found: Any) -> bool:
        """Report a provider's problems; whether there is no error among them."""
        return problems.report(found, self.diags, address=self.address, locate=self.locate)

    @property
    def quoted_config(self) -> str:
        """The provider configuration's address in quotes, as messages name it."""
        text = str(self.config).replace('"', '\\"')
        return f'"{text}"'

    def bug(self, summary: str, detail: str) -> None:
        """Report an answer that the provider must not give."""
        self.diags.error(
            summary,
            f"Provider {self.quoted_config} {detail}\n\n"
            "This is a bug in the provider, which should be reported in the provider's own issue tracker.",
            address=self.address,
        )

