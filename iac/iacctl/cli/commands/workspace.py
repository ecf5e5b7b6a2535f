"""`iacctl workspace`: list, new, select, show, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import usage
from iacctl.cli.flags import Flag
from iacctl.diag import Diagnostic, DiagnosticError
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.cli.flags import Flags
    from iacctl.session import Session
    from iacctl.views.protocols import WorkspaceView
    from iacctl.views.terminal import Terminal

HELP: Final = """\
Usage: iacctl [global options] workspace

  new, list, show, select and delete workspaces.

Subcommands:
    delete    Delete a workspace
    list      List workspaces
    new       Create a new workspace
    select    Select a workspace
    show      Show the name of the current workspace
"""

_LOCKING: Final = (Flag("lock", "bool", True), Flag("lock-timeout", "duration"))

FLAGS: Final[dict[str, tuple[Flag, ...]]] = {
    "delete": (*_LOCKING, Flag("force", "bool")),
    "list": (),
    "new": (*_LOCKING, Flag("state", "string")),
    "select": (Flag("or-create", "bool"),),
    "show": (),
}

SUBCOMMAND_HELP: Final[dict[str, str]] = {
    "delete": """\
Usage: iacctl [global options] workspace delete [OPTIONS] NAME

  Deletes a workspace. It must not be the current one, nor hold any objects.

Options:

  -force             Delete it even if its state holds objects, which nothing
                     will know of any more.

  -lock=false        Don't lock the state.

  -lock-timeout=0s   How long to wait for the lock.

Example:

  iacctl workspace delete staging
""",
    "list": """\
Usage: iacctl [global options] workspace list

  Lists the workspaces; an asterisk marks the current one.

Example:

  iacctl workspace list
""",
    "new": """\
Usage: iacctl [global options] workspace new [OPTIONS] NAME

  Creates a workspace and selects it.

Options:

  -lock=false        Don't lock the state.

  -lock-timeout=0s   How long to wait for the lock.

  -state=path        A state file to start from.

Example:

  iacctl workspace new staging
""",
    "select": """\
Usage: iacctl [global options] workspace select [OPTIONS] NAME

  Selects another workspace.

Options:

  -or-create         Create it if it doesn't exist.

Example:

  iacctl workspace select prod
""",
    "show": """\
Usage: iacctl [global options] workspace show

  Prints the name of the current workspace.

Example:

  iacctl workspace show
""",
}


class _Failed(Exception):  # noqa: N818 - carries what to print
    """The command ends with a message that is no diagnostic, as Terraform's workspace commands have them."""


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    terminal = usage.terminal(words)
    words = [word for word in words if word not in ("-no-color", "--no-color")]
    if words and words[0].lstrip("-") in ("help", "h"):
        terminal.print(HELP)
        return 0
    if not words or words[0] not in FLAGS:
        terminal.print(HELP)
        return 1
    name, rest = words[0], words[1:]
    try:
        flags = usage.parse(FLAGS[name], rest)
    except usage.HelpError:
        terminal.print(SUBCOMMAND_HELP[name])
        return 0
    except usage.UsageError as error:
        return usage.complain(f"workspace {name}", error, terminal)
    return _run(name, flags, terminal)


def _run(name: str, flags: Flags, terminal: Terminal) -> int:
    from iacctl.session import Session
    from iacctl.views import choice

    if name in ("new", "select", "delete"):
        if len(flags.arguments) != 1:
            _print_failure(terminal, "Expected a single argument: NAME.\n")
            terminal.print(SUBCOMMAND_HELP[name])
            return 1
    elif name == "list" and flags.arguments:
        _print_failure(terminal, "Too many command line arguments. Did you mean to use -chdir?")
        return 1
    view = choice.workspace_view(terminal)
    try:
        session = Session()
        if name != "show" and not session.backend().has_workspaces:
            raise _Failed("workspaces not supported")
        return _COMMANDS[name](session, flags, view)
    except DiagnosticError as error:
        view.diagnostics(error.diagnostics)
        return 1
    except StateError as error:
        view.diagnostics([Diagnostic("error", error.summary, error.detail)])
        return 1
    except _Failed as error:
        _print_failure(terminal, str(error))
        return 1


def _print_failure(terminal: Terminal, text: str) -> None:
    red, reset = ("\x1b[31m", "\x1b[0m\x1b[0m") if terminal.color else ("", "")
    terminal.print_error(f"{red}{text}{reset}\n")


_NEW_IS_OVERRIDDEN: Final = (
    "\nThe workspace is currently overridden using the TF_WORKSPACE environment\nvariable. You cannot create a new workspace "
    "when using this setting.\n\nTo create a new workspace, either unset this environment variable or update it\nto match the "
    "workspace name you are trying to create, and then run this command\nagain.\n"
)
_OVERRIDDEN: Final = (
    "\nThe selected workspace is currently overridden using the TF_WORKSPACE\nenvironment variable.\n\nTo select a new "
    "workspace, either update this environment variable or unset\nit and then run this command again.\n"
)


def _list(session: Session, flags: Flags, view: WorkspaceView) -> int:
    view.list(session.backend().workspaces(), session.workspace(), overridden=session.workdir.workspace_is_overridden)
    return 0


def _show(session: Session, flags: Flags, view: WorkspaceView) -> int:
    view.current(session.workspace())
    return 0


def _new(session: Session, flags: Flags, view: WorkspaceView) -> int:
    if session.workdir.workspace_is_overridden:
        raise _Failed(_NEW_IS_OVERRIDDEN)
    name = flags.arguments[0]
    _check_name(name)
    if name in session.backend().workspaces():
        raise _Failed(f'Workspace "{name}" already exists')
    session.create_workspace(name, state_file=flags.state)
    view.created(name)
    return 0


def _check_name(name: str) -> None:
    from iacctl_state import workspaces

    if not workspaces.is_valid_name(name):
        raise _Failed(
            f'\nThe workspace name "{name}" is not allowed. The name must contain only URL safe\n'
            "characters, contain no path separators, and not be an empty string.\n"
        )


def _missing(name: str) -> str:
    return (
        f'Workspace "{name}" doesn\'t exist.\n\nYou can create this workspace with the "new" subcommand \n'
        'or include the "-or-create" flag with the "select" subcommand.'
    )


def _select(session: Session, flags: Flags, view: WorkspaceView) -> int:
    if session.workdir.workspace_is_overridden:
        raise _Failed(_OVERRIDDEN)
    name = flags.arguments[0]
    _check_name(name)
    if name == session.workspace():
        return 0
    if name not in session.backend().workspaces():
        if not flags.or_create:
            raise _Failed(f"\n{_missing(name)}")
        session.create_workspace(name)
        view.created(name)
        return 0
    session.select_workspace(name)
    view.selected(name)
    return 0


def _delete(session: Session, flags: Flags, view: WorkspaceView) -> int:
    name = flags.arguments[0]
    current = session.workspace()
    if name not in session.backend().workspaces():
        raise _Failed(_missing(name))
    if name == current:
        raise _Failed(
            f'Workspace "{name}" is your active workspace.\n\nYou cannot delete the currently active workspace. Please '
            "switch\nto another workspace and try again."
        )
    session.delete_workspace(name, force=flags.force, lock=flags.lock, timeout=flags.lock_timeout)
    view.deleted(name, forced=flags.force)
    return 0


_COMMANDS: Final[dict[str, Callable[[Session, Flags, WorkspaceView], int]]] = {
    "delete": _delete,
    "list": _list,
    "new": _new,
    "select": _select,
    "show": _show,
}
