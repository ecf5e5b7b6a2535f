"""Data to JSON text as Go writes it: exact numbers, and <, > and & escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl_state.json_text import compact, escape, lay_out

if TYPE_CHECKING:
    from iacctl.views.terminal import Terminal


def one_line(data: Any) -> str:
    """JSON text without a space between items. A number may also be an object whose `str()` is its text."""
    return escape(compact(data))


def indented(data: Any) -> str:
    """JSON text with an item on each line, indented by two spaces."""
    return escape(lay_out(data))


def print_line(terminal: Terminal, data: Any) -> None:
    """Write data to standard output as one line."""
    terminal.print(one_line(data) + "\n")


def print_indented(terminal: Terminal, data: Any) -> None:
    """Write data to standard output, an item on each line."""
    terminal.print(indented(data) + "\n")
