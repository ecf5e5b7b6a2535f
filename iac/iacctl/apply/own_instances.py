"""Provisioners that refer to their own resource by its name: instances that wait for others of the same block.

Terraform has a node for every instance in the graph of an apply, each behind all that its provisioners refer to. So
`a[1]` may use what `a[0]` is, while instances that use each other, or the resource as a whole, are a cycle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.graph.walk import Waiting
from iacctl.plan import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from iacctl.addrs import InstanceKey, ModuleInstance
    from iacctl.apply.applying import Applying
    from iacctl.eval.configured import ConfiguredNode
    from iacctl.graph.walk import Steps


def check_cycles(nodes: Iterable[ConfiguredNode], applying: Applying) -> None:
    """Report instances that are to wait for each other.

    Raises:
        DiagnosticError: there are some.
    """
    for node in nodes:
        wanted = own_keys(node)
        if not wanted:
            continue
        by_module: dict[ModuleInstance, list[changes.ResourceChange]] = {}
        for change in applying.changes_of(node.path, node.resource.key):
            if change.action not in (changes.DELETE, changes.FORGET):
                by_module.setdefault(change.address.module, []).append(change)
        for found in by_module.values():
            ring = [item for item in found if None in wanted or item.address.key in wanted]
            if len(ring) > 1:
                raise DiagnosticError(
                    [Diagnostic("error", "Cycle: " + ", ".join(str(item.address) for item in ring))]
                )


def own_keys(node: ConfiguredNode) -> set[InstanceKey]:
    """The keys of the instances of a block that its provisioners refer to; None stands for all of them."""
    if node.provisioners is None:
        return set()
    own = ("resource", *node.resource.key)
    return {reference.key for reference in node.provisioners.references() if reference.subject == own}


class Gates:
    """Lets the instances of a block in one module instance wait for those that their provisioners refer to.

    Args:
        wanted: the keys of these.
    """

    __slots__ = ("_outcome", "_waiting", "_wanted")

    def __init__(self, wanted: set[InstanceKey]) -> None:
        self._wanted = wanted
        self._outcome: bool | None = None
        self._waiting: list[Callable[[Any], None]] = []

    def ordered(self, pieces: dict[InstanceKey, Steps]) -> Iterable[Steps]:
        """The same pieces of work, with those behind the gate that have to wait."""
        first = [key for key in pieces if key in self._wanted]
        if not first:
            return pieces.values()
        return [self._opening(pieces[key]) if key in first else self._behind(piece) for key, piece in pieces.items()]

    def _opening(self, piece: Steps) -> Steps:
        outcome = False
        try:
            outcome = yield from piece
        finally:
            self._outcome = outcome
            for arrived in self._waiting:
                arrived(None)
        return outcome

    def _behind(self, piece: Steps) -> Steps:
        if self._outcome is None:
            yield Waiting(self._waiting.append)
        if not self._outcome:
            piece.close()
            return False
        return (yield from piece)
