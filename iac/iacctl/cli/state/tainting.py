"""`iacctl taint` and `iacctl untaint`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running
from iacctl.cli.flags import Flag
from iacctl.cli.running import Failed
from iacctl.cli.state import common
from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal

_HELP: Final = """\
Usage: iacctl [global options] {name} [options] ADDRESS

  {about}

Options:

  -allow-missing        Don't fail if there is no such instance.

{options}
Example:

  iacctl {name} 'aws_instance.web[0]'
"""

_ABOUT: Final = {
    "taint": 'Marks a resource instance: the next plan replaces it. "iacctl plan -replace"\n  does so without a mark.',
    "untaint": "Takes the mark from a resource instance that says it has to be replaced.",
}
_EXPECTED: Final = {
    "taint": "The taint command expects exactly one argument: the address of the resource to taint.",
    "untaint": "The untaint command expects exactly one argument: the address of the resource to untaint.",
}
_DONE: Final = {
    "taint": "Resource instance {} has been marked as tainted.\n",
    "untaint": "Resource instance {} has been successfully untainted.\n",
}


def run(name: str, words: list[str]) -> int:
    """Run `taint` or `untaint`; the exit code."""
    return running.run(
        (*common.CHANGING, Flag("allow-missing", "bool")),
        words,
        _HELP.format(name=name, about=_ABOUT[name], options=common.OPTIONS),
        lambda flags, terminal: _mark(name, flags, terminal),
        lambda flags: common.require(flags, _EXPECTED[name]),
    )


def _mark(name: str, flags: Flags, terminal: Terminal) -> int:
    from iacctl.ops import surgery as addresses
    from iacctl.ops import tainting
    from iacctl.session import surgery
    from iacctl.views.human import diagnostics

    wanted = addresses.instance_address(flags.arguments[0])
    if wanted.mode != "managed":
        raise Failed(f"Resource instance {wanted} cannot be {name}ed")
    session = common.session(flags, changing=True)
    # As Terraform does, these two keep only one backup.
    locking = {"lock": flags.lock, "timeout": flags.lock_timeout}
    with surgery.opened(session, name, timestamped=False, **locking) as document:
        try:
            (tainting.taint if name == "taint" else tainting.untaint)(document, wanted)
        except tainting.NotFoundError:
            if not flags.allow_missing:
                raise
            warning = Diagnostic(
                "warning",
                "No such resource instance",
                f"Resource instance {wanted} was not found, but this is not an error because -allow-missing was set.",
            )
            diagnostics.show([warning], terminal, spaced=True)
            return 0
    terminal.print(_DONE[name].format(wanted))
    return 0
