"""The entry point: global options, the choice of a command, exit codes."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[[list[str]], int]

COMMANDS: Final[dict[str, str]] = {
    "init": "Prepare your working directory for other commands",
    "validate": "Check whether the configuration is valid",
    "plan": "Show changes required by the current configuration",
    "apply": "Create or update infrastructure",
    "destroy": "Destroy previously-created infrastructure",
    "output": "Show output values from your root module",
    "show": "Show the current state or a saved plan",
    "version": "Show the current version",
    "workspace": "Workspace management",
}
"""All commands in the order of the help text: the main ones first."""

_MAIN: Final = 5


def help_text() -> str:
    """What `-help` prints."""
    lines = [
        "Usage: iacctl [global options] <subcommand> [args]",
        "",
        "The available commands for execution are listed below.",
        "The primary workflow commands are given first, followed by",
        "less common or more advanced commands.",
        "",
        "Main commands:",
    ]
    for index, (name, summary) in enumerate(COMMANDS.items()):
        if index == _MAIN:
            lines += ["", "All other commands:"]
        lines.append(f"  {name:<13} {summary}")
    lines += [
        "",
        "Global options (use these before the subcommand, if any):",
        "  -chdir=DIR    Switch to a different working directory before executing the",
        "                given subcommand.",
        "  -help         Show this help output or the help for a specified subcommand.",
        '  -version      An alias for the "version" subcommand.',
    ]
    return "\n".join(lines) + "\n"


def run() -> None:
    """Run the command line of this process and exit."""
    code = 1
    # Syntax trees, schemas and state live until the process ends: looking through them for garbage again and again takes
    # a quarter of a plan's time and finds nothing.
    gc.set_threshold(500_000, 20, 100)
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone: nothing more can be said.
        code = _give_up_output()
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        code = 130
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that wait for a provider must not keep the process alive, and nothing is left to be torn down.
    os._exit(code)


def _give_up_output() -> int:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    return 1


def main(words: list[str]) -> int:
    """Run a command.

    Args:
        words: the command line without the program's name.

    Returns:
        The exit code.
    """
    if sys.platform == "win32":
        sys.stderr.write("iacctl runs on Linux and macOS.\n")
        return 1
    try:
        words = _with_environment(words)
        words, wants_help, wants_version = _globals(words)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if wants_version:
        words = ["version", *words]
    if not words:
        sys.stdout.write(help_text())
        return 0 if wants_help else 127
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        return _unknown(name)
    if wants_help:
        rest = ["-help"]
    rest = _with_command_environment(name, rest)
    from importlib import import_module

    command: Command = import_module(f"iacctl.cli.commands.{name}").run
    return command(rest)


def _with_environment(words: list[str]) -> list[str]:
    """The words with those of TF_CLI_ARGS put behind the command's name."""
    extra = os.environ.get("TF_CLI_ARGS")
    if not extra:
        return words
    return _insert(words, _split("TF_CLI_ARGS", extra))


def _with_command_environment(name: str, rest: list[str]) -> list[str]:
    extra = os.environ.get(f"TF_CLI_ARGS_{name}")
    return [*_split(f"TF_CLI_ARGS_{name}", extra), *rest] if extra else rest


def _split(variable: str, text: str) -> list[str]:
    import shlex

    try:
        return shlex.split(text)
    except ValueError as error:
        raise ValueError(f"Error parsing extra CLI args from {variable}: {error}") from None


def _insert(words: list[str], extra: list[str]) -> list[str]:
    """Put words behind the first one that is no flag: the command's name."""
    for index, word in enumerate(words):
        if not word.startswith("-"):
            return [*words[: index + 1], *extra, *words[index + 1 :]]
    return [*words, *extra]


def _globals(words: list[str]) -> tuple[list[str], bool, bool]:
    """Take the global options off; the rest, and whether help or the version is wanted.

    Raises:
        ValueError: a global option is at fault.
    """
    wants_help = wants_version = False
    position = 0
    while position < len(words) and words[position].startswith("-"):
        word = words[position]
        name = word.lstrip("-")
        if name in ("help", "h"):
            wants_help = True
        elif name in ("version", "v"):
            wants_version = True
        elif name.startswith("chdir="):
            _chdir(name.partition("=")[2])
        elif name == "chdir":
            raise ValueError(
                "Invalid -chdir option: must include an equals sign followed by a directory path, like -chdir=example"
            )
        else:
            break
        position += 1
    return words[position:], wants_help, wants_version


def _chdir(path: str) -> None:
    try:
        os.chdir(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ValueError(f"Error handling -chdir option: chdir {path}: {reason}") from None


def _unknown(name: str) -> int:
    from iacctl.hcl.suggestions import did_you_mean

    hint = did_you_mean(name, COMMANDS)
    sys.stderr.write(
        f'Terraform has no command named "{name}".{hint}\n\nTo see all of Terraform\'s top-level commands, run:\n'
        "  terraform -help\n\n"
    )
    return 1
