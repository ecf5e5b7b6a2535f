"""`iacctl fmt`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.cli.flags import Flags
    from iacctl.diag import Diagnostics
    from iacctl.ops.formatting import Formatted
    from iacctl.views.terminal import Terminal

FLAGS: Final = (
    Flag("check", "bool"),
    Flag("diff", "bool"),
    Flag("list", "bool", True),
    Flag("no-color", "bool"),
    Flag("recursive", "bool"),
    Flag("write", "bool", True),
)

HELP: Final = """\
Usage: iacctl [global options] fmt [options] [target...]

  Gives files their canonical layout: configuration, variable values and
  tests in native syntax (.tf, .tfvars, .tftest.hcl, .tfmock.hcl,
  .tfquery.hcl, .tofu, .tofutest.hcl, .tofumock.hcl). JSON is left alone,
  and so is a file with errors.

  A target is a file, a directory, or "-" for standard input, which is
  formatted to standard output. Without one, it is the current directory.

Options:

  -check         Change nothing; the exit status is 3 if anything would be.

  -diff          Show what changes.

  -list=false    Don't list the files that change.

  -no-color      No colour.

  -recursive     Go into subdirectories, too.

  -write=false   Leave the files as they are.

Example:

  iacctl fmt -check -recursive
"""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        return usage.complain_with_help(HELP, error, terminal)
    from iacctl.diag import Diagnostics
    from iacctl.views.human import diagnostics

    found = Diagnostics()
    changed = _format(flags, found, terminal)
    diagnostics.show(found, terminal, spaced=True)
    if found.has_errors:
        return 2
    if not flags.check:
        return 0
    if flags.list and changed and not _is_input(flags):
        _print(b"".join(changed), terminal)
    return 3 if changed else 0


def _is_input(flags: Flags) -> bool:
    return bool(flags.arguments) and flags.arguments[0] == "-"


def _results(flags: Flags, found: Diagnostics) -> Iterator[Formatted]:
    from iacctl.ops import formatting

    if not _is_input(flags):
        yield from formatting.format_targets(flags.arguments or ["."], found, recursive=flags.recursive)
        return
    result = formatting.format_text(formatting.STANDARD_INPUT, sys.stdin.buffer.read(), found)
    if result is not None:
        yield result


def _format(flags: Flags, found: Diagnostics, terminal: Terminal) -> list[bytes]:
    """Do what is asked for, except for what `-check` prints: that is given back, for each file that would change."""
    listing = flags.check or (flags.list and not _is_input(flags))
    writing = flags.write and not flags.check and not _is_input(flags)
    changed: list[bytes] = []
    for result in _results(flags, found):
        outputs: list[bytes] = []
        if result.differs:
            if listing:
                outputs.append(os.fsencode(result.path) + b"\n")
            if writing:
                _write(result, found)
            if flags.diff:
                from iacctl.ops.formatting import difference

                outputs.append(difference(result))
            changed.append(b"".join(outputs))
        if not listing and not writing and not flags.diff:
            outputs.append(result.after)
        if not flags.check:
            for output in outputs:
                _print(output, terminal)
    return changed


def _write(result: Formatted, found: Diagnostics) -> None:
    from iacctl.ops import formatting

    try:
        formatting.write(result)
    except OSError:
        found.error(f"Failed to write {result.path}")


def _print(output: bytes, terminal: Terminal) -> None:
    """Print text as it is, and a newline at the end where there is none."""
    terminal.print((output if output.endswith(b"\n") else output + b"\n").decode("utf-8", "surrogateescape"))
