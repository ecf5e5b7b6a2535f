"""`iacctl destroy`: an `apply` that destroys everything."""

from __future__ import annotations

from typing import Final

from iacctl.cli.commands import apply

HELP: Final = """\
Usage: iacctl [global options] destroy [options]

  Destroys everything that this configuration's state holds.

  This is the same as:
      iacctl apply -destroy

  It accepts the options of "iacctl apply" and most of "iacctl plan".

Example:

  iacctl destroy -target=module.sandbox
"""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    return apply.run_as("destroy", words, origin)
