"""`modules -json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl.views.json.text import print_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.ops.inventory import CalledModule
    from iacctl.views.terminal import Terminal

FORMAT_VERSION: Final = "1.0"
"""The version of the document."""


def print_document(terminal: Terminal, modules: Sequence[CalledModule]) -> None:
    """Print every module called, without what calls it."""
    found: list[dict[str, Any]] = []
    _add(modules, found)
    print_line(terminal, {"format_version": FORMAT_VERSION, "modules": found or None})


def _add(modules: Sequence[CalledModule], found: list[dict[str, Any]]) -> None:
    for module in modules:
        found.append({"key": module.name, "source": module.source, "version": module.version})
        _add(module.children, found)
