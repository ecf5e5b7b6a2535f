"""Copying state from one backend to another, when `init` finds that the configuration names a new one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.session.locking import held
from iacctl.session.questions import INPUT_DISABLED, NoAnswerError, Question, confirm
from iacctl.session.workdir import explain
from iacctl_state.backends.port import DEFAULT_WORKSPACE
from iacctl_state.errors import StateError
from iacctl_state.manager import StateManager
from iacctl_state.writer import content, serialize

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from iacctl.session.questions import Ask
    from iacctl_state.backends.port import Backend
    from iacctl_state.document import StateDocument


class Policy(NamedTuple):
    """How to go about it.

    Attributes:
        ask: asks before a state is copied.
        force: copy without asking.
        lock: whether to lock the states concerned.
        lock_timeout: seconds to wait for a lock.
        on_wait: called once when a lock is not free.
    """

    ask: Ask
    force: bool = False
    lock: bool = True
    lock_timeout: float = 0.0
    on_wait: Callable[[], None] | None = None


def migrate(source: Backend, target: Backend, policy: Policy) -> None:
    """Copy the state of every workspace.

    Args:
        source: where the states are.
        target: where they should be.
        policy: whether to ask and to lock.

    Raises:
        DiagnosticError: a state cannot be read or written, or it was not said what to do.
    """
    try:
        names = source.workspaces()
        if names == [DEFAULT_WORKSPACE]:
            _migrate_one(source, target, DEFAULT_WORKSPACE, policy)
            return
        if not policy.force and not _wants_all(target, policy):
            raise _failed("Migration aborted by user.")
        existing = target.workspaces()
        for name in names:
            if name not in existing:
                target.create_workspace(name)
            _migrate_one(source, target, name, policy._replace(force=True))
    except StateError as error:
        raise DiagnosticError(explain(error)) from None


def states(backend: Backend) -> list[str]:
    """The workspaces of a backend whose states hold anything.

    Raises:
        DiagnosticError: one cannot be read.
    """
    try:
        return [name for name in backend.workspaces() if not StateManager(backend.state(name)).read().is_empty]
    except StateError as error:
        raise DiagnosticError(explain(error)) from None


def empty(backend: Backend, workspace: str, policy: Policy) -> None:
    """Leave a workspace of a backend without a state; the backend keeps a backup if it keeps backups at all.

    Raises:
        DiagnosticError: it cannot be written.
    """
    manager = StateManager(backend.state(workspace))
    with _locked(manager, "migrate source state", policy):
        try:
            manager.store.write(b"", expected=None, backup=True)
        except StateError as error:
            raise DiagnosticError(explain(error)) from None


def _failed(summary: str, detail: str = "") -> DiagnosticError:
    problems = Diagnostics()
    problems.error(summary, detail)
    return DiagnosticError(problems)


def _wants_all(target: Backend, policy: Policy) -> bool:
    question = Question(
        f'Do you want to migrate all workspaces to "{target.type}"?',
        f'Both the existing "{target.type}" backend and the newly configured "{target.type}" backend\n'
        "support workspaces. When migrating between backends, Terraform will copy\n"
        "all workspaces (with the same names). THIS WILL OVERWRITE any conflicting\n"
        "states in the destination.\n\n"
        "Terraform initialization doesn't currently migrate only select workspaces.\n"
        "If you want to migrate a select number of workspaces, you must manually\n"
        "pull and push those states.\n\n"
        'If you answer "yes", Terraform will migrate all states. If you answer\n"no", Terraform will abort.',
    )
    try:
        return confirm(policy.ask, question)
    except NoAnswerError as error:
        raise _failed(f"Error asking for state migration action: {error}") from None


def _locked(manager: StateManager, what: str, policy: Policy) -> AbstractContextManager[None]:
    from contextlib import contextmanager, nullcontext

    if not policy.lock:
        return nullcontext()
    return contextmanager(held)(manager, what, policy.lock_timeout, policy.on_wait)


def _migrate_one(source: Backend, target: Backend, workspace: str, policy: Policy) -> None:
    old, new = StateManager(source.state(workspace)), StateManager(target.state(workspace))
    if old.store.description == new.store.description and source.type == target.type:
        return
    with _locked(old, "migrate source state", policy), _locked(new, "migrate destination state", policy):
        before, there = old.read(), new.read()
        _require_settled(old)
        _require_settled(new)
        if before.is_empty or _is_same(before, there):
            return
        if not policy.force and not _wants_copy(source, target, before, there, policy):
            return
        new.store.write(serialize(before), expected=None, backup=True)


def _require_settled(manager: StateManager) -> None:
    """Refuse to leave a journal behind that knows of calls whose outcome is unknown."""
    if manager.recovered is not None and manager.recovered.unresolved:
        raise _failed(
            "State has unresolved operations",
            f"An earlier apply on the state at {manager.store.description} was interrupted, and what became of some of its "
            'calls is not known yet. Run "iacctl plan" and "iacctl apply" with the previous backend configuration first.',
        )


def _is_same(left: StateDocument, right: StateDocument) -> bool:
    return bool(left.lineage) and (left.lineage, left.serial) == (right.lineage, right.serial) and (
        content(left) == content(right)
    )


def _wants_copy(
    source: Backend, target: Backend, before: StateDocument, there: StateDocument, policy: Policy
) -> bool:
    try:
        if there.is_empty:
            return confirm(policy.ask, _copy_question(source, target))
        return _confirm_overwriting(source, target, before, there, policy)
    except NoAnswerError as error:
        if str(error) != INPUT_DISABLED:
            raise _failed(str(error)) from None
        raise _failed(
            "Can't ask approval for state migration when interactive input is disabled.\n\n"
            'Please remove the "-input=false" option and try again.'
        ) from None


def _copy_question(source: Backend, target: Backend) -> Question:
    return Question(
        "Do you want to copy existing state to the new backend?",
        f'Pre-existing state was found while migrating the previous "{source.type}" backend to the\n'
        f'newly configured "{target.type}" backend. No existing state was found in the newly\n'
        f'configured "{target.type}" backend. Do you want to copy this state to the new "{target.type}"\n'
        'backend? Enter "yes" to copy and "no" to start with an empty state.',
    )


def _confirm_overwriting(
    source: Backend, target: Backend, before: StateDocument, there: StateDocument, policy: Policy
) -> bool:
    """Ask which of two states to keep, with both of them in files to look at."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="iacctl-") as folder:
        paths = [
            os.path.join(folder, f"{number}-{backend.type}.tfstate")  # noqa: PTH118
            for number, backend in enumerate((source, target), 1)
        ]
        for path, document in zip(paths, (before, there), strict=True):
            with open(path, "wb") as file:
                file.write(serialize(document))
        question = Question(
            "Do you want to copy existing state to the new backend?",
            f'Pre-existing state was found while migrating the previous "{source.type}" backend to the\n'
            f'newly configured "{target.type}" backend. An existing non-empty state already exists in\n'
            "the new backend. The two states have been saved to temporary files that will be\n"
            "removed after responding to this query.\n\n"
            f'Previous (type "{source.type}"): {paths[0]}\n'
            f'New      (type "{target.type}"): {paths[1]}\n\n'
            "Do you want to overwrite the state in the new backend with the previous state?\n"
            'Enter "yes" to copy and "no" to start with the existing state in the newly\n'
            f'configured "{target.type}" backend.',
        )
        return confirm(policy.ask, question)
