"""What a session's configuration consists of."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from iacctl.config.test_files.model import DEFAULT_DIRECTORY
from iacctl.diag import Diagnostics

if TYPE_CHECKING:
    from iacctl.addrs import Provider
    from iacctl.ops.inventory import CalledModule, Needs
    from iacctl.session.session import Session


class Required(NamedTuple):
    """The providers that are needed.

    Attributes:
        configuration: by the configuration and its tests.
        state: by the state, in the order of source addresses.
        warnings: what was found on the way.
    """

    configuration: Needs
    state: list[Provider]
    warnings: Diagnostics


def required_providers(session: Session, test_directory: str = DEFAULT_DIRECTORY) -> Required:
    """The providers that a configuration, its tests and its state need.

    Args:
        session: the session.
        test_directory: where test files are, besides the root module's directory.

    Raises:
        DiagnosticError: the configuration or the state cannot be read.
    """
    from iacctl.ops import inventory
    from iacctl.session import testing

    if not session.has_configuration():
        directory = os.path.realpath(session.directory)
        problems = Diagnostics()
        problems.error("No configuration files", f"The directory {directory} contains no Terraform configuration files.")
        problems.raise_errors()
    suite = testing.read(session, test_directory)
    suite.diagnostics.raise_errors()
    state = session.state()
    return Required(
        inventory.needs(session.config().root, suite.files), inventory.needed_by_state(state), suite.diagnostics
    )


def called_modules(session: Session) -> tuple[CalledModule, ...]:
    """The modules that a configuration calls.

    Raises:
        DiagnosticError: the configuration cannot be read.
    """
    from iacctl.config import manifest
    from iacctl.ops import inventory

    if not session.has_configuration():
        return ()
    config = session.config()
    config.diagnostics.raise_errors()
    installed = manifest.read(session.source(), session.workdir.data_folder_name)
    return inventory.called_modules(config.root, installed)
