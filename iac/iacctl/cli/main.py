"""The entry point: global options, the choice of a command, exit codes."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[[list[str], str], int]
    """Takes the words behind the command's name, and the directory that the program was started in."""

COMMANDS: Final[dict[str, str]] = {
    "init": "Prepare your working directory for other commands",
    "validate": "Check whether the configuration is valid",
    "plan": "Show changes required by the current configuration",
    "apply": "Create or update infrastructure",
    "destroy": "Destroy previously-created infrastructure",
    "console": "Try Terraform expressions at an interactive command prompt",
    "fmt": "Reformat your configuration in the standard style",
    "force-unlock": "Release a stuck lock on the current workspace",
    "get": "Install or upgrade remote Terraform modules",
    "graph": "Generate a Graphviz graph of the steps in an operation",
    "import": "Associate existing infrastructure with a Terraform resource",
    "metadata": "Metadata related commands",
    "modules": "Show all declared modules in a working directory",
    "output": "Show output values from your root module",
    "providers": "Show the providers required for this configuration",
    "query": "Search and list remote infrastructure with Terraform",
    "refresh": "Update the state to match remote systems",
    "show": "Show the current state or a saved plan",
    "state": "Advanced state management",
    "taint": "Mark a resource instance as not fully functional",
    "untaint": "Remove the 'tainted' state from a resource instance",
    "test": "Execute integration tests for Terraform modules",
    "version": "Show the current version",
    "workspace": "Workspace management",
}
"""All commands in the order of the help text: the main ones first."""

SUBCOMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "metadata": ("functions",),
    "providers": ("schema",),
    "state": ("identities", "list", "mv", "pull", "push", "replace-provider", "rm", "show"),
    "workspace": ("delete", "list", "new", "select", "show"),
}
"""Commands that have commands of their own."""

_MODULES: Final = {"import": "importing"}
"""Commands whose names no module can have."""

_MAIN: Final = 5
_VERSION_WORDS: Final = frozenset(("-v", "-version", "--version"))
_HELP_WORDS: Final = frozenset(("-h", "-help", "--help"))


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
    from iacctl.cli import streams

    # Syntax trees, schemas and state live until the process ends: looking through them for garbage again and again takes
    # a quarter of a plan's time and finds nothing.
    gc.set_threshold(500_000, 20, 100)
    streams.guard()
    try:
        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        code = 130
    except Exception as error:
        from iacctl.cli import crash

        crash.report(error)
        code = 1
    sys.stdout.flush()
    unwritten = streams.failure()
    if unwritten is not None:
        if not isinstance(unwritten, BrokenPipeError):
            reason = (unwritten.strerror or str(unwritten)).lower()
            sys.stderr.write(f"\nError: Failed to write output\n\nNot all output could be written: {reason}.\n")
        code = code or 1
    sys.stderr.flush()
    # Threads that wait for a provider must not keep the process alive, and nothing is left to be torn down.
    os._exit(code)


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
    origin = _current_directory()
    try:
        words = _with_environment(words)
        words = _chosen_directory(words)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if any(word in _VERSION_WORDS for word in words):
        words = ["version", *(word for word in words if word.lstrip("-") == "json")]
    wants_help = bool(words) and words[0] in _HELP_WORDS
    if wants_help:
        words = words[1:]
    if not words or words[0].startswith("-"):
        sys.stdout.write(help_text())
        return 0 if wants_help else 127
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        return _unknown(name)
    from importlib import import_module

    from iacctl.cli import configuration

    configuration.report()
    module = _MODULES.get(name) or name.replace("-", "_")
    command: Command = import_module(f"iacctl.cli.commands.{module}").run
    return command(["-help"] if wants_help else rest, origin)


def _with_environment(words: list[str]) -> list[str]:
    """The words with those of TF_CLI_ARGS and TF_CLI_ARGS_command put behind the command's name.

    Raises:
        ValueError: a variable holds no list of words.
    """
    end = next((index for index, word in enumerate(words) if not word.startswith("-")), None)
    if end is None:
        return [*words, *_split("TF_CLI_ARGS")]
    name = words[end]
    end += 1
    if end < len(words) and words[end] in SUBCOMMANDS.get(name, ()):
        name = f"{name}_{words[end]}"
        end += 1
    return [*words[:end], *_split("TF_CLI_ARGS"), *_split(f"TF_CLI_ARGS_{name}"), *words[end:]]


def _split(variable: str) -> list[str]:
    text = os.environ.get(variable)
    if not text:
        return []
    import shlex

    try:
        return shlex.split(text)
    except ValueError:
        raise ValueError(f"Error parsing extra CLI args from {variable}: invalid command line string") from None


def _chosen_directory(words: list[str]) -> list[str]:
    """Obey `-chdir` and take it off.

    Raises:
        ValueError: it is at fault.
    """
    for position, word in enumerate(words):
        if not word.startswith("-"):
            break
        name, equals, path = word.lstrip("-").partition("=")
        if name != "chdir":
            continue
        if not equals or not path:
            raise ValueError(
                "Invalid -chdir option: must include an equals sign followed by a directory path, like -chdir=example"
            )
        _chdir(path)
        return [*words[:position], *words[position + 1 :]]
    return words


def _current_directory() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - pathlib is slow to import
    except OSError:  # it was removed
        return "."


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
