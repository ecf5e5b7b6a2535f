"""Values as expressions that stand for them: what `output` and `console` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.values import numbers, types
from iacctl.values.core import (
    EPHEMERAL,
    SENSITIVE,
    ListValue,
    MapValue,
    Marked,
    Null,
    ObjectValue,
    SetValue,
    TupleValue,
    Unknown,
)
from iacctl.values.nesting import run_deep
from iacctl.values.numbers import BigFloat
from iacctl.values.set_hash import go_quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.values.core import Value
    from iacctl.values.types import Type


def text(value: Value) -> str:
    """The value in Terraform's notation, over several lines where it has parts or line breaks.

    Collections say which kind they are (`tolist([...])`), nulls of what type (`tostring(null)`); what is sensitive, ephemeral
    or unknown is named only.
    """
    try:
        return _text(value, "")
    except RecursionError:
        return run_deep(_text, value, "")


def _text(value: Value, indent: str) -> str:
    if type(value) is Marked:
        if SENSITIVE in value.marks:
            return "(sensitive value)"
        if EPHEMERAL in value.marks:
            return "(ephemeral value)"
        value = value.value
    if type(value) is str:
        return _heredoc(value, indent) if "\n" in value else go_quoted(value)
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int or type(value) is BigFloat:
        return numbers.text(value)
    if value is None:
        return "null"
    if type(value) is Null:
        return _null(value.type)
    if type(value) is Unknown:
        return "(known after apply)"
    if type(value) is dict:
        return _mapping(value, indent)
    if type(value) is ObjectValue:
        return _mapping(value.attributes, indent)
    if type(value) is MapValue:
        return f"tomap({_mapping(value.entries, indent)})"
    if type(value) is ListValue:
        return f"tolist({_sequence(value.items, indent)})"
    if type(value) is SetValue:
        return f"toset({_sequence(value.items, indent)})"
    return _sequence(value.items if type(value) is TupleValue else value, indent)  # type: ignore[arg-type]


def _mapping(entries: dict[str, Value], indent: str) -> str:
    if not entries:
        return "{}"
    inner = indent + "  "
    lines = [f"{inner}{_text(key, inner)} = {_text(item, inner)}\n" for key, item in entries.items()]
    return f"{{\n{''.join(lines)}{indent}}}"


def _sequence(items: Iterable[Value], indent: str) -> str:
    inner = indent + "  "
    lines = [f"{inner}{_text(item, inner)},\n" for item in items]
    return f"[\n{''.join(lines)}{indent}]" if lines else "[]"


def _heredoc(value: str, indent: str) -> str:
    lines = value.split("\n")
    delimiter = "EOT"
    while any(line.strip() == delimiter for line in lines):
        delimiter += "_"
    operator = "<<-" if indent else "<<"
    body = "".join(f"{indent}{line}\n" for line in lines)
    return f"{operator}{delimiter}\n{body}{indent}{delimiter}"


def _null(type_: Type) -> str:
    if type_.is_primitive:
        return f"to{type_.kind}(null)"
    if isinstance(type_, types.CollectionType):
        return f"to{type_.kind}(null) /* of {type_.element.friendly_name()} */"
    return f"null /* {type_.friendly_name()} */"
