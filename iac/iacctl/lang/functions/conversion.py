"""`tostring` and the like, `convert` and `type`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.lang.functions.calling import ArgumentError, Implementation
from iacctl.lang.functions.go_syntax import quoted
from iacctl.values import (
    BOOL,
    DYNAMIC,
    DYNAMIC_UNKNOWN,
    NUMBER,
    SENSITIVE,
    STRING,
    ConversionError,
    Unknown,
    convert,
    defaults,
    is_marked,
    list_of,
    map_of,
    mark,
    set_of,
    type_of,
    unknown_of,
    unmark_deep,
    without_optional,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.lang.compiler.calls import Call
    from iacctl.lang.context import EvalContext
    from iacctl.values import Type, Value


def _to(target: Type) -> Implementation:
    def call(value: Value) -> Value:
        try:
            return convert(value, target)
        except ConversionError as error:
            raise ArgumentError(0, _explained(value, error, target)) from None

    def returns(value: Value) -> Type:
        from iacctl.values.conversion import converter

        source = type_of(value)
        if source is not target and converter(source, target) is None:
            raise ArgumentError(0, _impossible(source, target))
        return target

    return Implementation(call, returns)


def _impossible(source: Type, target: Type) -> str:
    return f"cannot convert {source.friendly_name()} to {target.constraint_name()}"


def _explained(value: Value, error: ConversionError, target: Type) -> str:
    from iacctl.values import unmark
    from iacctl.values.conversion import converter

    source = type_of(value)
    if converter(source, target) is None:
        return _impossible(source, target)
    bare, marks = unmark(value)
    if SENSITIVE in marks:
        return f"cannot convert this sensitive {source.friendly_name()} to {target.constraint_name()}"
    if type(bare) is str:
        if target is NUMBER:
            return f"cannot convert {quoted(bare)} to number; given string must be a decimal representation of a number"
        if target is BOOL:
            return f'cannot convert {quoted(bare)} to bool; only the strings "true" or "false" are allowed'
    return error.message


def _convert(context: EvalContext, call: Call) -> Value:
    from iacctl.lang import type_constraints

    before = len(context.diags)
    value, marks = unmark_deep(call.arguments[0](context))
    constraint = type_constraints.parse_constraint(call.node.arguments[1], context.diags)
    if constraint is None or len(context.diags) > before:
        return DYNAMIC_UNKNOWN
    if type(value) is Unknown:  # Whether it can be converted shows when it is known.
        return mark(unknown_of(without_optional(constraint.type)), marks)
    if constraint.defaults is not None:
        value = defaults.apply(constraint.defaults, value)
    try:
        return mark(convert(value, constraint.type), marks)
    except ConversionError as error:
        call.fail(context, error.message, 0)
        return DYNAMIC_UNKNOWN


TYPE_TEXT: Final = "type text"
"""Marks what the function `type` gives: the console prints it as it is, and does not accept it inside another value."""


def _type(value: Value) -> Value:
    from iacctl.lang.type_text import type_text

    if is_marked(value, TYPE_TEXT):
        return mark("type", (TYPE_TEXT,))
    return mark(type_text(type_of(value)), (TYPE_TEXT,))


IMPLEMENTATIONS: Final[Mapping[str, Implementation | Callable[..., Value]]] = {
    "tostring": _to(STRING),
    "tonumber": _to(NUMBER),
    "tobool": _to(BOOL),
    "tolist": _to(list_of(DYNAMIC)),
    "toset": _to(set_of(DYNAMIC)),
    "tomap": _to(map_of(DYNAMIC)),
    "convert": Implementation(_convert, takes_call=True),
    "type": _type,
}
