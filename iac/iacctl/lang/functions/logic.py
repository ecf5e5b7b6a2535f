"""`alltrue` and `anytrue`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.values import BOOL, Unknown, is_null, refine_not_null, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import ListValue, Value


def _alltrue(conditions: ListValue) -> Value:
    for item in conditions.items:
        if type(item) is Unknown:
            return refine_not_null(unknown_of(BOOL))
        if is_null(item) or item is False:
            return False
    return True


def _anytrue(conditions: ListValue) -> Value:
    unclear = False
    for item in conditions.items:
        if type(item) is Unknown:
            unclear = True
        elif item is True:
            return True
    return refine_not_null(unknown_of(BOOL)) if unclear else False


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {"alltrue": _alltrue, "anytrue": _anytrue}
