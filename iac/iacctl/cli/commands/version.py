"""`iacctl version`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag

if TYPE_CHECKING:
    from iacctl.addrs import Provider

FLAGS: Final = (Flag("json", "bool"), Flag("no-color", "bool"), Flag("v", "bool"), Flag("version", "bool"))

COMPATIBLE_VERSION: Final = "1.15.5"
"""The Terraform version whose behaviour this program has."""

HELP: Final = """\
Usage: iacctl [global options] version [options]

  Prints the Terraform version that iacctl is compatible with, and its own.

Options:

  -json       Print the versions as JSON.

Example:

  iacctl version -json
"""


def own_version() -> str:
    """The version of this package."""
    from iacctl.version import VERSION

    return VERSION


def platform() -> str:
    """Operating system and architecture as Go names them."""
    machine = os.uname().machine
    return f"{sys.platform}_{ {'x86_64': 'amd64', 'aarch64': 'arm64'}.get(machine, machine) }".replace(" ", "")


def _providers() -> dict[Provider, str]:
    """The versions of the providers that `init` has chosen for this directory."""
    data_folder = os.environ.get("TF_DATA_DIR") or ".terraform"
    if not os.path.exists(f"{data_folder}/iacctl-providers.json"):  # noqa: PTH110
        return {}
    from iacctl.install import providers  # slow to import, and most often not needed

    return providers.recorded(data_folder)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain("version", error, terminal)
    from iacctl.views import choice
    from iacctl.views.protocols import VersionInfo

    view = choice.version_view(terminal, as_json=flags.json)
    view.version(VersionInfo(COMPATIBLE_VERSION, own_version(), platform(), _providers()))
    return 0
