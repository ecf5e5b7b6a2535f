"""One machine, reached over SSH by paramiko."""

from __future__ import annotations

import io
import os
import posixpath
import shlex
import stat
import subprocess
import threading
from contextlib import suppress
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Final

import paramiko
from paramiko.agent import AgentRequestHandler

from iacctl.provisioners.communicator import RemoteError, UnreachableError
from iacctl.provisioners.lines import PATIENCE, Lines
from iacctl.provisioners.processes import error_text
from iacctl.provisioners.ssh import keys, proxies
from iacctl.provisioners.ssh.login import open_transport
from iacctl.provisioners.ssh.scp import Sender, send_file
from iacctl.values.set_hash import go_quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.provisioners.ssh.settings import Login, Settings

_SHEBANG: Final = b"#!/bin/sh\n"
_CHUNK: Final = 65536
_TERMINAL: Final = ("xterm", 40, 80)
"""What Terraform asks for: the terminal's type, and its width and height."""


class SshCommunicator:
    """See `iacctl.provisioners.communicator.Communicator`.

    Args:
        settings: the connection.
        output: takes what scripts print.

    Raises:
        RemoteError: a key in the settings cannot be used.
    """

    def __init__(self, settings: Settings, output: Callable[[str], None]) -> None:
        self._settings = settings
        self._output = output
        self._transports: list[paramiko.Transport] = []
        self._lock = threading.Lock()
        self._closed = False
        self._forwarding: AgentRequestHandler | None = None
        self._keys: dict[Login, paramiko.PKey | None] = {}
        for login in (settings.target, settings.bastion):
            if login is not None:
                self._keys[login] = keys.private_key(login)
                keys.host_key(login.host_key)

    @property
    def timeout(self) -> float:
        """See the port."""
        return self._settings.timeout

    def connect(self, output: Callable[[str], None], patience: float) -> None:
        """See the port."""
        settings = self._settings
        self._describe(output)
        self._hang_up()
        first = settings.bastion or settings.target
        link = proxies.dial(first, settings.proxy)
        if settings.bastion is None:
            transport = self._log_in(link, settings.target, patience)
        else:
            try:
                bastion = self._log_in(link, settings.bastion, patience)
            except UnreachableError as error:
                raise UnreachableError(f"Error connecting to bastion: {error}") from error
            target = settings.target
            try:
                channel = bastion.open_channel("direct-tcpip", (target.host, target.port), ("0.0.0.0", 0), timeout=15)
            except (OSError, EOFError, paramiko.SSHException) as error:
                raise UnreachableError(f"ssh: rejected: {_text(error)}") from error
            transport = self._log_in(channel, target, patience)
        if settings.agent:
            self._forward_agent(transport)
        output("Connected!")

    def _log_in(self, link: object, login: Login, patience: float) -> paramiko.Transport:
        settings = self._settings
        transport = open_transport(link, login, self._keys[login], settings.agent, settings.agent_identity, patience)
        with self._lock:
            self._transports.append(transport)
            closed = self._closed
        if closed:
            transport.close()
        return transport

    def _forward_agent(self, transport: paramiko.Transport) -> None:
        """Let scripts use the SSH agent of this machine, if the other one lets them.

        It is asked for in a session of its own, and holds for those after it.
        """
        with suppress(OSError, EOFError, paramiko.SSHException), transport.open_session(timeout=15) as channel:
            self._forwarding = AgentRequestHandler(channel)

    def _describe(self, output: Callable[[str], None]) -> None:
        """Say what is going to be tried, as Terraform does: a text of several lines for each machine."""
        settings = self._settings
        agent = bool(settings.agent)
        target = _described(settings.target, agent)
        output("\n".join(("Connecting to remote host via SSH...", *target, f"  Target Platform: {settings.platform}")))
        if settings.bastion is not None:
            output("\n".join(("Using configured bastion host...", *_described(settings.bastion, agent))))
        proxy = settings.proxy
        if proxy is not None:
            lines = (
                "Using configured proxy host...",
                f"  ProxyHost: {proxy.host}",
                f"  ProxyPort: {proxy.port}",
                f"  ProxyUserName: {proxy.user}",
                f"  ProxyUserPassword: {_told(proxy.password)}",
            )
            output("\n".join(lines))

    def run_script(self, script: bytes) -> None:
        """See the port."""
        path = self._settings.new_script_path()
        try:
            self._upload_script(path, script)
        except RemoteError as error:
            raise RemoteError(f"Failed to upload script: {error}", f"Failed to upload script: {error.public}") from error
        self._execute(path, self._output, self._output)
        try:
            self.upload(path, b"")  # what the script says may be nobody's business, and the path cannot be told apart
        except RemoteError:
            return

    def _upload_script(self, path: str, script: bytes) -> None:
        unix = self._settings.platform == "unix"
        if unix:
            if len(script) < 2:
                raise RemoteError("Error reading script: EOF")
            if not script.startswith(b"#!"):
                script = _SHEBANG + script
        self._send(path, script)
        if not unix:
            return
        said: list[str] = []
        try:
            self._execute(f"chmod 0777 {path}", said.append, said.append)
        except RemoteError as error:
            text = "\n".join(said)
            raise RemoteError(f"Error chmodding script file to 0777 in remote machine {error}: {text}") from error

    def upload(self, destination: str, content: bytes) -> None:
        """See the port."""
        try:
            self._send(destination, content)
        except RemoteError as error:
            raise RemoteError(f"Upload failed: {error}", f"Upload failed: {error.public}") from error

    def _send(self, destination: str, content: bytes) -> None:
        directory, name = _split(destination)
        self._scp("-vt", directory, lambda sender: sender.file(name, io.BytesIO(content), len(content)))

    def upload_path(self, source: str, destination: str) -> None:
        """See the port."""
        path = Path(source)
        try:
            if not source:
                raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
            whole = not stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            problem = error_text(error)
            raise RemoteError(f"stat {source}: {problem}", f"the source cannot be read: {problem}") from error
        try:
            if whole:
                directory, name = _split(destination)
                self._scp("-vt", directory, lambda sender: send_file(sender, name, path))
            elif source.endswith("/"):
                self._scp("-rvt", destination, lambda sender: sender.contents(path))
            else:
                self._scp("-rvt", destination, lambda sender: sender.directory(_base(source), path))
        except RemoteError as error:
            raise RemoteError(f"Upload failed: {error}", f"Upload failed: {error.public}") from error

    def _scp(self, flags: str, directory: str, send: Callable[[Sender], None]) -> None:
        """Have `scp` on the other machine take what is sent."""
        if self._settings.platform == "windows":
            command = subprocess.list2cmdline(["scp", flags, directory])
        else:
            command = f"'scp' {flags} {_quoted(directory)}"
        channel = self._channel()
        problem: RemoteError | None = None
        try:
            channel.exec_command(command)
            reader = threading.Thread(target=_drain, args=(channel,), name="scp messages", daemon=True)
            reader.start()
            sender = Sender(channel)
            try:
                sender.answer()
                send(sender)
            except EOFError:
                pass  # the exit status says why
            except RemoteError as error:
                problem = error
            channel.shutdown_write()
            while channel.recv(_CHUNK):
                pass
            status = channel.recv_exit_status()
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise RemoteError(_text(error)) from error
        finally:
            channel.close()
        if status == 127:
            raise RemoteError(
                "SCP failed to start. This usually means that SCP is not\nproperly installed on the remote system."
            )
        if problem is not None:
            raise problem
        if status:
            raise RemoteError(_ending(status))

    def _execute(self, command: str, output: Callable[[str], None], errors: Callable[[str], None]) -> None:
        """Run a command and pass on what it prints."""
        channel = self._channel()
        try:
            if self._settings.platform == "unix":
                channel.get_pty(*_TERMINAL)
            channel.exec_command(f"{command}\n")
            reader = threading.Thread(
                target=_follow, args=(channel.recv_stderr, channel, errors), name="remote errors", daemon=True
            )
            reader.start()
            _follow(channel.recv, channel, output)
            reader.join()
            status = channel.recv_exit_status()
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise RemoteError(f"Error starting script: {_text(error)}") from error
        finally:
            channel.close()
        if status:
            raise RemoteError(f"error executing {go_quoted(command)}: {_ending(status)}")

    def _channel(self) -> paramiko.Channel:
        try:
            return self._transports[-1].open_session(timeout=60)
        except (IndexError, OSError, EOFError, paramiko.SSHException) as error:
            raise RemoteError(f"error opening a session: {_text(error)}") from error

    def _hang_up(self) -> None:
        with self._lock:
            found, self._transports = self._transports, []
        for transport in reversed(found):
            transport.close()

    def close(self) -> None:
        """See the port."""
        with self._lock:
            self._closed = True
        self._hang_up()


