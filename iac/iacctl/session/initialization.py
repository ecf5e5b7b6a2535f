"""`init`: modules into place, providers chosen, the backend prepared."""

# Paths are plain text here: pathlib is slow to import.

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.session import migration
from iacctl.session.backend_setup import BackendSetup
from iacctl.session.modules import io_failure
from iacctl.session.questions import nobody
from iacctl.views.protocols import InitStep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iacctl.addrs import Provider
    from iacctl.config.model import Config, Module
    from iacctl.config.test_files.model import Suite
    from iacctl.session.backend_config import BackendConfig
    from iacctl.session.questions import Ask
    from iacctl.session.session import Session

_PROBLEMS: Final = (
    "Terraform encountered problems during initialisation, including problems\n"
    "with the configuration, described below.\n\n"
    "The Terraform configuration must be valid before initialization so that\n"
    "Terraform can determine which modules and providers need to be installed."
)


class InitOptions(NamedTuple):
    """What `init` is to do.

    Attributes:
        backend: whether to prepare the backend; otherwise the one prepared before is used.
        backend_config: files or `name=value`, added to the `backend` block.
        reconfigure: forget what was prepared before.
        migrate_state: copy state to a backend that changed, once that is confirmed.
        force_copy: copy state without asking.
        modules: whether to install modules.
        upgrade: look for newer versions of modules and providers.
        lock: whether to lock states while they are copied.
        lock_timeout: seconds to wait for a lock.
        test_directory: where test files are, besides the root module's directory.
    """

    backend: bool = True
    backend_config: Sequence[str] = ()
    reconfigure: bool = False
    migrate_state: bool = False
    force_copy: bool = False
    modules: bool = True
    upgrade: bool = False
    lock: bool = True
    lock_timeout: float = 0.0
    test_directory: str = "tests"


def _ignore(step: InitStep) -> None:
    """Takes notice of no step."""


