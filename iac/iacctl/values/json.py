"""The JSON form of values as in state, plan and output files. Directed by a type: null, lists and sets look alike otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.values.core import Value
    from iacctl.values.paths import Path
    from iacctl.values.types import Type


class JsonError(Exception):
    """JSON does not fit a type, or a value has no JSON form.

    Attributes:
        path: where.
        message: why, without the path.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def loads(text: str | bytes) -> Any:
    """Parses JSON text with exact numbers: the result has int and BigFloat, never float."""
    raise NotImplementedError


def dumps(value: Value, type_: Type) -> str:
    """The compact JSON text of a wholly known, unmarked value of `type_` (DYNAMIC parts become {"value":…,"type":…})."""
    raise NotImplementedError


def encode(value: Value, type_: Type) -> Any:
    """Like `dumps`, but gives Python data: dict, list, str, bool, None, int and `JsonNumber` (a float whose repr is exact) for `json.dumps`."""
    raise NotImplementedError


def decode(data: Any, type_: Type) -> Value:
    """The value that parsed JSON (see `loads`) stands for. Raises JsonError."""
    raise NotImplementedError


def decoder(type_: Type) -> Callable[[Any], Value]:
    """The compiled `decode` for one type, cached; for many values of one type."""
    raise NotImplementedError


def implied(data: Any) -> Value:
    """The value that parsed JSON (see `loads`) stands for by itself, as `jsondecode` gives: objects and tuples."""
    raise NotImplementedError
