"""Values as Go code, such as `cty.StringVal("a")`: how messages about a provider's bugs show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl import values
from iacctl.values import numbers, types
from iacctl.values.nesting import depth_safe
from iacctl.values.set_hash import go_quoted

if TYPE_CHECKING:
    from iacctl.values import Value
    from iacctl.values.numbers import BigFloat
    from iacctl.values.types import Type
    from iacctl.values.unknown import Refinements

_PRIMITIVES: Final = {
    types.STRING: "cty.String",
    types.NUMBER: "cty.Number",
    types.BOOL: "cty.Bool",
    types.DYNAMIC: "cty.DynamicPseudoType",
}


def go_type(type_: Type) -> str:
    """A type as Go code, such as `cty.List(cty.String)`."""
    if isinstance(type_, types.CollectionType):
        return f"cty.{type_.kind.capitalize()}({go_type(type_.element)})"
    if isinstance(type_, types.ObjectType):
        if not type_.attributes:
            return "cty.EmptyObject"
        inside = ", ".join(f"{go_quoted(name)}:{go_type(member)}" for name, member in type_.attributes.items())
        return f"cty.Object(map[string]cty.Type{{{inside}}})"
    if isinstance(type_, types.TupleType):
        if not type_.elements:
            return "cty.EmptyTuple"
        return f"cty.Tuple([]cty.Type{{{', '.join(map(go_type, type_.elements))}}})"
    return _PRIMITIVES[type_]


def go_value(value: Value) -> str:
    """A value as Go code."""
    return _safe_value(value)


def _value(value: Value) -> str:
    if isinstance(value, str):
        return f"cty.StringVal({go_quoted(value)})"
    if isinstance(value, bool):
        return "cty.True" if value else "cty.False"
    if isinstance(value, (int, values.BigFloat)):
        return _number(value)
    if value is None:
        return "cty.NullVal(cty.DynamicPseudoType)"
    if isinstance(value, values.Null):
        return f"cty.NullVal({go_type(value.type)})"
    if isinstance(value, values.Unknown):
        return _unknown(value)
    if isinstance(value, values.Marked):
        return _value(value.value)
    if isinstance(value, (values.ListValue, values.SetValue)):
        kind = "List" if isinstance(value, values.ListValue) else "Set"
        if not value.items:
            return f"cty.{kind}ValEmpty({go_type(value.element_type)})"
        return f"cty.{kind}Val([]cty.Value{{{', '.join([_value(item) for item in value.items])}}})"
    if isinstance(value, values.MapValue):
        if not value.entries:
            return f"cty.MapValEmpty({go_type(value.element_type)})"
        return f"cty.MapVal({_members(value.entries)})"
    if isinstance(value, (tuple, values.TupleValue)):
        items = value.items if isinstance(value, values.TupleValue) else value
        return (
            f"cty.TupleVal([]cty.Value{{{', '.join([_value(item) for item in items])}}})"
            if items
            else "cty.EmptyTupleVal"
        )
    attributes = value.attributes if isinstance(value, values.ObjectValue) else value
    return f"cty.ObjectVal({_members(attributes)})" if attributes else "cty.EmptyObjectVal"


def _members(entries: dict[str, Value]) -> str:
    inside = ", ".join([f"{go_quoted(name)}:{_value(item)}" for name, item in entries.items()])
    return f"map[string]cty.Value{{{inside}}}"


_safe_value = depth_safe(_value)


def _number(number: int | BigFloat) -> str:
    text = numbers.text(number)
    if numbers.is_infinite(number):
        return "cty.PositiveInfinity" if numbers.compare(number, 0) > 0 else "cty.NegativeInfinity"
    if numbers.to_int(number) is not None:
        return f"cty.NumberIntVal({_short(text)})"
    nearest = numbers.to_float(number)
    if numbers.compare(numbers.from_float(nearest), number) == 0:
        return f"cty.NumberFloatVal({_short(numbers.text(numbers.from_float(nearest)))})"
    return f'cty.MustParseNumberVal("{text}")'


def _short(text: str) -> str:
    """Decimal text as Go's %g writes it: with an exponent below 1e-04 and from 1e+06 up."""
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.removeprefix("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return f"{sign}0"
    exponent = len(whole) - 1 if whole != "0" else -1 - (len(fraction) - len(fraction.lstrip("0")))
    if -4 <= exponent < 6:
        return text
    digits = digits.rstrip("0")
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{sign}{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _unknown(value: values.Unknown) -> str:
    if value.type is types.DYNAMIC:
        return "cty.DynamicVal"
    text = f"cty.UnknownVal({go_type(value.type)})"
    if value.refinements is None:
        return text
    inside = _refinements(value.refinements)
    if not inside:
        return f"{text}.RefineNotNull()"
    not_null = ".NotNull()" if value.refinements.not_null else ""
    return f"{text}.Refine(){not_null}{inside}.NewValue()"


def _refinements(known: Refinements) -> str:
    parts = []
    if known.prefix:
        parts.append(f".StringPrefixFull({go_quoted(known.prefix)})")
    for bound, limit, inclusive in (
        ("Lower", known.lower, known.lower_inclusive),
        ("Upper", known.upper, known.upper_inclusive),
    ):
        if limit is not None:
            parts.append(f".Number{bound}Bound({_number(limit)}, {str(inclusive).lower()})")
    if known.min_length:
        parts.append(f".CollectionLengthLowerBound({known.min_length})")
    if known.max_length is not None:
        parts.append(f".CollectionLengthUpperBound({known.max_length})")
    return "".join(parts)
