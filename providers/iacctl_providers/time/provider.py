"""The time provider's catalog."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

from iacctl_providers import sdk

if TYPE_CHECKING:
    from iacctl_providers.sdk import Reporting


class Time(sdk.Provider, capabilities=sdk.Capabilities(no_external_effects=True)):
    """Points in time. It has no configuration."""

    resources = {
        "time_offset": "iacctl_providers.time.offsets:Offset",
        "time_rotating": "iacctl_providers.time.offsets:Rotating",
        "time_sleep": "iacctl_providers.time.sleeping:Sleep",
        "time_static": "iacctl_providers.time.offsets:Static",
    }
    functions = {
        "duration_parse": "iacctl_providers.time.functions:duration_parse",
        "rfc3339_parse": "iacctl_providers.time.functions:rfc3339_parse",
        "unix_timestamp_parse": "iacctl_providers.time.functions:unix_timestamp_parse",
    }

    stopping: Event

    def configure(self, report: Reporting[Any]) -> None:
        self.stopping = Event()

    def stop(self) -> None:
        self.stopping.set()
