"""Rewriting a file in place so that a crash leaves its old or its new content, or something recoverable.

The state file must keep its inode: Terraform's lock sits on it, and symbolic links lead to it. So a new document is
first written whole to a *sidecar* beside the file and made durable, then the file is overwritten in place, and the
sidecar dropped. The sidecar holds the old content, too, so that recovery can tell a file that we left half-written (each of
its bytes is the old or the new one) from one that somebody else has written since.
"""

# Paths are plain text here: pathlib is slow to import.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import os
import struct
import zlib
from typing import Final, NamedTuple

from iacctl_state.errors import FormatError, StateError, StorageError
from iacctl_state.filesystem import FileSystem

_MAGIC: Final = b"iacctl sidecar 1\n"
_HEAD: Final = struct.Struct("<QQII")
"""Lengths of the old and the new content, the CRC-32 of both, and of this head before it."""
_BLOCK: Final = 4096  # bytes compared at once
_FLAGS: Final = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC


class Sidecar(NamedTuple):
    """A complete sidecar, as found on disk."""

    old: bytes
    new: bytes


def sidecar_path(path: str) -> str:
    """Where the sidecar of a file lives: beside the file itself, never beside a symbolic link to it."""
    folder, name = os.path.split(os.path.realpath(path))
    return os.path.join(folder, f".{name}.iacctl-write")


def rewrite(fs: FileSystem, path: str, descriptor: int, old: bytes, new: bytes) -> None:
    """Replace a file's content through its open descriptor, keeping the inode.

    Args:
        fs: The filesystem.
        path: The file's path.
        descriptor: The file, open for reading and writing.
        old: Its content now.
        new: Its content to be.

    Raises:
        StorageError: It could not be written. The old content is still there; should the system fail in the middle of
            overwriting, the sidecar stays and :func:`recover` finishes the work.
    """
    side = sidecar_path(path)
    try:
        _write_sidecar(fs, side, old, new)
    except OSError as error:
        _drop(fs, side)
        raise StorageError("Failed to write state", path, error, "The state file was not changed.") from error
    if len(new) > len(old):
        try:  # needs space: so first, while the old content is still whole
            fs.write(descriptor, memoryview(new)[len(old) :], len(old))
        except OSError as error:
            try:
                fs.truncate(descriptor, len(old))
            except OSError:
                raise _half_done(path, side, error) from error
            _drop(fs, side)
            raise StorageError("Failed to write state", path, error, "The state file was not changed.") from error
    try:
        fs.write(descriptor, memoryview(new)[: len(old)], 0)
        if len(new) < len(old):
            fs.truncate(descriptor, len(new))
        fs.sync(descriptor)
    except OSError as error:
        raise _half_done(path, side, error) from error
    _drop(fs, side)


def recover(fs: FileSystem, path: str, descriptor: int) -> bytes:
    """Finish a rewrite that was interrupted, if there was one. Call it under the file's lock only.

    Args:
        fs: The filesystem.
        path: The file's path.
        descriptor: The file, open for reading and writing.

    Returns:
        The file's content.

    Raises:
        StorageError: Reading or writing failed.
        FormatError: The file was damaged by somebody else; the message names the sidecar.
    """
    side = sidecar_path(path)
    found = _read_sidecar(fs, side)
    current = fs.read(descriptor)
    if found is None:
        return current
    if current == found.new:
        _drop(fs, side)
        return current
    if _is_ours(current, found):
        try:
            fs.write(descriptor, found.new, 0)
            fs.truncate(descriptor, len(found.new))
            fs.sync(descriptor)
        except OSError as error:
            raise _half_done(path, side, error) from error
        _drop(fs, side)
        return found.new
    from iacctl_state.reader import parse

    try:
        if current:
            parse(current)
            _drop(fs, side)  # somebody else has finished a write since; ours never counted
            return current
    except StateError:
        pass
    raise FormatError(
        "State file is damaged",
        f"{path} cannot be read, and was written by another program after an interrupted write of ours. What we meant "
        f"to write is the last part of {side}. Restore {path} from a backup, or remove {side} if the file is right.",
    )


def peek(fs: FileSystem, path: str, current: bytes) -> bytes:
    """What :func:`recover` would return, without changing anything: for readers that do not hold the lock."""
    found = _read_sidecar(fs, sidecar_path(path))
    return found.new if found is not None and _is_ours(current, found) else current


def _write_sidecar(fs: FileSystem, side: str, old: bytes, new: bytes) -> None:
    head = _HEAD.pack(len(old), len(new), zlib.crc32(new, zlib.crc32(old)), 0)[:-4]
    descriptor = fs.open(side, _FLAGS | os.O_TRUNC)
    try:
        fs.write(descriptor, b"".join((_MAGIC, head, struct.pack("<I", zlib.crc32(head)), old, new)), 0)
        fs.sync(descriptor)
    finally:
        fs.close(descriptor)
    fs.sync_directory(os.path.dirname(side))


def _read_sidecar(fs: FileSystem, side: str) -> Sidecar | None:
    """The sidecar, ``None`` when there is none or it is incomplete (then overwriting had not begun)."""
    try:
        descriptor = fs.open(side, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError("Failed to read state", side, error) from error
    try:
        data = fs.read(descriptor)
    except OSError as error:
        raise StorageError("Failed to read state", side, error) from error
    finally:
        fs.close(descriptor)
    start = len(_MAGIC) + _HEAD.size
    if not data.startswith(_MAGIC) or len(data) < start:
        return None
    head = data[len(_MAGIC) : start]
    old_length, new_length, checksum, head_checksum = _HEAD.unpack(head)
    if zlib.crc32(head[:-4]) != head_checksum or len(data) != start + old_length + new_length:
        return None
    if zlib.crc32(memoryview(data)[start:]) != checksum:
        return None
    return Sidecar(data[start : start + old_length], data[start + old_length :])


def _is_ours(current: bytes, found: Sidecar) -> bool:
    """Whether a file's content is what an interrupted rewrite leaves: a mixture of the old and the new content."""
    old, new = found
    if not min(len(old), len(new)) <= len(current) <= max(len(old), len(new)):
        return False
    for start in range(0, len(current), _BLOCK):
        block = current[start : start + _BLOCK]
        size = len(block)
        # A file that was growing may have got its new length before its new end: zeros.
        before = old[start : start + size].ljust(size, b"\0")
        after = new[start : start + size].ljust(size, b"\0")
        if block != before and block != after:
            for byte, one, other in zip(block, before, after, strict=True):
                if byte != one and byte != other:
                    return False
    return True


def _half_done(path: str, side: str, error: OSError) -> StorageError:
    advice = f"The new content is safe in {side}; the next iacctl command that locks the state finishes the write."
    return StorageError("Failed to write state", path, error, advice)


def _drop(fs: FileSystem, side: str) -> None:
    try:
        fs.remove(side)
    except OSError:
        return  # left over: recovery finds it equal to the file, or incomplete, and drops it
