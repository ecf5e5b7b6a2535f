"""One problem with the user's configuration or environment: its text, where it is, and how to quote the source.

What the user got wrong is a `Diagnostic`, gathered in a `Diagnostics`; exceptions are for bugs and for the edges where
I/O fails (`DiagnosticError`). Positions are character offsets into a `SourceFile`; lines, columns and bytes are worked
out only when somebody looks. How a diagnostic is drawn is decided in `iacctl.views`.
"""

from __future__ import annotations

from iacctl.diag.diagnostics import (
    ALONE,
    ERROR,
    WARNING,
    Comparison,
    Diagnostic,
    DiagnosticError,
    Diagnostics,
    FunctionCallNote,
    Severity,
)
from iacctl.diag.snippets import Snippet, shown_range, snippet
from iacctl.diag.source import Pos, Range, SourceFile

__all__ = [
    "ALONE",
    "ERROR",
    "WARNING",
    "Comparison",
    "Diagnostic",
    "DiagnosticError",
    "Diagnostics",
    "FunctionCallNote",
    "Pos",
    "Range",
    "Severity",
    "Snippet",
    "SourceFile",
    "shown_range",
    "snippet",
]
