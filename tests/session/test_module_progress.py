"""Slow downloads are remarked on now and then."""

from __future__ import annotations

import pytest

from iacctl.session import modules
from iacctl.views.human import init as view
from iacctl.views.protocols import InitStep


def test_remarks_keep_their_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    told: list[InitStep] = []
    progress = modules._Progress(told.append)
    progress.begin(("a", "b"))
    for seconds, received, total in (
        (5.0, 1_000_000, 9_000_000),
        (6.0, 2_000_000, 9_000_000),
        (5.0, 3_000_000, None),
        (6.0, 4_000_000, None),
    ):
        now[0] += seconds
        progress.tell(received, total)
    assert [view.text(step) for step in told] == [
        "Still downloading for a.b: 2.0 of 9.0 MB so far...",
        "Still downloading for a.b: 4.0 MB so far...",
    ]
