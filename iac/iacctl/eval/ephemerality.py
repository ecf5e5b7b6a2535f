"""Ephemeral values where nothing ephemeral may be: in what is kept in the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.eval import sensitivity
from iacctl.values import EPHEMERAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl.diag import Diagnostics, Range
    from iacctl.provider.schema import Block
    from iacctl.values import Mark
    from iacctl.values.paths import Path


def acceptable(
    block: Block,
    marks: Iterable[tuple[Path, frozenset[Mark]]],
    diagnostics: Diagnostics,
    *,
    address: str,
    locate: Callable[[Path | None], Range | None] | None,
) -> bool:
    """Whether only write-only arguments of a body have ephemeral values; others are reported.

    Args:
        block: the body's schema.
        marks: the marks of the evaluated body.
        diagnostics: gets the reports.
        address: the instance.
        locate: finds the place of a path in the configuration.
    """
    fine = True
    for path, found in marks:
        if EPHEMERAL not in found or sensitivity.is_write_only(block, path):
            continue
        fine = False
        step = path[0] if path else ""
        name = step if type(step) is str else ""
        assignable = name in block.attributes
        why = "a write-only attribute and must be persisted to state" if assignable else "an assignable attribute"
        diagnostics.error(
            "Invalid use of ephemeral value",
            f'Ephemeral values are not valid for "{name}", because it is not {why}.',
            locate(path if assignable else None) if locate is not None else None,
            address=address,
        )
    return fine
