"""Everything that can go wrong with state, as one tree of exceptions.

::

    StateError                  summary and detail, ready to become a diagnostic
    ├── FormatError             the document is not one we can read
    │   ├── SyntaxFormatError   not JSON
    │   ├── ShapeError          JSON of the wrong shape; carries the path of the fault
    │   └── VersionError        a format version that is not supported
    ├── StorageError            reading or writing failed; carries the path and the system's error
    ├── LockError               locking or unlocking failed
    │   └── LockHeldError       somebody else holds the lock; carries what is known about the holder
    ├── ConflictError           lineage or serial do not allow this write
    ├── WorkspaceError          a workspace does not exist, exists already, or must not be deleted
    ├── BackendConfigError      a backend's configuration is wrong
    └── JournalError            the journal cannot be used
        ├── JournalBusyError    another process is writing it
        ├── JournalCorruptError it is damaged beyond its torn end, or was written by a newer version
        └── JournalForeignError it belongs to another state
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl_state.locks import LockInfo


class StateError(Exception):
    """Base of all state errors.

    Args:
        summary: One line without a full stop, as a diagnostic's summary.
        detail: Sentences that say what happened and what to do next.
    """

    def __init__(self, summary: str, detail: str = "") -> None:
        super().__init__(f"{summary}: {detail}" if detail else summary)
        self.summary = summary
        self.detail = detail


class FormatError(StateError):
    """The state document cannot be understood."""


class SyntaxFormatError(FormatError):
    """The state document is not JSON.

    Args:
        reason: What the parser says.
        offset: Where, counted in characters from 0.
        line: Where, counted from 1.
        column: Where, counted in characters from 1.
    """

    def __init__(self, reason: str, *, offset: int = 0, line: int = 1, column: int = 1) -> None:
        where = f"line {line}, column {column} (offset {offset})"
        super().__init__(
            "Unsupported state file format", f"The state file could not be parsed as JSON: {reason} at {where}."
        )
        self.offset = offset
        self.line = line
        self.column = column


class ShapeError(FormatError):
    """The state document is JSON, but a part of it is not what it should be.

    Args:
        path: The faulty part, such as ``resources[3].instances[0].attributes``.
        reason: What is wrong with it, a clause such as ``must be an object, not a string``.
        summary: The diagnostic's summary.
    """

    def __init__(self, path: str, reason: str, *, summary: str = "Invalid state file format") -> None:
        super().__init__(summary, f"In the state file, {path} {reason}." if path else f"The state file {reason}.")
        self.path = path
        self.reason = reason


class VersionError(FormatError):
    """The state document has a format version that is not supported.

    Args:
        version: The version found.
        detail: What to do about it.
    """

    def __init__(self, version: int, detail: str) -> None:
        super().__init__("Unsupported state file format", detail)
        self.version = version


class StorageError(StateError):
    """The operating system or a service refused a read or a write.

    Args:
        summary: What failed.
        path: The file or object concerned.
        cause: The system's error.
        advice: What to do next, sentences.
    """

    def __init__(self, summary: str, path: str, cause: OSError, advice: str = "") -> None:
        reason = cause.strerror or str(cause)
        super().__init__(summary, f"{path}: {reason}." + (f" {advice}" if advice else ""))
        self.path = path
        self.errno = cause.errno


class LockError(StateError):
    """The state could not be locked or unlocked."""


class LockHeldError(LockError):
    """Somebody else holds the lock.

    Args:
        reason: The system's words, such as ``resource temporarily unavailable``.
        info: What the holder wrote about itself, if anything.
    """

    def __init__(self, reason: str, info: LockInfo | None = None) -> None:
        block = f"\n{info.describe()}" if info is not None else ""
        super().__init__("Error acquiring the state lock", f"Error message: {reason}{block}")
        self.reason = reason
        self.info = info


class ConflictError(StateError):
    """Lineage or serial do not allow this write."""


class WorkspaceError(StateError):
    """A workspace does not exist, exists already, has an invalid name, or must not be deleted."""


class BackendConfigError(StateError):
    """A backend's configuration is wrong; ``attribute`` names the argument at fault, "" for the whole block."""

    def __init__(self, summary: str, detail: str, attribute: str = "") -> None:
        super().__init__(summary, detail)
        self.attribute = attribute


class JournalError(StateError):
    """The journal cannot be used."""


class JournalBusyError(JournalError):
    """Another process is writing the journal."""


class JournalCorruptError(JournalError):
    """The journal is damaged in more than its torn end, or was written by a newer version."""


class JournalForeignError(JournalError):
    """The journal belongs to a state of another lineage."""
