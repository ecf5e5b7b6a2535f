"""`plan_options` of a run as options of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs import AddressError, parse_resource_instance, parse_target
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.lang.reference_values import traversal_text
from iacctl.plan.model import Options

if TYPE_CHECKING:
    from iacctl.addrs import ResourceInstance
    from iacctl.config.test_files.model import TestRun
    from iacctl.plan.model import Target


def of(run: TestRun, parallelism: int) -> Options:
    """The options that a run plans with.

    Raises:
        DiagnosticError: an address is none.
    """
    given = run.plan_options
    if given is None:
        return Options(parallelism=parallelism)
    diags = Diagnostics()
    targets: list[Target] = []
    replace: list[ResourceInstance] = []
    for traversal in given.targets:
        try:
            targets.append(parse_target(traversal_text(traversal)))
        except AddressError as error:
            diags.error("Invalid address", error.detail, traversal.range)
    for traversal in given.replace:
        try:
            replace.append(parse_resource_instance(traversal_text(traversal)))
        except AddressError as error:
            diags.error("Invalid address", error.detail, traversal.range)
    if diags.has_errors:
        raise DiagnosticError(diags)
    return Options(given.mode, given.refresh, tuple(targets), tuple(replace), parallelism)
