"""Types as the console's `type()` function prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.values import ObjectType, TupleType
from iacctl.values.nesting import depth_safe
from iacctl.values.types import CollectionType

if TYPE_CHECKING:
    from iacctl.values import Type


def _lines(type_: Type, indent: str) -> str:
    if isinstance(type_, CollectionType):
        element = type_.element
        if not isinstance(element, ObjectType | TupleType):
            return f"{type_.kind}({_lines(element, indent)})"
        inner = indent + "    "
        return f"{type_.kind}(\n{inner}{_lines(element, inner)},\n{indent})"
    inner = indent + "    "
    if isinstance(type_, ObjectType):
        if not type_.attributes:
            return "object({})"
        rows = [f"{inner}{name}: {_lines(part, inner)},\n" for name, part in type_.attributes.items()]
        return "object({\n" + "".join(rows) + f"{indent}}})"
    if isinstance(type_, TupleType):
        if not type_.elements:
            return "tuple([])"
        rows = [f"{inner}{_lines(part, inner)},\n" for part in type_.elements]
        return "tuple([\n" + "".join(rows) + f"{indent}])"
    return type_.kind


_render = depth_safe(_lines)


def type_text(type_: Type) -> str:
    """A type over several lines, such as `object({…})`."""
    return _render(type_, "")
