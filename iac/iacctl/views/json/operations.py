"""`plan -json`, `apply -json`, `destroy -json` and `refresh -json`: streams of messages."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from iacctl.diag.events import ActionFinished, ObjectFinished, StopRequested
from iacctl.plan import changes
from iacctl.views.heartbeat import Heartbeat
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
FIRST_INTERRUPT: Final = (
    "\nInterrupt received.\nPlease wait for Terraform to exit or data loss may occur.\nGracefully shutting down...\n"
)
SECOND_INTERRUPT: Final = "\nTwo interrupts received. Exiting immediately. Note that data loss may have occurred.\n"


class Stream:
    """What the streams of all operations have in common. The first message names the versions."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._counts = messages.Counts()
        self._counting = Lock()
        self._heartbeat = Heartbeat(self.event)
        self.send(
            {
                "@message": f"Terraform {COMPATIBLE_VERSION}",
                "type": "version",
                "terraform": COMPATIBLE_VERSION,
                "ui": messages.UI_VERSION,
            }
        )

    def send(self, message: Message, level: str = "info") -> None:
        """Send a message, with what all messages have in common added."""
        text.print_line(self._terminal, messages.stamped(message, level))

    def log(self, line: str) -> None:
        """Send a line of text that has no type of its own."""
        self.send({"@message": line, "type": "log"})

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        for item in found:
            kind, level = ("Error", "error") if item.severity == "error" else ("Warning", "warn")
            self.send(
                {"@message": f"{kind}: {item.summary}", "type": "diagnostic", "diagnostic": diagnostic(item)}, level
            )

    def event(self, event: Event) -> None:
        """See `protocols.OperationView`."""
        if isinstance(event, StopRequested):
            self.log("Stopping operation...")
            return
        if isinstance(event, ObjectFinished) and not event.planning:
            with self._counting:
                self._counts.done(event.action)
        elif isinstance(event, ActionFinished):
            with self._counting:
                self._counts.invoked += 1
        message = messages.event(event)
        if message is not None:
            self.send(message)
        self._heartbeat.observe(event)

    def state_lock(self, step: Literal["waiting", "releasing"]) -> None:
        """See `protocols.OperationView`."""
        line, kind = _LOCK_MESSAGES[step]
        self.send({"@message": line, "type": kind})

    def plan(self, plan: Plan) -> None:
        """See `protocols.OperationView`."""
        self._counts.imported = sum(change.importing is not None for change in plan.changes)  # no event tells of it
        for message in messages.plan(plan):
            self.send(message)

    def interrupted(self, times: int) -> None:
        """See `protocols.OperationView`."""
        self.log(FIRST_INTERRUPT if times == 1 else SECOND_INTERRUPT)

    def close(self) -> None:
        """See `protocols.OperationView`."""
        self._heartbeat.close()


class PlanJson(Stream):
    """The view of `plan -json`."""

    def next_step(self, plan: Plan, *, saved_to: str | None = None, generated_config: str | None = None) -> None:
        """See `protocols.PlanView`. Programs need no advice."""


class ApplyJson(Stream):
    """The view of `apply -json`, `destroy -json` and `refresh -json`."""

    def planned(self, plan: Plan) -> None:
        """See `protocols.ApplyView`."""
        self._counts.imported = sum(change.importing is not None for change in plan.changes)  # no event tells of it
        for change in plan.changes:
            if change.action != changes.NO_OP:
                self.send(messages.planned_change(change))

    def cancelled(self, mode: Mode) -> None:
        """See `protocols.ApplyView`."""
        self.log("Destroy cancelled" if mode == "destroy" else "Apply cancelled")

    def finished(
        self, operation: Operation, outputs: Mapping[str, OutputState], *, state_out: str = "", errored: bool = False
    ) -> None:
        """See `protocols.ApplyView`. After an error Terraform sends nothing more than diagnostics, nor do we."""
        if errored:
            return
        if operation != "refresh":
            self.send(self._counts.summary(operation))
        if operation != "destroy":
            self.send(messages.outputs(outputs))
