"""State files of the versions 1 to 3 become what Terraform makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iacctl_state.errors import FormatError
from iacctl_state.reader import parse
from iacctl_state.writer import serialize

from .terraform import terraform


def thing(ident: str, **more: Any) -> dict[str, Any]:
    return {"id": ident, "attributes": {"id": ident}, "meta": {}, "tainted": False, **more}


def resource(type_name: str, **more: Any) -> dict[str, Any]:
    return {"type": type_name, "depends_on": [], "primary": thing("1"), "deposed": [], "provider": "", **more}


def module(*path: str, **more: Any) -> dict[str, Any]:
    return {"path": ["root", *path], "outputs": {}, "resources": {}, "depends_on": [], **more}


def state(*modules: dict[str, Any], version: int = 3) -> dict[str, Any]:
    return {
        "version": version,
        "terraform_version": "0.11.14",
        "serial": 7,
        "lineage": "f2968801-fa14-41ab-a044-224f3a4adf04",
        "modules": list(modules),
    }


def resources(**more: Any) -> dict[str, Any]:
    return state(module(resources={name.replace("__", "."): item for name, item in more.items()}))


META = {"schema_version": "2", "timeouts": {"create": 60}, "a": [1, "x<y"]}
DOCUMENTS = {
    "empty": state(module()),
    "no modules": state(),
    "outputs": state(
        module(
            outputs={
                "text": {"sensitive": False, "type": "string", "value": "a"},
                "secret": {"sensitive": True, "type": "string", "value": "b"},
                "list": {"sensitive": False, "type": "list", "value": ["a", "b"]},
                "map": {"sensitive": True, "type": "map", "value": {"k": "v"}},
                "nothing in it": {"sensitive": False, "type": "list", "value": []},
                "no keys": {"sensitive": False, "type": "map", "value": {}},
                "maps": {"sensitive": False, "type": "list", "value": [{"a": "b"}, {"c": "d"}]},
                "lists": {"sensitive": False, "type": "map", "value": {"a": ["b"], "c": "d"}},
            }
        )
    ),
    "outputs of modules": state(module("a", outputs={"o": {"type": "string", "value": "x"}})),
    "counted": resources(null_resource__a__0=resource("null_resource"), null_resource__a__1=resource("null_resource")),
    "data": resources(data__null_data_source__a=resource("null_data_source")),
    "tainted": resources(null_resource__a=resource("null_resource", primary=thing("1", tainted=True))),
    "deposed": resources(null_resource__a=resource("null_resource", deposed=[thing("2"), thing("3", tainted=True)])),
    "only deposed": resources(null_resource__a=resource("null_resource", primary=None, deposed=[thing("2")])),
    "private": resources(null_resource__a=resource("null_resource", primary=thing("1", meta=META))),
    "versions as numbers": resources(
        null_resource__a=resource("null_resource", primary=thing("1", meta={"schema_version": 3}))
    ),
    "a version that is no number": resources(
        null_resource__a=resource("null_resource", primary=thing("1", meta={"schema_version": "x"}))
    ),
    "no attributes": resources(null_resource__a=resource("null_resource", primary={"id": "5"})),
    "dependencies": resources(null_resource__a=resource("null_resource", depends_on=["null_resource.b", "module.x"])),
    "providers": resources(
        null_resource__a=resource("null_resource", provider="provider.null"),
        null_resource__b=resource("null_resource", provider="provider.null.west"),
        null_resource__c=resource("null_resource", provider="other"),
        null_resource__d=resource("null_resource", provider="other.east"),
        aws_thing__e=resource("aws_thing"),
    ),
    "modules": state(
        module("a", resources={"null_resource.x": resource("null_resource")}),
        module("a", "b", resources={"null_resource.x": resource("null_resource", provider="module.a.provider.null")}),
        module("c", resources={"null_resource.x": resource("null_resource", provider="module.c.provider.null.west")}),
    ),
    "version 2": state(module(resources={"null_resource.x": resource("null_resource")}), version=2),
    "version 1": {
        "version": 1,
        "serial": 2,
        "modules": [
            {
                "path": ["root"],
                "outputs": {"o": "v"},
                "resources": {
                    "aws_x.y": {
                        "type": "aws_x",
                        "depends_on": ["aws_z.q"],
                        "primary": {
                            "id": "i",
                            "attributes": {"id": "i", "tags.#": "1", "tags.Name": "n", "ports.#": "1", "ports.0": "8"},
                            "meta": {"schema_version": "1"},
                        },
                        "tainted": [{"id": "t", "attributes": {}}],
                    }
                },
            }
        ],
    },
}


def pulled(folder: Path, document: dict[str, Any]) -> dict[str, Any] | None:
    """What Terraform makes of a document; None if it refuses it."""
    folder.mkdir()
    (folder / "terraform.tfstate").write_text(json.dumps(document))
    done = terraform(folder, "state", "pull", check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def comparable(document: dict[str, Any]) -> dict[str, Any]:
    for item in document["resources"]:
        item["instances"].sort(key=lambda each: (str(each.get("index_key")), each.get("deposed", "")))
    document["resources"].sort(key=lambda each: (each.get("module", ""), each["mode"], each["type"], each["name"]))
    return document


@pytest.mark.parametrize("name", DOCUMENTS)
def test_as_terraform(tmp_path: Path, name: str) -> None:
    expected = pulled(tmp_path / "t", DOCUMENTS[name])
    assert expected is not None
    found = json.loads(serialize(parse(json.dumps(DOCUMENTS[name]))))
    assert comparable(found) == comparable(expected)


REFUSED = {
    "a path that does not begin at the root": state({**module(), "path": ["x"]}),
    "a resource without a name": resources(a=resource("x")),
    "an index that is none": resources(null_resource__a__b=resource("null_resource")),
    "too many parts": resources(null_resource__a__1__2=resource("null_resource")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_by_terraform(tmp_path: Path, name: str) -> None:
    assert pulled(tmp_path / "t", REFUSED[name]) is None
    with pytest.raises(FormatError) as refused:
        parse(json.dumps(REFUSED[name]))
    assert refused.value.summary == "State format upgrade failed"


@pytest.mark.parametrize("part", ["modules", "resources", "primary", "meta", "outputs", "attributes", "path"])
@pytest.mark.parametrize("wrong", ["text", 1, ["x"], [1], {"a": 1}, True])
@pytest.mark.parametrize("version", [1, 2, 3])
def test_odd_shapes_are_refused_or_read(part: str, wrong: object, version: int) -> None:
    def bend(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: wrong if name == part else bend(item) for name, item in value.items()}
        return [bend(item) for item in value] if isinstance(value, list) else value

    document = {**bend(DOCUMENTS["version 1" if version == 1 else "private"]), "version": version}
    try:
        parse(json.dumps(document))
    except FormatError as error:
        assert error.detail


def test_the_next_write_has_the_new_format(tmp_path: Path) -> None:
    from iacctl_state.backends import catalog
    from iacctl_state.manager import StateManager

    path = tmp_path / "terraform.tfstate"
    path.write_text(json.dumps(DOCUMENTS["counted"]))
    manager = StateManager(catalog.configure("local", {}, folder=str(tmp_path)).state("default"))
    document = manager.read()
    manager.persist(document)
    stored = json.loads(path.read_text())
    assert (stored["version"], stored["serial"]) == (4, 7)
    assert terraform(tmp_path, "state", "list").stdout.split() == ["null_resource.a[0]", "null_resource.a[1]"]
