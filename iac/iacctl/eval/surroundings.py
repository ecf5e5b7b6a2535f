"""What a walk may be given from outside in place of what the configuration says: the way in for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from iacctl.addrs import AbsProviderConfig, ModuleInstance
    from iacctl.diag import Diagnostics, Range
    from iacctl.eval.world import World
    from iacctl.lang.context import EvalContext
    from iacctl.values import Value


def _nothing(address: ModuleInstance) -> None:
    """No module is replaced."""


def _ignore(world: World) -> None:
    """Nobody looks at the world."""


class Surroundings(NamedTuple):
    """What a walk finds outside of the configuration.

    Attributes:
        provider_contexts: for provider configurations that are not evaluated in their module, what they are evaluated in.
        unconfigured: provider configurations that are given nothing, whatever their blocks say.
        prevents_destroy: whether `prevent_destroy` is obeyed.
        variable_ranges: where the values of root variables are written, if in a file that can be quoted.
        replaced_outputs: the output values of a module instance that is not to be looked into; None if it is.
        on_world: given the world of the walk before anything is visited, so that it can be asked for values afterwards.
    """

    provider_contexts: Mapping[AbsProviderConfig, Callable[[Diagnostics], EvalContext]] = {}
    unconfigured: Collection[AbsProviderConfig] = ()
    prevents_destroy: bool = True
    variable_ranges: Mapping[str, Range] = {}
    replaced_outputs: Callable[[ModuleInstance], Mapping[str, Value] | None] = _nothing
    on_world: Callable[[World], None] = _ignore

    def unobserved(self) -> Surroundings:
        """The same for a further walk, at whose world nobody looks."""
        return self._replace(on_world=_ignore)


NONE: Final = Surroundings()
