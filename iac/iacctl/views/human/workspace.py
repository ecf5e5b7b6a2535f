"""`workspace` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.views.human.style import style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iacctl.diag import Diagnostic
    from iacctl.views.terminal import Terminal

_OVERRIDDEN: Final = "\n\n\nThe active workspace is being overridden using the TF_WORKSPACE environment\nvariable.\n"


class WorkspaceHuman:
    """The view of `workspace`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        from iacctl.views.human import diagnostics

        diagnostics.show(found, self._terminal)

    def list(self, names: Sequence[str], current: str, *, overridden: bool = False) -> None:
        """See `protocols.WorkspaceView`."""
        lines = "".join(f"{'*' if name == current else ' '} {name}\n" for name in names)
        self._terminal.print(f"{lines}{_OVERRIDDEN if overridden else ''}\n")

    def current(self, name: str) -> None:
        """See `protocols.WorkspaceView`."""
        self._terminal.print(f"{name}\n")

    def created(self, name: str) -> None:
        """See `protocols.WorkspaceView`."""
        look = style(self._terminal.color)
        self._say(
            f'{look.bold}Created and switched to workspace "{name}"!{look.reset}{look.green}\n\n'
            "You're now on a new, empty workspace. Workspaces isolate their state,\n"
            'so if you run "terraform plan" Terraform will not see any existing state\n'
            "for this configuration."
        )

    def selected(self, name: str) -> None:
        """See `protocols.WorkspaceView`."""
        self._say(f'Switched to workspace "{name}".')

    def deleted(self, name: str, *, forced: bool = False) -> None:
        """See `protocols.WorkspaceView`."""
        self._say(f'Deleted workspace "{name}"!')
        if forced:
            look = style(self._terminal.color)
            self._terminal.print(
                f'{look.reset}{look.yellow}WARNING: "{name}" was non-empty.\n'
                "The resources managed by the deleted workspace may still exist,\n"
                "but are no longer manageable by Terraform since the state has\n"
                f"been deleted.\n{look.reset}\n"
            )

    def _say(self, text: str) -> None:
        look = style(self._terminal.color)
        self._terminal.print(f"{look.reset}{look.green}{text}{look.reset}\n")
