"""`iacctl state pull` and `state push`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from iacctl.cli import running
from iacctl.cli.flags import Flag
from iacctl.cli.running import Failed
from iacctl.cli.state import common

if TYPE_CHECKING:
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal
    from iacctl_state.document import StateDocument

PULL_HELP: Final = """\
Usage: iacctl [global options] state pull [options]

  Prints the state, wherever it is kept, in the current format.

Options:

  -var 'name=value'     A value for a variable of the configuration.

  -var-file=path        A file with such values.

Example:

  iacctl state pull > copy.tfstate
"""

PUSH_HELP: Final = """\
Usage: iacctl [global options] state push [options] PATH

  Puts the state in a file in the place of the current one, unless that is
  newer or another one altogether. "-" reads it from standard input.

Options:

  -force                Also if it is older or another one.

  -lock=false           Don't lock the state.

  -lock-timeout=0s      How long to wait for the lock.

Example:

  iacctl state push errored.tfstate
"""


def pull(words: list[str]) -> int:
    """Run `state pull`; the exit code."""
    return running.run(common.VARIABLES, words, PULL_HELP, _pull)


def push(words: list[str]) -> int:
    """Run `state push`; the exit code."""
    return running.run(
        (*common.VARIABLES, Flag("force", "bool"), Flag("lock", "bool", True), Flag("lock-timeout", "duration"),
         Flag("ignore-remote-version", "bool")),
        words,
        PUSH_HELP,
        _push,
        lambda flags: common.require(flags, "Exactly one argument expected: the path to a Terraform state file."),
    )  # fmt: skip


def _pull(flags: Flags, terminal: Terminal) -> int:
    from iacctl.session import Session, surgery
    from iacctl_state.writer import serialize

    session = Session()
    if surgery.exists(session):
        terminal.print(f"{serialize(session.state()).decode()}\n")
    return 0


def _push(flags: Flags, terminal: Terminal) -> int:
    from iacctl.session import Session, surgery

    document = _read(flags.arguments[0])
    try:
        surgery.push(Session(), document, force=flags.force, lock=flags.lock, timeout=flags.lock_timeout)
    except surgery.PushError as error:
        raise Failed(f"Failed to write state: {error}") from None
    return 0


def _read(path: str) -> StateDocument:
    from iacctl_state.errors import StateError
    from iacctl_state.reader import parse

    try:
        if path == "-":
            content = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                content = file.read()
    except OSError as error:
        reason = (error.strerror or os.strerror(error.errno or 0)).lower()
        raise Failed(f"open {path}: {reason}") from None
    if not content:
        raise Failed(f'Error reading source state "{path}": no state')
    try:
        return parse(content)
    except StateError as error:
        raise Failed(f'Error reading source state "{path}": {error.summary}: {error.detail}') from None
