"""`version` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.views.human import diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.diag import Diagnostic
    from iacctl.views.protocols import VersionInfo
    from iacctl.views.terminal import Terminal


class VersionHuman:
    """The view of `version`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`."""
        diagnostics.show(found, self._terminal)

    def version(self, info: VersionInfo) -> None:
        """See `protocols.VersionView`."""
        lines = [f"Terraform v{info.terraform}", f"on {info.platform}"]
        lines.extend(
            f"+ provider {source} {f'v{version}' if version else '(built in)'}"
            for source, version in sorted(info.providers.items())
        )
        lines.append(f"iacctl v{info.iacctl}")
        self._terminal.print("\n".join(lines) + "\n")
