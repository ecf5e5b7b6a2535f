"""Reaching another machine: what the remote provisioners ask for, and how long they try."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from iacctl import values
from iacctl.provisioners import arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iacctl.values import Value

_FIRST_DELAY: Final = 1.0
_LONGEST_DELAY: Final = 20.0
"""Seconds between attempts: doubled each time up to the longest, as in Terraform."""


_LEAST_PATIENCE: Final = 15.0
"""Seconds that an attempt may take once it has begun, however little time is left."""


class RemoteError(Exception):
    """Something went wrong that the user is to be told of.

    Attributes:
        public: the message without anything that is quoted from the provisioner's arguments.
    """

    def __init__(self, message: str, public: str = "") -> None:
        super().__init__(message)
        self.public = public or message


class UnreachableError(RemoteError):
    """An attempt to connect failed in a way that may pass: the machine is not up yet, say."""


class Communicator(Protocol):
    """A way to another machine. Nothing but `close` may be called by more than one thread."""

    @property
    def timeout(self) -> float:
        """Seconds for which to try to connect."""
        ...

    def connect(self, output: Callable[[str], None], patience: float) -> None:
        """Try once to connect.

        Args:
            output: takes what is told of the attempt.
            patience: seconds that each step of it may take.

        Raises:
            UnreachableError: it failed, and may be tried again.
            RemoteError: it will not work.
        """
        ...

    def run_script(self, script: bytes) -> None:
        """Upload a script, run it and pass on what it prints.

        Raises:
            RemoteError: something failed, or the script did.
        """
        ...

    def upload(self, destination: str, content: bytes) -> None:
        """Make a file.

        Raises:
            RemoteError: that failed.
        """
        ...

    def upload_path(self, source: str, destination: str) -> None:
        """Copy a file or a directory; of a directory whose path ends in a slash, what is in it.

        Raises:
            RemoteError: that failed.
        """
        ...

    def close(self) -> None:
        """Hang up; what goes on fails. May be called from any thread, and more than once."""
        ...


class Interruption:
    """Hangs up on all machines once everything is to end. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: list[Communicator] = []
        self.stopped = threading.Event()

    @contextmanager
    def watching(self, communicator: Communicator) -> Iterator[None]:
        """Hang up at the end, or when everything is to end.

        Raises:
            RemoteError: what failed in between did so because of that.
        """
        with self._lock:
            self._open.append(communicator)
        try:
            yield
        except RemoteError as error:
            if self.stopped.is_set():
                raise RemoteError(f"interrupted - last error: {error}", f"interrupted - last error: {error.public}") from error
            raise
        finally:
            with self._lock:
                self._open.remove(communicator)
            communicator.close()

    def stop(self) -> None:
        """Everything is to end."""
        self.stopped.set()
        with self._lock:
            found = list(self._open)
        for communicator in found:
            communicator.close()


class Retry:
    """Connects, however often that takes.

    Args:
        communicator: the way to a machine.
        interruption: ends the attempts.
        output: takes what is told of attempts; None for nobody.
    """

    def __init__(
        self, communicator: Communicator, interruption: Interruption, output: Callable[[str], None] | None = None
    ) -> None:
        self._communicator = communicator
        self._interruption = interruption
        self._output = output or _nothing

    def connect(self) -> None:
        """Connect.

        Raises:
            RemoteError: no attempt succeeded in time.
        """
        deadline = monotonic() + self._communicator.timeout
        delay = _FIRST_DELAY
        while True:
            try:
                self._communicator.connect(self._output, max(_LEAST_PATIENCE, deadline - monotonic()))
                return
            except UnreachableError as error:
                stopped = self._interruption.stopped
                if stopped.wait(max(0.0, min(delay, deadline - monotonic()))):
                    raise
                if monotonic() >= deadline:
                    raise RemoteError(f"timeout - last error: {error}") from error
            delay = min(delay * 2, _LONGEST_DELAY)


def _nothing(_line: str) -> None:
    pass


def open_communicator(connection: Value, output: Callable[[str], None]) -> Communicator:
    """The way that a connection describes, not yet taken.

    Args:
        connection: conforms to `connection.SCHEMA`; null when the configuration has none.
        output: takes what scripts print.

    Raises:
        RemoteError: it cannot be taken.
    """
    if values.is_null(connection):
        raise RemoteError("Missing connection configuration for provisioner.")
    kind = arguments.text(connection, "type") or "ssh"
    if kind == "winrm":
        raise RemoteError(
            "Connections of the type 'winrm' are not supported by iacctl: it has no WinRM client. Windows since Server 2019"
            " comes with an OpenSSH server, which connections of the type 'ssh' with target_platform = \"windows\" reach."
        )
    if kind != "ssh":
        raise RemoteError(f"connection type '{kind}' not supported")
    from iacctl.provisioners.ssh.settings import read

    settings = read(connection)
    try:
        from iacctl.provisioners.ssh.client import SshCommunicator
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("paramiko", "cryptography"):
            raise
        raise RemoteError(
            "Provisioners that reach other machines over SSH need the Python package paramiko, which is not installed."
            ' Install it with:\n  pip install "iacctl[ssh]"'
        ) from error
    return SshCommunicator(settings, output)
