"""Archives unpacked so that nothing of them can do harm.

Nothing is written outside of the destination, and only plain files and folders are made: as in Terraform, links and devices in an
archive become plain files (a link in a ZIP archive one that holds its target, any other an empty one), so no entry can lead
anywhere. Sizes are counted while unpacking, whatever the archive announces.
"""

from __future__ import annotations

import os
import stat
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from iacctl.install.fetching import FetchError

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Mapping

KINDS: Final = ("zip", "tar.gz", "tgz", "tar.bz2", "tbz2", "tar.tbz2", "tar.xz", "txz", "gz", "bz2", "xz")
"""What an archive's name may end in."""

SIZE_VARIABLE: Final = "IACCTL_MODULE_SIZE_LIMIT"
"""The environment variable for the most bytes that a package may have when unpacked."""

_MOST_BYTES: Final = 4 << 30
_MOST_ENTRIES: Final = 200_000
_LONGEST_HEADER: Final = 1 << 20
_PIECE: Final = 1 << 20
_SINGLE: Final = {"gz": "gzip", "bz2": "bzip2", "xz": "xz"}


class Limits(NamedTuple):
    """How much an archive may unpack to.

    Attributes:
        size: bytes, of all files together.
        entries: files and folders.
    """

    size: int = _MOST_BYTES
    entries: int = _MOST_ENTRIES


def limits(environment: Mapping[str, str]) -> Limits:
    """The limits that apply.

    Raises:
        FetchError: the environment variable is no number.
    """
    text = environment.get(SIZE_VARIABLE, "")
    if not text:
        return Limits()
    if not text.isdigit():
        raise FetchError(f'{SIZE_VARIABLE} must be a number of bytes, not "{text}"')
    return Limits(size=int(text))


def unpack(archive: str, kind: str, destination: str, limit: Limits = Limits()) -> None:  # noqa: B008 - immutable
    """Unpack an archive.

    Args:
        archive: the file.
        kind: one of `KINDS`.
        destination: the folder to make.
        limit: how much it may become.

    Raises:
        FetchError: it is damaged, empty, too large, or has entries outside of itself.
    """
    if kind in _SINGLE:
        raise FetchError(f"{_SINGLE[kind]}-compressed files can only unarchive to a single file")
    os.makedirs(destination, exist_ok=True)  # noqa: PTH103
    writer = _Writer(destination, limit)
    try:
        if kind == "zip":
            _unpack_zip(archive, writer)
        else:
            _unpack_tar(archive, kind, writer)
    except OSError as error:
        if error.strerror is None:
            raise FetchError(str(error)) from None
        place = os.path.relpath(error.filename, destination) if error.filename else archive
        raise FetchError(f"{place}: {error.strerror.lower()}") from None


class _Writer:
    """Writes entries below a folder, and counts."""

    __slots__ = ("_destination", "_entries", "_folders", "_left", "_limit")

    def __init__(self, destination: str, limit: Limits) -> None:
        self._destination = destination
        self._limit = limit
        self._left = limit.size
        self._entries = 0
        self._folders = {destination}

    def _path(self, name: str) -> str:
        parts = name.split("/")
        if ".." in parts:
            raise FetchError(f"entry contains '..': {name}")
        self._entries += 1
        if self._entries > self._limit.entries:
            raise FetchError(f"the archive has more than {self._limit.entries} entries")
        return os.path.join(self._destination, *(part for part in parts if part not in ("", ".")))  # noqa: PTH118

    def folder(self, name: str, mode: int = 0o755) -> None:
        """Make a folder."""
        path = self._path(name)
        self._make(path)
        if path != self._destination:
            os.chmod(path, 0o700 | (mode & 0o755))  # noqa: PTH101

    def _make(self, path: str) -> None:
        if path not in self._folders:
            os.makedirs(path, exist_ok=True)  # noqa: PTH103
            self._folders.add(path)

    def file(self, name: str, content: IO[bytes] | None, mode: int) -> None:
        """Write a file; one without content is empty."""
        path = self._path(name)
        self._make(os.path.dirname(path))  # noqa: PTH120
        mode = (mode & 0o755) | 0o600 if mode & 0o777 else 0o644
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with os.fdopen(os.open(path, flags, mode), "wb") as file:
            while content is not None and (piece := content.read(min(_PIECE, self._left + 1))):
                self._left -= len(piece)
                if self._left < 0:
                    raise FetchError(
                        f"the archive unpacks to more than {self._limit.size} bytes; if that is right, set {SIZE_VARIABLE} to"
                        " the number of bytes to allow"
                    )
                file.write(piece)


