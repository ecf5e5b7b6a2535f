"""Problems of providers as diagnostics: paths into values become places in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl.diag import Diagnostics, Range
    from iacctl.provider.requests import Problem
    from iacctl.values.paths import Path

Locate = "Callable[[Path], Range | None]"


def report(
    problems: Iterable[Problem],
    diagnostics: Diagnostics,
    *,
    address: str | None = None,
    locate: Callable[[Path | None], Range | None] | None = None,
) -> bool:
    """Add a provider's problems to `diagnostics`.

    Args:
        problems: what the provider said.
        diagnostics: where it goes.
        address: the resource instance that it is about.
        locate: finds the place in the configuration for a path (or for the whole, given None).

    Returns:
        Whether there was no error among them.
    """
    fine = True
    for problem in problems:
        if problem.severity == "error":
            fine = False
        subject = locate(problem.path) if locate is not None else None
        diagnostics.append(
            Diagnostic(
                problem.severity,
                problem.summary,
                problem.detail,
                subject,
                address=address,
                attribute_path=tuple(problem.path or ()),
            )
        )
    return fine


def crash_detail(error: BaseException) -> str:
    """What to tell about an exception that a provider raised: its kind and message, no traceback."""
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
