"""Comparisons that failed in tests: both sides, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.diag import Comparison
    from iacctl.views.human.style import Style


def lines(found: Comparison, look: Style, *, verbose: bool) -> list[str]:
    """What stands below the quoted source, up to an empty line.

    Args:
        found: the comparison.
        look: whether to colour.
        verbose: whether to show both sides in full.
    """
    end = look.reset
    rule = f"    {look.gray}│{end} "
    parts = [f"    {look.gray}├────────────────{end}\n{end}"]
    if verbose:
        for name, side in (("LHS", found.left), ("RHS", found.right)):
            parts.append(f"{rule}{look.bold}{name}{end}:\n{end}")
            parts.extend(f"{rule}  {line}\n{end}" for line in side.split("\n"))
    if found.warning:
        parts.append(f"{rule}{look.bold}Warning{end}: {found.warning}\n{end}")
    if found.left != found.right:
        parts.append(f"{rule}{look.bold}Diff{end}:\n{end}")
        parts.append(f"{rule}{look.red}{look.bold}--- actual{end}\n{end}")
        parts.append(f"{rule}{look.green}{look.bold}+++ expected{end}\n{end}")
        parts.extend(f"{rule}{line}\n{end}" for line in _difference(found.left, found.right, look))
    parts.append("\n")
    return parts


def _difference(left: str, right: str, look: Style) -> list[str]:
    """The lines of both sides; those at the same place that are equal stand once."""
    end = look.reset
    ours, theirs = left.split("\n"), right.split("\n")
    found: list[str] = []
    removed: list[str] = []
    added: list[str] = []
    for index in range(max(len(ours), len(theirs))):
        mine = ours[index] if index < len(ours) else None
        other = theirs[index] if index < len(theirs) else None
        if mine == other:
            found += removed + added
            removed, added = [], []
            found.append(f" {end} {mine}")
            continue
        if mine is not None:
            removed.append(f"{look.red}-{end} {mine}")
        if other is not None:
            added.append(f"{look.green}+{end} {other}")
    return found + removed + added
