"""The mock cloud does what it is told to, right or wrong."""

import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from iacctl import values
from iacctl.provider import decoding, port, requests
from iacctl.values import Value
from tests.providers import driver
from tests.providers.driver import Driver, Refused, value_of


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IACCTL_MOCK_TYPES", raising=False)
    return tmp_path


def mock(**config: Any) -> port.Provider:
    return driver.provider("iacctl/mock", **{"path": "cloud", **config})


def network(made: port.Provider | None = None, **config: Any) -> Driver:
    return Driver(made or mock(**config), "mock_network")


def fault(**config: Any) -> dict[str, Any]:
    return {"fault": [config]}


def objects() -> list[Path]:
    return sorted(Path("cloud").glob("mock_*/*.json"))


def test_objects_are_files_and_editing_them_is_drift() -> None:
    it = network()
    it.create(name="a", tags={"k": "v"})
    (path,) = objects()
    assert path.stem == it["id"]
    data = json.loads(path.read_text())
    assert data == {"cidr": "10.0.0.0/16", "id": it["id"], "name": "a", "tags": {"k": "v"}}
    assert len(path.read_text().splitlines()) == 6
    path.write_text(json.dumps({**data, "name": "edited", "unheard_of": 1}))
    it.read()
    assert it["name"] == "edited"
    assert not it.plan(it.config(name="a", tags={"k": "v"})).changes_nothing
    path.unlink()
    assert values.is_null(it.read())


def test_objects_survive_the_provider() -> None:
    it = network()
    it.create(name="a")
    again = network()
    again.state = it.state
    assert values.raw_equals(again.read(), it.state)
    again.delete()
    assert objects() == []
    it.delete()


def test_a_cloud_in_memory_believes_the_state() -> None:
    it = network(path=None)
    it.create(name="a")
    other = network(path=None)
    other.state = it.state
    assert values.raw_equals(other.read(), it.state)
    other.delete()
    other.state = it.state
    assert values.is_null(other.read())


def test_exact_numbers_survive_the_file() -> None:
    it = Driver(mock(), "mock_object")
    exact = values.numbers.parse("0.1000000000000000000000000000000000000001")
    it.create(value=value_of({"n": exact, "big": 10**40, "null": None}))
    assert values.raw_equals(it.read(), it.state)


def test_write_only_values_reach_the_provider_and_nothing_else() -> None:
    it = Driver(mock(), "mock_server")
    it.create(name="a", token_wo="secret")
    assert "secret" not in objects()[0].read_text()
    assert values.is_null(it["token_wo"])


def test_old_servers_are_brought_up_to_date() -> None:
    request = requests.UpgradeStateRequest("mock_server", 0, {"id": "x", "name": "a", "ram": 4096})
    held = driver.attributes(mock().upgrade_state(request).state)
    assert held["memory"] == 4
    assert values.raw_equals(
        held["disk"], decoding.empty_blocks(mock().schema().resources["mock_server"].block.blocks["disk"])
    )


def test_plans_of_servers_are_modified() -> None:
    it = Driver(mock(), "mock_server")
    it.create(name="a", disk=[{"name": "d", "size": 20}])
    assert it.plan(it.config(name="a", disk=[{"name": "d", "size": 19}])).replaces
    assert not it.plan(it.config(name="a", disk=[{"name": "d", "size": 21}])).replaces
    planned = it.plan(it.config(name="a", running=False, disk=[{"name": "d", "size": 20}]))
    assert [problem.summary for problem in planned.warnings] == ["Server will be switched off"]


def test_a_disk_that_comes_or_goes_replaces_only_if_it_is_of_a_kind() -> None:
    it = Driver(mock(), "mock_server")
    it.create(name="a", disk=[{"name": "d"}])
    assert not it.plan(it.config(name="a", disk=[{"name": "d"}, {"name": "e"}])).replaces
    assert it.plan(it.config(name="a", disk=[{"name": "d"}, {"name": "e", "kind": "fast"}])).replaces
    assert not it.plan(it.config(name="a")).replaces


def test_nested_computed_values_are_kept() -> None:
    it = Driver(mock(), "mock_server")
    it.create(name="a", disk=[{"name": "d"}])
    planned = driver.attributes(it.plan(it.config(name="b", disk=[{"name": "d"}, {"name": "e"}])).planned)
    first, second = (driver.attributes(disk) for disk in planned["disk"].items)  # type: ignore[union-attr]
    assert first["device"] == "device-of-object"
    assert isinstance(second["device"], values.Unknown)
    assert second["size"] == 10