class Initialization:
    """One run of `init` in a session's directory. Its methods are the steps, in their order.

    Args:
        session: the session.
        options: what to do.
        step: told of each thing that is done.
        ask: puts questions to a person.
        on_wait: called once when a state's lock is not free.

    Attributes:
        warnings: what was found and is no error.
        was_empty: whether there was no configuration to initialize.
    """

    def __init__(
        self,
        session: Session,
        options: InitOptions = InitOptions(),  # noqa: B008 - immutable
        *,
        step: Callable[[InitStep], None] = _ignore,
        ask: Ask = nobody,
        on_wait: Callable[[], None] | None = None,
    ) -> None:
        self.warnings = Diagnostics()
        self.was_empty = False
        self._suite: Suite | None = None
        self._session = session
        self._options = options
        self._step = step
        self._ask = ask
        self._on_wait = on_wait

    def run(self) -> Diagnostics:
        """Take all steps.

        Returns:
            What was found; with errors if a step failed, after which no further one is taken.
        """
        try:
            if not self._session.has_configuration():
                self.was_empty = True
                self._step(InitStep("empty-directory"))
                return self.warnings
            root = self.root()
            self.variables(root)
            config = self.modules(root)
            self.providers(config.root)
            backend = self.backend(root)
            self.state_providers(config.root, backend)
        except DiagnosticError as error:
            return Diagnostics([*self.warnings, *error.diagnostics])
        return self.warnings

    def root(self) -> Module:
        """The root module by itself, which says which modules and which backend there are.

        Raises:
            DiagnosticError: it has errors, which are introduced by a general one.
        """
        from iacctl.config import requirements

        loaded = self._session.root_config()
        module = loaded.root
        found = Diagnostics()
        if module.required_versions:
            requirements.check_terraform_version(module, found)
            found.raise_errors()
        found.extend(loaded.diagnostics)
        found.extend(self._test_files().diagnostics)
        if module.backend is not None:
            from iacctl.session import backend_config

            try:
                backend_config.check_type(module.backend)
            except DiagnosticError as error:
                found.extend(error.diagnostics)
        # Modules without a source come to light when modules are installed, which Terraform does not introduce.
        sourceless = [call for call in module.calls.values() if call.source_expression is None]
        if len(found.errors) == len(sourceless):
            found.raise_errors()
        if found.has_errors:
            introduction = Diagnostics()
            introduction.error(_PROBLEMS)
            raise DiagnosticError([*introduction, *found])
        return module

    def _test_files(self) -> Suite:
        """The test files, whose runs may need modules and providers."""
        from iacctl.config.test_files import loader

        self._suite = loader.read(self._session.source(), self._session.root, self._options.test_directory)
        return self._suite

    def variables(self, root: Module) -> None:
        """Look at the values given for variables, which module sources may need.

        Raises:
            DiagnosticError: one cannot be read, or is for a variable that there is not.
        """
        from iacctl.config import variables

        found = Diagnostics()
        given = self._session.given_values(found)
        variables.check_undeclared(root.variables, given, found)
        found.raise_errors()
        self.warnings.extend(found)

    def modules(self, root: Module) -> Config:
        """Install modules and read the whole configuration.

        Raises:
            DiagnosticError: a module cannot be had, or has errors.
        """
        session = self._session
        suite = self._suite
        runs = () if suite is None else [run for file in suite.files for run in file.runs]
        if not (root.calls or any(run.module is not None for run in runs)) or not self._options.modules:
            config = session.config()
        else:
            self._step(InitStep("modules", upgrade=self._options.upgrade))
            from iacctl.session.modules import install_modules

            config = install_modules(session, step=self._step, upgrade=self._options.upgrade, suite=suite)
            session.use_config(config)
        config.diagnostics.raise_errors()
        self.warnings.extend(config.diagnostics)
        return config

    def providers(self, root: Module) -> None:
        """Choose a provider for each requirement of the configuration.

        Raises:
            DiagnosticError: a requirement cannot be met.
        """
        from iacctl.install import providers

        self._step(InitStep("providers", text="configuration", upgrade=self._options.upgrade))
        found = Diagnostics()
        chosen = providers.select(root, self._session.providers, found, self._tested())
        for selection in chosen:
            if selection.kind == "built-in":
                self._step(InitStep("provider-builtin", selection.source))
            else:
                self._step(InitStep("provider-in-process", selection.source, selection.version or ""))
        found.raise_errors()
        try:
            providers.record(self._session.workdir.data_folder, chosen)
        except OSError as error:
            raise io_failure("Failed to record the chosen providers", error) from None
        self._step(InitStep("gap"))

    def _tested(self) -> list[Module]:
        """The modules that test files run besides the root."""
        runs = () if self._suite is None else [run for file in self._suite.files for run in file.runs]
        return [run.config.root for run in runs if run.config is not None]

    def backend(self, root: Module) -> BackendConfig:
        """Prepare the backend.

        Raises:
            DiagnosticError: see `BackendSetup.run`.
        """
        options = self._options
        policy = migration.Policy(self._ask, options.force_copy, options.lock, options.lock_timeout, self._on_wait)
        if options.backend:
            self._step(InitStep("backend"))
        try:
            return BackendSetup(self._session.workdir, options, policy, self._step).run(root.backend, self.warnings)
        finally:
            self._step(InitStep("gap"))

    def state_providers(self, root: Module, backend: BackendConfig) -> None:
        """Make sure of the providers that only the state needs.

        Raises:
            DiagnosticError: the state cannot be read, or there is no such provider.
        """
        from iacctl.config.providers import requirements
        from iacctl.install import providers

        session = self._session
        if self._options.backend:
            session.use_backend(backend.open(session.workdir.folder, session.overrides))
            state = session.state()
            if not state.is_empty:
                self._step(InitStep("providers", text="state", upgrade=self._options.upgrade))
                needed = {provider for resource in state.resources.values() if (provider := _provider(resource.provider))}
                known = requirements(root)
                found = Diagnostics()
                for source in sorted(needed):
                    if source.is_builtin:
                        self._step(InitStep("provider-builtin", source))
                    elif (version := session.providers.version(source)) is None:
                        providers.report_unknown(source, session.providers, found)
                    elif source not in known:
                        self._step(InitStep("provider-in-process", source, version))
                found.raise_errors()
        self._step(InitStep("gap"))
        self._step(InitStep("gap"))


def _provider(text: str) -> Provider | None:
    """The provider that a resource in the state belongs to."""
    from iacctl.addrs import parse_abs_provider_config

    config = parse_abs_provider_config(text)
    return None if config is None else config.provider


def copy_configuration(source: str, directory: str) -> None:
    """Copy the files of a module into an empty directory: `init -from-module`.

    Args:
        source: the module's source address; a local one is relative to the process's working directory.
        directory: where to.

    Raises:
        DiagnosticError: the directory is not empty, or the module cannot be had.
    """
    from iacctl.install.from_module import copy_module
    from iacctl.session.modules import fetching_tools

    problems = Diagnostics()
    try:
        copy_module(source, directory, fetching_tools(), problems)
    except OSError as error:
        raise io_failure("Failed to download module", error) from None
    problems.raise_errors()
