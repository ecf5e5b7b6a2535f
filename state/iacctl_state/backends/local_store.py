"""One state file on the local disk: read, written in place, locked, backed up."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

from iacctl_state import sidecar
from iacctl_state.backends.port import StoredState
from iacctl_state.backends.waiting import lock_patiently
from iacctl_state.digest import digest
from iacctl_state.errors import ConflictError, LockError, LockHeldError, StorageError
from iacctl_state.filesystem import PRIVATE, REAL
from iacctl_state.locks import LockRequest, new_lock_info, parse_lock_info

if TYPE_CHECKING:
    from iacctl_state.backends.local import LocalPaths
    from iacctl_state.filesystem import FileSystem
    from iacctl_state.locks import LockInfo

_TAKEN: Final = (errno.EAGAIN, errno.EACCES)


class LocalStateStore:
    """The state file of one workspace. While it is locked, its one descriptor stays open: closing any descriptor of a
    file drops the process's POSIX locks on it.

    Args:
        workspace: The workspace.
        paths: Its files.
        folder: What relative paths are relative to.
        fs: The filesystem.
    """

    is_local: Final = True

    def __init__(self, workspace: str, paths: LocalPaths, *, folder: str = "", fs: FileSystem = REAL) -> None:
        self.workspace = workspace
        self.description = paths.write
        self.lock_id: str | None = None
        self._fs = fs
        self._read_path = os.path.join(folder, paths.read)
        self._path = os.path.join(folder, paths.write)
        self._backup_path = os.path.join(folder, paths.backup) if paths.backup else ""
        self._descriptor: int | None = None
        self._created = False
        self._backed_up = False

    @property
    def journal_path(self) -> str:
        """Beside the state file itself (not a symbolic link to it): ``.terraform.tfstate.iacctl-journal``."""
        return self._beside(os.path.realpath(self._path), "iacctl-journal")

    @property
    def lock_info_path(self) -> str:
        """Where Terraform keeps the lock's record: ``.terraform.tfstate.lock.info`` beside the path as configured."""
        return self._beside(self._path, "lock.info")

    # -- content ------------------------------------------------------------------------------------------------

    def read(self) -> StoredState | None:
        """The file's content; an empty or missing file is no state."""
        path = self._read_path
        try:
            if self._descriptor is not None and path == self._path:
                content = sidecar.recover(self._fs, path, self._descriptor)
            else:
                content = self._read_unlocked(path)
        except OSError as error:
            raise StorageError("Failed to read state", path, error) from error
        if not content:
            return None
        # What -state-out names is another file than the one read: its version never matches, so it is always written.
        return StoredState(content, digest(content) if path == self._path else f"{path}:{digest(content)}")

    def write(self, content: bytes, *, expected: str | None, backup: bool) -> str:
        """Replace the file's content in place; the previous content becomes the backup on a session's first write."""
        descriptor = self._descriptor
        opened = False
        if descriptor is None:
            descriptor = self._open()
            opened = True
        try:
            current = sidecar.recover(self._fs, self._path, descriptor)
            # With -state-out the expected version is that of another file: there is nothing to compare.
            if expected is not None and self._read_path == self._path and digest(current) != expected:
                raise ConflictError(
                    "State was changed by another program",
                    f"{self.description} is not the state that this operation began with: another program has written "
                    "it since. It was left as it is.",
                )
            self._check_identity(descriptor)
            if backup and current and not self._backed_up and self._backup_path:
                self._write_backup(current)
            sidecar.rewrite(self._fs, self._path, descriptor, current, content)
        except OSError as error:
            raise StorageError("Failed to write state", self._path, error) from error
        finally:
            if opened:
                self._fs.close(descriptor)
        self._backed_up = self._backed_up or backup
        self._created = False
        self._read_path = self._path
        return digest(content)

    def _read_unlocked(self, path: str) -> bytes:
        try:
            descriptor = self._fs.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            return b""
        try:
            return sidecar.peek(self._fs, path, self._fs.read(descriptor))
        finally:
            self._fs.close(descriptor)

    def _open(self) -> int:
        """Open the state file for writing, and create it where it does not exist."""
        try:
            self._fs.make_directories(os.path.dirname(self._path))
            return self._fs.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
        except OSError as error:
            raise StorageError("Failed to open state file", self._path, error) from error

    def _is_same_file(self, descriptor: int) -> bool:
        named = self._fs.stat(self._path)
        opened = self._fs.fstat(descriptor)
        return named is not None and (named.st_ino, named.st_dev) == (opened.st_ino, opened.st_dev)

    def _check_identity(self, descriptor: int) -> None:
        if not self._is_same_file(descriptor):
            raise ConflictError(
                "State file was replaced",
                f"{self.description} was removed or replaced by another file while this operation ran. Nothing was "
                "written to it.",
            )

    def _write_backup(self, content: bytes) -> None:
        path = os.path.realpath(self._backup_path)
        partial = self._beside(path, "iacctl-new")
        try:
            self._fs.make_directories(os.path.dirname(path))
            descriptor = self._fs.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC)
            try:
                self._fs.write(descriptor, content, 0)
                self._fs.sync(descriptor)
            finally:
                self._fs.close(descriptor)
            self._fs.rename(partial, path)
        except OSError as error:
            self._remove_quietly(partial)
            raise StorageError("Failed to write backup", path, error, "The state file was not changed.") from error

    # -- lock ---------------------------------------------------------------------------------------------------

    def lock(self, request: LockRequest) -> str:
        """Lock the file as Terraform does, and leave a record of who did."""
        if self.lock_id is not None:
            raise LockError("Error acquiring the state lock", f"{self.description} is already locked by this process.")
        return lock_patiently(lambda: self._try_lock(request), request)

    def _try_lock(self, request: LockRequest) -> str:
        while True:
            existed = self._fs.stat(self._path) is not None
            try:
                descriptor = self._open()
            except StorageError as error:
                raise LockError("Error acquiring the state lock", f"Error message: {error.detail}") from error
            try:
                self._fs.lock(descriptor)
            except OSError as error:
                self._fs.close(descriptor)
                if error.errno in _TAKEN:
                    raise self._held(error) from None
                raise LockError("Error acquiring the state lock", f"Error message: {error}") from error
            if self._is_same_file(descriptor):
                break
            self._fs.close(
                descriptor
            )  # its holder removed or replaced the file before we got the lock: try the new one
        info = new_lock_info(request, self.description)
        try:
            sidecar.recover(self._fs, self._path, descriptor)
            self._write_info(info)
        except BaseException as error:
            self._fs.close(descriptor)
            if isinstance(error, OSError):
                raise LockError("Error acquiring the state lock", f"Error message: {error}") from error
            raise
        self._descriptor = descriptor
        self._created = not existed
        self.lock_id = info.id
        return info.id

    def unlock(self) -> None:
        """Remove the record and give back the lock; a file that was created for the lock only is removed again."""
        descriptor = self._descriptor
        if descriptor is None:
            return
        self._descriptor = None
        self.lock_id = None
        try:
            self._fs.remove(self.lock_info_path)
            # Not while another process has it open and perhaps waits for the lock: it would write to a file without
            # a name. Then the empty file stays; it counts as no state.
            if self._created and self._fs.size(descriptor) == 0 and self._fs.is_ours_alone(descriptor):
                self._fs.remove(self._path)
        except OSError as error:
            raise LockError("Error releasing the state lock", f"Error message: {error}") from error
        finally:
            self._fs.close(descriptor)

    def force_unlock(self, lock_id: str) -> None:
        """Local locks end with their process: they need not and cannot be broken, as Terraform also says."""
        raise LockError(
            "Failed to unlock state",
            "The lock of a local state ends with the process that holds it, and cannot be broken by another. Stop that "
            "process instead.",
        )

    def holder(self) -> LockInfo | None:
        """The record beside the state file. It may be left over from a process that was killed."""
        try:
            with open(self.lock_info_path, encoding="utf-8") as file:
                return parse_lock_info(file.read())
        except (OSError, UnicodeDecodeError):
            return None

    def _held(self, error: OSError) -> LockHeldError:
        reason = (error.strerror or str(error)).lower()
        info = self.holder()
        if info is None:
            return LockHeldError(f"{reason}\nopen {self.lock_info_path}: no such file or directory")
        return LockHeldError(reason, info)

    def _write_info(self, info: LockInfo) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        descriptor = self._fs.open(self.lock_info_path, flags, PRIVATE)
        try:
            self._fs.write(descriptor, info.to_json().encode(), 0)
        finally:
            self._fs.close(descriptor)

    @staticmethod
    def _beside(path: str, suffix: str) -> str:
        folder, name = os.path.split(path)
        return os.path.join(folder, f".{name}.{suffix}")

    def _remove_quietly(self, path: str) -> None:
        try:
            self._fs.remove(path)
        except OSError:
            return
