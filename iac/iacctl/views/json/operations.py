"""`plan -json`, `apply -json`, `destroy -json` and `refresh -json`: streams of messages."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from iacctl.diag.events import ObjectFinished, StopRequested
from iacctl.views.json import messages, text
from iacctl.views.json.diagnostics import diagnostic
from iacctl_state.document import COMPATIBLE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Literal

    from iacctl.diag import Diagnostic
    from iacctl.diag.events import Event
    from iacctl.plan.model import Mode, Plan
    from iacctl.views.json.messages import Message
    from iacctl.views.protocols import Operation
    from iacctl.views.terminal import Terminal
    from iacctl_state.document import OutputState

_LOCK_MESSAGES: Final = {
    "waiting": ("Acquiring state lock. This may take a few moments...", "state_lock_acquire"),
    "releasing": ("Releasing state lock. This may take a few moments...", "state_lock_release"),
}
_FIRST_INTERRUPT: Final = (
    "\nInterrupt received.\nPlease wait for Terraform to exit or data loss may occur.\nGracefully shutting down...\n"
)
_SECOND_INTERRUPT: Final = "\nTwo interrupts received. Exiting immediately. Note that data loss may have occurred.\n"


class _Stream:
    """What the streams of all operations have in common. The first message names the versions."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._counts = messages.Counts()
        self._counting = Lock()
        self._send(
            {
                "@message": f"Terraform {COMPATIBLE_VERSION}",
                "type": "version",
                "terraform": COMPATIBLE_VERSION,
                "ui": messages.UI_VERSION,
            }
        )

    def _send(self, message: Message, level: str = "info") -> None:
        text.print_line(self._terminal, messages.stamped(message, level))

    def _log(self, line: str) -> None:
        self._send({"@message": line, "type": "log"})

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        for item in found:
            kind, level = ("Error", "error") if item.severity == "error" else ("Warning", "warn")
            self._send(
                {"@message": f"{kind}: {item.summary}", "type": "diagnostic", "diagnostic": diagnostic(item)}, level
            )

    def event(self, event: Event) -> None:
        """See `protocols.OperationView`."""
        if isinstance(event, StopRequested):
            self._log("Stopping operation...")
            return
        if isinstance(event, ObjectFinished) and not event.planning:
            with self._counting:
                self._counts.done(event.action)
        message = messages.event(event)
        if message is not None:
            self._send(message)

    def state_lock(self, step: Literal["waiting", "releasing"]) -> None:
        """See `protocols.OperationView`."""
        line, kind = _LOCK_MESSAGES[step]
        self._send({"@message": line, "type": kind})

    def plan(self, plan: Plan) -> None:
        """See `protocols.OperationView`."""
        self._counts.imported = sum(change.importing is not None for change in plan.changes)  # no event tells of it
        for message in messages.plan(plan):
            self._send(message)

    def interrupted(self, times: int) -> None:
        """See `protocols.OperationView`."""
        self._log(_FIRST_INTERRUPT if times == 1 else _SECOND_INTERRUPT)

    def close(self) -> None:
        """See `protocols.OperationView`. Nothing is redrawn here."""


class PlanJson(_Stream):
    """The view of `plan -json`."""

    def next_step(self, plan: Plan, *, saved_to: str | None = None, generated_config: str | None = None) -> None:
        """See `protocols.PlanView`. Programs need no advice."""


class ApplyJson(_Stream):
    """The view of `apply -json`, `destroy -json` and `refresh -json`."""

    def cancelled(self, mode: Mode) -> None:
        """See `protocols.ApplyView`."""
        self._log("Destroy cancelled" if mode == "destroy" else "Apply cancelled")

    def finished(
        self, operation: Operation, outputs: Mapping[str, OutputState], *, state_out: str = "", errored: bool = False
    ) -> None:
        """See `protocols.ApplyView`. After an error Terraform sends nothing more than diagnostics, nor do we."""
        if errored:
            return
        if operation != "refresh":
            self._send(self._counts.summary(operation))
        if operation != "destroy":
            self._send(messages.outputs(outputs))
