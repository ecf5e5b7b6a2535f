"""`fmt`: files to their canonical form."""

# Paths are plain text here, as messages show them.
# ruff: noqa: PTH105, PTH108, PTH110, PTH112, PTH116, PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.config.file_names import is_ignored
from iacctl.config.formatting import formatted
from iacctl.diag import Diagnostics, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTENSIONS: Final = (
    ".tf",
    ".tfvars",
    ".tftest.hcl",
    ".tfmock.hcl",
    ".tfquery.hcl",
    ".tofu",
    ".tofutest.hcl",
    ".tofumock.hcl",
)
"""The ends of names of files that have a canonical form. JSON has none."""

STANDARD_INPUT: Final = "<stdin>"
"""How messages name what comes from standard input."""

_UNSUPPORTED: Final = "Only .tf, .tfvars, and .tftest.hcl files can be processed with terraform fmt"


class Formatted(NamedTuple):
    """A file, and what its bytes are and ought to be."""

    path: str
    before: bytes
    after: bytes

    @property
    def differs(self) -> bool:
        """Whether the file is not in canonical form."""
        return self.before != self.after


def format_text(name: str, data: bytes, found: Diagnostics) -> Formatted | None:
    """A text in canonical form; None if it has errors, which are reported."""
    problems = Diagnostics()
    text = formatted(SourceFile.from_bytes(name, data), problems)
    found.extend(problems)
    return None if text is None else Formatted(name, data, text.encode("utf-8", "surrogateescape"))


def format_targets(targets: list[str], found: Diagnostics, *, recursive: bool) -> Iterator[Formatted]:
    """Every file of some targets in canonical form.

    Args:
        targets: paths of files and directories. A target that does not exist ends the run.
        found: gets what is wrong with targets and files; the others are gone on with.
        recursive: whether directories in directories count.
    """
    for target in targets:
        path = os.path.relpath(target)
        if not os.path.exists(path):
            found.error(f"No file or directory at {path}")
            return
        if os.path.isdir(path):
            yield from _directory(path, found, recursive=recursive)
        elif path.endswith(EXTENSIONS):
            yield from _file(path, found)
        else:
            found.error(_UNSUPPORTED)


def _directory(path: str, found: Diagnostics, *, recursive: bool) -> Iterator[Formatted]:
    pending = [(path, True)]
    while pending:
        path, is_directory = pending.pop()
        if not is_directory:
            yield from _file(path, found)
            continue
        try:
            with os.scandir(path) as scan:
                entries = sorted(scan, key=lambda entry: os.fsencode(entry.name), reverse=True)
        except OSError:
            found.error(f"Cannot read directory {path}")
            continue
        for entry in entries:
            if is_ignored(entry.name):
                continue
            is_directory = entry.is_dir(follow_symlinks=False)
            if recursive if is_directory else entry.name.endswith(EXTENSIONS):
                pending.append((entry.name if path == "." else f"{path}/{entry.name}", is_directory))


def _file(path: str, found: Diagnostics) -> Iterator[Formatted]:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        found.error(f"Failed to read {path}" if isinstance(error, IsADirectoryError) else f"Failed to read file {path}")
        return
    result = format_text(path, data, found)
    if result is not None:
        yield result


def write(result: Formatted) -> None:
    """Give a file its canonical form, all of it or none. Its permissions, and links to it by name, stay.

    Raises:
        OSError: it cannot be written.
    """
    path = os.path.realpath(result.path)
    facts = os.stat(path)
    if not os.access(path, os.W_OK):
        raise PermissionError(13, os.strerror(13), result.path)
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError:  # a directory in which no file may be made
        with open(path, "r+b") as file:
            file.write(result.after)
            file.truncate()
        return
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(result.after)
            file.flush()
            os.fchmod(file.fileno(), facts.st_mode & 0o7777)
            if (facts.st_uid, facts.st_gid) != (os.geteuid(), os.getegid()):
                _give_away(file.fileno(), facts)
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _give_away(descriptor: int, facts: os.stat_result) -> None:
    """Let a new file belong to whom the old one belongs to, where that is allowed."""
    try:
        os.fchown(descriptor, facts.st_uid, facts.st_gid)
    except OSError:
        return


def difference(result: Formatted) -> bytes:
    """What formatting changes in a file, in the unified form of `diff`."""
    import subprocess
    import tempfile

    labels = (f"old/{result.path}", f"new/{result.path}")
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("old", "new")]
        for path, data in zip(paths, (result.before, result.after), strict=True):
            with open(path, "wb") as file:
                file.write(data)
        words = ["diff", f"--label={labels[0]}", f"--label={labels[1]}", "-u", *paths]
        try:
            done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        except OSError:
            return _own_difference(result, labels)
    return done.stdout if done.returncode == 1 else _own_difference(result, labels)


def _own_difference(result: Formatted, labels: tuple[str, str]) -> bytes:
    """The same where there is no such program; other lines may be taken for the changed ones."""
    import difflib

    old, new = (label.encode("utf-8", "surrogateescape").decode("latin-1") for label in labels)
    return "".join(difflib.unified_diff(_lines(result.before), _lines(result.after), old, new)).encode("latin-1")


def _lines(data: bytes) -> list[str]:
    """The lines of a file as `diff` shows them, each byte as one character."""
    *lines, last = data.decode("latin-1").split("\n")
    lines = [line + "\n" for line in lines]
    return [*lines, f"{last}\n\\ No newline at end of file\n"] if last else lines
