"""The sending side of the scp protocol, which `scp -t` on the other machine understands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, Final

from iacctl.provisioners.communicator import RemoteError
from iacctl.provisioners.processes import error_text

if TYPE_CHECKING:
    from pathlib import Path

    import paramiko

_CHUNK: Final = 65536


class Sender:
    """Sends files into a channel that runs `scp -t`.

    Terraform gives every file the mode 0644 and every directory 0755, whatever they are here; so does this.

    Args:
        channel: the channel.
    """

    __slots__ = ("_channel",)

    def __init__(self, channel: paramiko.Channel) -> None:
        self._channel = channel

    def file(self, name: str, source: BinaryIO, size: int) -> None:
        """Send a file.

        Raises:
            RemoteError: the other side does not take it.
        """
        self._say(f"C0644 {size} {name}\n".encode())
        left = size
        while left:
            data = source.read(min(_CHUNK, left))
            if not data:
                raise RemoteError(f"{name} has become shorter while it was sent")
            self._channel.sendall(data)
            left -= len(data)
        self._say(b"\0")

    def directory(self, name: str, path: Path) -> None:
        """Send a directory and all in it.

        Raises:
            RemoteError: it cannot be read, or the other side does not take it.
        """
        inside = _entries(path)
        self._say(f"D0755 0 {name}\n".encode())
        self._send(inside)
        self._say(b"E\n")

    def contents(self, path: Path) -> None:
        """Send all that is in a directory.

        Raises:
            RemoteError: it cannot be read, or the other side does not take it.
        """
        self._send(_entries(path))

    def _send(self, entries: list[Path]) -> None:
        pending = [iter(entries)]
        while pending:
            entry = next(pending[-1], None)
            if entry is None:
                pending.pop()
                if pending:
                    self._say(b"E\n")
            elif entry.is_dir():
                inside = _entries(entry)
                self._say(f"D0755 0 {entry.name}\n".encode())
                pending.append(iter(inside))
            else:
                send_file(self, entry.name, entry)

    def _say(self, message: bytes) -> None:
        """Send a message and await the answer: a zero byte, or a line that says what is wrong."""
        self._channel.sendall(message)
        self.answer()

    def answer(self) -> None:
        """Await an answer.

        Raises:
            RemoteError: it is a complaint, or there is none.
            EOFError: the other side has ended.
        """
        code = self._channel.recv(1)
        if not code:
            raise EOFError
        if code == b"\0":
            return
        line = b""
        while not line.endswith(b"\n"):
            data = self._channel.recv(1)
            if not data:
                break
            line += data
        raise RemoteError(line.decode(errors="replace").rstrip("\r\n"), "the other machine does not take a file")


def send_file(sender: Sender, name: str, path: Path) -> None:
    """Send a file of this machine.

    Raises:
        RemoteError: it cannot be read, or the other side does not take it.
    """
    try:
        with path.open("rb") as file:
            sender.file(name, file, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise RemoteError(f"open {path}: {error_text(error)}", f"a file cannot be read: {error_text(error)}") from error


def _entries(path: Path) -> list[Path]:
    """What is in a directory, in order of names."""
    try:
        found = sorted(path.iterdir())
    except OSError as error:
        raise RemoteError(f"open {path}: {error_text(error)}", f"a directory cannot be read: {error_text(error)}") from error
    for entry in found:
        if entry.is_symlink() and not entry.exists():
            target = path / entry.readlink()
            problem = "no such file or directory"
            raise RemoteError(f"lstat {target}: {problem}", f"a symbolic link leads nowhere: {problem}")
    return found
