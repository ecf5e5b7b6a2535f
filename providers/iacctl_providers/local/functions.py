"""Functions of the local provider."""

from __future__ import annotations

import stat
from pathlib import Path

from iacctl_providers import sdk


@sdk.function(sdk.Parameter("path", sdk.string, description="A path, absolute or not."), returns=sdk.boolean)
def direxists(path: str) -> bool:
    """Determines whether a directory exists at a given path."""
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise sdk.ArgumentError(0, f"Error checking for directory: stat {path}: {reason}") from None
    if stat.S_ISDIR(mode):
        return True
    raise sdk.ArgumentError(0, f'Invalid file mode detected: "{path}" was found, but is not a directory')
