"""Which backend keeps a directory's state, and whether `init` has prepared it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.session import backend_config
from iacctl.session.workdir import explain
from iacctl_state import backend_record
from iacctl_state.errors import StateError

if TYPE_CHECKING:
    from iacctl.config.model import Backend as BackendBlock
    from iacctl.session.backend_config import BackendConfig
    from iacctl_state.backend_record import BackendRecord

_NOT_INITIALIZED: Final = (
    'The "backend" is the interface that Terraform uses to store state,\n'
    "perform operations, etc. If this message is showing up, it means that the\n"
    "Terraform configuration you're using is using a custom configuration for\n"
    "the Terraform backend.\n\n"
    "Changes to backend configurations require reinitialization. This allows\n"
    "Terraform to set up the new configuration, copy existing state, etc. Please run\n"
    '"terraform init" with either the "-reconfigure" or "-migrate-state" flags to\n'
    "use the current configuration.\n\n"
    "If the change reason above is incorrect, please verify your configuration\n"
    "hasn't changed and try again. At this point, no changes to your existing\n"
    "configuration or state have been made."
)


def load_record(data_folder: str) -> BackendRecord | None:
    """What `init` has recorded.

    Raises:
        DiagnosticError: the record cannot be read.
    """
    try:
        return backend_record.load(data_folder)
    except StateError as error:
        raise DiagnosticError(explain(error)) from None


def in_use(block: BackendBlock | None, data_folder: str) -> BackendConfig:
    """The backend that a configuration asks for, if it is the one that was initialized.

    Args:
        block: the configuration's `backend` block.
        data_folder: where `init` leaves its record.

    Raises:
        DiagnosticError: the block is at fault, or `init` has to be run first.
    """
    if block is not None:
        backend_config.check_type(block, "Invalid backend type")
    record = load_record(data_folder)
    if block is None:
        if record is None:
            return backend_config.DEFAULT
        raise _not_initialized(f'Unsetting the previously set backend "{record.type}"')
    if record is None:
        raise _not_initialized(f'Initial configuration of the requested backend "{block.type}"')
    if backend_config.hash_of(block) != record.hash and not backend_config.of_block(block).is_recorded_as(record):
        if record.type != block.type:
            raise _not_initialized(f'Backend type changed from "{record.type}" to "{block.type}"')
        raise _not_initialized("Backend configuration block has changed")
    return backend_config.of_record(record)._replace(range=block.range)


def _not_initialized(reason: str) -> DiagnosticError:
    problems = Diagnostics()
    problems.error(
        'Backend initialization required, please run "terraform init"', f"Reason: {reason}\n\n{_NOT_INITIALIZED}"
    )
    return DiagnosticError(problems)
