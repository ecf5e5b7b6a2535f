"""What functions gave whose results depend on the world: files, and whatever providers look at.

A plan stands on these results. The same call has to give the same result as long as the plan is made, and again while it is
applied; only digests of calls and results are kept, which tell nothing of the values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.values import DYNAMIC, is_wholly_known, unmark_deep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iacctl.values import Value

_NOTHING: Final[Mapping[str, str]] = {}


class FunctionResults:
    """The results seen so far.

    Args:
        known: those of the plan that is being applied.
    """

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[str, str] = _NOTHING) -> None:
        self._known = dict(known)

    def agree(self, name: str, arguments: Iterable[Value], result: Value) -> bool:
        """Take down a result; say whether it is the one that the same call gave before.

        Args:
            name: of the function, unique among all.
            arguments: of the call; where any of it is unknown the result is not looked at.
            result: of the call.
        """
        if not is_wholly_known(result) or not all(map(is_wholly_known, arguments)):
            return True
        call = _digest(name, *arguments)
        found = _digest(name, result)
        return self._known.setdefault(call, found) == found

    def digests(self) -> dict[str, str]:
        """What a plan keeps: the digest of each call to that of its result."""
        return dict(self._known)


def _digest(name: str, *values: Value) -> str:
    from hashlib import sha256

    from iacctl.values.json_encoding import dumps

    digest = sha256(name.encode())
    for value in values:
        digest.update(b"\0")
        digest.update(dumps(unmark_deep(value)[0], DYNAMIC).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
