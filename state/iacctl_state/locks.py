"""Who holds a state lock: the record that lock holders leave for others to read.

The fields and their JSON form are Terraform's, so that either tool can show who blocks it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl_state.document import COMPATIBLE_VERSION
from iacctl_state.json_text import compact, escape

if TYPE_CHECKING:
    from collections.abc import Callable


class LockInfo(NamedTuple):
    """What a lock's holder says about itself."""

    id: str
    operation: str
    """Such as ``OperationTypeApply``: Terraform's name of the operation that runs under the lock."""
    info: str
    """Anything the holder wants to add; mostly empty."""
    who: str
    """``user@host``."""
    version: str
    """The Terraform version, for us the one we are compatible with."""
    created: str
    """UTC time in RFC 3339 form with nanoseconds."""
    path: str
    """What is locked: for the local backend the state file's path as configured."""

    def to_json(self) -> str:
        """The record as Terraform writes it: one line, no line break at the end."""
        fields = {
            "ID": self.id,
            "Operation": self.operation,
            "Info": self.info,
            "Who": self.who,
            "Version": self.version,
            "Created": self.created,
            "Path": self.path,
        }
        return escape(compact(fields))

    def describe(self) -> str:
        """The block that Terraform prints under ``Error acquiring the state lock``."""
        return (
            f"Lock Info:\n  ID:        {self.id}\n  Path:      {self.path}\n  Operation: {self.operation}\n"
            f"  Who:       {self.who}\n  Version:   {self.version}\n  Created:   {_spoken_time(self.created)}\n"
            f"  Info:      {self.info}\n"
        )


class LockRequest(NamedTuple):
    """How to go about taking a lock.

    Args:
        operation: The operation's name for the lock record, such as ``OperationTypePlan``.
        info: A remark for the lock record.
        timeout: Seconds to keep trying while somebody else holds the lock; 0 tries once.
        on_wait: Called once, when the first try found the lock taken and more tries follow.
        sleep: Waits that many seconds between tries; returns true when the user wants to give up.
    """

    operation: str
    info: str = ""
    timeout: float = 0.0
    on_wait: Callable[[], None] | None = None
    sleep: Callable[[float], bool] | None = None


def new_lock_info(request: LockRequest, path: str) -> LockInfo:
    """A record for a lock about to be taken by this process."""
    import os
    import pwd  # not getpass and socket, which take milliseconds to import

    from iacctl_state.document import new_lineage

    try:
        user = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # no name for this user id
        user = ""
    host = os.uname().nodename
    return LockInfo(
        id=new_lineage(),
        operation=request.operation,
        info=request.info,
        who=f"{user}@{host}" if user else host,
        version=COMPATIBLE_VERSION,
        created=_now(),
        path=path,
    )


def parse_lock_info(text: str) -> LockInfo | None:
    """Read a lock record; ``None`` when the text is not one (half-written, or not ours)."""
    from iacctl_state.errors import SyntaxFormatError
    from iacctl_state.json_text import decode

    try:
        data: Any = decode(text)
    except SyntaxFormatError:
        return None
    if type(data) is not dict:
        return None
    names = ("ID", "Operation", "Info", "Who", "Version", "Created", "Path")
    return LockInfo(*(value if isinstance(value := data.get(name), str) else "" for name in names))


def _now() -> str:
    import time

    nanoseconds = time.time_ns()
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(nanoseconds // 10**9))
    fraction = f"{nanoseconds % 10**9:09}".rstrip("0")
    return f"{whole}.{fraction}Z" if fraction else f"{whole}Z"


def _spoken_time(created: str) -> str:
    """``2024-01-02T03:04:05.5Z`` as Go prints a time: ``2024-01-02 03:04:05.5 +0000 UTC``."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[-+]\d\d:\d\d)", created)
    if found is None:
        return created or "0001-01-01 00:00:00 +0000 UTC"
    day, clock, fraction, zone = found.groups()
    digits = (fraction or "").rstrip("0")
    shown_zone = "+0000 UTC" if zone == "Z" else f"{zone.replace(':', '')} {zone.replace(':', '')}"
    return f"{day} {clock}{'.' + digits if digits else ''} {shown_zone}"
