import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from iacctl import values
from iacctl.provider import requests
from iacctl_providers.time import durations, instants
from tests.providers import driver
from tests.providers.driver import Driver, Refused, value_of

PARTS = ("year", "month", "day", "hour", "minute", "second")


def made(name: str) -> Driver:
    return Driver(driver.provider("hashicorp/time"), f"time_{name}")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The current time: assign to its only element."""
    shown = [datetime(2024, 1, 31, 12, 0, 0, tzinfo=UTC)]
    monkeypatch.setattr(instants, "now", lambda: shown[0])
    return shown


def test_static_keeps_the_time_of_creation(clock: list[datetime]) -> None:
    it = made("static")
    it.create()
    assert it["rfc3339"] == it["id"] == "2024-01-31T12:00:00Z"
    assert tuple(it[part] for part in PARTS) == (2024, 1, 31, 12, 0, 0)
    assert it["unix"] == 1706702400
    clock[0] = datetime(2030, 1, 1, tzinfo=UTC)
    it.read()
    assert it.plan(it.config()).changes_nothing
    planned = it.plan(it.config(triggers={"a": "b"}))
    assert planned.replaces


def test_a_given_time_is_known_while_planning() -> None:
    it = made("static")
    planned = it.plan(it.config(rfc3339="2020-02-12T06:36:13+01:00"))
    assert values.is_wholly_known(planned.planned)
    it.apply(planned)
    assert (it["hour"], it["unix"]) == (6, 1581485773)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"offset_days": 1}, "2024-02-01T12:00:00Z"),
        ({"offset_hours": -13}, "2024-01-30T23:00:00Z"),
        ({"offset_minutes": 61}, "2024-01-31T13:01:00Z"),
        ({"offset_months": 1}, "2024-03-02T12:00:00Z"),
        ({"offset_months": -2}, "2023-12-01T12:00:00Z"),
        ({"offset_seconds": 5}, "2024-01-31T12:00:05Z"),
        ({"offset_years": 1}, "2025-01-31T12:00:00Z"),
        ({"offset_years": 1, "offset_days": 5}, "2025-01-31T12:00:00Z"),
        ({"offset_days": 0}, "2024-01-31T12:00:00Z"),
    ],
)
def test_offsets(clock: list[datetime], arguments: dict[str, int], expected: str) -> None:
    it = made("offset")
    it.create(**arguments)
    assert it["rfc3339"] == expected
    assert it["base_rfc3339"] == it["id"] == "2024-01-31T12:00:00Z"


def test_a_new_offset_is_known_while_planning(clock: list[datetime]) -> None:
    it = made("offset")
    it.create(offset_days=1)
    clock[0] = datetime(2030, 1, 1, tzinfo=UTC)
    planned = it.plan(it.config(offset_days=2))
    assert values.is_wholly_known(planned.planned)
    it.apply(planned)
    assert it["rfc3339"] == "2024-02-02T12:00:00Z"
    it.apply(it.plan(it.config(offset_days=2, base_rfc3339="2020-01-01T00:00:00Z")))
    assert it["rfc3339"] == "2020-01-03T00:00:00Z"


def test_rotation(clock: list[datetime]) -> None:
    it = made("rotating")
    it.create(rotation_days=7)
    assert it["rotation_rfc3339"] == "2024-02-07T12:00:00Z"
    clock[0] = datetime(2024, 2, 7, 12, 0, 0, tzinfo=UTC)
    it.read()
    assert it.plan(it.config(rotation_days=7)).changes_nothing
    planned = it.plan(it.config(rotation_days=8))
    assert not planned.replaces
    it.apply(planned)
    assert (it["rotation_rfc3339"], it["id"]) == ("2024-02-08T12:00:00Z", "2024-01-31T12:00:00Z")
    clock[0] = datetime(2024, 2, 8, 12, 0, 1, tzinfo=UTC)
    assert values.is_null(it.read())


def test_a_given_rotation_time(clock: list[datetime]) -> None:
    it = made("rotating")
    it.create(rotation_rfc3339="2024-06-01T00:00:00Z")
    assert (it["rotation_rfc3339"], it["month"]) == ("2024-06-01T00:00:00Z", 6)
    it.import_("2024-01-31T12:00:00Z,2024-06-01T00:00:00Z")
    assert it.plan(it.config(rotation_rfc3339="2024-06-01T00:00:00Z", triggers={})).changes_nothing


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("offset", "x"), ("offset", ",1,,,,,"), ("offset", "2024-01-31T12:00:00Z,,,,,,"), ("offset", "x,1,,,,,"),
        ("offset", "2024-01-31T12:00:00Z,x,,,,,"), ("rotating", "x"), ("rotating", "2024-01-31T12:00:00Z,"),
        ("rotating", "2024-01-31T12:00:00Z,tomorrow"), ("static", "now"), ("sleep", "1s"), ("sleep", ","),
        ("sleep", "1s,soon"), ("sleep", "1s,1s,a"),
    ],
)  # fmt: skip
def test_wrong_import_ids(name: str, id_: str) -> None:
    with pytest.raises(Refused):
        made(name).import_(id_)


def test_sleep_is_imported_with_triggers() -> None:
    it = made("sleep")
    it.import_("1s,,a=b,c=d")
    assert values.raw_equals(it["triggers"], values.map_value(values.STRING, {"a": "b", "c": "d"}))
    assert values.is_null(it["destroy_duration"])


def test_sleeping_ends_when_the_provider_is_stopped() -> None:
    it = made("sleep")
    timer = threading.Timer(0.05, it.provider.stop)
    timer.start()
    with pytest.raises(Refused, match="context canceled"):
        it.create(create_duration="1h")
    timer.join()


def test_the_message_about_durations() -> None:
    it = made("sleep")
    (problem,) = it.problems(it.config(create_duration="soon"))
    assert problem.detail == (
        "Attribute create_duration must be a number immediately followed by ms (milliseconds), s (seconds), "
        'm (minutes), or h (hours). For example, "30s" for 30 seconds., got: soon'
    )


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [("0", 0), ("1h15m", 4_500_000_000_000), ("-1.5h", -5_400_000_000_000), ("1µs", 1000), ("+.5s", 500_000_000)],
)
def test_durations(text: str, nanoseconds: int) -> None:
    assert durations.nanoseconds(text) == nanoseconds


@pytest.mark.parametrize("text", ["", "1", "s", "1s1", "--1s", ".s", "1d", "9999999h"])
def test_wrong_durations(text: str) -> None:
    with pytest.raises(ValueError, match="not a valid duration"):
        durations.nanoseconds(text)


@pytest.mark.parametrize("text", ["2020-01-01", "2020-13-01T00:00:00Z", "2020-01-01T00:00:00", "2020-01-01 00:00:00Z"])
def test_wrong_timestamps(text: str) -> None:
    with pytest.raises(ValueError):
        instants.parse(text)


def called(name: str, argument: Any) -> dict[str, values.Value]:
    return driver.attributes(driver.call(driver.provider("hashicorp/time"), name, argument))


def test_functions() -> None:
    parts = {
        "year": 2023, "year_day": 206, "day": 25, "month": 7, "month_name": "July", "weekday": 2,
        "weekday_name": "Tuesday", "hour": 23, "minute": 43, "second": 16, "iso_year": 2023, "iso_week": 30,
    }  # fmt: skip
    assert called("rfc3339_parse", "2023-07-25T23:43:16Z") == {**parts, "unix": 1690328596}
    assert called("unix_timestamp_parse", 1690328596) == {**parts, "rfc3339": "2023-07-25T23:43:16Z"}
    expected = {
        "hours": 1.5, "minutes": 90, "seconds": 5400, "milliseconds": 5400000, "microseconds": 5400000000,
        "nanoseconds": 5400000000000,
    }  # fmt: skip
    assert values.raw_equals(values.object_value(called("duration_parse", "1h30m")), value_of(expected))
    for name, wrong in (("rfc3339_parse", "x"), ("duration_parse", "x"), ("unix_timestamp_parse", 10**20)):
        response = driver.provider("hashicorp/time").call_function(requests.CallFunctionRequest(name, (wrong,)))
        assert response.argument == 0
        assert response.error
