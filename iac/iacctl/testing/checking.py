"""What can be said of test files without running anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.testing import overrides, preparing
from iacctl.testing.expectations import Expectations

if TYPE_CHECKING:
    from iacctl.config.model import Config
    from iacctl.config.test_files.model import TestFile, TestRun
    from iacctl.diag import Diagnostics


def check_file(file: TestFile, config: Config, diags: Diagnostics) -> None:
    """Warn of what a file overrides and the configuration does not have."""
    overrides.warn_of_strangers(file.overrides, config.root, diags)


def check_run(file: TestFile, run: TestRun, config: Config, diags: Diagnostics) -> Expectations:
    """Report failures that cannot be expected, and providers that the file does not have.

    Args:
        file: the test file.
        run: the run.
        config: the configuration that runs which name no module work with.
        diags: gets the reports.

    Returns:
        The failures that the run expects.
    """
    overrides.warn_of_strangers(run.overrides, (run.config or config).root, diags)
    preparing.check_providers(file, run, diags)
    return Expectations(run, diags)
