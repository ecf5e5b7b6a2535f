"""All test files of a configuration, one after the other: their runs, then the destruction of what these have made."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.graph.walk import SIGNAL_CHECK_SECONDS
from iacctl.testing import checking, events, file_providers, preparing
from iacctl.testing.ordering import Order
from iacctl.testing.pulse import Pulse
from iacctl.testing.results import ERROR, PASS, PENDING, SKIP, FileResult, SuiteResult, worse
from iacctl.testing.running import Runner
from iacctl.testing.states import FileStates
from iacctl.testing.variables import FileVariables
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iacctl.config.test_files.model import TestFile
    from iacctl.config.variables import RawValue
    from iacctl.testing.events import Event, Listener
    from iacctl.testing.results import RunResult
    from iacctl.testing.running import Place
    from iacctl.testing.states import TestState
    from iacctl.values import Value


class Inputs(NamedTuple):
    """What is to be run.

    Attributes:
        place: where.
        files: the test files, in order.
        given: values of variables from outside.
        given_in_directory: the same for the files of the test directory, which may have variable files of its own.
        state_folder: where states are kept while tests are run.
        listener: takes events; any thread may call it, one at a time.
    """

    place: Place
    files: Sequence[TestFile]
    given: Mapping[str, RawValue]
    given_in_directory: Mapping[str, RawValue]
    state_folder: str
    listener: Listener = events.ignore


class Abandoned(NamedTuple):
    """What is left behind when tests end in the middle.

    Attributes:
        file: the file that is being run.
        run: the run that is under way, if there is one.
        states: for each state with objects its key, its file, and the addresses of the objects with their deposed keys.
        planned: addresses of the objects that were being created.
    """

    file: FileResult
    run: RunResult | None
    states: list[tuple[str, str, list[tuple[str, str]]]]
    planned: list[str]


class SuiteRunner:
    """Runs tests. Once it is stopped, what has begun is ended and cleaned up, and nothing more is begun."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._telling = Lock()
        self._current: _FileRunner | None = None
        self.stopping = False
        self.result = SuiteResult([FileResult(file) for file in inputs.files])

    def run(self) -> SuiteResult:
        """Run everything."""
        suite = self.result
        self._tell(events.SuiteStarted(suite.files))
        for file in suite.files:
            self._current = _FileRunner(self, self._inputs, file, self._tell)
            self._current.run()
            suite.status = worse(suite.status, file.status)
        suite.stopped = self.stopping
        self._tell(events.SuiteFinished(suite))
        return suite

    def _tell(self, event: Event) -> None:
        with self._telling:
            self._inputs.listener(event)

    def stop(self) -> None:
        """Let the run that has begun come to its end and clean up; nothing more is begun. Any thread may call it."""
        self.stopping = True

    def abandon(self) -> Abandoned | None:
        """What there is when everything ends at this moment, for whoever has to clean up; None while no file is run."""
        current = self._current
        return None if current is None else current.abandon()