def test_data_sources_find_one_object() -> None:
    made = mock()
    for name in ("a", "b"):
        network(made).create(name=name, tags={"all": "yes"})
    assert driver.read_data(made, "mock_network", name="b")["name"] == "b"
    with pytest.raises(Refused, match="2 objects"):
        driver.read_data(made, "mock_network", cidr="10.0.0.0/16")
    with pytest.raises(Refused, match="No object found"):
        driver.read_data(made, "mock_network", name="c")


def test_names_are_unique_if_wanted() -> None:
    made = mock(unique_names=True)
    network(made).create(name="a")
    with pytest.raises(Refused, match="Name already taken"):
        network(made).create(name="a")
    assert len(objects()) == 1


def apply(made: port.Provider, token: str, name: str = "a") -> requests.ApplyResponse:
    it = network(made)
    planned = it.plan(it.config(name=name))
    return made.apply(requests.ApplyRequest("mock_network", it.null, planned.planned, planned.config, token=token))


def test_a_creation_with_the_same_token_is_made_once() -> None:
    made = mock(**fault(operation="create", call=1, when="after"))
    lost = apply(made, "t1")
    assert values.is_null(lost.state)
    assert len(objects()) == 1
    found = apply(made, "t1")
    assert len(objects()) == 1
    assert driver.attributes(found.state)["id"] == objects()[0].stem
    apply(made, "t2")
    assert len(objects()) == 2


@pytest.mark.parametrize(("when", "exists", "known"), [("before", 0, False), ("after", 1, False), ("partial", 1, True)])
def test_failing_creations(when: str, exists: int, known: bool) -> None:
    it = network(**fault(operation="create", when=when, message="boom"))
    with pytest.raises(Refused, match="Mock failure: boom"):
        it.create(name="a")
    assert len(objects()) == exists
    assert values.is_null(it.state) is not known
    assert bool(it.reported) is known
    if known:
        assert it["id"] == objects()[0].stem


def test_failing_updates_keep_what_there_was() -> None:
    it = network(**fault(operation="update", when="before"))
    it.create(name="a")
    before = it.state
    with pytest.raises(Refused):
        it.apply(it.plan(it.config(name="b")))
    assert values.raw_equals(it.state, before)


def test_faults_choose_their_calls() -> None:
    made = mock(**fault(operation="create", type="mock_net*", name="b*", call=2))
    network(made).create(name="a")
    network(made).create(name="b1")
    with pytest.raises(Refused):
        network(made).create(name="b2")
    network(made).create(name="b3")
    Driver(made, "mock_object").create(name="b4")


@pytest.mark.parametrize("operation", ["plan", "read", "delete", "import", "read_data"])
def test_every_operation_can_fail(operation: str) -> None:
    it = network(**fault(operation=operation, message="boom"))
    runs = {
        "plan": lambda: it.create(name="b"),
        "read": it.read,
        "delete": it.delete,
        "import": lambda: it.import_(objects()[0].stem),
        "read_data": lambda: driver.read_data(it.provider, "mock_network", name="a"),
    }
    if operation != "plan":
        it.create(name="a")
    with pytest.raises(Refused, match="boom"):
        runs[operation]()


def test_exceptions_are_reported_as_bugs_and_lose_nothing() -> None:
    it = network(**fault(operation="create", kind="exception", when="partial", message="boom"))
    with pytest.raises(Refused, match="RuntimeError: boom"):
        it.create(name="a")
    assert it["id"] == objects()[0].stem


