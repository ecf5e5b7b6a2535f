"""What docs/providers.md shows works."""

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

from iacctl import values
from iacctl.addrs import parse_provider_source
from iacctl.provider import requests
from iacctl_providers import catalog, sdk
from tests.providers import driver
from tests.providers.driver import Driver, Refused

DOCUMENT = (Path(__file__).parents[2] / "docs" / "providers.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCUMENT, re.DOTALL)


def shown(language: str, containing: str) -> str:
    (found,) = [text for name, text in BLOCKS if name == language and containing in text]
    return found


@pytest.fixture
def notes(tmp_path: Path) -> Driver:
    names: dict[str, Any] = {"__name__": "notes_provider"}
    exec(shown("python", "class Note("), names)
    made = sdk.serve(names["Notes"])
    driver.configure(made, folder=str(tmp_path))
    return Driver(made, "notes_note")


def test_the_note_provider_does_what_the_page_says(notes: Driver, tmp_path: Path) -> None:
    planned = notes.plan(notes.config(name="hello.txt", text="Hello!"))
    assert isinstance(driver.attributes(planned.planned)["size"], values.Unknown)
    notes.apply(planned)
    assert (tmp_path / "hello.txt").read_text() == "Hello!"
    assert notes["size"] == 6
    assert notes.plan(notes.config(name="hello.txt", text="Hello!")).changes_nothing

    notes.apply(notes.plan(notes.config(name="hello.txt", text="Bye")))
    assert (tmp_path / "hello.txt").read_text() == "Bye"

    (tmp_path / "hello.txt").write_text("drift")
    notes.read()
    assert notes["text"] == "drift"
    assert not notes.plan(notes.config(name="hello.txt", text="Bye")).changes_nothing

    planned = notes.plan(notes.config(name="other.txt"))
    assert planned.replaces
    notes.apply(planned)
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]

    notes.import_("other.txt")
    assert notes["size"] == 0
    (tmp_path / "other.txt").unlink()
    assert values.is_null(notes.read())


def test_the_note_provider_reports_mistakes(notes: Driver) -> None:
    (problem,) = notes.problems(notes.config(name="x" * 65))
    assert problem.path == ("name",)
    assert problem.detail == "Attribute name string length must be between 1 and 64, got: 65"
    with pytest.raises(Refused, match="is not a folder"):
        driver.configure(notes.provider, folder="/nowhere")


def test_the_example_is_about_25_lines() -> None:
    code = [line for line in shown("python", "class Note(").splitlines() if line.strip()]
    resource = code[
        code.index('class Note(sdk.Resource, import_by="name"):') : code.index("class Notes(sdk.Provider):")
    ]
    assert len(resource) <= 25


