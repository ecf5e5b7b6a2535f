"""Modules brought into place for a session: what `get` does, and `init` among other things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.diag import DiagnosticError, Diagnostics
from iacctl.views.protocols import InitStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.addrs import ModulePath
    from iacctl.config.manifest import Installed
    from iacctl.config.model import Config
    from iacctl.config.test_files.model import Suite
    from iacctl.install.fetching import Tools
    from iacctl.session.session import Session

_PROGRESS_PERIOD: Final = 10.0
"""Seconds between two remarks on a slow download."""


def install_modules(
    session: Session,
    *,
    step: Callable[[InitStep], None] | None = None,
    upgrade: bool = False,
    suite: Suite | None = None,
) -> Config:
    """Bring the modules of a session's configuration into place: what `get` does, and `init` among other things.

    Args:
        session: the session.
        step: told of each module that is downloaded and installed.
        upgrade: install everything anew, with the newest versions that are allowed.
        suite: the test files, whose runs may call for modules of their own.

    Returns:
        The configuration, with errors among its diagnostics if a module cannot be had.

    Raises:
        DiagnosticError: the manifest of modules cannot be written.
    """
    from iacctl.install import modules

    tell = step if step is not None else lambda _: None
    progress = _Progress(tell)

    def downloading(path: ModulePath, address: str, version: str | None) -> None:
        progress.begin(path)
        tell(InitStep("module-downloading", module=path, text=address if version is None else f"{address} {version}"))

    def installed(path: ModulePath, entry: Installed) -> None:
        tell(InitStep("module-installed", module=path, text=entry.directory))

    try:
        return modules.install(
            session.directory,
            data_folder=session.workdir.data_folder_name,
            given=session.given_values(),
            listener=installed,
            on_download=downloading,
            tools=fetching_tools(progress.tell),
            upgrade=upgrade,
            suite=suite,
        )
    except OSError as error:
        raise io_failure("Failed to install modules", error) from None


class _Progress:
    """Says now and then how far a slow download is.

    Args:
        step: told of it.
    """

    def __init__(self, step: Callable[[InitStep], None]) -> None:
        self._step = step
        self._path: ModulePath = ()
        self._last = 0.0

    def begin(self, path: ModulePath) -> None:
        """A module's package is going to be downloaded."""
        import time

        self._path = path
        self._last = time.monotonic()

    def tell(self, received: int, total: int | None) -> None:
        """So many bytes have arrived, of so many."""
        import time

        if time.monotonic() - self._last < _PROGRESS_PERIOD:
            return
        self._last = time.monotonic()
        of = f" of {total / 1e6:.1f}" if total else ""
        self._step(InitStep("module-progress", module=self._path, text=f"{received / 1e6:.1f}{of} MB"))


def fetching_tools(progress: Callable[[int, int | None], None] | None = None) -> Tools:
    """How packages are fetched: with the CLI configuration, whose faults are reported when a command starts.

    Args:
        progress: told how many bytes of a download have arrived, and how many there will be if that is known.
    """
    from iacctl.config import cli_config
    from iacctl.install.fetching import Tools

    return Tools(cli_config=lambda: cli_config.load(Diagnostics()), progress=progress)


def io_failure(summary: str, error: OSError) -> DiagnosticError:
    """An operating system's error as a diagnostic."""
    problems = Diagnostics()
    place = f"{error.filename}: " if error.filename else ""
    problems.error(summary, f"{place}{(error.strerror or str(error)).lower()}.")
    return DiagnosticError(problems)
