"""The provisioners of one operation."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from iacctl.provisioners import catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.provisioners.port import Provisioner


class ProvisionerPool:
    """Makes provisioners when they are first needed, one of each type, and keeps them until the operation ends.

    Args:
        make: gives a new provisioner of a type; None when there is no such type.
    """

    __slots__ = ("_known", "_lock", "_make", "_stopped")

    def __init__(self, make: Callable[[str], Provisioner | None] = catalog.make) -> None:
        self._make = make
        self._known: dict[str, Provisioner | None] = {}
        self._lock = threading.Lock()
        self._stopped = False

    def get(self, type_name: str) -> Provisioner | None:
        """The provisioner of a type; None when there is none."""
        with self._lock:
            if type_name not in self._known:
                made = self._known[type_name] = self._make(type_name)
                if made is not None and self._stopped:
                    made.stop()
            return self._known[type_name]

    def stop(self) -> None:
        """Ask all provisioners to end what they do; may be called from any thread."""
        with self._lock:
            self._stopped = True
            running = [item for item in self._known.values() if item is not None]
        for item in running:
            item.stop()

    def close(self) -> None:
        """Let go of all provisioners."""
        with self._lock:
            running = [item for item in self._known.values() if item is not None]
            self._known.clear()
        for item in running:
            item.close()
