"""Conversion of values, compiled once per target type.

A coercer converts value by value and raises on the first that does not fit. It accepts what cty's conversion accepts;
the words for what it does not accept are found afterwards, from the types (see `conversion`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from iacctl.values import numbers
from iacctl.values.core import (
    ListValue,
    MapValue,
    Marked,
    Null,
    ObjectValue,
    SetValue,
    TupleValue,
    Unknown,
    list_value,
    map_value,
    null_of,
    object_value,
    set_value,
    tuple_value,
    type_of,
    unknown_of,
)
from iacctl.values.marks import mark
from iacctl.values.numbers import BigFloat
from iacctl.values.paths import Index
from iacctl.values.set_hash import go_quoted
from iacctl.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    CollectionType,
    ObjectType,
    TupleType,
    list_of,
    without_optional,
)
from iacctl.values.unification import NotUnifiableError, resolve, resolve_elements
from iacctl.values.unknown import refine

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.values.core import Value
    from iacctl.values.paths import Path, Step
    from iacctl.values.types import Type

    Coercer: TypeAlias = Callable[[Value], Value]


class ConversionError(Exception):
    """A value cannot be converted to a type.

    Attributes:
        steps_outwards: the steps of `path` backwards, which grow as the error comes up.
        message: why, in Terraform's words, without the path.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.steps_outwards: list[Step] = list(reversed(path))
        self.message = message

    @property
    def path(self) -> Path:
        """The steps to what does not fit, from the outermost value inwards."""
        return tuple(reversed(self.steps_outwards))


class UnsuitableError(ConversionError):
    """The types do not fit, so that the message should come from the types."""


def coercer(target: Type) -> Coercer:
    """The compiled conversion to a type, for values of any type."""
    found = target.caches.get("coercer")
    if found is None:
        found = target.caches["coercer"] = _compile(target)
    return cast("Coercer", found)


def _compile(target: Type) -> Coercer:
    if target is DYNAMIC:
        return _as_it_is
    if target.is_primitive:
        return cast("Coercer", _PRIMITIVE[target.kind])
    if isinstance(target, ObjectType):
        return _to_object(target)
    if isinstance(target, TupleType):
        return _to_tuple(target)
    collection = cast("CollectionType", target)
    return _to_map(collection) if target.kind == "map" else _to_list_or_set(collection)


def _as_it_is(value: Value) -> Value:
    return value


def _other(value: Value, target: Type, coerce: Coercer) -> Value:
    """What is common to all targets: marked, unknown and null values; anything else does not fit."""
    if type(value) is Marked:
        return mark(coerce(value.value), value.marks)
    if value is None:
        return null_of(without_optional(target))
    if type(value) is Null or type(value) is Unknown:
        resolved = _resolved(value.type, target)
        kind = without_optional(resolved)
        return null_of(kind) if type(value) is Null else _unknown(value, kind)
    raise UnsuitableError((), "")


def _resolved(source: Type, target: Type) -> Type:
    try:
        resolved = resolve(source, target)
    except NotUnifiableError as problem:
        raise ConversionError((), problem.message) from None
    if resolved is None:
        raise UnsuitableError((), "")
    return resolved


def _unknown(value: Unknown, target: Type) -> Value:
    """An unknown value with the refinements that survive its conversion."""
    source = value.type
    if source is target:
        return value
    made: Value = unknown_of(target)
    about = value.refinements
    if about is not None and about.not_null:
        made = refine(made, not_null=True)
    if isinstance(target, CollectionType):
        if isinstance(source, ObjectType) or (isinstance(source, TupleType) and target.kind == "list"):
            count = len(source.attributes if isinstance(source, ObjectType) else source.elements)
            return refine(made, min_length=count, max_length=count)
        if isinstance(source, TupleType):
            count = len(source.elements)
            return refine(made, min_length=min(count, 1), max_length=count)
        if isinstance(source, CollectionType) and about is not None:
            least = min(about.min_length, 1) if target.kind == "set" else about.min_length
            return refine(made, min_length=least, max_length=about.max_length)
    return made


def _to_string(value: Value) -> Value:
    kind = type(value)
    if kind is str:
        return value
    if kind is int or kind is BigFloat:
        return numbers.text(cast("int | BigFloat", value))
    if kind is bool:
        return "true" if value else "false"
    return _other(value, STRING, _to_string)


def _to_number(value: Value) -> Value:
    kind = type(value)
    if kind is int or kind is BigFloat:
        return value
    if kind is str:
        try:
            return numbers.parse(cast("str", value))
        except ValueError:
            raise ConversionError((), "a number is required") from None
    return _other(value, NUMBER, _to_number)


def _to_bool(value: Value) -> Value:
    kind = type(value)
    if kind is bool:
        return value
    if kind is str:
        text = cast("str", value)
        if text in ("true", "1"):
            return True
        if text in ("false", "0"):
            return False
        lowered = text.lower()
        if lowered in ("true", "false"):
            raise ConversionError((), f'a bool is required; to convert from string, use lowercase "{lowered}"')
        raise ConversionError((), "a bool is required")
    return _other(value, BOOL, _to_bool)


_PRIMITIVE: Final[dict[str, Any]] = {"string": _to_string, "number": _to_number, "bool": _to_bool}


def _each(items: tuple[Value, ...], coerce: Coercer) -> list[Value]:
    """Converts elements of a sequence; an error's path gets the index."""
    done: list[Value] = []
    try:
        for item in items:
            done.append(coerce(item))
    except ConversionError as problem:
        raise _below(Index(len(done)), problem) from None
    return done


