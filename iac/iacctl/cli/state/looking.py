"""`iacctl state list`, `state show` and `state identities`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running
from iacctl.cli.flags import Flag
from iacctl.cli.running import Failed
from iacctl.cli.state import common
from iacctl.diag import DiagnosticError

if TYPE_CHECKING:
    from iacctl.addrs import ResourceInstance
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal
    from iacctl_state.document import Json, StateDocument

_LISTING: Final = (*common.VARIABLES, common.STATE, Flag("id", "string"))

LIST_HELP: Final = """\
Usage: iacctl [global options] state list [options] [address...]

  Lists the resource instances that the state holds: all, or those of the
  modules and resources named.

Options:

  -id=ID                Only instances whose attribute "id" is this.

  -no-color             No colour.

  -state=path           The state file, for the local backend.

Example:

  iacctl state list module.network
"""

SHOW_HELP: Final = """\
Usage: iacctl [global options] state show [options] ADDRESS

  Shows the attributes of one resource instance.

Options:

  -no-color             No colour.

  -state=path           The state file, for the local backend.

Example:

  iacctl state show 'aws_instance.web[0]'
"""

IDENTITIES_HELP: Final = """\
Usage: iacctl [global options] state identities [options] -json [address...]

  Lists the identities of the resource instances in the state as JSON: of
  all, or of those in the modules and resources named.

Options:

  -id=ID                Only instances whose attribute "id" is this.

  -json                 Needed: there is no other form.

  -state=path           The state file, for the local backend.

Example:

  iacctl state identities -json module.network
"""

_ONE_INSTANCE: Final = (
    "This command requires that the address references one specific instance.\nTo view the available instances, use "
    '"terraform state list". Please modify\nthe address to reference a specific instance.'
)


def list_(words: list[str]) -> int:
    """Run `state list`; the exit code."""
    return running.run(_LISTING, words, LIST_HELP, _list)


def show(words: list[str]) -> int:
    """Run `state show`; the exit code."""
    return running.run(
        (*common.VARIABLES, common.STATE),
        words,
        SHOW_HELP,
        _show,
        lambda flags: common.require(
            flags, "Exactly one argument expected: the address of a resource instance to show."
        ),
    )


def identities(words: list[str]) -> int:
    """Run `state identities`; the exit code."""
    return running.run((*_LISTING, Flag("json", "bool")), words, IDENTITIES_HELP, _identities)


def _listed(flags: Flags) -> tuple[StateDocument, list[ResourceInstance]]:
    from iacctl.ops import surgery

    session = common.session(flags)
    common.require_state(session)
    state = session.state()
    return state, surgery.listed(state, flags.arguments, flags.id)


def _list(flags: Flags, terminal: Terminal) -> int:
    _, found = _listed(flags)
    terminal.print("".join(f"{item}\n" for item in found))
    return 0


def _identities(flags: Flags, terminal: Terminal) -> int:
    if not flags.json:
        raise Failed("The `terraform state identities` command requires the `-json` flag.\n")
    from iacctl.plan.planning import state_key
    from iacctl_state.json_text import compact

    state, found = _listed(flags)
    shown: dict[str, Json] = {}
    for item in found:
        current = state.object(state_key(item.resource()), item.key)
        if current is not None and current.identity is not None:
            shown[str(item)] = current.identity
    terminal.print(f"{compact(shown)}\n")
    return 0


def _show(flags: Flags, terminal: Terminal) -> int:
    from iacctl.eval.providers import ProviderPool
    from iacctl.ops import surgery
    from iacctl.views.human import state as states

    text = flags.arguments[0]
    try:
        wanted = surgery.instance_address(text)
    except DiagnosticError:
        raise Failed(f"Error parsing instance address: {text}\n\n{_ONE_INSTANCE}") from None
    session = common.session(flags)
    common.require_state(session)
    state = session.state()
    shown = states.one(state, wanted, ProviderPool(session.make_provider), color=terminal.color)
    if shown is None:
        raise Failed(f"No instance found for the given address!\n\n{_ONE_INSTANCE}")
    terminal.print(shown)
    return 0
