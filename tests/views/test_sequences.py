"""Which elements of sequences belong together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iacctl.views.human.diff.sequences import NONE, aligned, common_subsequence, matched

SEQUENCES = st.lists(st.integers(0, 4), max_size=12)


def _by_table(before: list[int], after: list[int]) -> list[int]:
    """The textbook algorithm, with Terraform's preferences where there is a choice."""
    lengths = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for x, one in enumerate(before):
        for y, other in enumerate(after):
            lengths[x + 1][y + 1] = lengths[x][y] + 1 if one == other else max(lengths[x][y + 1], lengths[x + 1][y])
    found: list[int] = []
    x, y = len(before), len(after)
    while x and y:
        if before[x - 1] == after[y - 1]:
            x, y = x - 1, y - 1
            found.append(before[x])
        elif lengths[x - 1][y] > lengths[x][y - 1]:
            x -= 1
        else:
            y -= 1
    return found[::-1]


@given(SEQUENCES, SEQUENCES)
def test_bit_vectors_find_what_the_table_finds(before: list[int], after: list[int]) -> None:
    assert common_subsequence(before, after) == _by_table(before, after)


@given(SEQUENCES, SEQUENCES)
def test_every_element_has_its_place(before: list[int], after: list[int]) -> None:
    pairs = list(aligned(before, after, lambda x, y: before[x] % 2 == after[y] % 2))
    assert [x for x, _ in pairs if x != NONE] == list(range(len(before)))
    assert [y for _, y in pairs if y != NONE] == list(range(len(after)))


def test_elements_that_moved_are_told_from_those_that_changed() -> None:
    assert list(aligned("abc", "bcd")) == [(0, 0), (1, 1), (2, 2)]
    assert list(aligned("abc", "cab")) == [(NONE, 0), (0, 1), (1, 2), (2, NONE)]


def test_elements_of_a_set() -> None:
    assert list(matched(("a", "b", "c"), ("c", "a", "d"), lambda _x, _y: True)) == [
        (0, 1),
        (1, NONE),
        (2, 0),
        (NONE, 2),
    ]
    assert list(matched(("a",), ("a",), lambda _x, _y: False)) == [(0, NONE), (NONE, 0)]
