"""`iacctl state`: chooses the command."""

from __future__ import annotations

from typing import Final

SUBCOMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    "identities": ("looking", "identities", "List the identities of resources in the state"),
    "list": ("looking", "list_", "List resources in the state"),
    "mv": ("moving", "mv", "Move an item in the state"),
    "pull": ("copying", "pull", "Pull current state and output to stdout"),
    "push": ("copying", "push", "Update remote state from a local state file"),
    "replace-provider": ("replacing", "replace_provider", "Replace provider in the state"),
    "rm": ("removing", "rm", "Remove instances from the state"),
    "show": ("looking", "show", "Show a resource in the state"),
}
"""Names of commands: the module that has it, the function there, what it does."""


def help_text() -> str:
    """What `state -help` prints."""
    lines = [
        "Usage: iacctl [global options] state <subcommand> [options] [args]",
        "",
        "  Looks at the state, and changes it by hand. Every change leaves a copy of",
        "  what was there before.",
        "",
        "Subcommands:",
    ]
    lines += [f"    {name:<19} {summary}" for name, (_, _, summary) in SUBCOMMANDS.items()]
    return "\n".join(lines) + "\n"


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    import sys
    from importlib import import_module

    if not words or words[0] not in SUBCOMMANDS:
        if words and words[0].lstrip("-") in ("help", "h"):
            sys.stdout.write(help_text())
            return 0
        sys.stderr.write(help_text())
        return 1
    module, function, _ = SUBCOMMANDS[words[0]]
    code: int = getattr(import_module(f"iacctl.cli.state.{module}"), function)(words[1:])
    return code
