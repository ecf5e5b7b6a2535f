"""Plain Python values for authors: how attribute values become `str`, `int`, `list`, ... and values again.

null is `None`, and what is not known yet is `UNKNOWN`. Strings, numbers and booleans are Python's; lists and sets are
lists, maps and objects
are dicts; nested objects are instances of the author's classes. An attribute of any type (`sdk.dynamic`) keeps its
`iacctl.values` value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from iacctl import values
from iacctl.values import numbers, types

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.values import Value
    from iacctl.values.types import Type

Load: TypeAlias = "Callable[[Value], Any]"
Dump: TypeAlias = "Callable[[Any], Value]"


class UnknownPlain:
    """The plain form of an unknown value.

    Attributes:
        value: the unknown value, where more is known about it than its type.
    """

    __slots__ = ("value",)

    def __init__(self, value: Value = None) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError("the value is not known yet: ask `sdk.is_known(...)` first")


UNKNOWN: Final[Any] = UnknownPlain()
"""Stands for a value that is known only after apply; only seen where a plan or a configuration is looked at."""


def is_known(value: object) -> bool:
    """Whether a plain value is known; inside a list, dict or nested object there may still be unknown ones.

    `value is UNKNOWN` is no substitute: unknown values of which something is known are other objects.
    """
    return type(value) is not UnknownPlain and type(value) is not values.Unknown


def load_unknown(value: values.Unknown) -> Any:
    """The plain form of an unknown value."""
    return UNKNOWN if value.refinements is None else UnknownPlain(value)


class Real(float):
    """A number that is no integer: a Python float that remembers the exact number."""

    __slots__ = ("exact",)

    exact: values.BigFloat

    @classmethod
    def of(cls, exact: values.BigFloat) -> Real:
        """The float nearest to a number."""
        made = cls(numbers.to_float(exact))
        made.exact = exact
        return made


def wrong_type(expected: str, given: object) -> TypeError:
    """What to raise when an author's method left a value of a wrong type in an attribute."""
    return TypeError(f"expected {expected}, got {type(given).__name__} {given!r}")


def load_scalar(value: Value) -> Any:
    """The plain form of a string, number or bool that is known and not null."""
    return Real.of(value) if type(value) is values.BigFloat else value


def dump_string(plain: Any) -> Value:
    """A `str` as a value."""
    if isinstance(plain, str):
        return plain if plain.isascii() and type(plain) is str else _normalized(plain)
    raise wrong_type("str", plain)


def _normalized(text: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", text)


def dump_bool(plain: Any) -> Value:
    """A `bool` as a value."""
    if type(plain) is bool:
        return plain
    raise wrong_type("bool", plain)


def dump_number(plain: Any) -> Value:
    """An `int` or `float` as a value."""
    kind = type(plain)
    if kind is int or kind is values.BigFloat:
        return plain  # type: ignore[no-any-return]
    if kind is Real:
        return plain.exact  # type: ignore[no-any-return]
    if kind is float:
        return numbers.parse(repr(plain))
    if isinstance(plain, int) and kind is not bool:
        return int(plain)
    raise wrong_type("int or float", plain)


def as_is(value: Any) -> Any:
    """The conversion of attributes of any type, both ways: none."""
    return value


def loader(type_: Type) -> Load:
    """What makes values of a type plain; it takes unknown and null values, too."""
    if type_ is types.DYNAMIC:
        return as_is
    return _whole(_known_loader(type_))


def _whole(known: Load) -> Load:
    def load(value: Value) -> Any:
        kind = type(value)
        if kind is values.Null or value is None:
            return None
        if kind is values.Unknown:
            return load_unknown(value)  # type: ignore[arg-type]
        return known(value)

    return load


def _known_loader(type_: Type) -> Load:
    if isinstance(type_, (types.ListType, types.SetType)):
        load_item = loader(type_.element)
        return lambda value: [load_item(item) for item in value.items]  # type: ignore[union-attr]
    if isinstance(type_, types.MapType):
        load_entry = loader(type_.element)
        return lambda value: {key: load_entry(item) for key, item in value.entries.items()}  # type: ignore[union-attr]
    if isinstance(type_, types.ObjectType):
        loaders = {name: loader(member) for name, member in type_.attributes.items()}
        return lambda value: {name: loaders[name](item) for name, item in attributes_of(value).items()}
    if isinstance(type_, types.TupleType):
        parts = [loader(member) for member in type_.elements]
        return lambda value: [load(item) for load, item in zip(parts, items_of(value), strict=True)]
    return load_scalar


def dumper(type_: Type) -> Dump:
    """What turns plain values into values of a type. It raises TypeError for a plain value of a wrong kind."""
    if type_ is types.DYNAMIC:
        return lambda plain: values.DYNAMIC_UNKNOWN if plain is UNKNOWN else plain  # the rest are values already
    return null_and_unknown(type_, _known_dumper(type_))


def null_and_unknown(type_: Type, known: Dump) -> Dump:
    """A conversion for known values made into one that takes `None` and `UNKNOWN`, too."""
    null, unknown = values.null_of(type_), values.unknown_of(type_)

    def dump(plain: Any) -> Value:
        if plain is None:
            return null
        if type(plain) is UnknownPlain:
            return unknown if plain.value is None else plain.value
        return known(plain)

    return dump


def _known_dumper(type_: Type) -> Dump:
    if type_ is types.STRING:
        return dump_string
    if type_ is types.NUMBER:
        return dump_number
    if type_ is types.BOOL:
        return dump_bool
    if isinstance(type_, types.ListType):
        element, dump_item = type_.element, dumper(type_.element)
        return lambda plain: values.list_value(element, [dump_item(item) for item in _iterable(plain)])
    if isinstance(type_, types.SetType):
        member, dump_member = type_.element, dumper(type_.element)
        return lambda plain: values.set_value(member, [dump_member(item) for item in _iterable(plain)])
    if isinstance(type_, types.MapType):
        entry, dump_entry = type_.element, dumper(type_.element)
        return lambda plain: values.map_value(entry, {key: dump_entry(item) for key, item in _mapping(plain).items()})
    if isinstance(type_, types.ObjectType):
        members = {name: dumper(part) for name, part in type_.attributes.items()}
        return lambda plain: values.object_value({name: dump(plain.get(name)) for name, dump in members.items()})
    assert isinstance(type_, types.TupleType)
    parts = [dumper(part) for part in type_.elements]
    return lambda plain: values.tuple_value([dump(item) for dump, item in zip(parts, plain, strict=True)])


def _iterable(plain: Any) -> Any:
    if isinstance(plain, (str, bytes, dict)) or not hasattr(plain, "__iter__"):
        raise wrong_type("list", plain)
    return plain


def _mapping(plain: Any) -> dict[str, Any]:
    if isinstance(plain, dict):
        return plain
    raise wrong_type("dict", plain)


def attributes_of(value: Value) -> dict[str, Value]:
    """The attributes of an object value that is known and not null."""
    if type(value) is dict:
        return value
    assert isinstance(value, values.ObjectValue)
    return value.attributes


def items_of(value: Value) -> tuple[Value, ...]:
    """The elements of a tuple value that is known and not null."""
    if type(value) is tuple:
        return value
    assert isinstance(value, values.TupleValue)
    return value.items