def test_a_package_registers_by_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes_provider.py").write_text(
        shown("python", "class Note(") + shown("python", "ENTRY = "), encoding="utf-8"
    )
    info = tmp_path / "notes_provider-1.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: notes-provider\nVersion: 1.0.0\n")
    toml = shown("toml", "entry-points")
    (info / "entry_points.txt").write_text(
        toml.replace('[project.entry-points."iacctl.providers"]', "[iacctl.providers]").replace('"', "")
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    address = parse_provider_source("example.com/demo/notes")
    assert address is not None
    entry = catalog.find(address)
    assert entry is not None
    assert entry.version == "1.0.0"
    assert list(entry.make().schema().resources) == ["notes_note"]
    assert catalog.find(address._replace(type="unheard-of")) is None


def test_the_function_says_it_in_capitals() -> None:
    names: dict[str, Any] = {"sdk": sdk}
    exec(shown("python", "def shout"), names)
    response = names["shout"].call(requests.CallFunctionRequest("shout", ("quiet",)))
    assert response.result == "QUIET"
    assert names["shout"].schema.summary == "Says it in capitals."


def test_declared_types_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mock.json").write_text(shown("json", "mock_bucket"), encoding="utf-8")
    made = driver.provider("iacctl/mock", path="cloud")
    bucket = Driver(made, "mock_bucket")
    bucket.create(name="logs", labels={"a": "b"}, rule=[{"days": 3}])
    assert bucket["versioning"] is False
    assert bucket["arn"] == "arn-of-logs"
    assert values.raw_equals(bucket.read(), bucket.state)
    assert bucket.plan(bucket.config(name="logs")).replaces is False
    assert bucket.plan(bucket.config(name="log")).replaces
    found = driver.read_data(made, "mock_bucket", name="logs")
    assert found["id"] == bucket["id"]
    stored = json.loads(Path("cloud/mock_bucket", f"{bucket['id']}.json").read_text())
    assert stored["name"] == "logs"


def test_the_mock_configuration_is_valid() -> None:
    made = driver.provider(
        "iacctl/mock",
        path="cloud",
        unique_names=True,
        latency=[{"operation": "create", "seconds": 0.2}],
        fault=[{"operation": "create", "name": "web-3", "when": "partial", "message": "out of capacity"}],
    )
    assert sorted(made.schema().resources) == ["mock_network", "mock_object", "mock_server"]
    for argument in ("path", "lag", "wait", "unique_names", "call_log", "latency", "fault"):
        assert argument in made.schema().provider.block.object_type.attributes
        assert f"`{argument}" in DOCUMENT


def test_every_option_and_method_is_on_the_page() -> None:
    from iacctl_providers.sdk.resources import Resource

    for name in vars(sdk.Attribute(sdk.string, optional=True, computed=False, default=None, options={})):
        if name != "kind":
            assert f"`{name}`" in DOCUMENT, name
    for name, method in vars(Resource).items():
        if callable(getattr(method, "__func__", method)) and not name.startswith("_"):
            assert f"`{name}(" in DOCUMENT, name


class _Client:
    """Stands for a remote system that lends tokens and keeps passwords."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def lend(self, user: str) -> str:
        self.calls.append(("lend", user))
        return f"token of {user}"

    def prolong(self, token: str) -> None:
        self.calls.append(("prolong", token))

    def give_back(self, token: str) -> None:
        self.calls.append(("give back", token))

    def put(self, name: str, password: str) -> None:
        self.calls.append(("put", name, password))


def test_secrets_are_lent_and_handed_over_as_the_page_says() -> None:
    import time

    names: dict[str, Any] = {"__name__": "vault_provider", "sdk": sdk, "time": time}
    exec(shown("python", "class Lease("), names)
    remote = _Client()

    class Vault(sdk.Provider):
        client = remote
        resources: ClassVar = {"vault_account": names["Account"]}
        ephemeral_resources: ClassVar = {"vault_lease": names["Lease"]}

    made = sdk.serve(Vault)
    driver.configure(made)
    block = made.schema().ephemeral_resources["vault_lease"].block
    config = values.object_value({"user": "admin", "token": values.null_of(values.STRING)})
    assert block.object_type is values.type_of(config)
    opened = made.open_ephemeral(requests.OpenEphemeralRequest("vault_lease", config))
    assert driver.attributes(opened.result)["token"] == "token of admin"
    assert opened.renew_at is not None
    made.renew_ephemeral(requests.RenewEphemeralRequest("vault_lease", opened.private))
    made.close_ephemeral(requests.CloseEphemeralRequest("vault_lease", opened.private))

    account = Driver(made, "vault_account")
    account.create(name="app", password_wo="secret", password_wo_version=1)
    assert account["password_wo"] is None or values.is_null(account["password_wo"])
    assert account.plan(account.config(name="app", password_wo="other", password_wo_version=1)).changes_nothing
    account.apply(account.plan(account.config(name="app", password_wo="other", password_wo_version=2)))
    assert remote.calls == [
        ("lend", "admin"),
        ("prolong", "token of admin"),
        ("give back", "token of admin"),
        ("put", "app", "secret"),
        ("put", "app", "other"),
    ]


def test_the_ephemeral_type_of_the_page_can_be_declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mock.json").write_text(shown("json", '"mock_token"'))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IACCTL_MOCK_TYPES", raising=False)
    made = driver.provider("iacctl/mock")
    assert "mock_token" not in made.schema().resources
    config = values.object_value({"name": "n", "token": values.null_of(values.STRING)})
    opened = made.open_ephemeral(requests.OpenEphemeralRequest("mock_token", config))
    assert driver.attributes(opened.result) == {"name": "n", "token": "token-of-n"}
    assert opened.renew_at is not None


def test_the_action_does_what_the_page_says(tmp_path: Path) -> None:
    names: dict[str, Any] = {"__name__": "notes_provider"}
    for containing in ("class Note(", "class Archive("):
        exec(shown("python", containing), names)
    made = sdk.serve(type("WithActions", (names["Notes"],), {"actions": {"notes_archive": names["Archive"]}}))
    driver.configure(made, folder=str(tmp_path))
    (tmp_path / "a.txt").write_text("a")
    block = made.schema().actions["notes_archive"].block
    assert not block.has_computed
    config = values.object_value({"days": values.null_of(values.NUMBER)})
    assert made.validate_action(requests.ValidateRequest("notes_archive", config)).diagnostics == ()
    assert made.plan_action(requests.PlanActionRequest("notes_archive", config)).diagnostics == ()
    told = list(made.invoke_action(requests.InvokeActionRequest("notes_archive", config)))
    assert [(event.message, event.done) for event in told] == [("looking at a.txt", False), ("", True)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.30-days-old"]
    nothing = values.null_of(block.object_type)
    assert [event.done for event in made.invoke_action(requests.InvokeActionRequest("notes_archive", nothing))] == [True]


def test_the_listing_finds_what_the_page_says(tmp_path: Path) -> None:
    names: dict[str, Any] = {"__name__": "notes_provider"}
    for containing in ("class Note(", "class OldNotes("):
        exec(shown("python", containing), names)
    tables = {"resources": {"notes_named": names["Named"]}, "list_resources": {"notes_named": names["OldNotes"]}}
    made = sdk.serve(type("WithListing", (names["Notes"],), tables))
    driver.configure(made, folder=str(tmp_path))
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(name)
    config = values.object_value({"suffix": values.null_of(values.STRING)})
    assert made.validate_list(requests.ValidateListRequest("notes_named", config)).diagnostics == ()
    found = list(made.list(requests.ListRequest("notes_named", config, limit=100)))
    assert [event.display_name for event in found] == ["a.txt", "b.txt"]
    assert [driver.attributes(event.identity) for event in found] == [{"name": "a.txt"}, {"name": "b.txt"}]
    assert [event.resource for event in found] == [None, None]
    [whole] = made.list(requests.ListRequest("notes_named", config, include_resource=True, limit=1))
    assert driver.attributes(whole.resource)["size"] == 5
