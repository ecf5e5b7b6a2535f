"""Functions that read files and take paths apart."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final, cast

from iacctl.hcl.normalization import nfc
from iacctl.lang.functions.calling import ArgumentError, FunctionError
from iacctl.values import SENSITIVE, mark, unmark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.lang.context import EvalContext
    from iacctl.values import Value


def redacted(text: str, marks: frozenset[object]) -> str:
    """A text in quotes for a message, unless it is sensitive."""
    from iacctl.lang.functions.go_syntax import quoted

    return "(sensitive value)" if SENSITIVE in marks else quoted(text)


def expanded(path: str) -> str:
    """A path with `~` at its beginning replaced. Raises FunctionError."""
    if not path.startswith("~"):
        return path
    if path != "~" and not path.startswith("~/"):
        raise FunctionError("cannot expand user-specific home dir")
    return path.replace("~", os.path.expanduser("~"), 1)  # noqa: PTH111


def clean(path: str) -> str:
    """The shortest way to say a path, by its text alone."""
    found = os.path.normpath(path) if path else "."
    return found[1:] if found.startswith("//") else found


def located(path: str, context: EvalContext) -> str:
    """Where a path given to a function is, seen from the process's directory."""
    found = expanded(path)
    if not found.startswith("/"):
        found = f"{context.settings.base_dir}/{found}"
    return clean(found)


def why(error: OSError, path: str, operation: str = "open") -> str:
    """What went wrong, in the words of Go's errors."""
    reason = _ERRORS.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return f"{operation} {path}: {reason}"


_ERRORS: Final = {2: "no such file or directory", 13: "permission denied", 20: "not a directory", 21: "is a directory"}


def read(path: Value, context: EvalContext) -> bytes:
    """The content of a file that is part of the configuration. Raises FunctionError."""
    text, marks = unmark(path)
    try:
        where = located(cast("str", text), context)
    except FunctionError as error:
        raise ArgumentError(0, f"failed to expand ~: {error}") from None
    if "\0" in where:
        raise ArgumentError(0, f"open {where}: invalid argument")
    try:
        with open(where, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise ArgumentError(
            0,
            f"no file exists at {redacted(cast('str', text), marks)}; this function works only with files that are"
            " distributed as part of the configuration source code, so if this file will be created by a resource in this"
            " configuration you must instead obtain this result from an attribute of that resource",
        ) from None
    except IsADirectoryError as error:
        raise ArgumentError(0, f"failed to read file: {why(error, where, 'read')}") from None
    except OSError as error:
        raise ArgumentError(0, why(error, where)) from None


def read_text(path: Value, context: EvalContext) -> str:
    """The content of a file of UTF-8 text. Raises FunctionError."""
    data = read(path, context)
    try:
        return nfc(data.decode("utf-8"))
    except UnicodeDecodeError:
        text, marks = unmark(path)
        raise FunctionError(
            f"contents of {redacted(cast('str', text), marks)} are not valid UTF-8; use the filebase64 function to obtain"
            " the Base64 encoded contents or the other file functions (e.g. filemd5, filesha256) to obtain file hashing"
            " results instead"
        ) from None


def _file(context: EvalContext, path: Value) -> Value:
    return mark(read_text(path, context), unmark(path)[1])


def _filebase64(context: EvalContext, path: Value) -> Value:
    from base64 import b64encode

    return mark(b64encode(read(path, context)).decode("ascii"), unmark(path)[1])


def _fileexists(context: EvalContext, path: Value) -> Value:
    text, marks = unmark(path)
    try:
        where = located(cast("str", text), context)
    except FunctionError as error:
        raise FunctionError(f"failed to expand ~: {error}") from None
    shown = "(sensitive value)" if SENSITIVE in marks else redacted(where, marks)
    try:
        mode = os.stat(where).st_mode  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return mark(False, marks)
    except (OSError, ValueError):
        raise FunctionError(f"failed to stat {shown}") from None
    if stat.S_ISREG(mode):
        return mark(True, marks)
    if stat.S_ISDIR(mode):
        raise FunctionError(f"{shown} is a directory, not a file")
    kinds = (
        (stat.S_ISCHR, "device node"),
        (stat.S_ISBLK, "device node"),
        (stat.S_ISFIFO, "named pipe"),
        (stat.S_ISSOCK, "unix domain socket"),
    )
    for matches, name in kinds:
        if matches(mode):
            article = "an" if name[0] in "aeio" else "a"
            raise FunctionError(f"{shown} is {article} {name}, not a regular file")
    raise FunctionError(f"{shown} is not a regular file")


def _hash_of(algorithm: str, base64: bool = False) -> Callable[..., Value]:
    def call(context: EvalContext, path: str) -> Value:
        import hashlib

        where = located(path, context)
        try:
            with open(where, "rb") as file:
                digest = hashlib.file_digest(file, lambda: hashlib.new(algorithm, usedforsecurity=False))
        except IsADirectoryError as error:
            raise FunctionError(why(error, where, "read")) from None
        except (OSError, ValueError) as error:
            reason = why(error, where) if isinstance(error, OSError) else f"open {where}: invalid argument"
            raise FunctionError(reason) from None
        if base64:
            from base64 import b64encode

            return b64encode(digest.digest()).decode("ascii")
        return digest.hexdigest()

    return call


def _abspath(context: EvalContext, path: str) -> Value:
    return clean(os.path.abspath(f"{context.settings.base_dir}/{path}" if not path.startswith("/") else path))  # noqa: PTH100


def _basename(path: str) -> Value:
    if not path:
        return "."
    stripped = path.rstrip("/")
    return stripped.rpartition("/")[2] if stripped else "/"


def _dirname(path: str) -> Value:
    if not path:
        return "."
    head, separator, _ = path.rstrip("/").rpartition("/") if path.strip("/") else ("", "/", "")
    if path.endswith("/") and path.strip("/"):
        return clean(path.rstrip("/")) if path.rstrip("/") else "/"
    return clean(head) if head else ("/" if separator else ".")


def _pathexpand(path: str) -> Value:
    return expanded(path)


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "abspath": _abspath,
    "basename": _basename,
    "dirname": _dirname,
    "file": _file,
    "filebase64": _filebase64,
    "filebase64sha256": _hash_of("sha256", base64=True),
    "filebase64sha512": _hash_of("sha512", base64=True),
    "fileexists": _fileexists,
    "filemd5": _hash_of("md5"),
    "filesha1": _hash_of("sha1"),
    "filesha256": _hash_of("sha256"),
    "filesha512": _hash_of("sha512"),
    "pathexpand": _pathexpand,
}
