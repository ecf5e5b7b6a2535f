"""Paths into values: where an error, a mark or a change is.

A path is a tuple of steps from the outermost value inwards: a `str` step is an attribute of an object, an `Index` step
    an element of anything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from iacctl.values.core import (
    ListValue,
    MapValue,
    Marked,
    ObjectValue,
    SetValue,
    TupleValue,
    Unknown,
    list_value,
    map_value,
    object_value,
    set_value,
    tuple_value,
    type_of,
    unknown_of,
)
from iacctl.values.nesting import run_deep
from iacctl.values.set_hash import go_quoted
from iacctl.values.types import DYNAMIC, ListType, MapType, ObjectType, SetType, TupleType

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from iacctl.values.core import Value
    from iacctl.values.types import Type


class Index(NamedTuple):
    """A step to an element.

    Attributes:
        key: an int for a list or tuple, a str for a map, the element itself for a set; unknown in a path through types.
    """

    key: Value


Step: TypeAlias = "str | Index"
Path: TypeAlias = "tuple[Step, ...]"
StepKey: TypeAlias = "tuple[str, Hashable]"


class PathError(Exception):
    """A path does not exist in a value.

    Attributes:
        path: the steps up to and including the one that could not be taken.
        message: why, in cty's words.
    """

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def step_key(step: Step) -> StepKey:
    """A hashable key for a step: equal steps have equal keys. Attribute: ("a", name); index: ("n", number), ("s",
    string) or ("v", key).
    """
    if type(step) is str:
        return "a", step
    index = cast("Index", step).key
    if type(index) is int:
        return "n", index
    if type(index) is str:
        return "s", index
    from iacctl.values.equality import key as value_key

    return "v", value_key(index)


def key(path: Path) -> tuple[StepKey, ...]:
    """A hashable key for a path: equal paths have equal keys. (Paths themselves must not be hashed or compared, like
    values.)
    """
    return tuple([step_key(step) for step in path])


def text(path: Path) -> str:
    """The path as Terraform prints it in messages, such as `.foo[0].bar["k"]`; empty for the value itself."""
    from iacctl.values.describe import compact

    return "".join(["." + step if type(step) is str else f"[{compact(cast('Index', step).key)}]" for step in path])


def to_json(path: Path) -> list[Any]:
    """The path as plan JSON has it: attribute names, indexes and keys; a set's element is an object with value and
    type.
    """
    from iacctl.values import json
    from iacctl.values.types import type_to_json

    done: list[Any] = []
    for step in path:
        if type(step) is str:
            done.append(step)
            continue
        index = cast("Index", step).key
        if type(index) is str or type(index) is int:
            done.append(index)
        else:
            type_ = type_of(index)
            done.append({"value": json.encode(index, type_), "type": type_to_json(type_)})
    return done


def children(value: Value) -> list[tuple[Step, Value]]:
    """The steps into a known container with what is there, in order; empty for any other value. Looks through marks."""
    if type(value) is Marked:
        value = value.value
    if type(value) is tuple:
        return [(Index(index), item) for index, item in enumerate(value)]
    if type(value) is dict:
        return list(cast("dict[Step, Value]", value).items())
    if type(value) is TupleValue or type(value) is ListValue:
        return [(Index(index), item) for index, item in enumerate(value.items)]
    if type(value) is ObjectValue:
        return list(cast("dict[Step, Value]", value.attributes).items())
    if type(value) is MapValue:
        return [(Index(name), item) for name, item in value.entries.items()]
    if type(value) is SetValue:
        return [(Index(item), item) for item in value.items]
    return []


def apply(path: Path, value: Value) -> Value:
    """The value at a path.

    Marks on the way are carried over to the result; below an unknown value is an unknown value of the right type.

    Raises:
        PathError: if the value has no such path, also below a null.
    """
    from iacctl.values.marks import mark, unmark

    for taken, step in enumerate(path):
        value, marks = unmark(value)
        if type(value) is Unknown:
            value = unknown_of(_step_type(step, value.type, path[: taken + 1]))
        else:
            value = _take(step, value, path[: taken + 1])
        if marks:
            value = mark(value, marks)
    return value


def _take(step: Step, value: Value, so_far: Path) -> Value:
    from iacctl.values.core import is_null

    if is_null(value):
        raise PathError(
            so_far, "cannot access attributes on a null value" if type(step) is str else "cannot index a null value"
        )
    if type(step) is str:
        attributes = value if type(value) is dict else value.attributes if type(value) is ObjectValue else None
        if attributes is None:
            raise PathError(so_far, "not an object type")
        if step not in attributes:
            raise PathError(so_far, f"object has no attribute {go_quoted(step)}")
        return attributes[step]
    wanted = cast("Index", step).key
    if type(value) is MapValue:
        if type(wanted) is str and wanted in value.entries:
            return value.entries[wanted]
    elif type(value) is SetValue:
        from iacctl.values.equality import find

        found = find(value, wanted)
        if found is not None:
            return found[0]
    else:
        if type(value) is tuple:
            items = value
        elif type(value) is TupleValue or type(value) is ListValue:
            items = value.items
        else:
            raise PathError(so_far, "not a map type")
        if type(wanted) is int and 0 <= wanted < len(items):
            return items[wanted]
    raise PathError(so_far, "value does not have given index key")


def apply_type(path: Path, type_: Type) -> Type:
    """The type at a path into values of a type; `DYNAMIC` below `DYNAMIC`.

    Raises:
        PathError: if values of that type have no such path.
    """
    for taken, step in enumerate(path):
        type_ = _step_type(step, type_, path[: taken + 1])
    return type_


def _step_type(step: Step, type_: Type, so_far: Path) -> Type:
    if type_ is DYNAMIC:
        return DYNAMIC
    if type(step) is str:
        if not isinstance(type_, ObjectType):
            raise PathError(so_far, "not an object type")
        if step not in type_.attributes:
            raise PathError(so_far, f"object has no attribute {go_quoted(step)}")
        return type_.attributes[step]
    if isinstance(type_, (ListType, MapType, SetType)):
        return type_.element
    index = cast("Index", step).key
    if isinstance(type_, TupleType):
        if type(index) is int and 0 <= index < len(type_.elements):
            return type_.elements[index]
        raise PathError(so_far, "value does not have given index key")
    raise PathError(so_far, "not a map type")


def walk(value: Value, visit: Callable[[Path, Value], bool]) -> None:
    """Calls `visit(path, value)` for the value and everything inside, parents first and in order; False keeps it from
    going deeper.
    """
    waiting: list[tuple[Path, Value]] = [((), value)]
    while waiting:
        path, part = waiting.pop()
        if visit(path, part):
            waiting.extend([((*path, step), child) for step, child in reversed(children(part))])


def transform(value: Value, change: Callable[[Path, Value], Value]) -> Value:
    """Rebuilds a value from the inside out.

    Args:
        value: any value.
        change: called with the path and the value with its parts already changed; gives what to put there. What it
            gives for an element of a list, set or map must be of the same type for all of them. Marks are still on the
            values.
    """
    try:
        return _transform([], value, change)
    except RecursionError:
        return run_deep(_transform, [], value, change)


def _transform(steps: list[Step], value: Value, change: Callable[[Path, Value], Value]) -> Value:
    from iacctl.values.marks import mark, unmark

    inner, marks = unmark(value)
    parts = children(inner)
    if parts:
        changed: list[Value] = []
        same = True
        for step, part in parts:
            steps.append(step)
            new = _transform(steps, part, change)
            steps.pop()
            same = same and new is part
            changed.append(new)
        if not same:
            value = mark(_rebuilt(inner, changed), marks)
    return change(tuple(steps), value)


def _rebuilt(value: Value, items: list[Value]) -> Value:
    if type(value) is tuple or type(value) is TupleValue:
        return tuple_value(items)
    if type(value) is dict or type(value) is ObjectValue:
        attributes = value if type(value) is dict else cast("ObjectValue", value).attributes
        return object_value(dict(zip(attributes, items, strict=True)))
    element = type_of(items[0])
    if type(value) is ListValue:
        return list_value(element, items)
    if type(value) is MapValue:
        return map_value(element, dict(zip(value.entries, items, strict=True)))
    return set_value(element, items)
