"""Faults of the CLI configuration file, told when a command starts. All of it has defaults, so the command goes on."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from iacctl.diag import Diagnostic

_COLUMNS: Final = 78
_OF_INSTALLATION: Final = ("Invalid provider source ", "Invalid URL for provider installation source")
_COLOR: Final = re.compile(r"\x1b\[[0-9;]*m")


def report() -> None:
    """Print what is wrong with the CLI configuration, if there is one, to standard error."""
    from iacctl.config import cli_config

    paths, missing = cli_config.files()
    if not paths and missing is None and "TF_PLUGIN_CACHE_DIR" not in os.environ:
        return
    from iacctl.diag import Diagnostics

    found = Diagnostics()
    cli_config.load(found)
    installation = [item for item in found if item.summary.startswith(_OF_INSTALLATION)]
    _tell([item for item in found if item not in installation], "CLI", "Terraform")
    _tell(installation, "provider_installation", "Terraform's provider installer")


def _tell(found: list[Diagnostic], what: str, who: str) -> None:
    if not found:
        return
    from iacctl.views.human.diagnostics import render

    parts = [f"There are some problems with the {what} configuration:\n"]
    parts += [_plain(render(item, color=True, columns=_COLUMNS)) for item in found]
    if any(item.severity == "error" for item in found):
        parts.append(f"As a result of the above problems, {who} may not behave as intended.\n\n\n")
    sys.stderr.write("".join(parts))


def _plain(text: str) -> str:
    """A diagnostic as Terraform shows it before it knows whether there is colour: in a frame, without."""
    lines = [line.rstrip() for line in _COLOR.sub("", text).split("\n")]
    return "\n".join(line for index, line in enumerate(lines) if line != "│" or lines[index - 1] != "│") + "\n"
