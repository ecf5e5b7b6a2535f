"""Asking a person for approval."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from iacctl.plan.model import Mode
    from iacctl.views.protocols import ApplyView

_APPLY: Final = (
    "Do you want to perform these actions{where}?",
    "Terraform will perform the actions described above.\n  Only 'yes' will be accepted to approve.",
)
_DESTROY: Final = (
    "Do you really want to destroy all resources{where}?",
    "Terraform will destroy all your managed infrastructure, as shown above.\n"
    "  There is no undo. Only 'yes' will be accepted to confirm.",
)
_REFRESH: Final = (
    "Would you like to update the Terraform state to reflect these detected changes{where}?",
    "Terraform will write these changes to the state without modifying any real infrastructure.\n"
    "  There is no undo. Only 'yes' will be accepted to confirm.",
)


def ask(mode: Mode, workspace: str, *, may_ask: bool, view: ApplyView) -> bool:
    """Ask for approval on the terminal; whether the answer is yes.

    Raises:
        DiagnosticError: nobody may be asked.
    """
    if not may_ask or os.environ.get("TF_INPUT", "").lower() in ("0", "false"):
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "Approval required",
                    "This plan has to be approved, but asking is disabled. Use -auto-approve, or save a plan with "
                    "\"iacctl plan -out\" and apply that.",
                )
            ]
        )
    view.close()
    question, explanation = {"destroy": _DESTROY, "refresh-only": _REFRESH}.get(mode, _APPLY)
    where = f' in workspace "{workspace}"' if workspace != "default" else ""
    sys.stdout.write(f"\n{question.format(where=where)}\n  {explanation}\n\n  Enter a value: ")
    sys.stdout.flush()
    answer = sys.stdin.readline()
    sys.stdout.write("\n")
    sys.stdout.flush()
    return answer.strip() == "yes"
