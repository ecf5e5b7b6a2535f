"""Deeply nested values: how recursive functions stay safe on 10,000 levels and more.

Configurations may nest brackets 10,000 levels deep, ten times Python's recursion limit. The functions of this package
recurse (that is fastest on the shallow values of everyday life) and use only calls from Python to Python, which take no
C stack since Python 3.11. So when one hits the limit, it is simply run again under a higher one.
"""

from __future__ import annotations

import sys
from threading import Lock
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

DEEP_LIMIT: Final = 150_000
"""Python frames allowed while a deep value is worked on: enough for about 30,000 levels of nesting."""

DEEP: Final = 100
"""Nesting levels from which on a type's functions are run with `run_deep` at once."""

_P = ParamSpec("_P")
_R = TypeVar("_R")

_lock: Final = Lock()
_ordinary_limits: Final[list[int]] = []


def run_deep(function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """Calls `function` with room for `DEEP_LIMIT` Python frames.

    It must recurse through Python functions and comprehensions only: not through generators, `map`, `sorted(key=...)`
        or constructors, which would fill the C stack.

    Raises:
        RecursionError: when even that is not enough.
    """
    with _lock:
        _ordinary_limits.append(sys.getrecursionlimit())
        sys.setrecursionlimit(max(DEEP_LIMIT, _ordinary_limits[0]))
    try:
        return function(*args, **kwargs)
    finally:
        with _lock:
            ordinary = _ordinary_limits.pop()
            if not _ordinary_limits:
                sys.setrecursionlimit(ordinary)


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
