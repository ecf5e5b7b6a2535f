"""Carrying out one run: validated, planned, applied if asked for, and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.apply import run as applying
from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.eval.surroundings import Surroundings
from iacctl.ops import project as projects
from iacctl.ops import validating
from iacctl.ops.project import Project
from iacctl.plan import build, changes
from iacctl.plan.model import Options
from iacctl.testing import assertions, checking, preparing
from iacctl.testing.expectations import MISSING_FAILURE
from iacctl.testing.providers import RunProviders
from iacctl.testing.results import ERROR, FAIL, PASS, Shown
from iacctl.values import DYNAMIC_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.addrs import AbsProviderConfig
    from iacctl.addrs import Provider as ProviderSource
    from iacctl.config.model import Config
    from iacctl.config.test_files.model import TestFile, TestRun
    from iacctl.eval.providers import ProviderPool
    from iacctl.eval.world import World
    from iacctl.lang.context import EvalContext
    from iacctl.ops.project import Checked
    from iacctl.plan.model import Plan
    from iacctl.provider.port import Provider
    from iacctl.testing.expectations import Expectations
    from iacctl.testing.preparing import Mocked, Prepared
    from iacctl.testing.results import RunResult
    from iacctl.testing.states import TestState
    from iacctl.testing.variables import FileVariables, Known
    from iacctl.values import Value


class Place(NamedTuple):
    """Where tests are run.

    Attributes:
        config: the configuration that is tested.
        make_provider: gives a new provider for a source address; None when there is no such provider.
        providers: providers for what needs no configuration, which all runs share.
        workspace: what `terraform.workspace` gives.
        working_directory: what `path.cwd` gives.
        base_dir: the directory that relative paths given to functions start from.
        timestamp: gives the time that a plan is made at.
        parallelism: how many provider calls of one run may be under way at once.
        verbose: whether plans and states are kept for being shown, and expected failures are told of.
    """

    config: Config
    make_provider: Callable[[ProviderSource], Provider | None]
    providers: ProviderPool
    workspace: str
    working_directory: str
    base_dir: str
    timestamp: Callable[[], str]
    parallelism: int
    verbose: bool


class Work(NamedTuple):
    """A run ready to be carried out, or to be cleaned up after.

    Attributes:
        prepared: its configuration.
        checked: its providers, and which of them serves each resource.
        variables: the values of root variables.
        extra: values that only its assertions see.
        surroundings: what the walks find outside of the configuration.
    """

    prepared: Prepared
    checked: Checked
    variables: dict[str, Known]
    extra: dict[str, Known]
    surroundings: Surroundings

    @property
    def values(self) -> dict[str, Value]:
        """The values of root variables by name."""
        return {name: known.value for name, known in self.variables.items()}


class Runner:
    """Carries out the runs of one file.

    Args:
        place: where.
        file: the file.
        variables: its variables.
        mocks: its mock providers.
        outputs: gives the outputs of a run by its name: None if it has none; KeyError if there is no such run.
    """

    def __init__(
        self,
        place: Place,
        file: TestFile,
        variables: FileVariables,
        mocks: Mapping[str, Mocked],
        outputs: Callable[[str], Mapping[str, Value] | None],
    ) -> None:
        self._place = place
        self._file = file
        self._variables = variables
        self._mocks = mocks
        self._outputs = outputs
        self._work: dict[str, Work] = {}

    def check(self, result: RunResult) -> Expectations | None:
        """Look at a run before it begins; the failures that it expects, or None if something is wrong, which its result gets."""
        diags = Diagnostics()
        expectations = checking.check_run(self._file, result.run, self._place.config, diags)
        result.diagnostics.extend(diags)
        if not diags.has_errors:
            return expectations
        result.merge(ERROR)
        return None

    def run(self, result: RunResult, state: TestState, expectations: Expectations) -> None:
        """Carry out a run; its result gets all that comes of it."""
        diags = Diagnostics()
        try:
            self._run(result, state, expectations, diags)
        except DiagnosticError as error:
            diags.extend(error.diagnostics)
            result.merge(ERROR)
        result.diagnostics.extend(diags)

    def _run(self, result: RunResult, state: TestState, expectations: Expectations, diags: Diagnostics) -> None:
        run = result.run
        asserted = assertions.compiled(run.assertions)
        problems = assertions.malformed(asserted)
        if problems:
            diags.extend(problems)
            result.merge(ERROR)
            return
        work = self._prepared(result, asserted, diags)
        if work is None:
            result.merge(ERROR)
            return
        worlds: list[World] = []
        found = Diagnostics()
        plan = self._plan(work, state, found, worlds.append, self._options(run))
        if run.command == "plan":
            self._finish(result, work, expectations, found, plan, worlds, diags, asserted)
            if plan is not None and result.outputs is not None:
                result.shown = self._shown(work, plan=plan)
            return
        explained = expectations.explain(found)
        if plan is None or any(item.severity == "error" for item in explained):
            diags.extend(explained)
            result.merge(ERROR)
            return
        diags.extend(item for item in explained if item.checked is None or item.checked[0] != "check")
        if plan.options.mode != "refresh-only":  # which is carried out without looking at anything again
            worlds.clear()
        found = Diagnostics()
        self._apply(work, state, plan, found, worlds.append if plan.options.mode != "refresh-only" else lambda _: None)
        state.last = result
        self._finish(result, work, expectations, found, plan, worlds, diags, asserted)
        if result.outputs is not None:
            result.shown = self._shown(work, applied=state)

    def _finish(
        self,
        result: RunResult,
        work: Work,
        expectations: Expectations,
        found: Diagnostics,
        plan: Plan | None,
        worlds: list[World],
        diags: Diagnostics,
        asserted: list[assertions.Assertion],
    ) -> None:
        """Judge what was found, and then the assertions."""
        rest = expectations.sift(found)
        if self._place.verbose:
            # What was expected is shown as well, with what is missing.
            diags.extend([*found, *(item for item in rest if item.tag == MISSING_FAILURE)])
        else:
            diags.extend(rest)
        for item in rest:
            if item.severity == "error":
                only_missing = item.tag == MISSING_FAILURE and result.run.command == "apply"
                result.merge(FAIL if only_missing else ERROR)
        if result.status in (FAIL, ERROR) or plan is None or not worlds:
            if plan is None or not worlds:
                result.merge(ERROR)
            return
        world = worlds[-1]
        extra = {name: known.value for name, known in work.extra.items()}
        result.merge(PASS)
        result.merge(assertions.judge(asserted, world, self._outputs, extra, diags))
        root = world.modules.root
        result.outputs = {name: root.outputs.get(name, DYNAMIC_UNKNOWN) for name in root.module.outputs}

    def _prepared(
        self, result: RunResult, asserted: list[assertions.Assertion], diags: Diagnostics
    ) -> Work | None:
        """Everything that the run is carried out with; None if something is wrong with it."""
        place = self._place
        run = result.run
        before = len(diags)
        prepared = preparing.prepare(self._file, run, place.config, self._mocks, diags, place.base_dir)
        if errors_since(diags, before):
            return None
        project = self._project(prepared)
        checked = projects.check(project, self._providers(prepared))
        references = [reference for item in asserted for reference in item.references]
        found = Diagnostics()
        variables, extra = self._variables.for_run(run, prepared.config.root.variables, references, found)
        diags.extend(found)
        work = Work(prepared, checked, variables, extra, self._surroundings(prepared, variables))
        self._work[run.name] = work
        if found.has_errors:
            invalid = Diagnostics()
            validating.evaluate(project, checked, invalid, work.surroundings._replace(variable_ranges={}))
            if invalid.has_errors:
                diags.cut(before)
                diags.extend(invalid)
            return None
        return work

    def _providers(self, prepared: Prepared) -> RunProviders:
        values = {address: item.values for address, item in prepared.mocked.items()}
        return RunProviders(self._place.make_provider, self._place.providers, values, prepared.overrides)

    def _project(self, prepared: Prepared) -> Project:
        place = self._place
        return Project(
            prepared.config, place.make_provider, place.workspace, place.working_directory, place.base_dir
        )

    def _surroundings(self, prepared: Prepared, variables: Mapping[str, Known]) -> Surroundings:
        contexts: dict[AbsProviderConfig, Callable[[Diagnostics], EvalContext]] = dict.fromkeys(
            prepared.outside, self._variables.context
        )
        return Surroundings(
            contexts,
            frozenset(prepared.mocked),
            variable_ranges={name: known.range for name, known in variables.items() if known.range is not None},
            replaced_outputs=prepared.overrides.outputs_of,
        )

    def _options(self, run: TestRun) -> Options:
        from iacctl.testing import options

        return options.of(run, self._place.parallelism)

    def _plan(
        self,
        work: Work,
        state: TestState,
        found: Diagnostics,
        on_world: Callable[[World], None],
        options: Options,
    ) -> Plan | None:
        """Plan; None if that came to nothing. What validation alone would have said comes before all else."""
        place = self._place
        surroundings = work.surroundings._replace(on_world=on_world, prevents_destroy=options.mode != "destroy")
        inputs = build.Inputs(
            work.prepared.config,
            state.document.snapshot(),
            work.values,
            work.checked.providers,
            work.checked.resolution,
            place.workspace,
            place.working_directory,
            place.base_dir,
            place.timestamp(),
            surroundings=surroundings,
        )
        try:
            plan = build.make_plan(inputs, options, found)
        except DiagnosticError as error:
            found.extend(error.diagnostics)
            plan = None
        if found.has_errors and options.mode != "destroy":
            invalid = Diagnostics()
            project = self._project(work.prepared)
            validating.evaluate(project, work.checked, invalid, work.surroundings.unobserved())
            if invalid.has_errors:
                found.cut(0)
                found.extend(invalid)
                return None
        return plan

    def _apply(
        self, work: Work, state: TestState, plan: Plan, found: Diagnostics, on_world: Callable[[World], None]
    ) -> None:
        place = self._place
        recorder = state.begin()
        state.planned = [str(change.address) for change in plan.changes if change.action == changes.CREATE]
        inputs = applying.Inputs(
            work.checked.providers,
            work.checked.resolution,
            recorder,
            work.values,
            place.working_directory,
            place.base_dir,
            surroundings=work.surroundings._replace(on_world=on_world),
            provisioners=work.checked.provisioners,
        )
        try:
            applying.apply_plan(plan, inputs, found)
        except DiagnosticError as error:
            found.extend(error.diagnostics)
        except BaseException:
            recorder.abandon()
            raise
        state.finish(recorder)

    def _shown(self, work: Work, *, plan: Plan | None = None, applied: TestState | None = None) -> Shown | None:
        if not self._place.verbose:
            return None
        from iacctl.config import providers as provider_configs

        sources = provider_configs.requirements(work.prepared.config.root)
        schemas = {str(source): work.checked.providers.schema(source) for source in sources}
        state = None if applied is None else applied.document.snapshot()
        return Shown(work.prepared.config, schemas, plan, state)

    # -- cleaning up --------------------------------------------------------------------------------------------

    def clean_up(self, state: TestState) -> Diagnostics:
        """Destroy everything in a state, with the configuration of the run that was the last to change it."""
        assert state.last is not None
        work = self._work[state.last.run.name]
        found = Diagnostics()
        options = Options("destroy", parallelism=self._place.parallelism)
        try:
            plan = self._plan(work, state, found, lambda _: None, options)
            if plan is not None and not found.has_errors:
                self._apply(work, state, plan, found, lambda _: None)
        except DiagnosticError as error:
            found.extend(error.diagnostics)
        return found

    def close(self) -> None:
        """Let go of all providers."""
        for work in self._work.values():
            work.checked.providers.close()
            work.checked.provisioners.close()


def errors_since(diags: Diagnostics, before: int) -> bool:
    """Whether there is an error behind the first so many problems."""
    return any(diags[index].severity == "error" for index in range(before, len(diags)))