def test_crashes_kill_the_process() -> None:
    script = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from tests.providers.test_mock import fault, network
        network(**fault(operation="create", kind="crash", when="after")).create(name="a")
    """
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(root)], check=False)
    assert ended.returncode == -9
    assert len(objects()) == 1


def planned_answer(kind: str) -> Value:
    it = network(**fault(operation="plan", kind=kind))
    config = it.config(name="a")
    return it.provider.plan(requests.PlanRequest("mock_network", it.null, config, config)).planned


def applied_answer(kind: str, operation: str = "create") -> tuple[Value, Value]:
    it = network(**fault(operation=operation, kind=kind))
    planned = it.plan(it.config(name="a"))
    request = requests.ApplyRequest("mock_network", it.null, planned.planned, planned.config)
    return planned.planned, it.provider.apply(request).state


def test_rules_can_be_broken() -> None:
    assert driver.attributes(planned_answer("wrong_plan"))["cidr"] == "10.0.0.0/16 planned"
    assert driver.attributes(applied_answer("wrong_result")[1])["cidr"] == "10.0.0.0/16 as it is"
    assert not values.is_wholly_known(applied_answer("unknown_result")[1])
    assert values.is_null(applied_answer("null_result")[1])
    assert applied_answer("invalid_result")[1] == {"unexpected": True}


def test_latency_is_per_operation_and_stopped_by_stop() -> None:
    made = mock(latency=[{"operation": "create", "seconds": 30}, {"operation": "create", "name": "fast", "seconds": 0}])
    network(made).create(name="fast")
    timer = threading.Timer(0.05, made.stop)
    timer.start()
    with pytest.raises(Refused, match="Call interrupted"):
        network(made).create(name="slow")
    timer.join()
    assert len(objects()) == 1


def test_reads_lag_behind() -> None:
    it = network(lag=2.0, wait=False)
    it.create(name="a")
    created = it.state
    assert values.is_null(it.read())
    time.sleep(2.05)
    it.state = created
    assert values.raw_equals(it.read(), created)
    it.apply(it.plan(it.config(name="b")))
    assert driver.attributes(it.read())["name"] == "a"


def test_creations_wait_for_reads_to_see_them() -> None:
    it = network(lag=0.1)
    it.create(name="a")
    assert not values.is_null(it.read())


def test_calls_are_logged() -> None:
    made = mock(call_log="calls.log", **fault(operation="create", name="bad"))
    it = network(made)
    it.create(name="a")
    with pytest.raises(Refused):
        network(made).create(name="bad")
    lines = [json.loads(line) for line in Path("calls.log").read_text().splitlines()]
    shown = [(line["phase"], line["operation"], line["name"], line.get("failed")) for line in lines]
    assert shown[-4:] == [
        ("start", "plan", "bad", None),
        ("end", "plan", "bad", False),
        ("start", "create", "bad", None),
        ("end", "create", "bad", True),
    ]
    assert ("end", "create", "a", False) in shown
    assert all(line["type_name"] == "mock_network" for line in lines)


def test_sessions_are_opened_renewed_and_closed() -> None:
    made = mock()
    block = made.schema().ephemeral_resources["mock_session"].block
    config = decoding.coerce(block, {"user": "ann"})
    opened = made.open_ephemeral(requests.OpenEphemeralRequest("mock_session", config))
    held = driver.attributes(opened.result)
    assert len(str(held["token"])) == 16
    assert opened.renew_at is not None
    assert opened.renew_at > time.time() + 3000
    renewed = made.renew_ephemeral(requests.RenewEphemeralRequest("mock_session", opened.private))
    assert renewed.renew_at is not None
    assert renewed.private == opened.private
    assert made.close_ephemeral(requests.CloseEphemeralRequest("mock_session", renewed.private)).diagnostics == ()


def test_slugs() -> None:
    made = mock()
    assert driver.call(made, "slug", "Hello, World!", 8) == "hello-wo"
    response = made.call_function(requests.CallFunctionRequest("slug", ("x", 0)))
    assert (response.argument, response.error) == (1, "the length must be at least 1")


def test_unknown_configuration_is_no_problem_while_planning() -> None:
    made = driver.provider("iacctl/mock")
    block = made.schema().provider.block
    held = {
        **driver.attributes(decoding.empty_value(block)),
        "path": values.unknown_of(values.STRING),
        "lag": values.unknown_of(values.NUMBER),
    }
    made.configure(requests.ConfigureRequest(values.object_value(held), "1.15.5"))
    network(made).plan(network(made).config(name="a"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "must hold a JSON object"),
        ("{", "mock.json"),
        ('{"t": {"attributes": {"a": {"type": "strin"}}}}', "t.a: not a type"),
        ('{"t": {"attributes": {"a": {"typ": "string"}}}}', "t.a: unknown key 'typ'"),
        ('{"t": {"attribute": {}}}', "t: unknown key 'attribute'"),
        ('{"t": {"attributes": {"id": {}}}}', "t: every type has an id"),
        ('{"t": {"attributes": {"a": {"type": "number", "default": "x"}}}}', "t.a: expected int or float"),
        ('{"t": {"attributes": {"a": {"required": true, "computed": true}}}}', "t.a: a required attribute"),
        ('{"t": {"blocks": {"b": {"nesting": "tree"}}}}', "t.b: nesting must be"),
    ],
)
def test_wrong_declarations(text: str, message: str) -> None:
    from iacctl_providers.mock.declared import DeclarationError

    Path("mock.json").write_text(text)
    with pytest.raises(DeclarationError, match=message):
        driver.provider("iacctl/mock").schema()


def test_declarations_in_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("types.json").write_text('{"mock_x": {"attributes": {"delete": {}, "update": {"computed": true}}}}')
    monkeypatch.setenv("IACCTL_MOCK_TYPES", "types.json")
    it = Driver(mock(), "mock_x")
    it.create(delete="now")
    assert (it["delete"], it["update"]) == ("now", "update-of-object")
    assert it.plan(it.config(delete="now")).changes_nothing
    monkeypatch.setenv("IACCTL_MOCK_TYPES", os.devnull + "/nothing")
    from iacctl_providers.mock.declared import DeclarationError

    with pytest.raises(DeclarationError):
        mock()
