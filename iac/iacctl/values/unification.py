"""Which types convert to which, and the one type that several have in common.

The rules are those of cty's `convert` package. Safe conversions work for every value of the source type (number to
string); unsafe ones may fail for some (string to number).
"""

# Generators take C stack where lists do not, and this recurses: see `nesting`.
# ruff: noqa: C419

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from iacctl.values.nesting import run_deep
from iacctl.values.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    CollectionType,
    ObjectType,
    TupleType,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAFE: Final = {(NUMBER, STRING), (BOOL, STRING)}
_UNSAFE: Final = {(STRING, NUMBER), (STRING, BOOL)}
_COLLECTIONS: Final = {"list": list_of, "set": set_of, "map": map_of}


class NotUnifiableError(Exception):
    """The elements of a collection convert to its element type one by one, but not to one type together.

    Attributes:
        message: what cty says then.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def resolve(source: Type, target: Type, unsafe: bool = True) -> Type | None:
    """The type that a value of type `source` has after conversion to `target`.

    It is `target` with "any type" replaced by what stands there; where that is not known yet, `DYNAMIC` stays. Optional
    attributes are still optional in it.

    Returns:
        None if the conversion is impossible.

    Raises:
        NotUnifiableError: if elements convert one by one, but not to one type together.
    """
    if target is DYNAMIC or source is target:
        return source
    if source is DYNAMIC:
        return target if unsafe else None
    if type(source) is type(target) and source.is_primitive:
        return target if (source, target) in _SAFE or (unsafe and (source, target) in _UNSAFE) else None
    cache_key = (target, unsafe)
    caches = source.caches
    if cache_key in caches:
        return cast("Type | None", caches[cache_key])
    try:
        found = _resolve(source, target, unsafe)
    except RecursionError:
        found = run_deep(_resolve, source, target, unsafe)
    caches[cache_key] = found
    return found


def _resolve(source: Type, target: Type, unsafe: bool) -> Type | None:
    if isinstance(target, CollectionType):
        return _resolve_collection(source, target, unsafe)
    if isinstance(target, ObjectType):
        if isinstance(source, ObjectType):
            return _resolve_object(source, target, unsafe)
        if source.kind == "map" and unsafe:
            return _resolve_map(cast("CollectionType", source).element, target, unsafe)
        return None
    if isinstance(target, TupleType) and isinstance(source, TupleType) and len(source.elements) == len(target.elements):
        resolved = [resolve(have, want, unsafe) for have, want in zip(source.elements, target.elements, strict=True)]
        return None if None in resolved else tuple_of(cast("list[Type]", resolved))
    return None


def _resolve_map(element: Type, target: ObjectType, unsafe: bool) -> Type | None:
    attributes = {name: resolve(element, wanted, unsafe) for name, wanted in target.attributes.items()}
    for name in target.optional:
        if attributes[name] is None:  # It only matters if the map has such an element.
            attributes[name] = target.attributes[name]
    return _object(attributes, target)


def _object(attributes: dict[str, Type | None], target: ObjectType) -> Type | None:
    return None if None in attributes.values() else object_of(cast("dict[str, Type]", attributes), target.optional)


def _resolve_object(source: ObjectType, target: ObjectType, unsafe: bool) -> Type | None:
    attributes: dict[str, Type | None] = {}
    for name, wanted in target.attributes.items():
        have = source.attributes.get(name)
        if have is not None:
            attributes[name] = resolve(have, wanted, unsafe)
        elif name in target.optional:
            attributes[name] = wanted
        else:
            return None
    return _object(attributes, target)


def _resolve_collection(source: Type, target: CollectionType, unsafe: bool) -> Type | None:
    wanted, kind = target.element, target.kind
    if isinstance(source, CollectionType):
        if (kind == "map") is not (source.kind == "map") or (kind == "set" and source.kind == "list" and not unsafe):
            return None
        element = resolve(source.element, wanted, unsafe)
        return None if element is None else _COLLECTIONS[kind](element)
    if isinstance(source, ObjectType) and kind == "map":
        parts: Sequence[Type] = tuple(source.attributes.values())
    elif isinstance(source, TupleType) and kind != "map":
        parts = source.elements
    else:
        return None
    return resolve_elements(parts, target, unsafe)


def resolve_elements(parts: Sequence[Type], target: CollectionType, unsafe: bool) -> Type | None:
    """The collection type that elements of these types have after conversion to `target`; like `resolve`."""
    wanted, kind = target.element, target.kind
    if not parts:
        return target
    if wanted is DYNAMIC:
        common = common_type(parts, unsafe)
        if common is DYNAMIC and any([part is not DYNAMIC for part in parts]):
            if kind != "map":
                return None
            common = common_type([part for part in parts if part is not DYNAMIC], unsafe)
        return None if common is None else _COLLECTIONS[kind](common)
    resolved = [resolve(part, wanted, unsafe) for part in dict.fromkeys(parts)]
    if None in resolved:
        return None
    if not wanted.has_dynamic:
        return target
    found = cast("list[Type]", resolved)
    if kind == "set" and any([each is not found[0] for each in found]):
        raise NotUnifiableError("element types must all match for conversion to set")
    together = common_type(found, unsafe)
    if together is None:
        raise NotUnifiableError("cannot find a common base type for all elements")
    return _COLLECTIONS[kind](together)


def converts(source: Type, target: Type, unsafe: bool = True) -> bool:
    """Whether values of one type convert to another, as far as the types tell."""
    try:
        return resolve(source, target, unsafe) is not None
    except NotUnifiableError:
        return True


def common_type(parts: Sequence[Type], unsafe: bool = False) -> Type | None:
    """The one type that values of all these types convert to, by cty's rules of preference.

    Objects of the same attribute names unify attribute by attribute and others to a map; tuples of the same length
    element by element and others to a list; otherwise it is one of the types. `DYNAMIC` if that depends on what is not
    known yet.

    Args:
        parts: any number of types.
        unsafe: whether conversions that may fail count.

    Returns:
        None if there is no such type.
    """
    distinct = list(dict.fromkeys(parts))
    if len(distinct) == 1:
        return distinct[0]
    if not distinct:
        return None
    try:
        return _common(distinct, unsafe)
    except RecursionError:
        return run_deep(_common, distinct, unsafe)


def _common(distinct: list[Type], unsafe: bool) -> Type | None:
    kinds = {part.kind for part in distinct}
    dynamic = "dynamic" in kinds
    kinds.discard("dynamic")
    if len(kinds) == 1:
        kind = next(iter(kinds))
        if kind in ("list", "set", "map", "object", "tuple"):
            if dynamic:
                return DYNAMIC
            if kind == "object":
                return _common_object(cast("list[ObjectType]", distinct), unsafe)
            if kind == "tuple":
                return _common_tuple(cast("list[TupleType]", distinct), unsafe)
            element = common_type([cast("CollectionType", part).element for part in distinct], unsafe)
            return None if element is None else _COLLECTIONS[kind](element)
    elif kinds == {"map", "object"} or kinds == {"list", "tuple"}:
        found = _common_with_structures(distinct, unsafe)
        if found is not None:
            return found
    if "object" in kinds and "tuple" in kinds:
        return None
    return _preferred(distinct, unsafe)


def _common_object(distinct: list[ObjectType], unsafe: bool) -> Type | None:
    first = distinct[0].attributes
    if any([part.attributes.keys() != first.keys() for part in distinct]):
        return _common_map(distinct, unsafe)
    attributes: dict[str, Type] = {}
    for name in first:
        together = common_type([part.attributes[name] for part in distinct], unsafe)
        if together is None:
            return None
        attributes[name] = together
    made = object_of(attributes)
    return made if all([converts(part, made, unsafe) for part in distinct]) else _common_map(distinct, unsafe)


def _common_map(distinct: list[ObjectType], unsafe: bool) -> Type | None:
    element = common_type([attribute for part in distinct for attribute in part.attributes.values()], unsafe)
    if element is None:
        return None
    made = map_of(element)
    return made if all([converts(part, made, unsafe) for part in distinct]) else None


def _common_tuple(distinct: list[TupleType], unsafe: bool) -> Type | None:
    if any([len(part.elements) != len(distinct[0].elements) for part in distinct]):
        return _common_list(distinct, unsafe)
    elements: list[Type] = []
    for index in range(len(distinct[0].elements)):
        together = common_type([part.elements[index] for part in distinct], unsafe)
        if together is None:
            return None
        elements.append(together)
    made = tuple_of(elements)
    return made if all([converts(part, made, unsafe) for part in distinct]) else _common_list(distinct, unsafe)


def _common_list(distinct: list[TupleType], unsafe: bool) -> Type | None:
    element = common_type([element for part in distinct for element in part.elements], unsafe)
    if element is None:
        return None
    made = list_of(element)
    return made if all([converts(part, made, unsafe) for part in distinct]) else None


def _common_with_structures(distinct: list[Type], unsafe: bool) -> Type | None:
    """Of maps and objects, or lists and tuples: the structures unify to a collection first, and that with others."""
    objects = [part for part in distinct if isinstance(part, ObjectType)]
    tuples = [part for part in distinct if isinstance(part, TupleType)]
    collected = _common_map(objects, unsafe) if objects else _common_list(tuples, unsafe)
    if collected is None:
        return None
    others = [part for part in distinct if part.kind not in ("object", "tuple")]
    found = common_type([*others, collected], unsafe)
    return found if found is not None and found.kind == collected.kind else None


def _preferred(distinct: list[Type], unsafe: bool) -> Type | None:
    """The most general of the types that all others convert to."""
    more_general: list[list[int]] = [[] for _ in distinct]
    waiting_for = [0] * len(distinct)
    for left in range(len(distinct)):
        for right in range(left + 1, len(distinct)):
            order = _compare(distinct[left], distinct[right])
            if order < 0:
                more_general[left].append(right)
                waiting_for[right] += 1
            elif order > 0:
                more_general[right].append(left)
                waiting_for[left] += 1
    queue = [index for index, count in enumerate(waiting_for) if not count]
    for index in queue:
        wanted = distinct[index]
        if all([part is wanted or converts(part, wanted, unsafe or part is DYNAMIC) for part in distinct]):
            return wanted
        for other in more_general[index]:
            waiting_for[other] -= 1
            if not waiting_for[other]:
                queue.append(other)
    return None


def _compare(left: Type, right: Type) -> int:
    """-1 if `left` is more general than `right`, 1 the other way round, 0 if neither."""
    if left is DYNAMIC or right is DYNAMIC:
        return (left is DYNAMIC) - (right is DYNAMIC)
    if left.is_primitive and right.is_primitive:
        return (right is STRING) - (left is STRING)
    if left.kind == right.kind:
        if isinstance(left, CollectionType):
            return _compare(left.element, cast("CollectionType", right).element)
        if isinstance(left, ObjectType):
            others = cast("ObjectType", right).attributes
            if left.attributes.keys() != others.keys():
                return 0
            return _either_way([_compare(part, others[name]) for name, part in left.attributes.items()])
        ours, theirs = cast("TupleType", left).elements, cast("TupleType", right).elements
        return (
            _either_way([_compare(a, b) for a, b in zip(ours, theirs, strict=True)]) if len(ours) == len(theirs) else 0
        )
    return _KIND_ORDER.get((left.kind, right.kind), 0)


_KIND_ORDER: Final = {
    ("tuple", "set"): -1,
    ("list", "set"): -1,
    ("set", "tuple"): 1,
    ("set", "list"): 1,
    ("list", "tuple"): -1,
    ("tuple", "list"): 1,
    ("map", "object"): -1,
    ("object", "map"): 1,
}


def _either_way(orders: list[int]) -> int:
    return 0 if (-1 in orders) == (1 in orders) else -1 if -1 in orders else 1
