"""What every resource type of every provider in the catalog must do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from iacctl import values
from iacctl.addrs import parse_provider_source
from iacctl.provider import conformance, requests
from iacctl.provider.paths import write_only_paths
from iacctl_providers import catalog
from tests.providers import driver
from tests.providers.driver import Driver, Refused


class Case(NamedTuple):
    """How to put one resource type through its life.

    Attributes:
        config: arguments to create it with.
        update: arguments that change it in place, if it can be.
        replace: arguments that replace it.
        import_id: the import id of an object, if it can be imported.
        lost_on_import: attributes that an import cannot find out.
        wrong: arguments that must be refused.
    """

    config: dict[str, Any]
    update: dict[str, Any] | None = None
    replace: dict[str, Any] | None = None
    import_id: Callable[[Driver], str] | None = None
    lost_on_import: tuple[str, ...] = ()
    wrong: tuple[dict[str, Any], ...] = ()


RECIPE = {"length": 12, "min_upper": 2, "override_special": "-_"}
CASES = {
    "terraform_data": Case(
        {"input": {"a": [1, None]}, "triggers_replace": "x"},
        update={"input": "b", "triggers_replace": "x"},
        replace={"input": "b", "triggers_replace": ["x"]},
        import_id=lambda it: it["id"],
        lost_on_import=("input", "output", "triggers_replace"),
    ),
    "null_resource": Case({"triggers": {"a": "b"}}, replace={"triggers": {"a": "c"}}, wrong=({"id": "x"},)),
    "local_file": Case(
        {"filename": "folder/a.txt", "content": "text"},
        replace={"filename": "folder/a.txt", "content_base64": "dGV4dAo="},
        wrong=(
            {"filename": "a"},
            {"filename": "a", "content": "x", "source": "y"},
            {"filename": "a", "content": "x", "file_permission": "999"},
            {"filename": "a", "content": "x", "file_permission": "7"},
        ),
    ),
    "local_sensitive_file": Case(
        {"filename": "folder/b.txt", "content": "text"},
        replace={"filename": "folder/c.txt", "content": "text"},
        wrong=({"filename": "a"}, {"filename": "a", "content": "x", "directory_permission": "rwx"}),
    ),
    "random_bytes": Case(
        {"length": 5},
        replace={"length": 6},
        import_id=lambda it: it["base64"],
        wrong=({"length": 0}, {"length": 1.5}),
    ),
    "random_id": Case(
        {"byte_length": 5, "prefix": "p,-"},
        replace={"byte_length": 5, "prefix": "q"},
        import_id=lambda it: f"p,-,{it['id']}",
        lost_on_import=("keepers",),
        wrong=({"byte_length": 0},),
    ),
    "random_integer": Case(
        {"min": -3, "max": 7},
        replace={"min": -3, "max": 8},
        import_id=lambda it: f"{it['result']},-3,7",
        wrong=({"min": 1, "max": 2.5},),
    ),
    "random_password": Case(
        RECIPE,
        replace={**RECIPE, "special": False},
        import_id=lambda it: it["result"],
        lost_on_import=("bcrypt_hash", "min_upper", "override_special"),
        wrong=({"length": 0}, {"length": 3, "min_lower": 4}, {"length": 3, "number": True, "numeric": False}),
    ),
    "random_pet": Case({"length": 3, "prefix": "my"}, replace={"length": 3, "separator": "_"}),
    "random_shuffle": Case({"input": ["a", "b", "c"], "seed": "s"}, replace={"input": ["a", "b"], "seed": "s"}),
    "random_string": Case(
        RECIPE,
        replace={**RECIPE, "numeric": False},
        import_id=lambda it: it["result"],
        lost_on_import=("min_upper", "override_special"),
        wrong=({"length": 4, "special": False, "upper": False, "lower": False, "numeric": False},),
    ),
    "random_uuid": Case(
        {"keepers": {"a": "b"}},
        replace={"keepers": {"a": "c"}},
        import_id=lambda it: it["id"],
        lost_on_import=("keepers",),
    ),
    "time_offset": Case(
        {"offset_days": 3, "triggers": {}},
        update={"offset_days": 4, "triggers": {}},
        replace={"offset_days": 4, "triggers": {"a": "b"}},
        import_id=lambda it: f"{it['base_rfc3339']},,,3,,,",
        wrong=({}, {"offset_days": 1, "base_rfc3339": "yesterday"}),
    ),
    "time_rotating": Case(
        {"rotation_hours": 2, "triggers": {}},
        update={"rotation_days": 1, "triggers": {}},
        replace={"rotation_days": 1, "rfc3339": "2999-01-01T00:00:00Z"},
        import_id=lambda it: f"{it['rfc3339']},,,,2,",
        wrong=({}, {"rotation_days": 0}, {"rotation_rfc3339": "tomorrow"}),
    ),
    "time_sleep": Case(
        {"create_duration": "1ms", "destroy_duration": "1ms", "triggers": {}},
        update={"create_duration": "1s", "triggers": {}},
        replace={"create_duration": "1ms", "triggers": {"a": "b"}},
        import_id=lambda it: "1ms,1ms",
        lost_on_import=("id",),
        wrong=({}, {"create_duration": "soon"}),
    ),
    "time_static": Case(
        {"triggers": {}},
        replace={"rfc3339": "2020-02-02T02:02:02Z", "triggers": {}},
        import_id=lambda it: it["id"],
        wrong=({"rfc3339": "2020-02-02"},),
    ),
    "mock_network": Case(
        {"name": "net"},
        update={"name": "nets", "tags": {"a": "b"}},
        replace={"name": "net", "cidr": "10.1.0.0/16"},
        import_id=lambda it: it["id"],
        wrong=({"name": ""},),
    ),
    "mock_object": Case(
        {"name": "o", "value": {"deep": [1, "a", None]}},
        update={"name": "o", "value": True},
        replace={"name": "o", "replace_on": "x"},
        import_id=lambda it: it["id"],
    ),
    "mock_server": Case(
        {
            "name": "web",
            "load": 0.5,
            "token_wo": "secret",
            "groups": ["b", "a"],
            "endpoints": [{"host": "a"}, {"host": "b", "port": 80}],
            "services": {"ssh": {"host": "c"}},
            "mounts": [{"path": "/a", "origin": "b"}, {"path": "/c", "origin": "d", "read_only": True}],
            "console": {"host": "screen", "port": 5900},
            "disk": [{"name": "root"}, {"name": "data", "size": 20}],
            "boot": {"order": ["disk"]},
        },
        update={"name": "web2", "disk": [{"name": "root", "size": 30}], "endpoints": [{"host": "c"}]},
        replace={"name": "web", "disk": [{"name": "root", "kind": "fast"}]},
        import_id=lambda it: it["id"],
        wrong=(
            {"name": ""},
            {"name": "x", "memory": 0},
            {"name": "x", "groups": []},
            {"name": "x", "password": "a", "token_wo": "b"},
            {"name": "x", "memory": 1.5},
            {"name": "x", "disk": [{"name": "d", "size": 0}]},
        ),
    ),
}


def catalogued() -> list[tuple[str, str]]:
    return [(source, name) for source, entry in catalog.CATALOG.items() for name in entry.make().schema().resources]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IACCTL_MOCK_TYPES", raising=False)


def made(source: str, name: str) -> Driver:
    return Driver(driver.provider(source, **({"path": "cloud"} if name.startswith("mock_") else {})), name)


def test_every_resource_type_has_a_case() -> None:
    assert {name for _, name in catalogued()} == set(CASES)


every_type = pytest.mark.parametrize(("source", "name"), catalogued(), ids=lambda value: value.rpartition("/")[2])


@every_type
def test_what_was_created_is_found_and_needs_no_change(source: str, name: str) -> None:
    it, case = made(source, name), CASES[name]
    created = it.create(**case.config)
    assert values.raw_equals(it.read(), created)
    planned = it.plan(it.config(**case.config))
    assert planned.changes_nothing
    assert not planned.replaces


@every_type
def test_an_update_keeps_the_object(source: str, name: str) -> None:
    it, case = made(source, name), CASES[name]
    if case.update is None:
        pytest.skip("every change replaces it")
    it.create(**case.config)
    before = it["id"]
    planned = it.plan(it.config(**case.update))
    assert not planned.changes_nothing
    assert not planned.replaces
    updated = it.apply(planned)
    assert it["id"] == before
    assert values.raw_equals(it.read(), updated)
    assert it.plan(it.config(**case.update)).changes_nothing


@every_type
def test_some_changes_replace_the_object(source: str, name: str) -> None:
    it, case = made(source, name), CASES[name]
    assert case.replace is not None
    it.create(**case.config)
    planned = it.plan(it.config(**case.replace))
    assert planned.replaces
    it.apply(planned)
    it.read()
    assert it.plan(it.config(**case.replace)).changes_nothing


@every_type
def test_import_finds_what_was_created(source: str, name: str) -> None:
    it, case = made(source, name), CASES[name]
    created = driver.attributes(it.create(**case.config))
    if case.import_id is None:
        with pytest.raises(Refused):
            it.import_("some-id")
        return
    id_ = case.import_id(it)
    imported = driver.attributes(it.import_(id_))
    for key, value in created.items():
        if key not in case.lost_on_import:
            assert values.raw_equals(imported[key], value), key
    assert not it.plan(it.config(**case.config)).replaces or case.lost_on_import


@every_type
def test_what_was_deleted_is_gone(source: str, name: str) -> None:
    it, case = made(source, name), CASES[name]
    it.create(**case.config)
    before = it.state
    it.delete()
    it.state = before
    read = it.provider.read(requests.ReadRequest(name, before))
    driver.succeed(read.diagnostics)
    # Objects that only exist in state can't be found missing.
    assert values.is_null(read.state) or it.provider.capabilities().no_external_effects


@every_type
def test_wrong_arguments_are_reported_with_their_place(source: str, name: str) -> None:
    it = made(source, name)
    for wrong in CASES[name].wrong:
        problems = it.problems(it.config(**wrong))
        assert any(problem.severity == "error" for problem in problems), wrong
        for problem in problems:
            assert problem.summary
            assert problem.path is None or problem.path[0] in it.block.object_type.attributes  # type: ignore[union-attr, attr-defined]


@every_type
def test_unknown_arguments_are_no_mistakes(source: str, name: str) -> None:
    it = made(source, name)
    held = dict(driver.attributes(it.config(**CASES[name].config)))
    for key, attribute in it.block.attributes.items():
        if (attribute.optional or attribute.required) and key != "id":
            held[key] = values.unknown_of(attribute.value_type())
    config = values.object_value(held)
    assert it.problems(config) == ()
    assert not values.is_wholly_known(it.plan(config).planned)


@every_type
def test_import_ids_that_make_no_sense_are_refused(source: str, name: str) -> None:
    it = made(source, name)
    for id_ in ("", "nothing, really", "🦔", "a" * 5000):
        response = it.provider.import_resource(requests.ImportRequest(name, id_))
        if any(problem.severity == "error" for problem in response.diagnostics):
            assert response.resources == ()
        else:
            assert all(resource.type_name == name for resource in response.resources)


@every_type
def test_write_only_arguments_are_handed_over_and_not_kept(source: str, name: str) -> None:
    it, case = made(source, name), CASES[name]
    if not it.block.has_write_only:
        pytest.skip("it has none")
    planned = it.plan(it.config(**case.config)).planned
    assert write_only_paths(it.block, it.config(**case.config)), "the case gives none"
    assert write_only_paths(it.block, planned) == []
    assert write_only_paths(it.block, it.create(**case.config)) == []
    assert write_only_paths(it.block, it.read()) == []


EPHEMERAL: dict[str, dict[str, Any]] = {"random_password": RECIPE, "mock_session": {"user": "u"}}
"""What to open each ephemeral type with."""


@pytest.mark.parametrize(
    ("source", "name"),
    [(source, name) for source, entry in catalog.CATALOG.items() for name in entry.make().schema().ephemeral_resources],
    ids=lambda value: value.rpartition("/")[2],
)
def test_what_every_ephemeral_type_must_do(source: str, name: str) -> None:
    provider = driver.provider(source)
    block = provider.schema().ephemeral_resources[name].block
    null = {key: values.null_of(type_) for key, type_ in block.object_type.attributes.items()}
    config = values.object_value({**null, **EPHEMERAL[name]})
    driver.succeed(provider.validate_ephemeral(requests.ValidateRequest(name, config)).diagnostics)
    unknown = values.object_value({**null, **{key: values.unknown_of(values.type_of(null[key])) for key in EPHEMERAL[name]}})
    driver.succeed(provider.validate_ephemeral(requests.ValidateRequest(name, unknown)).diagnostics)
    opened = provider.open_ephemeral(requests.OpenEphemeralRequest(name, config))
    driver.succeed(opened.diagnostics)
    assert conformance.assert_conforms(block, opened.result) == []
    assert conformance.assert_plan_valid(block, values.null_of(block.object_type), config, opened.result) == []
    assert values.is_wholly_known(opened.result)
    again = provider.open_ephemeral(requests.OpenEphemeralRequest(name, config))
    assert not values.raw_equals(opened.result, again.result)
    private = opened.private
    if opened.renew_at is not None:
        renewed = provider.renew_ephemeral(requests.RenewEphemeralRequest(name, private))
        driver.succeed(renewed.diagnostics)
        private = renewed.private
    driver.succeed(provider.close_ephemeral(requests.CloseEphemeralRequest(name, private)).diagnostics)


@pytest.mark.parametrize("source", catalog.CATALOG)
def test_the_catalog_says_what_it_has(source: str) -> None:
    address = parse_provider_source(source)
    assert address is not None
    entry = catalog.find(address)
    assert entry is not None
    assert entry.version.count(".") == 2
    provider = entry.make()
    schema = provider.schema()
    for kind in (schema.resources, schema.data_sources, schema.ephemeral_resources):
        for name in kind:
            assert kind[name].block.object_type.kind == "object"
    provider.stop()
    provider.close()
