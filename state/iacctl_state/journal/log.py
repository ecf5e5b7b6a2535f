"""The journal file: appending records, making them durable together, one writer at a time."""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH120

from __future__ import annotations

import errno
import os
import threading
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl_state.errors import JournalBusyError, StorageError
from iacctl_state.filesystem import REAL
from iacctl_state.journal import frames, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iacctl_state.filesystem import FileSystem

_PAUSE: Final = 0.005
"""Seconds that the journal's thread waits for more records before it flushes results."""

_RETRY: Final = 1.0
"""Seconds after which it tries again when the disk is full."""

_BUSY_TRIES: Final = 10
_BUSY_PAUSE: Final = 0.02
"""How often and how long, in seconds, to wait for a reader that looks at the journal for a moment."""

_TAKEN: Final = (errno.EAGAIN, errno.EACCES)


class _Waiter(NamedTuple):
    """Somebody who goes on when a record is durable."""

    on_durable: Callable[[], None]
    on_failure: Callable[[StorageError], None] | None


class Journal:
    """An open, locked journal file.

    Any thread may append. :meth:`commit` makes everything appended so far durable with one sync, and threads that ask
    at the same time share it. What nobody waits for is flushed by the journal's own thread within moments.
    """

    def __init__(self, path: str, descriptor: int, content: frames.Content | None, fs: FileSystem) -> None:
        """Use :func:`open_journal`."""
        self.path = path
        self.content = content
        """What was in the file when it was opened, ``None`` for nothing."""
        self._fs = fs
        self._descriptor = descriptor
        self._seed = content.seed if content is not None else _new_seed()
        self._position = content.end if content is not None else 0
        self._started = content is not None
        self._lock = threading.Lock()  # guards what follows
        self._work = threading.Condition(self._lock)  # told to the journal's thread
        self._done = threading.Condition(self._lock)  # told to those who wait for a commit
        self._is_writing = False  # one thread at a time writes to the file
        self._pending: list[bytes] = []
        self._waiters: list[_Waiter] = []
        self._appended = 0
        self._durable = 0
        self._urgent = False  # somebody waits for a callback
        self._is_idle = False  # the thread waits for work
        self._closed = False
        self._failing = False  # the last commit did not succeed
        self._thread: threading.Thread | None = None

    @property
    def size(self) -> int:
        """Bytes in the file now."""
        return self._position

    def restart(self, header: records.Header, carried: Iterable[records.Record]) -> None:
        """Begin anew with a header and records carried over; durable on return, and atomic.

        What was appended before and is not carried over is dropped, so nothing may be appended meanwhile. Whoever waits
        for an intent is told that it is durable: open intents are among what is carried over.

        Raises:
            StorageError: The journal is as it was before.
        """
        self._begin_writing()
        waiters: list[_Waiter] = []
        try:
            seed = _new_seed()
            parts = [frames.title(seed), frames.frame(records.encode(header), seed)]
            parts.extend(frames.frame(records.encode(record), seed) for record in carried)
            data = b"".join(parts)
            if self._position == 0 and not self._started:
                self._fill(data)
            else:
                self._replace(data)
            self._seed = seed
            self._position = len(data)
            self._started = True
            with self._lock:
                self._pending = []
                waiters, self._waiters = self._waiters, []
                self._durable = self._appended
                self._failing = self._urgent = False
        finally:
            self._end_writing()
        for waiter in waiters:
            waiter.on_durable()

    def append(
        self,
        record: records.Record,
        on_durable: Callable[[], None] | None = None,
        on_failure: Callable[[StorageError], None] | None = None,
    ) -> None:
        """Add a record. It becomes durable with the next commit, the journal's own at the latest.

        Args:
            record: The record.
            on_durable: Called when it is durable, from whichever thread made it so; must be quick and not raise.
            on_failure: Called instead when it could not be made durable at the first try. Without it, ``on_durable``
                comes once a later try succeeds.
        """
        data = frames.frame(records.encode(record), self._seed)
        with self._lock:
            self._pending.append(data)
            self._appended += 1
            if on_durable is not None:
                self._waiters.append(_Waiter(on_durable, on_failure))
                self._urgent = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._flush_forever, name="journal", daemon=True)
                self._thread.start()
            elif self._is_idle or on_durable is not None:
                self._work.notify()

    def commit(self) -> None:
        """Return when everything appended before this call is durable.

        Raises:
            StorageError: It could not be written; it is kept, and the next commit tries again.
        """
        with self._lock:
            target = self._appended
            while self._durable < target and self._is_writing:
                self._done.wait()
            if self._durable >= target:  # another thread's commit took ours along
                return
            self._is_writing = True
            pending, self._pending = self._pending, []
            waiters, self._waiters = self._waiters, []
            reached = self._appended
            self._urgent = False
        failure: StorageError | None = None
        data = b"".join(pending)
        try:
            self._fs.write(self._descriptor, data, self._position)
            self._fs.sync(self._descriptor)
        except BaseException as error:  # an interrupt by the user, too, must not lose records
            with self._lock:
                self._pending[:0] = pending
                self._waiters[:0] = [waiter for waiter in waiters if waiter.on_failure is None]
                self._failing = True
            if not isinstance(error, OSError):
                raise
            failure = StorageError("Failed to write the journal", self.path, error)
        else:
            self._position += len(data)
            self._durable = reached
            self._failing = False
        finally:
            self._end_writing()
        for waiter in waiters:
            if failure is None:
                waiter.on_durable()
            elif waiter.on_failure is not None:
                waiter.on_failure(failure)
        if failure is not None:
            raise failure

    def try_commit(self) -> bool:
        """As :meth:`commit`; tells whether it worked instead of raising."""
        try:
            self.commit()
        except StorageError:
            return False
        return True

    def remove(self) -> None:
        """Delete the file and close it: everything in it is in the stored state.

        Raises:
            StorageError: It could not be deleted.
        """
        self._stop()
        try:
            self._fs.remove(self.path)
            self._fs.remove(f"{self.path}.new")  # perhaps left by a crash
        except OSError as error:
            raise StorageError("Failed to remove the journal", self.path, error) from error
        finally:
            self._fs.close(self._descriptor)

    def close(self) -> None:
        """Close the file and leave it for recovery. Flushes what it can."""
        try:
            self.try_commit()
        finally:
            self._stop()
            self._fs.close(self._descriptor)

    def _fill(self, data: bytes) -> None:
        """Write a new file's beginning."""
        try:
            self._fs.write(self._descriptor, data, 0)
            self._fs.sync(self._descriptor)
            self._fs.sync_directory(os.path.dirname(self.path))
        except OSError as error:
            self._truncate_quietly()
            raise StorageError("Failed to write the journal", self.path, error) from error

    def _replace(self, data: bytes) -> None:
        """Put a new file, locked from its first moment, in this one's place."""
        partial = f"{self.path}.new"
        descriptor = None
        try:
            descriptor = self._fs.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC)
            self._fs.lock(descriptor)
            self._fs.write(descriptor, data, 0)
            self._fs.sync(descriptor)
            self._fs.rename(partial, self.path)
            self._fs.sync_directory(os.path.dirname(self.path))
        except OSError as error:
            if descriptor is not None:
                self._fs.close(descriptor)
            raise StorageError("Failed to write the journal", self.path, error) from error
        self._fs.close(self._descriptor)
        self._descriptor = descriptor

    def _truncate_quietly(self) -> None:
        try:
            self._fs.truncate(self._descriptor, 0)
        except OSError:
            return

    def _begin_writing(self) -> None:
        with self._lock:
            while self._is_writing:
                self._done.wait()
            self._is_writing = True

    def _end_writing(self) -> None:
        with self._lock:
            self._is_writing = False
            self._done.notify_all()

    def _stop(self) -> None:
        with self._lock:
            self._closed = True
            self._work.notify()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _flush_forever(self) -> None:
        work = self._work
        while True:
            with self._lock:
                self._is_idle = True
                while not self._pending and not self._closed:
                    work.wait()
                self._is_idle = False
                if self._failing and not self._closed:
                    work.wait(_RETRY)
                elif not self._urgent and not self._closed:
                    work.wait(_PAUSE)  # let more come
                if self._closed:
                    return
            self.try_commit()  # what fails is kept, and the apply's own commit reports it


