"""`iacctl state rm`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running
from iacctl.cli.flags import Flag
from iacctl.cli.state import common
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal

HELP: Final = f"""\
Usage: iacctl [global options] state rm [options] ADDRESS...

  Forgets resource instances, whole resources or modules: what they stand for
  goes on existing, and nobody looks after it any more. The state as it was
  before is kept in a file beside it.

Options:

  -dry-run              Only say what would be forgotten.

{common.OPTIONS}
Example:

  iacctl state rm 'module.site.aws_instance.web["a"]'
"""


def rm(words: list[str]) -> int:
    """Run `state rm`; the exit code."""
    return running.run(
        (*common.CHANGING, Flag("dry-run", "bool")),
        words,
        HELP,
        _rm,
        lambda flags: common.require(flags, "At least one address is required.", more=True),
    )


def _rm(flags: Flags, terminal: Terminal) -> int:
    from iacctl.ops import surgery as state_surgery
    from iacctl.session import surgery

    session = common.session(flags, changing=True)
    common.require_state(session)
    with surgery.opened(session, "state-rm", lock=flags.lock, timeout=flags.lock_timeout) as document:
        found = state_surgery.remove(document, flags.arguments, dry_run=flags.dry_run)
        if not found and not flags.dry_run:
            raise DiagnosticError(
                [
                    Diagnostic(
                        "error",
                        "Invalid target address",
                        'No matching objects found. To view the available instances, use "terraform state list". Please '
                        "modify the address to reference a specific instance.",
                    )
                ]
            )
    if flags.dry_run:
        terminal.print("".join(f"Would remove {item}\n" for item in found) or "Would have removed nothing.\n")
        return 0
    noun = "resource instance(s)"
    terminal.print("".join(f"Removed {item}\n" for item in found))
    terminal.print(f"Successfully removed {len(found)} {noun}.\n")
    return 0
