"""`jsonencode` and `jsondecode`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.lang.functions.calling import FunctionError, Implementation
from iacctl.values import DYNAMIC, STRING, Unknown, is_wholly_known, json, refine_not_null, type_of, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Type, Value


def _encode(value: Value) -> Value:
    if not is_wholly_known(value):
        return _unknown_text(value)
    return json.dumps(value, type_of(value))


def _unknown_text(value: Value) -> Value:
    return refine_not_null(unknown_of(STRING))


def _decode(text: str) -> Value:
    try:
        return json.implied(json.loads(text))
    except ValueError as error:
        raise FunctionError(str(error)) from None


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "jsonencode": _encode,
    "jsondecode": _decode,
}
