"""The sections of the agreement table: one for each corpus that is compared with Terraform.

A corpus joins the table with its module's name in `MODULES`; the module has a `SECTION`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from importlib import import_module
from typing import Final

MODULES: Final = (
    "tests.conformance.configurations",
    "tests.lang.agreement",
    "tests.conformance.suites",
)
"""Where the sections are, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of every section.

    Attributes:
        patterns: names of items; `*` stands for any text; all of them if there is none.
        jobs: how many items may be compared at the same time.
        causes: whether to also group differences by cause, where a section can.
        later: whether to take the items that wait until iacctl can do what they are about.
    """

    patterns: tuple[str, ...] = ()
    jobs: int = 2
    causes: bool = False
    later: bool = False

    def wants(self, name: str) -> bool:
        """Say whether an item of this name is to be compared."""
        return not self.patterns or any(fnmatchcase(name, pattern) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section: an item's name, how it turned out, and every difference in full."""

    name: str
    verdict: str
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a section found.

    Attributes:
        compared: how many things were compared, in the unit of the section.
        agreeing: how many of them agree.
        listed: how many of those agree only but for differences that are listed as known.
        rows: what to print, line by line.
        notes: what else there is to say, a line each.
    """

    compared: int
    agreeing: int
    listed: int = 0
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """A corpus.

    Attributes:
        name: what it is called on the command line, one word.
        title: what the table calls it.
        unit: what is counted, in the plural.
        compare: does the work.
    """

    name: str
    title: str
    unit: str
    compare: Callable[[Options], Result]


def load() -> list[Section]:
    """Import every section, in the order of the table."""
    return [import_module(name).SECTION for name in MODULES]
