"""Version numbers and version constraints, for `required_version`, providers and modules.

The rules are those of HashiCorp's go-version: a prerelease is matched only by a constraint that names a prerelease of
the same version, and `~>` lets the last given part grow.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_IDENTIFIERS: Final = r"[0-9A-Za-z\-~]+(?:\.[0-9A-Za-z\-~]+)*"
_VERSION: Final = (
    r"v?(?P<numbers>[0-9]+(?:\.[0-9]+)*?)"
    r"(?:-(?P<pre_number>[0-9]+[0-9A-Za-z\-~]*(?:\.[0-9A-Za-z\-~]+)*)"
    r"|-?(?P<pre_word>[A-Za-z\-~]+[0-9A-Za-z\-~]*(?:\.[0-9A-Za-z\-~]+)*))?"
    rf"(?:\+(?P<metadata>{_IDENTIFIERS}))?"
)
_VERSION_PATTERN: Final = re.compile(rf"{_VERSION}\??\Z")
_CONSTRAINT_PATTERN: Final = re.compile(rf"\s*(?P<operator>~>|>=|<=|!=|=|>|<|)\s*{_VERSION}\s*\Z")


class VersionError(ValueError):
    """The text is no version or no version constraint."""


class Version(NamedTuple):
    """A version number.

    Attributes:
        numbers: the dotted numbers, at least three.
        prerelease: what follows the dash, or empty.
        metadata: what follows the plus sign, or empty; it has no weight in comparisons.
        given: how many numbers were written.
    """

    numbers: tuple[int, ...]
    prerelease: str = ""
    metadata: str = ""
    given: int = 3

    def __str__(self) -> str:
        text = ".".join(map(str, self.numbers))
        if self.prerelease:
            text = f"{text}-{self.prerelease}"
        return f"{text}+{self.metadata}" if self.metadata else text

    def order(self) -> tuple[object, ...]:
        """A sort key: the order of precedence."""
        numbers = list(self.numbers)
        while numbers and numbers[-1] == 0:
            numbers.pop()
        # A release comes after all of its prereleases; numeric identifiers come before words.
        parts: list[tuple[int, int, str]] = []
        for part in self.prerelease.split(".") if self.prerelease else ():
            parts.append((0, int(part), "") if part.isdigit() else (1, 0, part))
        return (tuple(numbers), not self.prerelease, tuple(parts))


def parse_version(text: str) -> Version:
    """Read a version such as `1.2`, `v1.2.3-beta.1+build`.

    Raises:
        VersionError: the text is no version.
    """
    match = _VERSION_PATTERN.match(text)
    if match is None:
        raise VersionError(f"malformed version: {text}")
    return _version(match)


def _version(match: re.Match[str]) -> Version:
    numbers = tuple(int(part) for part in match["numbers"].split("."))
    given = len(numbers)
    if given < 3:
        numbers += (0,) * (3 - given)
    return Version(numbers, match["pre_number"] or match["pre_word"] or "", match["metadata"] or "", given)


class Constraint(NamedTuple):
    """One comparison; `operator` is one of `= != > < >= <= ~>`."""

    operator: str
    version: Version

    def __str__(self) -> str:
        return f"{self.operator} {self.version}"

    def allows(self, version: Version) -> bool:
        """Whether a version meets this constraint."""
        wanted = self.version
        if self.operator == "=":
            return version.order() == wanted.order()
        if self.operator == "!=":
            return version.order() != wanted.order()
        if version.prerelease and (not wanted.prerelease or not _same_release(version, wanted)):
            return False
        if self.operator == ">":
            return version.order() > wanted.order()
        if self.operator == ">=":
            return version.order() >= wanted.order()
        if self.operator == "<":
            return version.order() < wanted.order()
        if self.operator == "<=":
            return version.order() <= wanted.order()
        if wanted.prerelease and not version.prerelease:
            return False
        if version.order() < wanted.order() or len(wanted.numbers) > len(version.numbers):
            return False
        fixed = max(wanted.given - 1, 0)
        last = len(wanted.numbers) - 1
        return version.numbers[:fixed] == wanted.numbers[:fixed] and wanted.numbers[last] <= version.numbers[last]


def _same_release(left: Version, right: Version) -> bool:
    return left._replace(prerelease="").order() == right._replace(prerelease="").order()


class Constraints(NamedTuple):
    """A version constraint: comparisons that must all hold.

    Attributes:
        text: as written.
        items: the comparisons, in the order written.
    """

    text: str
    items: tuple[Constraint, ...]

    def __str__(self) -> str:
        return self.text

    def allows(self, version: Version) -> bool:
        """Whether a version meets all of them."""
        return all(item.allows(version) for item in self.items)


def parse_constraints(text: str) -> Constraints:
    """Read a constraint such as `~> 1.2, != 1.2.5`.

    Raises:
        VersionError: the text is no version constraint.
    """
    items: list[Constraint] = []
    for part in text.split(","):
        match = _CONSTRAINT_PATTERN.match(part)
        if match is None:
            raise VersionError(f"malformed constraint: {part}")
        items.append(Constraint(match["operator"] or "=", _version(match)))
    return Constraints(text, tuple(items))
