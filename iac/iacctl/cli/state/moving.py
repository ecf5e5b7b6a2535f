"""`iacctl state mv`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running
from iacctl.cli.flags import Flag
from iacctl.cli.running import Failed
from iacctl.cli.state import common

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.session import Session
    from iacctl.views.terminal import Terminal

HELP: Final = f"""\
Usage: iacctl [global options] state mv [options] SOURCE DESTINATION

  Puts a resource instance, a resource or a module under another address, in
  this state or in another. What it stands for is not touched. The state as
  it was before is kept in a file beside it.

Options:

  -dry-run              Only say what would be moved.

  -state-out=path       The state file that gets what is moved, for the local
                        backend.

  -backup-out=path      Where to keep that state as it was before.

{common.OPTIONS}
Example:

  iacctl state mv aws_instance.web module.site.aws_instance.web
"""


def mv(words: list[str]) -> int:
    """Run `state mv`; the exit code."""
    return running.run(
        (*common.CHANGING, Flag("dry-run", "bool"), Flag("backup-out", "string")),
        words,
        HELP,
        _mv,
        lambda flags: common.require(flags, "Exactly two arguments expected: the source and destination addresses.", 2),
    )


def _mv(flags: Flags, terminal: Terminal) -> int:
    from contextlib import nullcontext

    from iacctl.ops import surgery as state_surgery
    from iacctl.session import surgery
    from iacctl_state.json_text import quote

    source, other = _sessions(flags)
    common.require_state(source)
    locking = {"lock": flags.lock, "timeout": flags.lock_timeout}
    operation = "state-mv"
    # The one that gets is stored first: whatever happens in between, nothing is lost.
    with surgery.opened(source, operation, **locking) as document:
        getting = surgery.opened(other, operation, **locking) if other else nullcontext(document)
        with getting as target:
            try:
                moved = state_surgery.move(document, target, *flags.arguments, dry_run=flags.dry_run)
            except state_surgery.ModuleExistsError as error:
                raise Failed(
                    f"Error moving state: {error}\n\nPlease ensure your addresses and state paths are valid. No\nstate was "
                    "persisted. Your existing states are untouched."
                ) from None
    what = "Would move" if flags.dry_run else "Move"
    terminal.print("".join(f"{what} {quote(item.source)} to {quote(item.target)}\n" for item in moved))
    if not flags.dry_run:
        terminal.print(f"Successfully moved {len(moved)} object(s).\n")
    return 0


def _sessions(flags: Flags) -> tuple[Session, Session | None]:
    """The session of the state that gives, and of the one that gets if that is another."""
    from iacctl.session import Session
    from iacctl_state.backends.local import LocalOverrides

    source = common.session(flags)
    source.overrides = LocalOverrides(flags.state, "", flags.backup)
    if not flags.state_out:
        return source, None
    return source, Session(overrides=LocalOverrides(flags.state_out, "", flags.backup_out))