def _described(login: Login, agent: bool) -> list[str]:
    given = {
        "Password": login.password,
        "Private key": login.private_key,
        "Certificate": login.certificate,
        "SSH Agent": agent,
        "Checking Host Key": login.host_key,
    }
    return [
        f"  Host: {login.host}",
        f"  User: {login.user}",
        *(f"  {label}: {_told(value)}" for label, value in given.items()),
    ]


def _told(value: object) -> str:
    """Whether something is given, which is all that is told of secrets."""
    return "true" if value else "false"


def _follow(receive: Callable[[int], bytes], channel: paramiko.Channel, output: Callable[[str], None]) -> None:
    """Pass on one stream of a channel until its end."""
    lines = Lines(output)
    while True:
        channel.settimeout(PATIENCE if lines.waiting else None)
        try:
            data = receive(_CHUNK)
        except TimeoutError:
            lines.flush()
            continue
        except (OSError, EOFError):
            break
        if not data:
            break
        lines.feed(data)
    lines.close()


def _drain(channel: paramiko.Channel) -> None:
    """Read what `scp -v` has to tell, lest it wait for a reader."""
    try:
        while channel.recv_stderr(_CHUNK):
            pass
    except (OSError, EOFError):
        return


def _split(path: str) -> tuple[str, str]:
    """Directory and name as Go's `filepath` splits a path: of `a/b/` these are `a/b` and `b`."""
    directory = path.rpartition("/")
    folder = posixpath.normpath(directory[0] + directory[1]) if directory[1] else "."
    return folder, _base(path)


def _base(path: str) -> str:
    stripped = path.rstrip("/")
    if not stripped:
        return "/" if path else "."
    return stripped.rpartition("/")[2]


def _quoted(path: str) -> str:
    """A word for a POSIX shell, in quotes where it needs them."""
    return shlex.quote(path)


def _ending(status: int) -> str:
    """How a command ended, as Go's `ssh` package words it."""
    if status < 0:
        return "wait: remote command exited without exit status or exit signal"
    return f"Process exited with status {status}"


def _text(error: BaseException) -> str:
    return str(error) or type(error).__name__
