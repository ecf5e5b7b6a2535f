"""What goes on while something is planned or applied, as text."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from iacctl.diag import events
from iacctl.diag.events import Event
from iacctl.plan.model import Options, Plan
from iacctl.views import heartbeat
from iacctl.views.heartbeat import Heartbeat
from iacctl.views.human.operations import ApplyHuman, PlanHuman
from iacctl.views.human.progress import clock, duration
from iacctl.views.json.operations import ApplyJson
from iacctl.views.terminal import Terminal
from iacctl_state.document import OutputState

from . import builders, terraform


def _apply(*found: Event, color: bool = False) -> tuple[ApplyHuman, io.StringIO]:
    out = io.StringIO()
    view = ApplyHuman(Terminal(out, io.StringIO(), color=color))
    for event in found:
        view.event(event)
    view.close()
    return view, out


def test_lines_of_progress() -> None:
    _, out = _apply(
        events.RefreshStarted("a.b", "id", "i-1"),
        events.RefreshFinished("a.b", "id", "i-1"),
        events.RefreshStarted("a.b", "id", "i-0", "aabbccdd"),
        events.ObjectStarted("a.b", "create"),
        events.ObjectFinished("a.b", "create", 64.6, "id", "i-2"),
        events.ObjectStarted("a.c", "update", "name", "n"),
        events.ObjectProgress("a.c", "update", 70.2, "name", "n"),
        events.ObjectFinished("a.c", "update", 3600, "name", "n"),
        events.ObjectStarted("a.d", "delete", "id", "i-3", "aabbccdd"),
        events.ObjectFinished("a.d", "delete", 0.4, "id", "i-3", "aabbccdd"),
        events.ObjectStarted("data.a.e", "read"),
        events.ObjectProgress("data.a.e", "read", 10.0),
        events.ObjectFailed("data.a.e", "read", 12.0),
        events.ObjectStarted("a.f", "forget"),
        events.ObjectFinished("a.f", "forget", 0.0),
        events.EphemeralDeferred("ephemeral.a.g"),
        events.ObjectStarted("ephemeral.a.h", "open"),
        events.ObjectProgress("ephemeral.a.h", "open", 10.0),
        events.ObjectFinished("ephemeral.a.h", "open", 11.0),
        events.ObjectStarted("ephemeral.a.h", "renew"),
        events.ObjectFinished("ephemeral.a.h", "renew", 0.0),
        events.ObjectStarted("ephemeral.a.h", "close"),
        events.ObjectFinished("ephemeral.a.h", "close", 0.0),
        events.StopRequested(),
    )
    assert out.getvalue().split("\n") == [
        "a.b: Refreshing state... [id=i-1]",
        "a.b (deposed object aabbccdd): Refreshing state... [id=i-0]",
        "a.b: Creating...",
        "a.b: Creation complete after 1m5s [id=i-2]",
        "a.c: Modifying... [name=n]",
        "a.c: Still modifying... [name=n, 01m10s elapsed]",
        "a.c: Modifications complete after 1h0m0s [name=n]",
        "a.d (deposed object aabbccdd): Destroying... [id=i-3]",
        "a.d: Destruction complete after 0s",
        "data.a.e: Reading...",
        "data.a.e: Still reading... [00m10s elapsed]",
        "ephemeral.a.g: Configuration unknown, deferring...",
        "ephemeral.a.h: Opening...",
        "ephemeral.a.h: Still opening... [00m10s elapsed]",
        "ephemeral.a.h: Opening complete after 11s",
        "ephemeral.a.h: Renewing...",
        "ephemeral.a.h: Renewal complete after 0s",
        "ephemeral.a.h: Closing...",
        "ephemeral.a.h: Closing complete after 0s",
        "Stopping operation...",
        "",
    ]


def _comparable(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", text)


def test_a_whole_apply_and_destroy(tmp_path: Path) -> None:
    tmp_path.joinpath("main.tf").write_text('resource "terraform_data" "a" {}\noutput "o" {\n  value = [1]\n}\n')
    terraform.succeed(tmp_path, "init")
    terraform.succeed(tmp_path, "plan", "-out=plan")
    said = terraform.succeed(tmp_path, "apply", "plan")
    view, out = _apply(
        events.ObjectStarted("terraform_data.a", "create"),
        events.ObjectFinished("terraform_data.a", "create", 0.0, "id", "ID"),
        color=True,
    )
    view.finished("apply", {"o": OutputState([1], ["tuple", ["number"]])})
    assert out.getvalue() == _comparable(said)
    terraform.succeed(tmp_path, "plan", "-destroy", "-out=plan")
    said = terraform.succeed(tmp_path, "destroy", "-auto-approve")
    view, out = _apply(
        events.ObjectStarted("terraform_data.a", "delete", "id", "ID"),
        events.ObjectFinished("terraform_data.a", "delete", 0.0, "id", "ID"),
        color=True,
    )
    view.finished("destroy", {})
    assert _comparable(said).endswith(out.getvalue())


def test_what_comes_next(tmp_path: Path) -> None:
    tmp_path.joinpath("main.tf").write_text('resource "terraform_data" "a" {}\n')
    terraform.succeed(tmp_path, "init")
    for flags, saved in ((("-no-color",), None), (("-no-color", "-out=my plan"), "my plan")):
        said = terraform.succeed(tmp_path, "plan", *flags)
        out = io.StringIO()
        view = PlanHuman(Terminal(out, io.StringIO()))
        terraform.succeed(tmp_path, "plan", "-out=plan")
        document: dict[str, Any] = json.loads(terraform.succeed(tmp_path, "show", "-json", "plan"))
        schemas = json.loads(terraform.succeed(tmp_path, "providers", "schema", "-json"))
        plan = builders.plan(document, schemas)
        view.plan(plan)
        view.next_step(plan, saved_to=saved)
        assert out.getvalue() == said


def test_nothing_comes_next_without_changes_or_in_automation() -> None:
    plan = Plan(Options(), None, {}, None, None, (), (), {}, (), (), "")  # type: ignore[arg-type]
    out = io.StringIO()
    PlanHuman(Terminal(out, io.StringIO())).next_step(plan)
    PlanHuman(Terminal(out, io.StringIO(), automation=True)).next_step(plan)
    assert out.getvalue() == ""


def test_what_takes_long_is_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "PERIOD", 0.02)
    seen: list[events.ObjectProgress] = []
    beat = Heartbeat(seen.append)
    beat.observe(events.ObjectStarted("a.b", "create"))
    beat.observe(events.ObjectStarted("a.c", "create"))
    beat.observe(events.ObjectFinished("a.c", "create", 0.0))
    deadline = monotonic() + 10
    while len(seen) < 2 and monotonic() < deadline:
        sleep(0.01)
    assert [event.address for event, _ in beat.running()] == ["a.b"]
    beat.close()
    assert {event.address for event in seen} == {"a.b"}
    assert beat.running() == []


def test_json_mentions_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "PERIOD", 0.02)
    out = io.StringIO()
    view = ApplyJson(Terminal(out, io.StringIO()))
    view.event(events.ObjectStarted("a.b", "create"))
    deadline = monotonic() + 10
    while "apply_progress" not in out.getvalue() and monotonic() < deadline:
        sleep(0.01)
    view.close()
    last = json.loads(out.getvalue().splitlines()[-1])
    assert last["type"] == "apply_progress"
    assert last["@message"] == "a.b: Still creating... [0s elapsed]"


def test_times() -> None:
    assert [duration(seconds) for seconds in (0, 59, 60, 3600, 3725)] == ["0s", "59s", "1m0s", "1h0m0s", "1h2m5s"]
    assert [clock(seconds) for seconds in (10, 65, 3725)] == ["00m10s", "01m05s", "01h02m05s"]
