"""New files for generated configuration."""

# Paths are plain text here, as messages show them.

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl.diag import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.plan.generated_text import Generated


def refuse_existing(path: str) -> None:
    """Make sure that a path is free.

    Raises:
        DiagnosticError: there is something.
    """
    if os.path.lexists(path):
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "Target generated file already exists",
                    "Terraform can only write generated config into a new file. Either choose a different target location or "
                    "move all existing configuration out of the target file, delete it and try again.",
                )
            ]
        )


def write_imported(path: str, generated: Sequence[Generated]) -> None:
    """Write what a plan has generated into a new file. Raises DiagnosticError."""
    from iacctl.plan.generated_text import file_text

    write(path, file_text(generated))


def write(path: str, text: str) -> None:
    """Write a new file.

    Raises:
        DiagnosticError: it cannot be written.
    """
    try:
        with open(path, "x", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
    except FileExistsError:
        refuse_existing(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DiagnosticError(
            [
                Diagnostic(
                    "error",
                    "Failed to create target generated file",
                    f"Terraform could not create the generated file ({path}) in the target directory: open {path}: {reason}. "
                    "Depending on the error message, this may be a bug in Terraform itself. If so, please report it!",
                )
            ]
        ) from None
