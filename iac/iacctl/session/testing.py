"""A session's tests: the files, what they are run with, and the run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from iacctl.config.test_files import loader
from iacctl.config.test_files.model import DEFAULT_DIRECTORY, Suite
from iacctl.diag import Diagnostics
from iacctl.session import clock
from iacctl.testing import events
from iacctl.testing.states import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iacctl.session.session import Session
    from iacctl.testing.events import Listener
    from iacctl.testing.results import SuiteResult


class SuiteOptions(NamedTuple):
    """What to test.

    Attributes:
        directory: the test directory, from the root module's on.
        filters: paths of test files, as the suite names them; all files if there are none.
        verbose: whether plans and states are kept for being shown.
        parallelism: how many provider calls of one run may be under way at once.
    """

    directory: str = DEFAULT_DIRECTORY
    filters: Sequence[str] = ()
    verbose: bool = False
    parallelism: int = 10


def read(session: Session, directory: str = DEFAULT_DIRECTORY) -> Suite:
    """The test files, with the modules of their runs; `diagnostics` say what is wrong, with the configuration as well.

    Args:
        session: the session.
        directory: the test directory.
    """
    if os.path.isabs(directory) or os.path.normpath(directory).split("/")[0] == "..":  # noqa: PTH117
        found = Diagnostics()
        found.error(
            "Invalid testing directory",
            "The testing directory must be a relative path pointing to a directory local to the configuration directory.",
        )
        return Suite((), found, directory)
    source = session.source()
    root = session.root_config()
    suite = loader.read(source, session.root, directory)
    found = Diagnostics([*root.diagnostics, *suite.diagnostics])
    if not found.has_errors:
        config = session.config()
        # The root's own problems are among those of the whole configuration.
        found = Diagnostics([*config.diagnostics, *suite.diagnostics])
        if not found.has_errors:
            found.extend(
                loader.load_modules(source, config.root, suite, data_folder=session.workdir.data_folder_name)
            )
    return Suite(suite.files, found, suite.directory)


def run(session: Session, options: SuiteOptions, listener: Listener = events.ignore) -> SuiteResult:
    """Run tests.

    Args:
        session: the session.
        options: what to test.
        listener: takes events.

    Raises:
        DiagnosticError: there is something wrong before anything can be run.
    """
    from iacctl.config import variables
    from iacctl.eval.providers import ProviderPool
    from iacctl.testing.running import Place
    from iacctl.testing.suites import Inputs, SuiteRunner

    suite = read(session, options.directory)
    found = suite.diagnostics
    files = [file for file in suite.files if not options.filters or file.name in options.filters]
    given = session.given_values(found)
    in_directory = {**given}
    if any(file.in_test_directory for file in files):
        in_directory.update(variables.from_directory(session.source(), suite.directory, found))
    found.raise_errors()
    if found:
        listener(events.Warned(list(found)))
    pool = ProviderPool(session.make_provider)
    place = Place(
        session.config(),
        session.make_provider,
        pool,
        session.workspace(),
        os.path.realpath(session.origin),
        session.directory,
        clock.now,
        options.parallelism,
        options.verbose,
    )
    folder = os.path.join(session.workdir.data_folder, FOLDER)  # noqa: PTH118
    runner = SuiteRunner(Inputs(place, files, given, in_directory, folder, listener))
    session.testing = runner
    try:
        return runner.run()
    finally:
        session.testing = None
        pool.close()


def validate(session: Session, suite: Suite, found: Diagnostics) -> None:
    """Check test files, and the local modules that they run; problems are added to `found`."""
    from iacctl.config.module_sources import LOCAL
    from iacctl.ops import validating
    from iacctl.testing import checking

    config = session.config()
    seen: set[str] = set()
    for file in suite.files:
        checking.check_file(file, config, found)
        for run in file.runs:
            if run.module is not None and run.config is not None and run.module.source.kind == LOCAL:
                if run.module.source.text not in seen:
                    found.extend(validating.validate(session.project(run.config)))
                seen.add(run.module.source.text)
            checking.check_run(file, run, config, found)
