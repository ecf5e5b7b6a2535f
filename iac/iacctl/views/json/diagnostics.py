"""A diagnostic as Terraform writes it for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl.diag.snippets import shown_range, snippet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.diag import Diagnostic
    from iacctl.diag.snippets import Snippet
    from iacctl.diag.source import Pos


def diagnostic(found: Diagnostic, *, verbose: bool = False) -> dict[str, Any]:
    """The data of a diagnostic: the elements of `diagnostics` in `validate -json`.

    Args:
        found: the diagnostic.
        verbose: what is said of comparisons that failed in tests: whether people are to see both sides in full.
    """
    shown: dict[str, Any] = {"severity": found.severity, "summary": found.summary, "detail": found.detail}
    if found.address:
        shown["address"] = found.address
    if found.subject is not None:
        start, end = shown_range(found.subject)
        shown["range"] = {"filename": found.subject.file.name, "start": _position(start), "end": _position(end)}
        quoted = snippet(found)
        if quoted is not None:
            shown["snippet"] = _snippet(quoted, found)
            if found.comparison is not None:
                shown["snippet"]["test_assertion_expr"] = {
                    "lhs": found.comparison.left,
                    "rhs": found.comparison.right,
                    "warning": found.comparison.warning,
                    "show_verbose": verbose,
                }
    if found.origin:
        shown["deprecation_origin_description"] = found.origin
    return shown


def _position(position: Pos) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "byte": position.byte}


def _snippet(quoted: Snippet, found: Diagnostic) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "context": quoted.context,
        "code": quoted.code,
        "start_line": quoted.start_line,
        "highlight_start_offset": quoted.highlight_start_offset,
        "highlight_end_offset": quoted.highlight_end_offset,
        "values": [{"traversal": traversal, "statement": statement} for traversal, statement in quoted.values],
    }
    note = found.function_call
    if note is not None:
        call: dict[str, Any] = {"called_as": note.called_as}
        if note.signature is not None:
            call["signature"] = _signature(note.signature)
        shown["function_call"] = call
    return shown


def _signature(known: Mapping[str, Any]) -> dict[str, Any]:
    """A function as diagnostics describe it: other names than in `metadata functions -json`, and no descriptions."""
    found: dict[str, Any] = {
        "name": known["name"],
        "params": [_parameter(item) for item in known.get("parameters", ())],
    }
    if "variadic_parameter" in known:
        found["variadic_param"] = _parameter(known["variadic_parameter"])
    found["return_type"] = known["return_type"]
    return found


def _parameter(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": known["name"], "type": known["type"]}
