"""The session: configuration, state and providers of one directory, brought together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.diag.events import Listener, StopRequested, ignore
from iacctl.ops.project import Project
from iacctl.plan.model import Options
from iacctl.session.configured import ConfiguredDirectory
from iacctl.session.providers import Providers
from iacctl.session.questions import nobody
from iacctl.session.workdir import Workdir, explain
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from iacctl.addrs import Provider as ProviderSource
    from iacctl.config.model import Config
    from iacctl.config.variables import Option
    from iacctl.ops.console import Console
    from iacctl.ops.project import Running
    from iacctl.ops.querying import Queried
    from iacctl.plan.model import Plan
    from iacctl.provider.port import Provider
    from iacctl.session.backend_config import BackendConfig
    from iacctl.session.initialization import InitOptions
    from iacctl.session.operations import Applied, Planned
    from iacctl.session.questions import Ask
    from iacctl.session.testing import SuiteOptions
    from iacctl.testing.events import Listener as TestListener
    from iacctl.testing.results import SuiteResult
    from iacctl.testing.suites import SuiteRunner
    from iacctl_state.backends.local import LocalOverrides
    from iacctl_state.backends.port import Backend
    from iacctl_state.document import OutputState, StateDocument
    from iacctl_state.manager import StateManager


class Session(ConfiguredDirectory):
    """A directory with its configuration, backend, workspace and providers.

    Args:
        directory: the working directory: where state, data folder and variable files are.
        root: the root module's directory, seen from the working directory.
        origin: what `path.cwd` gives; the working directory if it is not given.
        environ: environment variables; those of the process by default.
        variables: values of root variables, as strings, numbers, booleans, lists, dicts and None; they win over all others.
        options: `-var` and `-var-file` in the order given.
        overrides: the local backend's file flags.
        providers: further in-process providers by source address; they win over built-in ones.
        listener: takes events of plans and applies.
        queries: whether query files are part of the configuration.

    Attributes:
        backend_config: what the backend was opened from, once it was.
        testing: the tests that are being run; None where there are none.
    """

    def __init__(
        self,
        directory: str = ".",
        *,
        root: str = ".",
        origin: str = "",
        environ: Mapping[str, str] | None = None,
        variables: Mapping[str, object] | None = None,
        options: Sequence[Option] = (),
        overrides: LocalOverrides | None = None,
        providers: Mapping[str, Callable[[], Provider]] | None = None,
        listener: Listener = ignore,
        queries: bool = False,
    ) -> None:
        super().__init__(
            Workdir(directory, os.environ if environ is None else environ),
            root=root,
            origin=origin,
            variables=variables or {},
            options=options,
            queries=queries,
        )
        self.listener = listener
        self.overrides = overrides
        self.providers = Providers(providers or {})
        self._running: Running | None = None
        self._stopping = False
        self.testing: SuiteRunner | None = None
        self.on_stop: Callable[[], None] | None = None
        self.backend_config: BackendConfig | None = None
        self._manager: StateManager | None = None
        self._backend: Backend | None = None

    # -- providers ----------------------------------------------------------------------------------------------

    def make_provider(self, source: ProviderSource) -> Provider | None:
        """A new provider for a source address; None when there is none."""
        return self.providers.make(source)

    def project(self, config: Config | None = None) -> Project:
        """What operations start from."""
        return Project(
            self.config() if config is None else config,
            self.make_provider,
            self.workspace(),
            os.path.realpath(self.origin),
            self.directory,
        )

    # -- state --------------------------------------------------------------------------------------------------

    def workspace(self) -> str:
        """The name of the current workspace.

        Raises:
            DiagnosticError: it cannot be found out.
        """
        try:
            return self.workdir.workspace()
        except StateError as error:
            raise DiagnosticError(explain(error)) from None

    def backend(self) -> Backend:
        """The backend that keeps the state.

        Raises:
            DiagnosticError: the configuration is at fault, or `init` has to be run first.
        """
        if self._backend is None:
            from iacctl.session import backends

            config = self.root_config()
            config.diagnostics.raise_errors()
            chosen = backends.in_use(config.root.backend, self.workdir.data_folder)
            self._backend = chosen.open(self.workdir.folder, self.overrides)
            self.backend_config = chosen
        return self._backend

    def use_backend(self, backend: Backend) -> None:
        """Go on with another backend."""
        self._backend = backend
        self._manager = None

    def manager(self) -> StateManager:
        """The state of the current workspace."""
        if self._manager is None:
            from iacctl_state.manager import StateManager

            self._manager = StateManager(self.backend().state(self.workspace()))
        return self._manager

    def state(self) -> StateDocument:
        """The state as it is now.

        Raises:
            DiagnosticError: it cannot be read.
        """
        try:
            return self.manager().read()
        except StateError as error:
            raise DiagnosticError(explain(error)) from None

    def outputs(self) -> dict[str, OutputState]:
        """The root output values that the state holds, with their types and whether they are sensitive."""
        return self.state().outputs

    def output_values(self) -> dict[str, object]:
        """The root output values that the state holds, as plain Python data; numbers with a fraction are floats."""
        import json

        from iacctl_state.json_text import compact

        return {name: json.loads(compact(output.value)) for name, output in self.outputs().items()}

    def lock(
        self, operation: str, *, timeout: float = 0.0, on_wait: Callable[[], None] | None = None
    ) -> AbstractContextManager[None]:
        """Hold the state's lock.

        Args:
            operation: what for, such as `OperationTypePlan`.
            timeout: seconds to wait for it.
            on_wait: called once when it is not free.

        Raises:
            DiagnosticError: somebody else holds it.
        """
        from contextlib import contextmanager

        from iacctl.session.locking import held

        return contextmanager(held)(self.manager(), operation, timeout, on_wait)

    def create_workspace(self, name: str, *, state_file: str = "") -> None:
        """Make a workspace and select it.

        Args:
            name: its name.
            state_file: a state file whose content it starts with.

        Raises:
            DiagnosticError: the state file cannot be used.
            StateError: the workspace cannot be made.
        """
        from iacctl.session import workspaces

        workspaces.create(self, name, state_file)
        self.select_workspace(name)

    def select_workspace(self, name: str) -> None:
        """Select a workspace that exists."""
        from iacctl_state import workspaces

        workspaces.select(self.workdir.data_folder, name)
        self._manager = None

    def delete_workspace(self, name: str, *, force: bool = False, lock: bool = True, timeout: float = 0.0) -> None:
        """Delete a workspace that is not the current one.

        Args:
            name: its name.
            force: also when its state holds objects.
            lock: whether to take its lock first.
            timeout: seconds to wait for the lock.

        Raises:
            DiagnosticError: it holds objects, or is locked.
            StateError: it cannot be deleted.
        """
        from iacctl.session import workspaces

        workspaces.delete(self, name, force=force, lock=lock, timeout=timeout)

    # -- operations ---------------------------------------------------------------------------------------------

    def init(self, options: InitOptions | None = None, *, ask: Ask = nobody) -> Diagnostics:
        """Install modules, choose providers and prepare the backend.

        Args:
            options: what to do.
            ask: puts questions to a person, where state would have to be copied.

        Returns:
            What was found; with errors if a step failed, after which no further one was taken.
        """
        from iacctl.session.initialization import Initialization, InitOptions

        return Initialization(self, options or InitOptions(), ask=ask).run()

    def validate(self, test_directory: str | None = None) -> Diagnostics:
        """Check the configuration without state and input.

        Args:
            test_directory: where test files are besides the root module's directory, to check them as well; None leaves
                tests out.
        """
        from iacctl.config import variables
        from iacctl.install import providers
        from iacctl.ops import validating

        found = Diagnostics()
        given = self.given_values(found)
        config = self.config()
        suite = None
        if test_directory is not None:
            from iacctl.session import testing

            suite = testing.read(self, test_directory)
            if suite.diagnostics.has_errors:
                return Diagnostics([*suite.diagnostics, *found])
        if not config.diagnostics.has_errors:
            if self.options:
                variables.check_undeclared(config.root.variables, given, found)
            providers.check_available(config.root, self.providers, found)
            validating.check_provisioners(config.root, found)
            providers.check_versions(config.root, self.providers, found)
        if found.has_errors:
            return Diagnostics([*config.diagnostics, *found])
        valid = validating.validate(self.project())
        if suite is not None:
            from iacctl.session import testing

            known = {id(item) for item in config.diagnostics}
            valid.extend(item for item in suite.diagnostics if id(item) not in known)
            testing.validate(self, suite, valid)
        return valid

    def plan(self, options: Options | None = None, *, to_apply: bool = False) -> Planned:
        """Plan changes. Take the lock before, where the plan is to be applied.

        Args:
            options: what to plan.
            to_apply: whether the plan is made to be applied at once; messages differ.
        """
        from iacctl.session import operations

        return operations.plan(self, options or Options(), to_apply=to_apply)

    def apply(self, plan: Plan) -> Applied:
        """Carry out a plan. The state's lock must be held."""
        from iacctl.session import operations

        return operations.apply(self, plan)

    def query(self, *, generating: bool = False) -> Queried:
        """Find the objects that list blocks ask for; the session must be one with query files.

        Args:
            generating: whole objects are wanted, as configuration is going to be written for them.
        """
        from iacctl.session import queries

        return queries.query(self, generating=generating)

    def console(self, *, plan: bool = False) -> Console:
        """Evaluate expressions over the configuration and the state; to be closed after use.

        Args:
            plan: over the objects as a plan would leave them, in place of those of the state.

        Raises:
            DiagnosticError: the configuration or the state cannot be used.
        """
        from iacctl.session import consoles

        return consoles.open_console(self, plan=plan)

    def test(self, options: SuiteOptions | None = None, listener: TestListener | None = None) -> SuiteResult:
        """Run the tests of the configuration.

        Args:
            options: what to test.
            listener: takes events.

        Raises:
            DiagnosticError: there is something wrong before anything can be run.
        """
        from iacctl.session import testing

        if listener is None:
            return testing.run(self, options or testing.SuiteOptions())
        return testing.run(self, options or testing.SuiteOptions(), listener)

    # -- plan files ---------------------------------------------------------------------------------------------

    def save_plan(self, plan: Plan, path: str) -> None:
        """Write a plan file.

        Raises:
            DiagnosticError: it cannot be written.
        """
        from iacctl.session import plan_files

        plan_files.save(self, plan, path)

    def open_plan(self, path: str, *, to_apply: bool = False) -> Plan:
        """Read a plan file; the session then works with the configuration in it.

        Args:
            path: the file.
            to_apply: whether it is to be applied: with the backend and in the workspace that it was made with.

        Raises:
            DiagnosticError: it cannot be read, or is no plan file.
        """
        from iacctl.session import plan_files
        from iacctl.session.backend_config import BackendConfig

        saved = plan_files.open_saved(self, path)
        self._config = saved.plan.config
        if to_apply:
            backend = BackendConfig(saved.backend.type, saved.backend.arguments)
            self.use_backend(backend.open(self.workdir.folder, self.overrides))
            plan_files.require_workspace(self, saved.plan)
        return saved.plan

    def ready_plan(self, plan: Plan) -> Plan:
        """Make a saved plan ready to be applied, under the state's lock.

        Returns:
            The plan with the values of its ephemeral variables, which were given again.

        Raises:
            DiagnosticError: the state is another one by now, or a variable is missing.
        """
        from iacctl.session import plan_files

        plan_files.check_fresh(self, plan)
        return plan_files.with_ephemeral_values(self, plan)

    def stop(self) -> None:
        """End the running operation gracefully: start nothing more, and have providers end what they do.

        Any thread may call it. It ends this session's work: what it starts later is stopped as well.
        """
        self._stopping = True
        if self.on_stop is not None:
            self.on_stop()
        if self._running is not None:
            self.listener(StopRequested())
            self._running.stop()
        if self.testing is not None:
            self.testing.stop()

    def started(self, running: Running) -> None:
        """Take note of an operation that begins, so that `stop` can end it."""
        self._running = running
        if self._stopping:
            running.stop()

    def ended(self) -> None:
        """Take note that nothing is under way any more."""
        self._running = None

    # -- as a context -------------------------------------------------------------------------------------------

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        return None
