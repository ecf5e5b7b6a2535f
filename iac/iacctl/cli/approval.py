"""Asking a person for approval of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.session.questions import NoAnswerError, Question

if TYPE_CHECKING:
    from iacctl.plan.model import Mode
    from iacctl.session.questions import Ask

_APPLY: Final = (
    "Do you want to perform these actions{where}?",
    "Terraform will perform the actions described above.\nOnly 'yes' will be accepted to approve.",
)
_DESTROY: Final = (
    "Do you really want to destroy all resources{where}?",
    "Terraform will destroy all your managed infrastructure, as shown above.\n"
    "There is no undo. Only 'yes' will be accepted to confirm.",
)
_REFRESH: Final = (
    "Would you like to update the Terraform state{where} to reflect these detected changes?",
    "Terraform will write these changes to the state without modifying any real infrastructure.\n"
    "There is no undo. Only 'yes' will be accepted to confirm.",
)


_INVOKE: Final = (
    "Would you like to invoke the specified actions{where}?",
    "Terraform will invoke the actions described above, and any changes will be written to the state without modifying "
    "real infrastructure\nThere is no undo. Only 'yes' will be accepted to confirm.",
)


def given(mode: Mode, workspace: str, ask: Ask, *, invoking: bool = False) -> bool:
    """Ask for approval; whether the answer is yes.

    Raises:
        DiagnosticError: there was no answer.
    """
    asked = _INVOKE if invoking else {"destroy": _DESTROY, "refresh-only": _REFRESH}.get(mode, _APPLY)
    query, description = asked
    where = ""
    if workspace != "default":
        where = f' for "{workspace}"' if mode == "refresh-only" else f' in workspace "{workspace}"'
    try:
        return ask(Question(f"\n{query.format(where=where)}", description)) == "yes"
    except NoAnswerError as error:
        raise DiagnosticError([Diagnostic("error", f"error asking for approval: {error}")]) from None
