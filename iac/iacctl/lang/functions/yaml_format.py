"""`yamlencode` and `yamldecode`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.lang.functions.calling import FunctionError, Implementation
from iacctl.values import STRING, is_wholly_known, refine_not_null, unknown_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Value


def _encode(value: Value) -> Value:
    if not is_wholly_known(value):
        return refine_not_null(unknown_of(STRING))
    from iacctl.lang.functions import yaml_writer

    return yaml_writer.document(value)


def _decode(text: str) -> Value:
    from iacctl.lang.functions import yaml_reader

    try:
        return yaml_reader.document(text)
    except yaml_reader.YamlError as error:
        raise FunctionError(str(error)) from None


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "yamldecode": _decode,
    "yamlencode": _encode,
}
