"""Trying for a lock until it is free or the time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl_state.errors import LockHeldError

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl_state.locks import LockRequest

_FIRST_PAUSE: Final = 0.1  # seconds between tries; doubles up to the longest
_LONGEST_PAUSE: Final = 1.0


def lock_patiently(attempt: Callable[[], str], request: LockRequest) -> str:
    """Try to take a lock, again and again for as long as the request says.

    Args:
        attempt: Takes the lock and returns its ID; raises `LockHeldError` where somebody else holds it.
        request: How long to try.

    Returns:
        The lock's ID.

    Raises:
        LockHeldError: Somebody else holds it, still after that time.
    """
    import time

    give_up = time.monotonic() + request.timeout
    pause = _FIRST_PAUSE
    waiting = False
    while True:
        try:
            return attempt()
        except LockHeldError:
            left = give_up - time.monotonic()
            if left <= 0:
                raise
            if not waiting and request.on_wait is not None:
                request.on_wait()
            waiting = True
            if request.sleep is None:
                time.sleep(min(pause, left))
            elif request.sleep(min(pause, left)):
                raise
            pause = min(pause * 2, _LONGEST_PAUSE)
