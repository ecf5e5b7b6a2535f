"""Filesystems that fail on purpose: a disk in memory whose power can be cut, and a real one that fails at one call."""

from __future__ import annotations

import errno
import os
import random
import signal
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from iacctl_state.filesystem import FileSystem

BLOCK = 512


class PowerCut(BaseException):
    """The machine stopped at this call."""


class Inode:
    def __init__(self, number: int) -> None:
        self.number = number
        self.content = b""  # as programs see it
        self.durable = b""  # as it is on the platter
        self.locked_by: int | None = None


class Disk(FileSystem):
    """A disk in memory. What was not synced may or may not have reached the platter when the power is cut.

    Args:
        cut_at: The number of the changing call, from 0, at which the power is cut: before it has any effect, except
            that a write may have been done in part.
    """

    __slots__ = ("changes", "cut_at", "descriptors", "durable_names", "is_dead", "names", "next_number")

    def __init__(self, cut_at: int | None = None) -> None:
        self.names: dict[str, Inode] = {}
        self.durable_names: dict[str, Inode] = {}
        self.descriptors: dict[int, Inode] = {}
        self.next_number = 1
        self.changes = 0
        self.cut_at = cut_at
        self.is_dead = False

    def after_crash(self, variant: int, dice: random.Random) -> Disk:
        """The disk after the power is back.

        Args:
            variant: 0: nothing that was not synced survived; 1: all of it; 2: some blocks of it.
            dice: Chooses the blocks.
        """
        result = Disk()
        result.next_number = self.next_number
        copies: dict[Inode, Inode] = {}
        names = self.durable_names if variant == 0 else self.names
        for name, inode in names.items():
            copy = copies.get(inode)
            if copy is None:
                copy = copies[inode] = Inode(inode.number)
                copy.content = [inode.durable, inode.content, b""][variant]
                if variant == 2:
                    copy.content = _mixture(inode.durable, inode.content, dice)
                copy.durable = copy.content
            result.names[name] = copy
        result.durable_names = dict(result.names)
        return result

    def _change(self) -> None:
        if self.is_dead:
            raise PowerCut
        if self.changes == self.cut_at:
            self.is_dead = True
            raise PowerCut
        self.changes += 1

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        if self.is_dead:
            raise PowerCut
        inode = self.names.get(path)
        if inode is None:
            if not flags & os.O_CREAT:
                raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
            self._change()
            inode = self.names[path] = Inode(self.next_number)
            self.next_number += 1
        elif flags & os.O_TRUNC and inode.content:
            self._change()
            inode.content = b""
        descriptor = len(self.descriptors) + 10
        self.descriptors[descriptor] = inode
        return descriptor

    def close(self, descriptor: int) -> None:
        inode = self.descriptors[descriptor]
        if inode.locked_by == descriptor:
            inode.locked_by = None

    def size(self, descriptor: int) -> int:
        return len(self.descriptors[descriptor].content)

    def stat(self, path: str) -> Any:
        inode = self.names.get(path)
        return None if inode is None else SimpleNamespace(st_ino=inode.number, st_dev=1)

    def fstat(self, descriptor: int) -> Any:
        return SimpleNamespace(st_ino=self.descriptors[descriptor].number, st_dev=1)

    def read(self, descriptor: int) -> bytes:
        return self.descriptors[descriptor].content

    def write(self, descriptor: int, data: bytes | memoryview, position: int) -> None:
        inode = self.descriptors[descriptor]
        if not self.is_dead and self.changes == self.cut_at:  # half of it was done
            half = (position + len(data) // 2) // BLOCK * BLOCK - position
            if half > 0:
                inode.content = _put(inode.content, bytes(data[:half]), position)
        self._change()
        inode.content = _put(inode.content, bytes(data), position)

    def truncate(self, descriptor: int, length: int) -> None:
        self._change()
        inode = self.descriptors[descriptor]
        inode.content = inode.content[:length].ljust(length, b"\0")

    def sync(self, descriptor: int) -> None:
        self._change()
        inode = self.descriptors[descriptor]
        inode.durable = inode.content
        for name, named in self.names.items():  # filesystems with a journal store a new file's name with it
            if named is inode:
                self.durable_names[name] = inode

    def sync_directory(self, path: str) -> None:
        self._change()
        self.durable_names = dict(self.names)

    def remove(self, path: str) -> None:
        self._change()
        self.names.pop(path, None)

    def rename(self, source: str, target: str) -> None:
        self._change()
        self.names[target] = self.names.pop(source)

    def make_directories(self, path: str) -> None:
        return

    def lock(self, descriptor: int, *, shared: bool = False) -> None:
        inode = self.descriptors[descriptor]
        if inode.locked_by not in (None, descriptor):
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        inode.locked_by = descriptor

    def is_ours_alone(self, descriptor: int) -> bool:
        return True


def _put(content: bytes, data: bytes, position: int) -> bytes:
    return content[:position].ljust(position, b"\0") + data + content[position + len(data) :]


def _mixture(durable: bytes, content: bytes, dice: random.Random) -> bytes:
    """Some blocks of the one, some of the other; the length is that of either."""
    length = dice.choice([len(durable), len(content)])
    blocks: list[bytes] = []
    for start in range(0, length, BLOCK):
        source = dice.choice([durable, content])
        size = min(BLOCK, length - start)
        blocks.append(source[start : start + size].ljust(size, b"\0"))
    return b"".join(blocks)


class FailingFileSystem(FileSystem):
    """The real filesystem, with an error (or the end of the process) at one of the calls that change something.

    Args:
        fail_at: The number of the call, from 0.
        error: The error number; ``None`` kills the process with SIGKILL instead.
        forever: Whether all later calls that need space fail, too.
    """

    __slots__ = ("changes", "error", "fail_at", "forever")

    def __init__(self, fail_at: int | None = None, error: int | None = errno.ENOSPC, *, forever: bool = False) -> None:
        self.fail_at = fail_at
        self.error = error
        self.forever = forever
        self.changes = 0

    def _change(self) -> bool:
        """Whether this call is to fail; never returns where it is to kill."""
        number = self.changes
        self.changes += 1
        if self.fail_at is None or number < self.fail_at or (number > self.fail_at and not self.forever):
            return False
        if self.error is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    def _fail(self) -> OSError:
        assert self.error is not None
        return OSError(self.error, os.strerror(self.error))

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        if flags & os.O_CREAT and self._change():
            raise self._fail()
        return super().open(path, flags, mode)

    def write(self, descriptor: int, data: bytes | memoryview, position: int) -> None:
        if self.error is None and self.changes == self.fail_at:
            super().write(descriptor, data[: len(data) // 2], position)
        if self._change():
            super().write(descriptor, data[: len(data) // 2], position)
            raise self._fail()
        super().write(descriptor, data, position)

    def truncate(self, descriptor: int, length: int) -> None:
        if self._change() and not self.forever:
            raise self._fail()
        super().truncate(descriptor, length)

    def sync(self, descriptor: int) -> None:
        if self._change():
            raise self._fail()
        super().sync(descriptor)

    def remove(self, path: str) -> None:
        if self._change() and not self.forever:
            raise self._fail()
        super().remove(path)

    def rename(self, source: str, target: str) -> None:
        if self._change():
            raise self._fail()
        super().rename(source, target)


def points(count: int) -> Iterator[int]:
    """The numbers of all calls of a story that makes ``count`` of them."""
    return iter(range(count))