def _each_entry(entries: dict[str, Value], coerce: Coercer) -> dict[str, Value]:
    done: dict[str, Value] = {}
    name = ""
    try:
        for name, item in entries.items():
            done[name] = coerce(item)
    except ConversionError as problem:
        raise _below(Index(name), problem) from None
    return done


def _below(step: Step, problem: ConversionError) -> ConversionError:
    problem.steps_outwards.append(step)
    return problem


def _to_object(target: ObjectType) -> Coercer:
    plan = [
        (name, coercer(wanted), null_of(without_optional(wanted)) if name in target.optional else _MISSING)
        for name, wanted in target.attributes.items()
    ]

    def coerce(value: Value) -> Value:
        if type(value) is dict:
            attributes = value
        elif type(value) is ObjectValue:
            attributes = value.attributes
        elif type(value) is MapValue:
            return _map_to_object(value, target, plan)
        else:
            return _other(value, target, coerce)
        done: dict[str, Value] = {}
        for name, convert_attribute, absent in plan:
            if name in attributes:
                try:
                    done[name] = convert_attribute(attributes[name])
                except ConversionError as problem:
                    raise _below(name, problem) from None
            elif absent is _MISSING:
                raise UnsuitableError((), "")
            else:
                done[name] = cast("Value", absent)
        return object_value(done)

    return coerce


_MISSING: Final = object()


def _map_to_object(value: MapValue, target: ObjectType, plan: list[tuple[str, Coercer, object]]) -> Value:
    _resolved(value.type, target)
    done: dict[str, Value] = {}
    for name, convert_attribute, _ in plan:
        if name in value.entries:
            wanted = target.attributes[name]
            if resolve(value.element_type, wanted) is None:
                from iacctl.values.mismatch import mismatch

                reason = mismatch(value.element_type, wanted)
                problem_text = f"map element type is incompatible with attribute {go_quoted(name)}: {reason}"
                raise ConversionError((), problem_text)
            try:
                done[name] = convert_attribute(value.entries[name])
            except ConversionError as problem:
                raise _below(Index(name), problem) from None
    for name, _, absent in plan:
        if name not in done:
            if absent is _MISSING:
                raise ConversionError((), f"map has no element for required attribute {go_quoted(name)}")
            done[name] = cast("Value", absent)
    return object_value(done)


def _to_tuple(target: TupleType) -> Coercer:
    plan = [coercer(element) for element in target.elements]

    def coerce(value: Value) -> Value:
        if type(value) is tuple:
            items = value
        elif type(value) is TupleValue:
            items = value.items
        else:
            return _other(value, target, coerce)
        if len(items) != len(plan):
            raise UnsuitableError((), "")
        done: list[Value] = []
        try:
            for convert_element, item in zip(plan, items, strict=True):
                done.append(convert_element(item))
        except ConversionError as problem:
            raise _below(Index(len(done)), problem) from None
        return tuple_value(done)

    return coerce


def _element_type(items: list[Value], target: CollectionType) -> Type:
    """The element type of a collection made from a tuple or object whose target has "any type" inside."""
    try:
        resolved = resolve_elements([type_of(item) for item in items], target, True)
    except NotUnifiableError as problem:
        raise ConversionError((), problem.message) from None
    if resolved is None:
        raise UnsuitableError((), "")
    return without_optional(cast("CollectionType", resolved).element)


def _to_list_or_set(target: CollectionType) -> Coercer:
    make = list_value if target.kind == "list" else set_value
    wanted = target.element
    element_type = without_optional(wanted)
    convert_element = coercer(wanted)

    def coerce(value: Value) -> Value:
        if type(value) is tuple:
            items = value
        elif type(value) is TupleValue:
            items = value.items
        elif type(value) is ListValue or type(value) is SetValue:
            if value.type is target:
                return value
            return _from_collection(value, target, convert_element)
        else:
            return _other(value, target, coerce)
        done = _each(items, convert_element)
        if not done or not wanted.has_dynamic:
            return make(element_type, done)
        try:
            together = _element_type(done, target)
        except UnsuitableError:
            raise
        except ConversionError as problem:
            # cty happens to point at the last element of a list.
            raise (_below(Index(len(done) - 1), problem) if make is list_value else problem) from None
        return make(together, _each(tuple(done), coercer(together)))

    return coerce


def _from_collection(value: ListValue | SetValue, target: CollectionType, convert_element: Coercer) -> Value:
    element_type = without_optional(cast("CollectionType", _resolved(value.type, target)).element)
    make = list_value if target.kind == "list" else set_value
    if make is list_value and type(value) is SetValue and value.has_unknown and len(value.items) > 1:
        # Unknown elements may turn out to equal others, so the list's length is not known.
        return unknown_of(target if not target.element.has_dynamic else _list_type(element_type))
    done = _each(value.items, convert_element)
    if element_type.has_dynamic or target.element.has_dynamic:
        done = _each(tuple(done), coercer(element_type))
    return make(element_type, done)


def _list_type(element: Type) -> Type:
    return list_of(element)


def _to_map(target: CollectionType) -> Coercer:
    wanted = target.element
    element_type = without_optional(wanted)
    convert_element = coercer(wanted)

    def coerce(value: Value) -> Value:
        if type(value) is dict:
            attributes = value
        elif type(value) is ObjectValue:
            attributes = value.attributes
        elif type(value) is MapValue:
            if value.type is target:
                return value
            found = without_optional(cast("CollectionType", _resolved(value.type, target)).element)
            return map_value(found, _each_entry(_each_entry(value.entries, convert_element), coercer(found)))
        else:
            return _other(value, target, coerce)
        done = _each_entry(attributes, convert_element)
        if not done or not wanted.has_dynamic:
            return map_value(element_type, done)
        together = _element_type(list(done.values()), target)
        return map_value(together, _each_entry(done, coercer(together)))

    return coerce
