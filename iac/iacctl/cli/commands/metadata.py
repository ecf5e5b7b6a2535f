"""`iacctl metadata`: what the language offers, for editors and other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import flags as flag_rules
from iacctl.cli import usage
from iacctl.cli.flags import Flag

if TYPE_CHECKING:
    from iacctl.views.terminal import Terminal

HELP: Final = """\
Usage: iacctl [global options] metadata <subcommand> [options] [args]

  This command has subcommands for metadata related purposes.

Subcommands:
    functions    Show signatures and descriptions for the available functions
"""

FUNCTIONS_HELP: Final = """\
Usage: iacctl [global options] metadata functions -json

  Prints the signatures and descriptions of all functions as JSON.

Options:

  -json                  Needed: there is no other form.

Example:

  iacctl metadata functions -json
"""

FLAGS: Final = (Flag("json", "bool"),)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    words = [word for word in words if word not in ("-no-color", "--no-color")]
    if words and words[0].lstrip("-") in ("help", "h"):
        terminal.print(HELP)
        return 0
    if not words or words[0] != "functions":
        terminal.print(HELP)
        return 1
    return _functions(words[1:], terminal)


def _functions(words: list[str], terminal: Terminal) -> int:
    red, reset = ("\x1b[31m", "\x1b[0m\x1b[0m") if terminal.color else ("", "")
    try:
        flags = flag_rules.parse(FLAGS, words)
    except flag_rules.HelpRequested:
        terminal.print(FUNCTIONS_HELP)
        return 0
    except flag_rules.FlagError as error:
        terminal.print_error(
            f"{red}\n{FUNCTIONS_HELP}{reset}\n{red}Error parsing command-line flags: {error}\n{reset}\n"
        )
        return 1
    if not flags.json:
        terminal.print_error(
            f"{red}The `terraform metadata functions` command requires the `-json` flag.\n{reset}\n"
            f"{red}\n{FUNCTIONS_HELP}{reset}\n"
        )
        return 1
    from iacctl.lang.functions import metadata

    terminal.print(metadata.as_json() + "\n")
    return 0
