"""Values for computed attributes that no provider has worked out: those given, else made up by their type."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl import values
from iacctl.provider.schema import LIST, MAP, SET
from iacctl.values import ConversionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.diag import Range
    from iacctl.provider.requests import Problem
    from iacctl.provider.schema import Attribute, Block, NestedObject
    from iacctl.values import Type, Value

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_LENGTH: Final = 8
"""Of texts that are made up, as Terraform makes them."""


class Given(NamedTuple):
    """Values given for an object.

    Attributes:
        value: an object; None if nothing is given.
        range: where that is written, for messages.
        during_plan: whether it holds while planning already.
    """

    value: Value = None
    range: Range | None = None
    during_plan: bool = False


NOTHING_GIVEN: Final = Given()


class Filler:
    """Fills in the computed attributes of one object.

    Args:
        given: what is to be used.
        unknown: whether computed attributes become unknown, where otherwise values would be made up.

    Attributes:
        problems: what was found.
    """

    __slots__ = ("_given", "_unknown", "problems")

    def __init__(self, given: Given, *, unknown: bool) -> None:
        self._given = given
        self._unknown = unknown
        self.problems: list[Problem] = []

    def fill(self, value: Value, block: Block) -> Value:
        """The object with its computed attributes filled in, where they are null or unknown."""
        return self._block(value, block, _members(self._given.value) or {}, ())

    def _block(self, value: Value, block: Block, given: Mapping[str, Value], path: tuple[str, ...]) -> Value:
        before = _members(value)
        if before is None:
            return value
        found = dict(before)
        for name, attribute in block.attributes.items():
            found[name] = self._attribute(before.get(name), attribute, given, name, path)
        for name, nested in block.blocks.items():
            inner = _members(given.get(name)) or {}
            found[name] = _map_objects(
                before.get(name), partial(self._block, block=nested.block, given=inner, path=(*path, name))
            )
        return values.object_value(found)

    def _attribute(
        self, value: Value, attribute: Attribute, given: Mapping[str, Value], name: str, path: tuple[str, ...]
    ) -> Value:
        here = (*path, name)
        if attribute.nested is not None and not _is_open(value):
            inner = _members(given.get(name)) or {}
            nested = attribute.nested
            return _map_objects(value, lambda item: self._object(item, nested, inner, here))
        if not attribute.computed or not _is_open(value):
            return value
        type_ = attribute.value_type()
        if name in given:
            if attribute.nested is not None and attribute.nested.nesting in (LIST, SET, MAP):
                return self._converted(given[name], type_, here)
            if attribute.nested is not None:
                members = _members(given[name])
                if members is not None:
                    return self._object(_all_null(attribute.nested), attribute.nested, members, here)
            return self._converted(given[name], type_, here)
        if self._unknown:
            return values.unknown_of(type_)
        if attribute.nested is not None and attribute.nested.nesting not in (LIST, SET, MAP):
            return self._object(_all_null(attribute.nested), attribute.nested, {}, here)
        return made_up(type_)

    def _object(self, value: Value, nested: NestedObject, given: Mapping[str, Value], path: tuple[str, ...]) -> Value:
        before = _members(value)
        if before is None:
            return value
        return values.object_value(
            {
                name: self._attribute(before.get(name), attribute, given, name, path)
                for name, attribute in nested.attributes.items()
            }
        )

    def _converted(self, value: Value, type_: Type, path: tuple[str, ...]) -> Value:
        from iacctl.provider.requests import error

        try:
            return values.convert(value, type_)
        except ConversionError as problem:
            place = f" defined at {self._given.range}" if self._given.range is not None else ""
            dotted = "".join(f".{name}" for name in path)
            self.problems.append(
                error(
                    "Failed to compute attribute",
                    f"Terraform could not compute a value for the target type {type_.friendly_name()} with the mocked"
                    f' data{place} with the attribute "{dotted}": {problem.message}.',
                )
            )
            return values.unknown_of(type_)


def made_up(type_: Type) -> Value:
    """A value of a type: random text, zero, false, an empty collection, an object of such."""
    kind = type_.kind
    if kind == "string":
        from random import choices

        return "".join(choices(_LETTERS, k=_LENGTH))
    if kind == "number":
        return 0
    if kind == "bool":
        return False
    if kind in ("list", "set", "map"):
        empty: Value = values.object_value({}) if kind == "map" else values.tuple_value([])
        return values.convert(empty, type_)
    if isinstance(type_, values.ObjectType):
        return values.object_value({name: made_up(inner) for name, inner in type_.attributes.items()})
    if isinstance(type_, values.TupleType):
        return values.tuple_value([made_up(inner) for inner in type_.elements])
    return None


def _is_open(value: Value) -> bool:
    """Whether nothing is said of an attribute yet."""
    return values.is_null(value) or isinstance(value, values.Unknown)


def _all_null(nested: NestedObject) -> Value:
    return values.object_value({name: values.null_of(item.value_type()) for name, item in nested.attributes.items()})


def _members(value: Value) -> Mapping[str, Value] | None:
    """The members of an object or map; None of anything else."""
    if type(value) is dict:
        return value
    if type(value) is values.ObjectValue:
        return value.attributes
    if type(value) is values.MapValue:
        return value.entries
    return None


def _map_objects(value: Value, call: Callable[[Value], Value]) -> Value:
    """The value of nested blocks or attributes with each of its objects put through a function."""
    if isinstance(value, values.ListValue):
        return values.list_value(value.element_type, [call(item) for item in value.items])
    if isinstance(value, values.SetValue):
        return values.set_value(value.element_type, [call(item) for item in value.items])
    if isinstance(value, values.MapValue):
        return values.map_value(value.element_type, {key: call(item) for key, item in value.entries.items()})
    if isinstance(value, tuple):
        return values.tuple_value([call(item) for item in value])
    if isinstance(value, values.TupleValue):
        return values.tuple_value([call(item) for item in value.items])
    if _members(value) is not None:
        return call(value)
    return value
