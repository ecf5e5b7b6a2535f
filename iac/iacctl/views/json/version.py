"""`version -json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.views.json import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.diag import Diagnostic
    from iacctl.views.protocols import VersionInfo
    from iacctl.views.terminal import Terminal


class VersionJson:
    """The view of `version -json`: Terraform's document, and `iacctl_version`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """See `protocols.View`. Problems are for people."""
        from iacctl.views import choice

        choice.version_view(self._terminal).diagnostics(found)

    def version(self, info: VersionInfo) -> None:
        """See `protocols.VersionView`."""
        selections = {str(source): version for source, version in sorted(info.providers.items())}
        text.print_indented(
            self._terminal,
            {
                "terraform_version": info.terraform,
                "platform": info.platform,
                "provider_selections": selections,
                "terraform_outdated": False,
                "iacctl_version": info.iacctl,
            },
        )
