"""Did-you-mean hints for names that are one or two slips away from a known one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def name_suggestion(given: str, known: Iterable[str]) -> str | None:
    """The first of the known names whose edit distance from the given one is below 3, which is HCL's rule."""
    for name in known:
        if _distance_below(given, name, 3):
            return name
    return None


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """` Did you mean "name"?` with its leading space, or an empty string."""
    name = name_suggestion(given, known)
    return f' Did you mean "{name}"?' if name else ""


def did_you_mean_closest(given: str, known: Iterable[str]) -> str:
    """As `did_you_mean` where HCL takes any of the names that are close enough: the closest one, capitals aside."""
    closest = ""
    least = 3
    for name in known:
        if name.lower() == given.lower():
            return f' Did you mean "{name}"?'
        while _distance_below(given, name, least):
            closest = name
            least -= 1
    return f' Did you mean "{closest}"?' if closest else ""


def _distance_below(a: str, b: str, limit: int) -> bool:
    """Whether the Levenshtein distance is below the limit."""
    if abs(len(a) - len(b)) >= limit:
        return False
    previous = list(range(len(b) + 1))
    for row, left in enumerate(a, 1):
        current = [row]
        for column, right in enumerate(b, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (left != right)))
        if min(current) >= limit:
            return False
        previous = current
    return previous[-1] < limit
