"""When values are equal, their canonical keys, and the order of set elements."""

# Generators take C stack where lists do not, and this recurses: see `nesting`.
# ruff: noqa: C419

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from iacctl.values import numbers
from iacctl.values.core import (
    NATIVE,
    ListValue,
    MapValue,
    Marked,
    Null,
    ObjectValue,
    SetValue,
    TupleValue,
    Unknown,
    has_marks,
    is_null,
    is_wholly_known,
    type_of,
)
from iacctl.values.nesting import depth_safe, run_deep
from iacctl.values.numbers import BigFloat
from iacctl.values.types import DYNAMIC, STRING
from iacctl.values.unknown import UNKNOWN_BOOL, definitely_not_null, excludes

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from iacctl.values.core import Mark, Number, Value
    from iacctl.values.types import Type


def equal(left: Value, right: Value) -> bool | Unknown | Marked:
    """Whether two values are equal, as the `==` operator says: of the same type, and equal in all parts; nulls of any
    types are equal.

    Returns:
        A bool, or an unknown bool (`unknown.UNKNOWN_BOOL`); marked with all marks that are anywhere in the two.
    """
    if type(left) is str and type(right) is str:
        return left == right
    if has_marks(left) or has_marks(right):
        from iacctl.values.marks import mark, unmark_deep

        left, left_marks = unmark_deep(left)
        right, right_marks = unmark_deep(right)
        return cast("Marked", mark(_decide(left, right), left_marks | right_marks))
    return _decide(left, right)


def _decide(left: Value, right: Value) -> bool | Unknown:
    decided = _equal(left, right)
    return UNKNOWN_BOOL if decided is None else decided


def _equal_parts(left: Value, right: Value) -> bool | None:
    """Whether two unmarked values are equal; None if that cannot be told yet."""
    if type(left) is Unknown or type(right) is Unknown or is_null(left) or is_null(right):
        return _equal_of_one_type(left, right)
    if is_wholly_known(left) and is_wholly_known(right):
        return _same_parts(left, right)
    left_type, right_type = type_of(left), type_of(right)
    if not has_settled_type(left) or not has_settled_type(right):
        from iacctl.values.conformance import nonconformities

        return False if nonconformities(left_type, right_type) and nonconformities(right_type, left_type) else None
    return _equal_of_one_type(left, right) if left_type is right_type else False


def _equal_of_one_type(left: Value, right: Value) -> bool | None:
    """Like `_equal_parts`, for what is inside values of one type, which is settled."""
    if type(left) is Unknown or type(right) is Unknown:
        return _equal_unknown(left, right)
    left_null = left is None or type(left) is Null
    if left_null or right is None or type(right) is Null:
        return left_null and (right is None or type(right) is Null)
    if is_wholly_known(left) and is_wholly_known(right):
        return _same_parts(left, right)
    return _equal_partly_known(left, right)


def _equal_unknown(left: Value, right: Value) -> bool | None:
    if type(left) is Unknown:
        if type(right) is Unknown:
            return None
        unknown, known = left, right
    else:
        unknown, known = cast("Unknown", right), left
    if known is None or type(known) is Null:
        return False if definitely_not_null(unknown) else None
    if unknown.type.has_dynamic:
        return False if excludes(unknown, known) else None
    return False if unknown.type is not type_of(known) or excludes(unknown, known) else None


def _equal_partly_known(left: Value, right: Value) -> bool | None:
    """Equality of two containers of one type, at least one of them with something unknown inside."""
    kind = type(left)
    if kind is SetValue:
        ours, theirs = cast("SetValue", left), cast("SetValue", right)
        if any([type(item) is Unknown for item in (*ours.items, *theirs.items)]):
            return None
        # Elements that are known themselves but not wholly known equal nothing, not even themselves.
        return False
    if kind is MapValue:
        entries, others = cast("MapValue", left).entries, cast("MapValue", right).entries
        return (
            _all_equal([(item, others[name]) for name, item in entries.items()])
            if entries.keys() == others.keys()
            else False
        )
    if kind is dict or kind is ObjectValue:
        pairs = _attributes(left), _attributes(right)
        return _all_equal([(item, pairs[1][name]) for name, item in pairs[0].items()])
    ours_items, their_items = _items(left), _items(right)
    if len(ours_items) != len(their_items):
        return False
    for ours_item, their_item in zip(ours_items, their_items, strict=True):
        decided = _equal_of_one_type(ours_item, their_item)
        if not decided:
            return decided
    return True


def _all_equal(pairs: list[tuple[Value, Value]]) -> bool | None:
    # Go visits maps and objects in random order and stops at the first difference or doubt; here a difference counts.
    answers = [_equal_of_one_type(left, right) for left, right in pairs]
    return False if False in answers else None if None in answers else True


_equal: Final = depth_safe(_equal_parts)


