"""Ephemeral resources that are open: kept alive by renewal, closed after use, never written down anywhere."""

from __future__ import annotations

import threading
from time import monotonic, time
from typing import TYPE_CHECKING, Any, Final

from iacctl.diag import events
from iacctl.eval import problems
from iacctl.graph.walk import Job
from iacctl.provider import requests
from iacctl.provider.requests import CloseEphemeralRequest, RenewEphemeralRequest

if TYPE_CHECKING:
    from collections.abc import Generator

    from iacctl.addrs import ModulePath
    from iacctl.config.model import ResourceKey
    from iacctl.diag.events import ObjectAction
    from iacctl.eval.calls import Asking
    from iacctl.graph.walk import Waiting
    from iacctl.provider.requests import OpenEphemeralResponse, Problem, Problems, RenewEphemeralResponse

_SOONEST: Final = 0.2
"""Seconds between two renewals at least, so that a provider that names a moment in the past is not asked incessantly."""


class OpenEphemeral:
    """One instance that is open. A thread of its own renews it when the provider has said that it expires."""

    __slots__ = ("_asking", "_ended", "_failures", "_private", "_thread")

    def __init__(self, asking: Asking, response: OpenEphemeralResponse) -> None:
        self._asking = asking
        self._private = response.private
        self._ended = threading.Event()
        self._failures: Problems = ()
        self._thread: threading.Thread | None = None
        if response.renew_at is not None:
            self._thread = threading.Thread(
                target=self._renew, args=(response.renew_at,), name=f"renew {asking.address}", daemon=True
            )
            self._thread.start()

    def _renew(self, moment: float | None) -> None:
        asking = self._asking
        listener = asking.world.listener
        while moment is not None:
            if self._ended.wait(max(moment - time(), _SOONEST)):
                return
            started = monotonic()
            listener(events.ObjectStarted(asking.address, "renew"))
            try:
                answer: RenewEphemeralResponse = asking.provider.renew_ephemeral(
                    RenewEphemeralRequest(asking.type_name, self._private)
                )
            except Exception as error:
                self._failures = (_crash(asking, "renew", error),)
            else:
                self._failures = answer.diagnostics
            if any(problem.severity == "error" for problem in self._failures):
                listener(events.ObjectFailed(asking.address, "renew", monotonic() - started))
                return
            self._private = answer.private
            moment = answer.renew_at
            listener(events.ObjectFinished(asking.address, "renew", monotonic() - started))

    def closing(self) -> Problems:
        """Close it, which waits for a renewal that is under way; what the provider says.

        That it could not be renewed is only warned of: whatever needed it has said so if it did.
        """
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        lapsed = tuple(problem._replace(severity="warning") for problem in self._failures)
        asking = self._asking
        try:
            answer = asking.provider.close_ephemeral(CloseEphemeralRequest(asking.type_name, self._private))
        except Exception as error:
            return (*lapsed, _crash(asking, "close", error))
        return (*lapsed, *answer.diagnostics)

    def close(self) -> None:
        """Close it on this thread."""
        announced = _Announced(self._asking, "close")
        announced.began()
        announced.ended(self.closing())

    def steps(self) -> Generator[Job | Waiting, Any, bool]:
        """Close it on the pool; whether that went well."""
        announced = _Announced(self._asking, "close")
        found = yield Job(self.closing, began=announced.began)
        return announced.ended(found)


class Ephemerals:
    """All instances that one walk has open."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open: dict[tuple[ModulePath, ResourceKey], list[OpenEphemeral]] = {}

    def add(self, path: ModulePath, key: ResourceKey, opened: OpenEphemeral) -> None:
        """Take down that an instance of a block is open."""
        self._open.setdefault((path, key), []).append(opened)

    def take(self, path: ModulePath, key: ResourceKey) -> list[OpenEphemeral]:
        """The open instances of a block, which the caller closes."""
        return self._open.pop((path, key), [])

    def close(self) -> None:
        """Close whatever is still open, the youngest first.

        After a walk that came to its end this is nothing. After a failure or an interrupt it is what was in use then.
        """
        left = [opened for block in self._open.values() for opened in block]
        self._open.clear()
        for opened in reversed(left):
            opened.close()


class _Announced:
    """A call that listeners are told of."""

    __slots__ = ("_action", "_asking", "_started")

    def __init__(self, asking: Asking, action: ObjectAction) -> None:
        self._asking = asking
        self._action = action
        self._started = monotonic()

    def began(self) -> None:
        """The call goes out."""
        self._started = monotonic()
        self._asking.world.listener(events.ObjectStarted(self._asking.address, self._action))

    def ended(self, found: Problems) -> bool:
        """The call has come back."""
        asking = self._asking
        fine = asking.report(found)
        kind = events.ObjectFinished if fine else events.ObjectFailed
        asking.world.listener(kind(asking.address, self._action, monotonic() - self._started))
        return fine


def _crash(asking: Asking, verb: str, error: Exception) -> Problem:
    return requests.error(
        "Provider crashed",
        f"The provider {asking.config.provider.for_display()} failed while it was asked to {verb} {asking.address}: "
        f"{problems.crash_detail(error)}.\n\nThis is a bug in the provider, which should be reported in the provider's own "
        "issue tracker.",
    )
