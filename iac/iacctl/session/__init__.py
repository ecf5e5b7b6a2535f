"""A working session: a directory with its configuration, backend, workspace, lock and providers.

This is what a Python program imports to plan and apply, and what the command line calls.
"""

from __future__ import annotations

from iacctl.session.operations import Applied, Planned
from iacctl.session.session import Session

__all__ = ["Applied", "Planned", "Session"]