def has_settled_type(value: Value) -> bool:
    """Whether a value's type cannot change any more when unknown parts become known: there is no unknown of unknown
    type inside.
    """
    if type(value) in NATIVE or is_wholly_known(value):
        return True
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if type(part) is Unknown:
            if part.type.has_dynamic:
                return False
        elif not is_wholly_known(part):
            from iacctl.values.paths import children

            waiting += [child for _, child in children(part)]
    return True


def _items(value: Value) -> tuple[Value, ...]:
    return value if type(value) is tuple else cast("TupleValue | ListValue | SetValue", value).items


def _attributes(value: Value) -> dict[str, Value]:
    return value if type(value) is dict else cast("ObjectValue", value).attributes


_NUMBERS: Final[frozenset[type]] = frozenset({int, BigFloat})
_TYPED: Final[frozenset[type]] = frozenset({ListValue, SetValue})
_SEQUENCES: Final[frozenset[type]] = frozenset({tuple, TupleValue, ListValue, SetValue})


def raw_equals(left: Value, right: Value) -> bool:
    """Whether two values are the same: of one type, with the same marks, known alike, unknown with the same refinements
    where unknown.
    """
    if left is right:
        return True
    if type(left) is str or type(right) is str:
        return type(left) is type(right) and left == right
    return _same(left, right)


def _same_parts(left: Value, right: Value) -> bool:
    if left is right:
        return True
    kind: type = type(left)
    if kind is not type(right):
        # A number has two forms when few of its bits are known: `pow(2, 100)` and what state says of it.
        return (
            kind in _NUMBERS and type(right) in _NUMBERS and not numbers.compare(cast("int", left), cast("int", right))
        )
    if kind is str or kind is bool or kind is int:
        return left == right
    if kind is BigFloat:
        return not numbers.compare(cast("BigFloat", left), cast("BigFloat", right))
    if kind is tuple or kind is TupleValue or kind is ListValue or kind is SetValue:
        if (
            kind is not tuple
            and kind is not TupleValue
            and cast("ListValue", left).type is not cast("ListValue", right).type
        ):
            return False
        ours, theirs = _items(left), _items(right)
        return len(ours) == len(theirs) and all([_same_parts(a, b) for a, b in zip(ours, theirs, strict=True)])
    if kind is dict or kind is ObjectValue or kind is MapValue:
        if kind is MapValue:
            if cast("MapValue", left).type is not cast("MapValue", right).type:
                return False
            entries, others = cast("MapValue", left).entries, cast("MapValue", right).entries
        else:
            entries, others = _attributes(left), _attributes(right)
        return entries.keys() == others.keys() and all(
            [_same_parts(item, others[name]) for name, item in entries.items()]
        )
    if kind is Marked:
        ours_marked, their_marked = cast("Marked", left), cast("Marked", right)
        return ours_marked.marks == their_marked.marks and _same_parts(ours_marked.value, their_marked.value)
    if kind is Null:
        return cast("Null", left).type is cast("Null", right).type
    if kind is Unknown:
        return _same_unknown(cast("Unknown", left), cast("Unknown", right))
    return True


def _same_unknown(left: Unknown, right: Unknown) -> bool:
    if left.type is not right.type or (left.refinements is None) is not (right.refinements is None):
        return False
    if left.refinements is None or right.refinements is None:
        return True
    return refinements_key(left) == refinements_key(right)


def refinements_key(value: Unknown) -> Hashable:
    """A hashable key for an unknown value's refinements."""
    about = value.refinements
    if about is None:
        return None
    lower, upper = about.lower, about.upper
    return (
        about._replace(lower=None, upper=None),
        None if lower is None else key(lower),
        None if upper is None else key(upper),
    )


_same: Final = depth_safe(_same_parts)


def key(value: Value) -> Hashable:
    """A hashable canonical key.

    Two wholly known, unmarked values have equal keys exactly when they are equal and of one type (1, true and "1" all
    differ). Unknown and marked values have keys too, equal when `raw_equals` says so.
    """
    if type(value) is str:
        return value
    return type_of(value), key_of(value)


def key_of(value: Value) -> Hashable:
    """Like `key`, for comparing values that are known to be of one type."""
    try:
        return cast("Hashable", _key(value, _KEY_DEPTH))
    except RecursionError:
        # Nested tuples would be hashed and compared by recursion in C, so the key of a deep value is a flat text.
        return run_deep(_flat_key, value)


_KEY_DEPTH: Final = 200


