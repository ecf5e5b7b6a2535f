"""Which elements of an old and a new sequence belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence


Pair: TypeAlias = tuple[int, int]
"""Indexes of an old and a new element; -1 for none."""

NONE: Final = -1


def common_subsequence(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Hashable]:
    """A longest common subsequence: of several, the one that a walk back from the ends along the table of lengths finds.

    The walk prefers equal ends, then dropping the last of `before` where that keeps more than dropping the last of
    `after`. Rows of the table are bit vectors (Hyyrö's algorithm), so thousands of elements are no trouble.
    """
    start = 0
    shortest = min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    end = 0
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    head = list(before[:start])
    tail = list(before[len(before) - end :])
    middle = _middle(before[start : len(before) - end], after[start : len(after) - end])
    return head + middle + tail


def _middle(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Hashable]:
    if not before or not after:
        return []
    places: dict[Hashable, int] = {}
    for index, item in enumerate(before):
        places[item] = places.get(item, 0) | (1 << index)
    full = (1 << len(before)) - 1
    row = full
    rows: list[int] = []  # a zero bit of a row: the common length grows at this place of `before`
    for item in after:
        matches = row & places.get(item, 0)
        row = ((row + matches) | (row - matches)) & full
        rows.append(row)
    found: list[Hashable] = []
    x, y = len(before) - 1, len(after) - 1
    while x >= 0 and y >= 0:
        if before[x] == after[y]:
            found.append(before[x])
            x -= 1
            y -= 1
            continue
        # The lengths at (x - 1, y) and (x, y - 1), of which the greater is that at (x, y).
        left = _length(rows[y], x - 1)
        above = _length(rows[y - 1], x) if y else 0
        if left > above:
            x -= 1
        else:
            y -= 1
    found.reverse()
    return found


def _length(row: int, last: int) -> int:
    """The number of zero bits of a row up to and including a place."""
    return last + 1 - (row & ((1 << (last + 1)) - 1)).bit_count()


def aligned(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    similar: Callable[[int, int], bool] | None = None,
) -> Iterator[Pair]:
    """Old and new elements of a list side by side: common ones together, others alone.

    Args:
        before: keys of the old elements.
        after: keys of the new elements.
        similar: whether an old and a new element, both not in common, are worth being compared with each other.
    """
    if len(before) == len(after) and not _reordered(before, after):
        for index in range(len(before)):
            yield index, index
        return
    common = common_subsequence(before, after)
    x = y = 0
    for item in [*common, _END]:
        last = item is _END
        while x < len(before) and (last or before[x] != item):
            if similar is not None and y < len(after) and (last or after[y] != item) and similar(x, y):
                yield x, y
                y += 1
            else:
                yield x, NONE
            x += 1
        while y < len(after) and (last or after[y] != item):
            yield NONE, y
            y += 1
        if not last:
            yield x, y
            x += 1
            y += 1


_END: Final = object()


def _reordered(before: Sequence[Hashable], after: Sequence[Hashable]) -> bool:
    """Whether the old elements are all among the new ones, so that they seem to have moved rather than changed."""
    return set(before) <= set(after)


def matched(
    before: Sequence[Hashable], after: Sequence[Hashable], comparable: Callable[[int, int], bool]
) -> Iterator[Pair]:
    """Old and new elements of a set: equal ones together, in the order of the old ones, then new ones alone.

    Args:
        before: keys of the old elements.
        after: keys of the new elements.
        comparable: whether an old and a new element of the same key really are equal.
    """
    places: dict[Hashable, list[int]] = {}
    for index, item in enumerate(after):
        places.setdefault(item, []).append(index)
    taken: set[int] = set()
    for x, item in enumerate(before):
        found = NONE
        for y in places.get(item, ()):
            if y not in taken and comparable(x, y):
                taken.add(y)
                found = y
        yield x, found
    for y in range(len(after)):
        if y not in taken:
            yield NONE, y
