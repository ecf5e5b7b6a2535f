"""`iacctl import`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import planning, running, usage
from iacctl.cli.flags import Flag
from iacctl.cli.interrupts import Interrupts
from iacctl.cli.prompts import Prompt, input_is_allowed
from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.diag.events import ImportStarted, ObjectStarted, RefreshStarted

if TYPE_CHECKING:
    from iacctl.addrs import ResourceInstance
    from iacctl.cli.flags import Flags
    from iacctl.diag.events import Event
    from iacctl.session import Session
    from iacctl.views.protocols import ApplyView
    from iacctl.views.terminal import Terminal

_SHARED: Final = frozenset(
    ("var", "var-file", "input", "lock", "lock-timeout", "no-color", "parallelism", "state", "state-out", "backup")
)
FLAGS: Final = (
    *(flag for flag in planning.COMMON if flag.name in _SHARED),
    Flag("config", "string"),
    Flag("ignore-remote-version", "bool"),
)

HELP: Final = """\
Usage: iacctl [global options] import [options] ADDR ID

  Takes an object that exists already into the state, under the address of a
  resource that the configuration has. ID is what the resource type's
  documentation says; often it is the object's own id. Nothing is changed but
  the state.

  An import block in the configuration does the same as a part of a plan.

Options:

  -config=path           Where the configuration is, if not here.

  -input=false           Don't ask for variables without a value.

  -lock=false            Don't lock the state.

  -lock-timeout=0s       How long to wait for the lock.

  -no-color              No colour.

  -parallelism=n         How many objects to work on at once (10).

  -var 'name=value'      A value for a variable of the configuration.

  -var-file=path         A file with such values.

  -state=path, -state-out=path, -backup=path
                         The state file, where to write it, and where to keep
                         it as it was before, for the local backend.

Example:

  iacctl import 'aws_instance.web[0]' i-0123456789abcdef0
"""

_ADVICE: Final = (
    "For information on valid syntax, see:\nhttps://developer.hashicorp.com/terraform/cli/state/resource-addressing"
)
_DONE: Final = (
    "\nImport successful!\n\nThe resources that were imported are shown above. These resources are now in\nyour Terraform "
    "state and will henceforth be managed by Terraform.\n"
)


def run(words: list[str], origin: str) -> int:
    """Run the command; its exit code."""
    from iacctl.views.human import diagnostics

    terminal = usage.terminal(words)
    try:
        flags = usage.parse(FLAGS, words)
        if len(flags.arguments) != 2:
            raise usage.UsageError(
                [
                    Diagnostic(
                        "error", "Wrong number of arguments", "The import command expects two arguments: ADDR and ID."
                    )
                ]
            )
    except usage.HelpError:
        terminal.print(HELP)
        return 0
    except usage.UsageError as error:
        diagnostics.show(error.problems, terminal, spaced=True)
        terminal.print_error(HELP)
        return 1
    try:
        address = _address(flags.arguments[0])
    except DiagnosticError as error:
        diagnostics.show(error.diagnostics, terminal, spaced=True)
        if any(item.detail for item in error.diagnostics):
            terminal.print(f"{_ADVICE}\n")
        return 1
    from iacctl.views import choice

    view = choice.apply_view(terminal, as_json=False)
    try:
        return _import(flags, origin, address, view, terminal)
    except DiagnosticError as error:
        view.close()
        diagnostics.show(error.diagnostics, terminal, spaced=True)
        return 1
    finally:
        view.close()


def _address(text: str) -> ResourceInstance:
    """The address of what is to be.

    Raises:
        DiagnosticError: it is none of a managed resource's instance.
    """
    from iacctl.addrs import AddressError, parse_resource_instance
    from iacctl.diag import Range, SourceFile

    try:
        found = parse_resource_instance(text)
    except AddressError as error:
        place = Range(SourceFile("<import-address>", text), error.offset, len(text))
        raise DiagnosticError([Diagnostic("error", error.summary, error.detail, place)]) from None
    if found.mode != "managed":
        problem = "A managed resource address is required. Importing into a data resource is not allowed."
        raise DiagnosticError([Diagnostic("error", problem)])
    return found


def _import(flags: Flags, origin: str, address: ResourceInstance, view: ApplyView, terminal: Terminal) -> int:
    from contextlib import nullcontext

    from iacctl.session import importing
    from iacctl.views.human import diagnostics

    session = _session(flags, origin)
    prompt = Prompt(terminal)
    Interrupts(session, view, prompt).install()
    session.listener = _Listener(view, address, flags.arguments[1], terminal)
    missing = importing.missing_block(session, address)
    if missing:
        usage.print_failure(missing, terminal)
        return 1
    if input_is_allowed(flags.input):
        planning.ask_for_variables(session, prompt)
    locked = session.lock("import", timeout=flags.lock_timeout) if flags.lock else nullcontext()
    with locked:
        found = importing.run(session, address, flags.arguments[1], parallelism=flags.parallelism)
    view.close()
    diagnostics.show(found, terminal, spaced=True)
    if found.has_errors:
        return 1
    terminal.print(f"{_DONE}\n")
    return 0


def _session(flags: Flags, origin: str) -> Session:
    from iacctl.session import Session
    from iacctl_state.backends.local import LocalOverrides

    chosen = running.variable_options(flags)
    session = Session(
        root=flags.config or ".",
        origin=origin,
        options=chosen,
        overrides=LocalOverrides(flags.state, flags.state_out, flags.backup),
    )
    if not session.has_configuration():
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "No Terraform configuration files",
                    f"The directory {flags.config or origin} does not contain any Terraform configuration files (.tf or "
                    '.tf.json). To specify a different configuration directory, use the -config="..." command line option.',
                )
            ]
        )
    return session


class _Listener:
    """Tells of an import as this command does, which is not how plans do."""

    def __init__(self, view: ApplyView, address: ResourceInstance, object_id: str, terminal: Terminal) -> None:
        self._view = view
        self._address = str(address)
        self._type = address.type
        self._id = object_id
        self._terminal = terminal
        self._prepared = False

    def __call__(self, event: Event) -> None:
        if isinstance(event, ImportStarted):
            if event.planning:
                self._say(f'{self._address}: Importing from ID "{self._id}"...')
            return
        if isinstance(event, RefreshStarted) and event.address == self._address and not self._prepared:
            self._prepared = True
            self._say(f"{self._address}: Import prepared!")
            self._say(f"  Prepared {self._type} for import")
        if isinstance(event, ObjectStarted) and event.address == self._address:
            return
        self._view.event(event)

    def _say(self, text: str) -> None:
        from iacctl.views.human.style import style

        look = style(self._terminal.color)
        self._terminal.print(f"{look.reset}{look.bold}{look.green}{text}{look.reset}\n")