def open_journal(path: str, *, create: bool, fs: FileSystem = REAL) -> Journal | None:
    """Open and lock a journal.

    Args:
        path: The file.
        create: Whether to create it where there is none.
        fs: The filesystem.

    Returns:
        The journal; ``None`` when there is none and none was to be created.

    Raises:
        JournalBusyError: Another process is writing it.
        JournalCorruptError: It cannot be read.
        StorageError: The system refused.
    """
    flags = os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if create else 0)
    tries = _BUSY_TRIES
    while True:
        try:
            descriptor = fs.open(path, flags)
        except FileNotFoundError as error:
            if not create:
                return None
            raise StorageError("Failed to open the journal", path, error) from error
        except OSError as error:
            raise StorageError("Failed to open the journal", path, error) from error
        try:
            fs.lock(descriptor)
            if _is_gone(path, descriptor, fs):  # its writer has just removed or replaced it
                fs.close(descriptor)
                continue
            data = fs.read(descriptor)
            content = frames.read(data)
            if content is None and data:
                fs.truncate(descriptor, 0)
        except OSError as error:
            fs.close(descriptor)
            if error.errno not in _TAKEN:
                raise StorageError("Failed to open the journal", path, error) from error
            tries -= 1
            if not tries:
                raise JournalBusyError(
                    "State is being changed by another process",
                    f"Another iacctl process is writing {path}. Wait until it has finished. This is checked even with "
                    "-lock=false, because two processes at once would lose objects.",
                ) from None
            time.sleep(_BUSY_PAUSE)
            continue
        except BaseException:
            fs.close(descriptor)
            raise
        return Journal(path, descriptor, content, fs)


def peek(path: str, *, fs: FileSystem = REAL) -> frames.Content | None:
    """What a journal that nobody is writing holds, without changing it; ``None`` for nothing.

    A journal that another process is writing counts as nothing: its state is only just being made.

    Raises:
        JournalCorruptError: It cannot be read.
        StorageError: The system refused.
    """
    try:
        descriptor = fs.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError("Failed to open the journal", path, error) from error
    try:
        fs.lock(descriptor, shared=True)
        return None if _is_gone(path, descriptor, fs) else frames.read(fs.read(descriptor))
    except OSError as error:
        if error.errno in _TAKEN:
            return None
        raise StorageError("Failed to read the journal", path, error) from error
    finally:
        fs.close(descriptor)


def _is_gone(path: str, descriptor: int, fs: FileSystem) -> bool:
    named = fs.stat(path)
    opened = fs.fstat(descriptor)
    return named is None or (named.st_ino, named.st_dev) != (opened.st_ino, opened.st_dev)


def _new_seed() -> int:
    return int.from_bytes(os.urandom(4), "little")
