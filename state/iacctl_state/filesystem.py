"""The few system calls that state depends on, behind one object.

Everything that must survive a crash or a full disk goes through :class:`FileSystem`, so that tests can fail or kill
the process at each single call.
"""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH103, PTH105, PTH108, PTH116

from __future__ import annotations

import fcntl
import os
import struct
import sys
from typing import Final

_OFD_SETLK: Final[int | None] = getattr(fcntl, "F_OFD_SETLK", None)
# The kernel's struct flock differs between platforms; this is the one of 64-bit Linux.
_USE_OFD: Final = _OFD_SETLK is not None and sys.platform == "linux" and sys.maxsize > 2**32

PRIVATE: Final = 0o600
"""Mode of the files we create: state holds secrets."""


class FileSystem:
    """System calls on files; every method raises ``OSError`` as the call does."""

    __slots__ = ()

    def open(self, path: str, flags: int, mode: int = PRIVATE) -> int:
        """Open a file; the descriptor is not inherited by child processes."""
        return os.open(path, flags, mode)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def size(self, descriptor: int) -> int:
        """Length of an open file in bytes."""
        return os.fstat(descriptor).st_size

    def stat(self, path: str) -> os.stat_result | None:
        """Facts about a file, ``None`` when it does not exist; follows symbolic links."""
        try:
            return os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def fstat(self, descriptor: int) -> os.stat_result:
        """Facts about an open file."""
        return os.fstat(descriptor)

    def read(self, descriptor: int) -> bytes:
        """The whole content of an open file, from its beginning."""
        chunks: list[bytes] = []
        position = 0
        want = os.fstat(descriptor).st_size + 1
        while chunk := os.pread(descriptor, max(want - position, 65536), position):
            chunks.append(chunk)
            position += len(chunk)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def write(self, descriptor: int, data: bytes | memoryview, position: int) -> None:
        """Write all of ``data`` at a place of an open file."""
        view = memoryview(data)
        while view:
            written = os.pwrite(descriptor, view, position)
            view = view[written:]
            position += written

    def truncate(self, descriptor: int, length: int) -> None:
        """Cut an open file to a length in bytes."""
        os.ftruncate(descriptor, length)

    def sync(self, descriptor: int) -> None:
        """Return when an open file's content is on disk."""
        if sys.platform == "darwin":
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync alone leaves it in the drive's cache there
        else:
            os.fdatasync(descriptor)

    def sync_directory(self, path: str) -> None:
        """Return when the directory's entries are on disk. Filesystems that cannot do this are let pass."""
        try:
            descriptor = os.open(path or ".", os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return
        try:
            os.fsync(descriptor)
        except OSError:
            return
        finally:
            os.close(descriptor)

    def remove(self, path: str) -> None:
        """Delete a file; it need not exist."""
        try:
            os.unlink(path)
        except FileNotFoundError:
            return

    def rename(self, source: str, target: str) -> None:
        """Move a file over another within a directory, atomically."""
        os.replace(source, target)

    def make_directories(self, path: str) -> None:
        """Create a directory and its parents where they are missing."""
        if path:
            os.makedirs(path, mode=0o755, exist_ok=True)

    def lock(self, descriptor: int, *, shared: bool = False) -> None:
        """Take a lock on a whole open file, without waiting: an exclusive one unless ``shared``.

        It excludes Terraform's POSIX lock and is excluded by it. On 64-bit Linux it belongs to the open file (OFD
        lock), so that closing another descriptor of the same file does not drop it; elsewhere it is a plain POSIX lock.

        Raises:
            OSError: ``EAGAIN`` or ``EACCES`` when another process holds it.
        """
        if _USE_OFD and _OFD_SETLK is not None:
            kind = fcntl.F_RDLCK if shared else fcntl.F_WRLCK
            fcntl.fcntl(descriptor, _OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, 0, 0, 0))
        else:
            fcntl.lockf(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

    def is_ours_alone(self, descriptor: int) -> bool:
        """Whether nobody else has this file open, as far as the system can tell; false when in doubt.

        Asked with a write lease (``fcntl(2)``), which Linux grants only on a file that is not open elsewhere.
        """
        set_lease: int | None = getattr(fcntl, "F_SETLEASE", None)
        if set_lease is None:
            return False
        import signal

        try:
            # Were the lease broken in its short life, the signal must not be SIGIO, which would end the process.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)  # type: ignore[attr-defined, unused-ignore]
            fcntl.fcntl(descriptor, set_lease, fcntl.F_WRLCK)
            fcntl.fcntl(descriptor, set_lease, fcntl.F_UNLCK)
        except OSError:
            return False
        return True


REAL: Final = FileSystem()
"""The operating system's own."""
