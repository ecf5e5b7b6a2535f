"""Differences that are meant: the table "Known differences" of docs/compatibility.md."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from pathlib import Path

from .compare import Difference

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "compatibility.md"
HEADING = "## Known differences"

_ROW = re.compile(r"\|\s*`(?P<case>[^`]+)`\s*\|\s*`(?P<where>[^`]+)`\s*\|\s*(?P<why>.+?)\s*\|")


@dataclass(frozen=True, slots=True)
class KnownDifference:
    """One row: at these places of this case iacctl differs on purpose."""

    case: str
    where: str
    """A pattern for `Difference.path`; `*` is any text, brackets stand for themselves."""
    why: str

    def covers(self, difference: Difference) -> bool:
        """Return whether the row speaks of this difference."""
        return fnmatch.fnmatchcase(difference.path, self.where.replace("[", "[[]"))


def load(document: Path = DOCUMENT) -> list[KnownDifference]:
    """Return the rows of the table, which stands under its heading; none when the document has no such heading."""
    if not document.exists():
        return []
    _, _, section = document.read_text(encoding="utf-8").partition(f"{HEADING}\n")
    rows = []
    for line in section.splitlines():
        if line.startswith("#"):
            break
        if match := _ROW.fullmatch(line.strip()):
            rows.append(KnownDifference(match["case"], match["where"], match["why"]))
    return rows


def split(differences: list[Difference], rows: list[KnownDifference]) -> tuple[list[Difference], list[KnownDifference]]:
    """Return the differences that no row covers, and the rows that cover none."""
    unexpected = [item for item in differences if not any(row.covers(item) for row in rows)]
    idle = [row for row in rows if not any(row.covers(item) for item in differences)]
    return unexpected, idle
