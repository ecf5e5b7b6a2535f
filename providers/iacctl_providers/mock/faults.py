"""What goes wrong on purpose, and how calls are logged."""

from __future__ import annotations

from fnmatch import fnmatchcase
from threading import Lock, get_ident
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl_providers import sdk

if TYPE_CHECKING:
    from pathlib import Path

OPERATIONS: Final = (
    "plan",
    "create",
    "read",
    "update",
    "delete",
    "find",
    "import",
    "read_data",
    "open",
    "renew",
    "close",
    "invoke",
    "list",
)
KINDS: Final = (
    "error",
    "exception",
    "crash",
    "wrong_plan",
    "wrong_result",
    "unknown_result",
    "null_result",
    "invalid_result",
    "leaked_result",
)

BREAKING: Final = frozenset(KINDS[3:])
"""The kinds that break the rules of the provider port; the others are what honest providers do, too."""


class Fault(sdk.Nested):
    """Something that goes wrong, in calls that match."""

    operation = sdk.string(
        default="*",
        validators=(sdk.validators.one_of("*", *OPERATIONS),),
        description="In which operation: plan, create, read, update, delete, find, import, read_data, open, "
        "renew, close, invoke, list, or * for all.",
    )
    type_ = sdk.string(default="*", description="Of which resource types: a pattern such as mock_*.")
    name = sdk.string(default="*", description="Of which objects: a pattern that the `name` (else the id) matches.")
    call = sdk.integer(default=0, description="Only in the n-th call that matches, counted from 1; 0 means in all.")
    kind = sdk.string(
        default="error",
        validators=(sdk.validators.one_of(*KINDS),),
        description="What happens: error, exception (a bug of the provider), crash (of the process); wrong_plan, "
        "wrong_result, unknown_result, null_result, invalid_result and leaked_result (of write-only arguments) break the "
        "rules that providers must keep.",
    )
    when = sdk.string(
        default="before",
        validators=(sdk.validators.one_of("before", "after", "partial"),),
        description="before anything happens, after it has happened (so that the object exists and nobody knows), or "
        "partial: after the object was reported, but before the call ends.",
    )
    message = sdk.string(default="injected failure", description="The error's text.")


class Latency(sdk.Nested):
    """How long calls that match take."""

    operation = sdk.string(default="*", description="In which operation, as for `fault`.")
    type_ = sdk.string(default="*", description="Of which resource types: a pattern.")
    name = sdk.string(default="*", description="Of which objects: a pattern that the `name` (else the id) matches.")
    seconds = sdk.number(required=True, description="How long the call takes, in seconds.")


class Call(NamedTuple):
    """One call of the mock cloud."""

    operation: str
    type_name: str
    name: str


def _matches(rule: Fault | Latency, call: Call) -> bool:
    return (
        rule.operation in ("*", call.operation)
        and (rule.type_ == "*" or fnmatchcase(call.type_name, rule.type_))
        and (rule.name == "*" or fnmatchcase(call.name, rule.name))
    )


class Plagues:
    """The configured faults and latencies, with the counts of the calls so far."""

    def __init__(self, faults: list[Fault], latencies: list[Latency]) -> None:
        self._faults = faults
        self._latencies = latencies
        self._counts = [0] * len(faults)
        self._lock = Lock()

    def faults(self, call: Call, *, breaking: bool = False) -> list[Fault]:
        """The faults that strike this call: those that break rules, or the others. To be asked once, as calls are
        counted."""
        struck = []
        for index, fault in enumerate(self._faults):
            if (fault.kind in BREAKING) is breaking and _matches(fault, call):
                with self._lock:
                    self._counts[index] += 1
                    count = self._counts[index]
                if fault.call in (0, count):
                    struck.append(fault)
        return struck

    def latency(self, call: Call) -> float:
        """How long the call takes, in seconds: the last rule that matches says it."""
        return next((float(rule.seconds) for rule in reversed(self._latencies) if _matches(rule, call)), 0.0)


def strike(faults: list[Fault], when: str) -> None:
    """Raise the error, exception or crash that is due now."""
    for fault in faults:
        if fault.when != when:
            continue
        if fault.kind == "error":
            raise sdk.ProviderError("Mock failure", fault.message)
        if fault.kind == "exception":
            raise RuntimeError(fault.message)
        if fault.kind == "crash":
            import os
            import signal

            os.kill(os.getpid(), signal.SIGKILL)


class CallLog:
    """A file with one JSON line when a call starts and one when it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def write(self, phase: str, call: Call, **more: Any) -> None:
        """Append a line. `phase` is "start" or "end"."""
        from json import dumps
        from time import time

        record = {"time": time(), "phase": phase, "thread": get_ident(), **call._asdict(), **more}
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(dumps(record) + "\n")