def _unpack_zip(archive: str, writer: _Writer) -> None:
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
            if not entries:
                raise FetchError("empty archive")
            for entry in entries:
                if entry.filename.endswith("/"):
                    writer.folder(entry.filename)
                    continue
                unix = entry.external_attr >> 16 if entry.create_system == 3 else 0o644
                with opened.open(entry) as content:
                    writer.file(entry.filename, content, stat.S_IMODE(unix) or 0o644)
    except zipfile.BadZipFile as error:
        problem = "zip: not a valid zip file" if "not a zip file" in str(error) else f"zip: {error}"
        raise FetchError(problem) from None
    except EOFError:
        raise FetchError("unexpected EOF") from None
    except (zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
        raise FetchError(f"zip: {error}") from None


def _unpack_tar(archive: str, kind: str, writer: _Writer) -> None:
    import lzma
    import tarfile
    import zlib

    found = False
    try:
        with _decompressed(archive, kind) as plain, tarfile.open(fileobj=plain, mode="r|", tarinfo=_entry_type()) as opened:
            for entry in opened:
                if entry.isdir():
                    writer.folder(entry.name, entry.mode)
                    continue
                found = True
                writer.file(entry.name, opened.extractfile(entry) if entry.isreg() else None, entry.mode)
    except EOFError:
        raise FetchError("unexpected EOF") from None
    except tarfile.ReadError as error:
        if "empty" not in str(error):
            problem = "unexpected EOF" if "end of data" in str(error) else "archive/tar: invalid tar header"
            raise FetchError(problem) from None
    except (tarfile.TarError, zlib.error, lzma.LZMAError, ValueError, OverflowError) as error:
        raise FetchError(f"damaged archive: {error}") from None
    if not found:
        raise FetchError("empty archive")


def _entry_type() -> type[tarfile.TarInfo]:
    """Entries of which no header may be so long that reading it fills the memory."""
    import tarfile

    long_headers = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)

    class Entry(tarfile.TarInfo):
        @classmethod
        def frombuf(cls, *args: Any, **more: Any) -> Entry:
            entry = super().frombuf(*args, **more)
            if entry.type in long_headers and entry.size > _LONGEST_HEADER:
                raise FetchError("the archive has a header that is too long")
            return entry

    return Entry


def _decompressed(archive: str, kind: str) -> IO[bytes]:
    """The tar archive within."""
    if kind in ("tar.gz", "tgz"):
        import gzip

        return _checked(gzip.GzipFile(archive), "gzip", "gzip: invalid header")
    if kind in ("tar.xz", "txz"):
        import lzma

        return _checked(lzma.LZMAFile(archive), "xz", "xz: invalid header magic bytes")
    import bz2

    return _checked(bz2.BZ2File(archive), "bzip2", "bzip2 data invalid: bad magic value")


def _checked(opened: Any, name: str, problem: str) -> IO[bytes]:
    """An archive whose first byte could be read."""
    import lzma
    import zlib

    try:
        opened.peek(1)
    except EOFError:
        opened.close()
        raise FetchError(f"Error opening a {name} reader: unexpected EOF") from None
    except (OSError, zlib.error, lzma.LZMAError):
        opened.close()
        raise FetchError(f"Error opening a {name} reader: {problem}") from None
    return opened  # type: ignore[no-any-return]
