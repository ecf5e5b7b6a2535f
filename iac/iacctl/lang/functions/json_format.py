"""`jsonencode` and `jsondecode`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iacctl.lang.functions.calling import FunctionError, Implementation
from iacctl.values import (
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    is_wholly_known,
    json,
    refine,
    refine_not_null,
    type_of,
    unknown,
    unknown_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Value


def _encode(value: Value) -> Value:
    if is_wholly_known(value):
        return json.dumps(value, type_of(value))
    text = refine_not_null(unknown_of(STRING))
    if not unknown.definitely_not_null(value):
        return text
    # How the text will begin is certain already.
    type_ = type_of(value)
    if isinstance(type_, ObjectType | MapType):
        return refine(text, prefix="{")
    if isinstance(type_, ListType | SetType | TupleType):
        return refine(text, prefix="[")
    return refine(text, prefix='"') if type_ is STRING else text


_SURROGATES: Final = re.compile(
    r"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


def _decode(text: str) -> Value:
    if "\\u" in text:
        # Half of a surrogate pair stands for nothing.
        text = _SURROGATES.sub(lambda found: found[1] or "\\ufffd", text)
    try:
        return json.implied(json.loads(text))
    except ValueError:
        from iacctl.lang.functions import json_errors

        try:
            end = json_errors.check(text)
        except json_errors.JsonSyntaxError as error:
            raise FunctionError(str(error)) from None
        return json.implied(json.loads(text[:end]))


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "jsonencode": _encode,
    "jsondecode": _decode,
}
