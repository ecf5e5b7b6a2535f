"""`query` for people: a table for each list block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.diag.events import ListFinished, ListFound, ListStarted
from iacctl.values import STRING, ConversionError
from iacctl.views.human.style import style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.diag import Diagnostic
    from iacctl.diag.events import Event
    from iacctl.values import Value
    from iacctl.views.terminal import Terminal


class QueryHuman:
    """The view of `query`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._rows: dict[str, list[tuple[str, str]]] = {}
        self._empty: list[str] = []

    def event(self, event: Event) -> None:
        """See `protocols.QueryView`."""
        if isinstance(event, ListStarted):
            self._rows[event.address] = []
        elif isinstance(event, ListFound):
            found = event.found
            self._rows[event.listed.address].append((identity_text(found.identity), found.display_name))
        elif isinstance(event, ListFinished):
            self._table(event.address)

    def _table(self, address: str) -> None:
        rows = self._rows.pop(address, [])
        if not rows:
            self._empty.append(address)
            return
        width = max(len(identity) for identity, _ in rows)
        lines = [f"{address}   {identity:<{width}}   {name}\n" for identity, name in rows]
        self._terminal.print("".join(lines) + "\n")

    def finished(self) -> None:
        """See `protocols.QueryView`."""
        if not self._empty:
            return
        look = style(self._terminal.color)
        text = f"list block(s) [{', '.join(self._empty)}] returned 0 results."
        shown = wrap(f"Warning: {text}", self._terminal.out_columns).removeprefix("Warning: ")
        self._terminal.print(f"{look.bold}{look.yellow}Warning:{look.reset}{look.bold} {shown}\n{look.reset}\n")

    def interrupted(self, times: int) -> None:
        """See `protocols.QueryView`."""
        self._terminal.print("\nInterrupt received.\nGracefully shutting down...\n\n")

    def close(self) -> None:
        """See `protocols.QueryView`."""

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        items = list(found)
        if items:
            from iacctl.views.human import diagnostics

            diagnostics.show(items, self._terminal)


def identity_text(identity: Value) -> str:
    """`id=i-123,region=local`: the parts of an identity that are not null."""
    parts = values.paths.children(identity)
    return ",".join(f"{getattr(step, 'key', step)}={_text(item)}" for step, item in parts if not values.is_null(item))


def _text(value: Value) -> str:
    try:
        return str(values.convert(value, STRING))
    except ConversionError:
        return "..."