class _FileRunner:
    """Runs one file."""

    def __init__(self, suite: SuiteRunner, inputs: Inputs, result: FileResult, tell: Listener) -> None:
        self._suite = suite
        self._inputs = inputs
        self._result = result
        self._file = result.file
        self._tell = tell
        self._states = FileStates(inputs.state_folder)
        self._by_name = {run.run.name: run for run in result.runs}
        given = inputs.given_in_directory if result.file.in_test_directory else inputs.given
        self._variables = FileVariables(result.file, given, self._outputs, inputs.place.base_dir)
        self._failed_variables: set[str] = set()
        self._failed_providers: set[str] = set()

    def _outputs(self, name: str) -> Mapping[str, Value] | None:
        return self._by_name[name].outputs

    def run(self) -> None:
        """Run the file and clean up."""
        result = self._result
        self._tell(events.FileStarted(result))
        found = Diagnostics()
        place = self._inputs.place
        checking.check_file(self._file, place.config, found)
        self._variables.read_declared(found)
        mocks, failed_mocks = preparing.mocks_of(self._file, found, place.base_dir)
        self._failed_providers = failed_mocks | file_providers.check(
            self._file, place.config.root, place.providers, self._variables, found
        )
        runner = Runner(place, self._file, self._variables, mocks, self._outputs)
        try:
            order = Order(self._file, place.config)
        except DiagnosticError as error:
            found.extend(error.diagnostics)
            result.status = ERROR
        else:
            try:
                self._run_all(runner, order, found)
            except BaseException:
                self._clean_up(runner)  # also after a fault of this program nothing is to be left
                raise
        if result.runs:
            self._tell(events.FileTearingDown(result))
            self._clean_up(runner)
        else:
            result.status = worse(result.status, PASS)
        runner.close()
        result.diagnostics.extend(found)
        for run in result.runs:
            result.status = worse(result.status, run.status)
        if found.has_errors:
            result.status = ERROR
        self._tell(events.FileFinished(result))

    def _run_all(self, runner: Runner, order: Order, found: Diagnostics) -> None:
        """Run everything in order, together what may run together."""
        waiting = list(self._result.runs)
        pending_variables = list(order.sequence)
        while waiting:
            done = {run.run.name for run in self._result.runs if run not in waiting}
            for name in list(pending_variables):
                if order.variables[name] <= done:
                    pending_variables.remove(name)
                    if not self._variables.evaluate(name, found):
                        self._failed_variables.add(name)
            ready = [run for run in waiting if order.runs[run.run.name] <= done]
            for run in ready:
                waiting.remove(run)
            if len(ready) == 1 or self._suite.stopping:
                for run in ready:
                    self._one(runner, order, run)
            else:
                self._together(runner, order, ready)

    def _together(self, runner: Runner, order: Order, ready: list[RunResult]) -> None:
        from concurrent.futures import ThreadPoolExecutor, wait

        with ThreadPoolExecutor(len(ready)) as pool:
            futures = [pool.submit(self._one, runner, order, run) for run in ready]
            while wait(futures, timeout=SIGNAL_CHECK_SECONDS).not_done:
                continue  # signals are handled by this thread alone
            for future in futures:
                future.result()

    def _one(self, runner: Runner, order: Order, run: RunResult) -> None:
        name = run.run.name
        before = [self._by_name[other] for other in order.runs[name]]
        if (
            self._suite.stopping
            or order.used[name] & self._failed_variables
            or any(other.status in (ERROR, SKIP) for other in before)
        ):
            self._skip(run)
            return
        if self._failed_providers and self._failed_providers & self._used_providers(run):
            # That comes to light when the providers are needed first.
            run.started = time.time()
            self._tell(events.RunStarted(self._result, run))
            self._skip(run)
            return
        expectations = runner.check(run)
        if expectations is None:
            self._tell(events.RunFinished(self._result, run))
            return
        run.started = time.time()
        began = time.monotonic()
        self._tell(events.RunStarted(self._result, run))
        try:
            with Pulse(lambda elapsed: self._tell(events.RunProgress(self._result, run, elapsed))):
                runner.run(run, self._states.of(run.run), expectations)
        except StateError as error:
            from iacctl.diag import Diagnostic

            run.diagnostics.append(Diagnostic("error", error.summary, error.detail))
            run.merge(ERROR)
        run.duration = time.monotonic() - began
        self._tell(events.RunFinished(self._result, run))

    def _skip(self, run: RunResult) -> None:
        run.status = SKIP
        self._tell(events.RunFinished(self._result, run))

    def _used_providers(self, run: RunResult) -> set[str]:
        return preparing.used_providers(self._file, run.run, self._inputs.place.config)

    def abandon(self) -> Abandoned:
        """See `SuiteRunner.abandon`."""
        run = next((item for item in self._result.runs if item.started and item.status == PENDING), None)
        planned: list[str] = []
        if run is not None:
            state = self._states.of(run.run)
            made = {address for address, _ in state.left()}
            planned = [address for address in state.planned if address not in made]
        return Abandoned(self._result, run, self._states.held(), planned)

    def _clean_up(self, runner: Runner) -> None:
        """Destroy what is in the states, last changed first."""
        position = {id(run): index for index, run in enumerate(self._result.runs)}
        for state in sorted(self._states.used(), key=lambda item: -position[id(item.last)]):
            if state.document.resources and state.last is not None:
                self._clean_up_state(runner, state, state.last)
        self._states.discard()

    def _clean_up_state(self, runner: Runner, state: TestState, last: RunResult) -> None:
        self._tell(events.RunTearingDown(self._result, last))
        with Pulse(lambda elapsed: self._tell(events.RunTearingDown(self._result, last, elapsed))):
            found = runner.clean_up(state)
        left = state.left()
        if found.has_errors or left:
            self._result.status = ERROR
        self._tell(events.RunTornDown(self._result, last, list(found), left))

