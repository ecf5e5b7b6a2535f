"""`iacctl state replace-provider`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.cli import running
from iacctl.cli.flags import Flag
from iacctl.cli.running import Failed
from iacctl.cli.state import common
from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.addrs import AbsResource, Provider
    from iacctl.cli.flags import Flags
    from iacctl.views.terminal import Terminal

HELP: Final = f"""\
Usage: iacctl [global options] state replace-provider [options] FROM TO

  Says that all resources of one provider belong to another, such as a fork
  of it. Both are source addresses. The state as it was before is kept in a
  file beside it.

Options:

  -auto-approve         Don't ask for approval.

{common.OPTIONS}
Example:

  iacctl state replace-provider hashicorp/aws registry.example.com/acme/aws
"""


def replace_provider(words: list[str]) -> int:
    """Run `state replace-provider`; the exit code."""
    return running.run(
        (*common.CHANGING, Flag("auto-approve", "bool")),
        words,
        HELP,
        _replace,
        lambda flags: common.require(flags, "Exactly two arguments expected: the from and to provider addresses.", 2),
    )


def _replace(flags: Flags, terminal: Terminal) -> int:
    from iacctl.ops import surgery as state_surgery
    from iacctl.session import surgery

    old, new = _provider("from", flags.arguments[0]), _provider("to", flags.arguments[1])
    session = common.session(flags, changing=True)
    common.require_state(session)
    with surgery.opened(session, "state-replace-provider", lock=flags.lock, timeout=flags.lock_timeout) as document:
        found = state_surgery.managed_by(document, old)
        if not found:
            terminal.print("No matching resources found.\n")
            return 0
        _announce(old, new, found, terminal)
        if not flags.auto_approve and not _approved(terminal):
            terminal.print("Cancelled replacing providers.\n")
            return 0
        state_surgery.replace_provider(document, found, new)
    terminal.print(f"\nSuccessfully replaced provider for {len(found)} resources.\n")
    return 0


def _provider(which: str, text: str) -> Provider:
    from iacctl.config import provider_sources
    from iacctl.diag import Diagnostics, Range, SourceFile

    problems = Diagnostics()
    found = provider_sources.parse(text, Range(SourceFile("", text), 0, len(text)), problems)
    if found is None:
        reason = "; ".join(f"{item.summary}: {item.detail}" for item in problems)
        raise DiagnosticError([Diagnostic("error", f'Invalid "{which}" provider "{text}"', reason)])
    return found


def _announce(old: Provider, new: Provider, found: Sequence[AbsResource], terminal: Terminal) -> None:
    from iacctl.views.human.style import style

    look = style(terminal.color)
    addresses = "".join(f"  {item}\n" for item in found)
    terminal.print(
        "Terraform will perform the following actions:\n\n"
        f"  {look.yellow}~{look.reset} Updating provider:\n"
        f"    {look.red}-{look.reset} {old}\n"
        f"    {look.green}+{look.reset} {new}\n\n"
        f"{look.bold}Changing{look.reset} {len(found)} resources:\n\n{addresses}"
    )


def _approved(terminal: Terminal) -> bool:
    """Ask; whether the answer is yes."""
    import sys

    terminal.print("\nDo you want to make these changes?\nOnly 'yes' will be accepted to continue.\n\nEnter a value: ")
    answer = sys.stdin.readline()
    if not answer:
        raise Failed("Error asking for approval: EOF")
    return answer.strip() == "yes"
