"""`init`'s work on the backend: first use, a change with or without its state, and going back to none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.session import backend_config, backends, migration
from iacctl.session.questions import INPUT_DISABLED, NoAnswerError, Question
from iacctl.session.workdir import explain
from iacctl.views.protocols import InitStep
from iacctl_state import backend_record, workspaces
from iacctl_state.backend_record import BackendRecord
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.config.model import Backend as BackendBlock
    from iacctl.session.backend_config import BackendConfig
    from iacctl.session.initialization import InitOptions
    from iacctl.session.workdir import Workdir
    from iacctl_state.backends.port import Backend

_CHANGED: Final = (
    "A change in the backend configuration has been detected, which may require migrating existing state.\n\n"
    'If you wish to attempt automatic migration of the state, use "terraform init -migrate-state".\n'
    'If you wish to store the current configuration with no changes to the state, use "terraform init -reconfigure".'
)
_MISSING_BLOCK: Final = (
    '-backend-config was used without a "backend" block in the configuration.\n\n'
    "If you intended to override the default local backend configuration,\n"
    "no action is required, but you may add an explicit backend block to your\n"
    "configuration to clear this warning:\n\n"
    'terraform {\n  backend "local" {}\n}\n\n'
    "However, if you intended to override a defined backend, please verify that\n"
    "the backend configuration is present and valid.\n"
)


class BackendSetup:
    """Prepares the backend of one directory.

    Args:
        workdir: the directory.
        options: the flags of `init`.
        policy: whether to ask before state is copied, and to lock.
        step: told of what is done.
    """

    def __init__(
        self, workdir: Workdir, options: InitOptions, policy: migration.Policy, step: Callable[[InitStep], None]
    ) -> None:
        self._workdir = workdir
        self._options = options
        self._policy = policy
        self._step = step

    def run(self, block: BackendBlock | None, warnings: Diagnostics) -> BackendConfig:
        """Bring what is recorded in line with the configuration.

        Args:
            block: the configuration's `backend` block.
            warnings: gets what is no error.

        Raises:
            DiagnosticError: the block is at fault, or the change needs a decision that was not made.
        """
        options = self._options
        record = backends.load_record(self._workdir.data_folder)
        if not options.backend:
            return backend_config.DEFAULT if record is None else backend_config.of_record(record)
        if block is None:
            if options.backend_config:
                warnings.warning("Missing backend configuration", _MISSING_BLOCK)
            if record is None:
                return backend_config.DEFAULT
            return self._unset(record)
        wanted = backend_config.of_block(block, options.backend_config, self._workdir.directory)
        if record is None or options.reconfigure:
            return self._set_first(wanted)
        if wanted.hash == record.hash and not options.backend_config:
            return backend_config.of_record(record)._replace(range=block.range)
        if wanted.is_recorded_as(record):
            self._save(wanted)
            return wanted
        return self._change(record, wanted)

    # -- ways to go ---------------------------------------------------------------------------------------------

    def _set_first(self, wanted: BackendConfig) -> BackendConfig:
        """Configure a backend where there was none; state that lies in local files moves into it."""
        target = self._open(wanted)
        local = self._open(backend_config.DEFAULT)
        filled = migration.states(local)
        if filled and not _is_same_place(local, target):
            migration.migrate(local, target, self._policy)
            for workspace in filled:
                migration.empty(local, workspace, self._policy)
        self._choose_workspace(target)
        self._save(wanted)
        self._step(InitStep("backend-configured", text=wanted.type))
        return wanted

    def _change(self, record: BackendRecord, wanted: BackendConfig) -> BackendConfig:
        """Replace a backend by another, or by the same with other arguments."""
        self._require_migration()
        self._step(InitStep("backend-changed", text=wanted.type, version=record.type))
        target = self._open(wanted)
        migration.migrate(self._open(backend_config.of_record(record)), target, self._policy)
        self._choose_workspace(target)
        self._save(wanted)
        self._step(InitStep("backend-configured", text=wanted.type))
        return wanted

    def _unset(self, record: BackendRecord) -> BackendConfig:
        """Go back to the local backend with its defaults."""
        if not self._options.reconfigure:
            self._require_migration()
            self._step(InitStep("backend-unconfiguring", text=record.type))
            source = self._open(backend_config.of_record(record))
            migration.migrate(source, self._open(backend_config.DEFAULT), self._policy)
        try:
            backend_record.remove(self._workdir.data_folder)
        except StateError as error:
            raise DiagnosticError(explain(error)) from None
        if not self._options.reconfigure:
            self._step(InitStep("backend-unset", text=record.type))
        return backend_config.DEFAULT

    # -- parts --------------------------------------------------------------------------------------------------

    def _open(self, config: BackendConfig) -> Backend:
        return config.open(self._workdir.folder)

    def _require_migration(self) -> None:
        if not (self._options.migrate_state or self._options.force_copy):
            problems = Diagnostics()
            problems.error("Backend configuration changed", _CHANGED)
            raise DiagnosticError(problems)

    def _save(self, config: BackendConfig) -> None:
        folder = self._workdir.data_folder
        try:
            backend_record.save(folder, BackendRecord(config.type, dict(config.arguments), config.hash))
        except StateError as error:
            raise DiagnosticError(explain(error)) from None

    def _choose_workspace(self, target: Backend) -> None:
        """Make sure that the selected workspace is one that the backend has."""
        try:
            names = target.workspaces()
            selected = self._workdir.workspace()
            if selected in names or self._workdir.workspace_is_overridden:
                return
            chosen = names[0] if len(names) == 1 else self._ask_for_workspace(selected, names)
            workspaces.select(self._workdir.data_folder, chosen)
        except StateError as error:
            raise DiagnosticError(explain(error)) from None

    def _ask_for_workspace(self, selected: str, names: list[str]) -> str:
        numbered = "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
        question = Question(
            f"The currently selected workspace ({selected}) does not exist.",
            "This is expected behavior when the selected workspace did not have an\n"
            f"existing non-empty state. Please enter a number to select a workspace:\n\n{numbered}",
            stands_out=True,
        )
        problems = Diagnostics()
        try:
            answer = self._policy.ask(question)
        except NoAnswerError as error:
            if str(error) == INPUT_DISABLED:
                problems.error(f'Currently selected workspace "{selected}" does not exist')
            else:
                problems.error(f"Failed to select workspace: {error}")
            raise DiagnosticError(problems) from None
        if not (answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(names)):
            problems.error("Failed to select workspace: input not a valid number")
            raise DiagnosticError(problems)
        return names[int(answer) - 1]


def _is_same_place(left: Backend, right: Backend) -> bool:
    """Whether two backends keep the default workspace's state in the same place."""
    return left.type == right.type and left.state("default").description == right.state("default").description
