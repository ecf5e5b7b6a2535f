"""What goes on while objects are read and changed: a line an event, and what still runs below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag.events import (
    EPHEMERAL_ACTIONS,
    ActionFailed,
    ActionFinished,
    ActionProgress,
    ActionStarted,
    EphemeralDeferred,
    ImportFinished,
    ImportStarted,
    ObjectFinished,
    ObjectProgress,
    ObjectStarted,
    ProvisionOutput,
    ProvisionStarted,
    RefreshStarted,
    StopRequested,
)
from iacctl.views.heartbeat import Heartbeat
from iacctl.views.human.style import style

if TYPE_CHECKING:
    from iacctl.diag.events import Event
    from iacctl.views.human.live import LiveStatus
    from iacctl.views.terminal import Terminal

_VERBS: Final = {
    "create": ("Creating...", "Still creating...", "Creation complete after"),
    "update": ("Modifying...", "Still modifying...", "Modifications complete after"),
    "delete": ("Destroying...", "Still destroying...", "Destruction complete after"),
    "read": ("Reading...", "Still reading...", "Read complete after"),
    "open": ("Opening...", "Still opening...", "Opening complete after"),
    "renew": ("Renewing...", "Still renewing...", "Renewal complete after"),
    "close": ("Closing...", "Still closing...", "Closing complete after"),
}


class Progress:
    """Prints events as Terraform does.

    Attributes:
        added: how many objects were created.
        changed: how many were updated.
        destroyed: how many were deleted.
        invoked: how many actions were.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.added = 0
        self.changed = 0
        self.destroyed = 0
        self.invoked = 0
        self._terminal = terminal
        self._style = style(terminal.color)
        self._heartbeat = Heartbeat(self.event)
        self._live: LiveStatus | None = None

    def event(self, event: Event) -> None:
        """Show an event; any thread may call it."""
        text = self._text(event)
        if text:
            self._print(text)
        self._heartbeat.observe(event)

    def _text(self, event: Event) -> str:
        kind = type(event)
        if kind is ObjectStarted:
            assert isinstance(event, ObjectStarted)
            if event.action not in _VERBS:
                return ""
            self._watch()
            shown = _id(event.id_key, event.id) if event.action in ("update", "delete") else ""
            line = self._line(event.address, f"{_VERBS[event.action][0]}{shown}", event.deposed)
            return f"{line}\n" if event.action in EPHEMERAL_ACTIONS else f"{line}{self._style.reset}\n"
        if kind is ObjectFinished:
            assert isinstance(event, ObjectFinished)
            if event.action not in _VERBS:
                return ""
            self._count(event)
            shown = "" if event.action == "delete" else _id(event.id_key, event.id)
            elapsed = duration(round(event.elapsed))
            return f"{self._line(event.address, f'{_VERBS[event.action][2]} {elapsed}{shown}')}\n"
        if kind is RefreshStarted:
            assert isinstance(event, RefreshStarted)
            shown = _id(event.id_key, event.id)
            return f"{self._line(event.address, f'Refreshing state...{shown}', event.deposed)}\n"
        if kind is ObjectProgress:
            assert isinstance(event, ObjectProgress)
            if event.action not in _VERBS:
                return ""
            found = f"{event.id_key}={event.id}, " if event.id else ""
            going = f"{_VERBS[event.action][1]} [{found}{clock(int(event.elapsed))} elapsed]"
            return f"{self._line(event.address, going)}{self._style.reset}\n"
        if kind is ProvisionOutput:
            assert isinstance(event, ProvisionOutput)
            look = self._style
            return f"{look.reset}{look.bold}{event.address} ({event.provisioner}):{look.reset} {look.reset}{event.line}\n"
        if kind is ProvisionStarted:
            assert isinstance(event, ProvisionStarted)
            going = f"Provisioning with '{event.provisioner}'..."
            return f"{self._line(event.address, going)}{self._style.reset}\n"
        if isinstance(event, ActionStarted | ActionProgress | ActionFinished | ActionFailed):
            return self._action(event)
        if kind is ImportStarted:
            assert isinstance(event, ImportStarted)
            verb = "Preparing import..." if event.planning else "Importing..."
            return f"{self._line(event.address, f'{verb} [{event.label}]')}\n"
        if kind is ImportFinished:
            assert isinstance(event, ImportFinished)
            return f"{self._line(event.address, f'Import complete [{event.label}]')}\n"
        if kind is EphemeralDeferred:
            assert isinstance(event, EphemeralDeferred)
            return f"{self._line(event.address, 'Configuration unknown, deferring...')}\n"
        if kind is StopRequested:
            return "Stopping operation...\n"
        return ""

    def _action(self, event: ActionStarted | ActionProgress | ActionFinished | ActionFailed) -> str:
        look = self._style
        lead = f"{look.reset}{look.bold}"
        what = f"{event.address} (triggered by {event.resource or 'CLI'})"
        end = f"{look.reset}{look.reset}\n"
        if isinstance(event, ActionStarted):
            self._watch()
            return f"{lead}Action started: {what}{end}"
        if isinstance(event, ActionProgress):
            return f"{lead}Action {what}:{look.reset} {event.message}{end}"
        if isinstance(event, ActionFinished):
            self.invoked += 1
            return f"{lead}{look.green}Action complete: {what}{end}"
        return f"{lead}{look.red}Action failed: {what} - {event.error}{end}"

    def _count(self, event: ObjectFinished) -> None:
        if event.planning:
            return
        if event.action == "create":
            self.added += 1
        elif event.action == "update":
            self.changed += 1
        elif event.action == "delete":
            self.destroyed += 1

    def _line(self, address: str, text: str, deposed: str | None = None) -> str:
        look = self._style
        where = f"{address} (deposed object {deposed})" if deposed else address
        return f"{look.reset}{look.bold}{where}: {text}{look.reset}"

    def _watch(self) -> None:
        """Have what still runs shown below the lines, if somebody watches."""
        if self._live is None and self._terminal.live:
            from iacctl.views.human.live import LiveStatus

            self._live = LiveStatus(self._terminal, self._heartbeat.running)

    def _print(self, text: str) -> None:
        live = self._live
        if live is None:
            self._terminal.print(text)
        else:
            live.print(text)

    def close(self) -> None:
        """End what is redrawn; a new event begins it again."""
        self._heartbeat.close()
        if self._live is not None:
            self._live.close()
            self._live = None


def _id(key: str, value: str) -> str:
    return f" [{key}={value}]" if value else ""


def clock(seconds: int) -> str:
    """Seconds as `01m05s`, or `01h00m05s`."""
    hours, rest = divmod(seconds, 3600)
    text = f"{rest // 60:02}m{rest % 60:02}s"
    return f"{hours:02}h{text}" if hours else text


def duration(seconds: int) -> str:
    """Seconds as Go prints a duration of whole seconds: `1h2m3s`, `1m5s`, `0s`."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours}h{minutes}m{left}s"
    return f"{minutes}m{left}s" if minutes else f"{left}s"