def _key(value: Value, depth: int) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if not depth:
        raise RecursionError
    depth -= 1
    if kind is tuple:
        return tuple([_key(item, depth) for item in cast("tuple[Value, ...]", value)])
    if kind is dict:
        return tuple([_key(item, depth) for item in cast("dict[str, Value]", value).values()])
    if kind is ListValue or kind is SetValue or kind is TupleValue:
        return tuple([_key(item, depth) for item in cast("ListValue", value).items])
    if kind is MapValue:
        return tuple([(name, _key(item, depth)) for name, item in cast("MapValue", value).entries.items()])
    if kind is BigFloat:
        number = cast("BigFloat", value)
        whole = numbers.to_int(number)
        return (number.mantissa, number.exponent, bool(number.precision)) if whole is None else whole
    if kind is Null:
        return None
    if kind is ObjectValue:
        return tuple([_key(item, depth) for item in cast("ObjectValue", value).attributes.values()])
    if kind is Marked:
        return "marked", cast("Marked", value).marks, _key(cast("Marked", value).value, depth)
    unknown = cast("Unknown", value)
    return "unknown", unknown.type, refinements_key(unknown)


def _flat_key(value: Value) -> str:
    """The key of a very deep value, as text."""
    parts: list[str] = []
    _append_key(value, parts)
    return "".join(parts)


def _append_key(value: Value, parts: list[str]) -> None:
    from iacctl.values.paths import children

    inside = children(value)
    if not inside:
        parts.append(repr(_key(value, 1)))
        return
    if type(value) is Marked:
        parts.append(repr(sorted([repr(mark) for mark in value.marks])))
    parts.append("(")
    for step, child in inside:
        if type(value) is MapValue:
            parts.append(repr(step))
        _append_key(child, parts)
        parts.append(",")
    parts.append(")")


def distinct_sorted(element_type: Type, items: Iterable[Value]) -> tuple[Value, ...]:
    """Set elements without duplicates, in the order in which a set iterates.

    Strings and numbers are in ascending order and false comes before true; then comes what is unknown, and null at last.
    Other elements are in the order of cty's hash text. Elements that are not wholly known are never duplicates.

    Args:
        element_type: the type of every item.
        items: unmarked values.
    """
    values = list(items)
    if element_type is STRING:
        plain = {item for item in values if type(item) is str}
        if len(plain) == len(values):
            return tuple(sorted(plain))
    if len(values) < 2:
        return tuple(values)
    distinct: dict[Hashable, Value] = {}
    unknown: list[Value] = []
    for item in values:
        if is_wholly_known(item):
            distinct.setdefault(key_of(item), item)
        else:
            unknown.append(item)
    keyed = [(order_key(item, element_type), item) for item in (*distinct.values(), *unknown)]
    keyed.sort(key=_first)
    return tuple([item for _, item in keyed])


def _first(pair: tuple[Any, Value]) -> Any:
    return pair[0]


def order_key(item: Value, element_type: Type) -> tuple[int, Any]:
    """Something that sorts elements of one type as a set iterates over them."""
    kind = type(item)
    if kind is Unknown:
        return 1, 0
    if item is None or kind is Null:
        return 2, 0
    if element_type is DYNAMIC:
        from iacctl.values.set_hash import hash_text

        return 0, (hash_text(item), _Exact(item))
    if kind is str or kind is bool or kind is int:
        return 0, _NumberKey(cast("int", item)) if kind is int else item
    if kind is BigFloat:
        return 0, _NumberKey(cast("BigFloat", item))
    from iacctl.values.set_hash import hash_text

    return 0, (hash_text(item), _Exact(item))


class _Exact:
    """Orders the few elements whose hash texts are the same, as those have only ten digits of numbers."""

    __slots__ = ("item",)

    def __init__(self, item: Value) -> None:
        self.item = item

    def __eq__(self, other: object) -> bool:
        return type(other) is _Exact and raw_equals(self.item, other.item)

    def __lt__(self, other: _Exact) -> bool:
        return repr(key_of(self.item)) < repr(key_of(other.item))


class _NumberKey:
    __slots__ = ("number",)

    def __init__(self, number: Number) -> None:
        self.number = number

    def __lt__(self, other: _NumberKey) -> bool:
        return numbers.compare(self.number, other.number) < 0


def has_element(set_: SetValue, value: Value) -> bool | Unknown:
    """Whether a set holds a value of its element type, both unmarked; an unknown bool if that is not decided yet."""
    if type(value) is Unknown:
        return UNKNOWN_BOOL if value.type is DYNAMIC or value.type is set_.element_type else False
    if type_of(value) is not set_.element_type:
        return False
    if find(set_, value) is not None:
        return True
    return UNKNOWN_BOOL if set_.has_unknown else False


def find(set_: SetValue, value: Value) -> tuple[Value] | None:
    """The element of a set that equals a value, in a 1-tuple (the element may be null); None if there is none for
    certain.
    """
    if has_marks(value) or not is_wholly_known(value):
        for item in set_.items:
            if raw_equals(item, value):
                return (item,)
        return None
    wanted = key_of(value)
    if type_of(value) is set_.element_type:
        for item in set_.items:
            if is_wholly_known(item) and key_of(item) == wanted:
                return (item,)
    return None


def common_marks(*values: Value) -> frozenset[Mark]:
    """All marks on or in any of the values."""
    from iacctl.values.marks import unmark_all

    return unmark_all(values)[1]
