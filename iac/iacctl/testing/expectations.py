"""`expect_failures`: failures that a run must have, and what becomes of those it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import Diagnostic, Diagnostics
from iacctl.lang.references import CHECK, OUTPUT, RESOURCE, TEST_ROOTS, VARIABLE, parse_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.config.test_files.model import TestRun
    from iacctl.lang.references import Reference

MISSING_FAILURE: Final = "missing expected failure"
"""The tag of diagnostics that say that an expected failure did not come."""

_KINDS: Final = {VARIABLE: "var", OUTPUT: "output_value", CHECK: "check", RESOURCE: "resource"}


class Expectations:
    """The failures that a run expects.

    Attributes:
        references: what must fail.
    """

    __slots__ = ("_keys", "references")

    def __init__(self, run: TestRun, diags: Diagnostics) -> None:
        """Read them; objects that cannot fail are reported."""
        self.references: list[Reference] = []
        self._keys: dict[tuple[str, str], int] = {}
        for traversal in run.expect_failures:
            reference = parse_reference(traversal, diags, TEST_ROOTS)
            if reference is None:
                continue
            kind = _KINDS.get(reference.kind)
            if kind is None:
                diags.error(
                    "Invalid `expect_failures` reference",
                    f"You cannot expect failures from {reference.range.text}. You can only expect failures from checkable"
                    " objects such as input variables, output values, check blocks, managed resources and data sources.",
                    reference.range,
                )
                continue
            self._keys.setdefault((kind, _address(reference)), len(self.references))
            self.references.append(reference)

    def _position(self, checked: tuple[str, str] | None) -> int | None:
        """Which expectation a failed condition meets; None for none."""
        if checked is None:
            return None
        kind, address = checked
        found = self._keys.get((kind, address))
        if found is None and kind == "resource":
            found = self._keys.get((kind, _without_key(address)))
        return found

    def sift(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Take away the failures that are expected, and say which have not come.

        Failed assertions of checks, which only warn elsewhere, are errors where nobody expects them.
        """
        rest: list[Diagnostic] = []
        seen: set[int] = set()
        for item in found:
            if item.checked is not None and not item.checked[1].startswith("module."):
                position = self._position(item.checked)
                is_check = item.checked[0] == "check"
                if position is not None and (is_check or item.severity == "error"):
                    seen.add(position)
                    continue
                if is_check:
                    item = item._replace(severity="error")
            rest.append(item)
        for position, reference in enumerate(self.references):
            if position not in seen and self._keys[_KINDS[reference.kind], _address(reference)] == position:
                rest.append(
                    Diagnostic(
                        "error",
                        "Missing expected failure",
                        f"The checkable object, {_address(reference)}, was expected to report an error but did not.",
                        reference.range,
                        tag=MISSING_FAILURE,
                    )
                )
        return rest

    def explain(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Explain expected failures that come while planning, so that what was to be applied never is."""
        result: list[Diagnostic] = []
        for item in found:
            if item.checked is not None and item.severity == "error" and self._position(item.checked) is not None:
                result.append(
                    Diagnostic(
                        "warning",
                        "Expected failure while planning",
                        f"A custom condition within {item.checked[1]} failed during the planning stage and prevented the"
                        " requested apply operation. While this was an expected failure, the apply operation could not be"
                        " executed and so the overall test case will be marked as a failure and the original diagnostic"
                        " included in the test report.",
                    )
                )
            result.append(item)
        return result


def _address(reference: Reference) -> str:
    """The address of the object, with its instance key, as conditions name it."""
    from iacctl.addrs import instance_key_text

    return f"{reference}{instance_key_text(reference.key)}"


def _without_key(address: str) -> str:
    return address.partition("[")[0]
