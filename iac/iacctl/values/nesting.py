"""Deeply nested values: how recursive functions stay safe on 10,000 levels and more.

Configurations may nest brackets 10,000 levels deep, ten times Python's recursion limit. The functions of this package
recurse (that is fastest on the shallow values of everyday life) and use only calls from Python to Python, which take no
C stack since Python 3.11. So when one hits the limit, the limit is raised and the function run again.

The limit then stays: lowering it again is fatal for a thread that happens to be deeper just then. Code that recurses in
    C (the `json` module's) must therefore not be given deep data in the trust that Python would stop it: see
    `limit_is_raised`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

DEEP_LIMIT: Final = 150_000
"""Python frames allowed once a deep value has been met: enough for about 30,000 levels of nesting."""

DEEP: Final = 500
"""Nesting levels that are too many for code that recurses in C."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


def run_deep(function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """Calls `function` with room for `DEEP_LIMIT` Python frames.

    It must recurse through Python functions and comprehensions only: not through generators, `map`, `sorted(key=...)`
        or constructors, which would fill the C stack.

    Raises:
        RecursionError: when even that is not enough.
    """
    if sys.getrecursionlimit() < DEEP_LIMIT:
        sys.setrecursionlimit(DEEP_LIMIT)
    return function(*args, **kwargs)


def limit_is_raised() -> bool:
    """Whether deep values have been met, so that recursion in C is no longer stopped early by Python."""
    return sys.getrecursionlimit() >= DEEP_LIMIT


def depth_safe(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A version of a pure, recursive function that is run again by `run_deep` when it hits the recursion limit.

    The function must call itself under its own name in the module, undecorated: `walk = depth_safe(_walk)`.
    """

    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return function(*args, **kwargs)
        except RecursionError:
            return run_deep(function, *args, **kwargs)

    call.__name__ = function.__name__.lstrip("_")
    call.__doc__ = function.__doc__
    return call
