"""Whether a type is what a schema asked for, and where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.values.core import type_of, unknown_of
from iacctl.values.nesting import run_deep
from iacctl.values.paths import Index
from iacctl.values.set_hash import go_quoted
from iacctl.values.types import DYNAMIC, NUMBER, STRING, CollectionType, ObjectType, TupleType

if TYPE_CHECKING:
    from iacctl.values.core import Value
    from iacctl.values.paths import Path
    from iacctl.values.types import Type


def nonconformities(got: Type, want: Type) -> list[tuple[Path, str]]:
    """Where and how `got` differs from `want`, in cty's words; empty if it conforms. Any type conforms to `DYNAMIC`.

    A step into a collection has an unknown key. Attributes are reported in the order of names, surplus ones first, then
    missing ones.
    """
    if got is want or want is DYNAMIC:
        return []
    problems: list[tuple[Path, str]] = []
    try:
        _compare(got, want, (), problems)
    except RecursionError:
        problems.clear()
        run_deep(_compare, got, want, (), problems)
    return problems


def _compare(got: Type, want: Type, path: Path, problems: list[tuple[Path, str]]) -> None:
    if got is want or want is DYNAMIC:
        return
    if isinstance(got, ObjectType) and isinstance(want, ObjectType):
        problems.extend(
            [
                (path, f"unsupported attribute {go_quoted(name)}")
                for name in got.attributes
                if name not in want.attributes
            ]
        )
        problems.extend(
            [
                (path, f"missing required attribute {go_quoted(name)}")
                for name in want.attributes
                if name not in got.attributes
            ]
        )
        for name, wanted in want.attributes.items():
            if name in got.attributes:
                _compare(got.attributes[name], wanted, (*path, name), problems)
    elif isinstance(got, TupleType) and isinstance(want, TupleType):
        if len(got.elements) != len(want.elements):
            problems.append((path, f"{len(want.elements)} elements are required, but got {len(got.elements)}"))
            return
        for index, (have, wanted) in enumerate(zip(got.elements, want.elements, strict=True)):
            _compare(have, wanted, (*path, Index(index)), problems)
    elif isinstance(got, CollectionType) and isinstance(want, CollectionType) and got.kind == want.kind:
        key_type = NUMBER if got.kind == "list" else STRING if got.kind == "map" else got.element
        _compare(got.element, want.element, (*path, Index(unknown_of(key_type))), problems)
    else:
        problems.append((path, f"{want.friendly_name()} required, but received {got.friendly_name()}"))


def conforms(value: Value, type_: Type) -> bool:
    """Whether the value's type is `type_`, any type standing for `DYNAMIC` there."""
    return not nonconformities(type_of(value), type_)
