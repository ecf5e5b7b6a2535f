"""What to say when something happened that iacctl has no message for: a bug. Never a bare traceback."""

from __future__ import annotations

import os
import sys
from typing import Final

_OFF: Final = frozenset(("", "OFF", "0", "FALSE"))


def report(error: BaseException) -> None:
    """Tell the user of an unexpected exception, and leave the details where only they can read them."""
    import traceback

    details = "".join(traceback.format_exception(error))
    where = _write(details)
    lines = [
        "",
        "Error: Internal error",
        "",
        f"iacctl met a problem that it has no better message for: {_kind(error)}. This is a bug in iacctl, not in your",
        "configuration. The state is safe: what an apply has done so far is in the state or in the journal beside it, and",
        "the next command takes it from there.",
        "",
    ]
    if where:
        lines += [
            f"The details are in {where}, which only you can read.",
            "They may hold values of your configuration: look through them before you pass them on.",
        ]
    lines += ["Set TF_LOG=debug to see them here.", ""]
    sys.stderr.write("\n".join(lines))
    if os.environ.get("TF_LOG", "").upper() not in _OFF:
        sys.stderr.write(f"\n{details}")
    sys.stderr.flush()


def _kind(error: BaseException) -> str:
    """The exception's class; its text might hold secrets."""
    return type(error).__name__


def _write(details: str) -> str:
    """Write the details to a new file of the user's own; its path, or nothing if that is impossible."""
    import tempfile

    try:
        descriptor, path = tempfile.mkstemp(prefix="iacctl-crash-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"iacctl {' '.join(sys.argv[1:2])}\nPython {sys.version}\n{sys.platform}\n\n{details}")
    except OSError:
        return ""
    return path
