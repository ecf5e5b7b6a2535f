"""Configuration generated for imported objects, and identities that objects keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .project import actions, asked, summaries

if TYPE_CHECKING:
    from iacctl.plan.model import Plan

    from .project import Project

# What Terraform 1.15.5 writes for the same object of a provider with the same schema.
WRITTEN = """\
# __generated__ by Terraform from "b-1"
resource "mock_big" "b" {
  ep = {
    host = "h"
    port = 1
    pw   = null # sensitive
  }
  epm = {
    k = {
      host = "h"
      port = null
    }
    "k.2" = {
      host = "h"
      port = 2
    }
  }
  groups = ["g"]
  image  = "img"
  labels = {
    "a.b"       = "c"
    k-1         = "v"
    "weird key" = "w"
  }
  name = "srv $${x} \\"q\\" %%{y}\\n"
  note = jsonencode({
    a = [true, null, "x$${y}"]
  })
  obj = {
    a = "x"
    b = [1, 2.5]
  }
  on       = true
  password = null # sensitive
  port     = null
  token_wo = null
  boot {
    name = "b"
  }
  disk {
    name   = "d1"
    secret = null # sensitive
    size   = 1
  }
  disk {
    name   = "d2"
    secret = null # sensitive
    size   = 2
  }
}
"""
TYPES = {
    "mock_big": {
        "attributes": {
            "name": {"required": True},
            "image": {"optional": True, "computed": True},
            "kind": {"optional": True, "computed": True},
            "made": {"computed": True},
            "password": {"optional": True, "sensitive": True},
            "token_wo": {"optional": True, "write_only": True},
            "note": {"optional": True},
            "port": {"type": "number", "optional": True},
            "on": {"type": "bool", "optional": True},
            "groups": {"type": ["set", "string"], "optional": True},
            "labels": {"type": ["map", "string"], "optional": True},
            "obj": {"type": ["object", {"a": "string", "b": ["list", "number"]}], "optional": True},
            "ep": {
                "attributes": {"host": {"required": True}, "port": {"type": "number"}, "pw": {"sensitive": True}},
                "optional": True,
            },
            "epm": {
                "attributes": {"host": {"required": True}, "port": {"type": "number"}},
                "nesting": "map",
                "optional": True,
            },
        },
        "blocks": {
            "disk": {
                "attributes": {"name": {"required": True}, "size": {"type": "number"}, "secret": {"sensitive": True}}
            },
            "boot": {"nesting": "single", "attributes": {"name": {"required": True}}},
        },
    }
}
OBJECT = {
    "id": "b-1",
    "name": 'srv ${x} "q" %{y}\n',
    "image": "img",
    "kind": None,
    "made": "m",
    "password": "pw",
    "token_wo": None,
    "note": '{"a":[true,null,"x${y}"]}',
    "port": None,
    "on": True,
    "groups": ["g"],
    "labels": {"k-1": "v", "weird key": "w", "a.b": "c"},
    "obj": {"a": "x", "b": [1, 2.5]},
    "ep": {"host": "h", "port": 1, "pw": "s"},
    "epm": {"k": {"host": "h", "port": None}, "k.2": {"host": "h", "port": 2}},
    "disk": [{"name": "d1", "size": 1, "secret": None}, {"name": "d2", "size": 2, "secret": "x"}],
    "boot": {"name": "b"},
}


def put(project: Project, type_name: str, data: dict[str, object]) -> None:
    folder = project.cloud / type_name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{data['id']}.json").write_text(json.dumps(data))


def importing(target: str, *lines: str) -> str:
    return "import {\n" + "\n".join([f"to = {target}", *lines]) + "\n}\n"


def generating(project: Project) -> tuple[Plan | None, list[str]]:
    session = project.session(environ={"IACCTL_MOCK_TYPES": str(project.folder / "mock.json")})
    with session.lock("OperationTypePlan"):
        planned = session.plan(asked()._replace(generate_into="generated.tf"))
    return planned.plan, summaries(planned.diagnostics)


def test_a_block_is_written_as_terraform_writes_it(project: Project, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (project.folder / "mock.json").write_text(json.dumps(TYPES))
    monkeypatch.setenv("IACCTL_MOCK_TYPES", str(project.folder / "mock.json"))
    put(project, "mock_big", OBJECT)
    project.write(importing("mock_big.b", 'id = "b-1"'))
    plan, found = generating(project)
    assert found == ["Config generation is experimental"]
    assert plan is not None
    assert [item.commented for item in plan.generated] == [WRITTEN]
    assert actions(plan) == {"mock_big.b": "update"}


def test_what_is_generated_is_planned_saved_and_applied(project: Project) -> None:
    put(project, "mock_network", {"id": "n-1", "name": "one", "cidr": "10.0.0.0/16", "tags": None})
    put(project, "mock_network", {"id": "n-2", "name": "two", "cidr": "10.0.0.0/16", "tags": {}})
    alias = f'provider "mock" {{\n alias = "x"\n path = "{project.cloud}"\n}}\n'
    project.write(
        importing("mock_network.a", 'id = "n-1"', "provider = mock")
        + importing("mock_network.b", 'identity = { id = "n-2" }', "provider = mock.x")
        + alias
    )
    plan, _ = generating(project)
    assert plan is not None
    assert [change.generated_config.splitlines()[1] for change in plan.changes] == [
        '  cidr = "10.0.0.0/16"',
        "  provider = mock.x",
    ]
    assert actions(plan) == {}
    assert project.last is not None
    project.last.save_plan(plan, str(project.folder / "tfplan"))
    session = project.session()
    saved = session.open_plan(str(project.folder / "tfplan"), to_apply=True)
    with session.lock("OperationTypeApply"):
        applied = session.apply(session.ready_plan(saved))
    assert summaries(applied.diagnostics) == []
    assert list(project.instances()) == ["mock_network.a", "mock_network.b"]


def test_only_plain_targets_in_the_root_module_have_configuration_generated(project: Project) -> None:
    put(project, "mock_network", {"id": "n-1", "name": "one", "cidr": "x", "tags": None})
    unfit = "Configuration for import target does not exist"
    for text, found in (
        (importing('mock_network.a["k"]', 'id = "n-1"'), [unfit]),
        (importing("mock_network.a", 'for_each = { a = "n-1" }', "id = each.value"), [unfit]),
        (importing("module.m.mock_network.a", 'id = "n-1"'), [unfit]),
        (importing("mock_nope.a", 'id = "n-1"'), ['provider does not support resource type for "mock_nope.a"']),
        (importing("mock_network.a", 'id = "gone"'), ["Cannot import non-existent remote object"]),
        (
            importing("mock_network.a", 'id = "n-1"') + "output \"o\" {\n value = mock_network.a.id\n}\n",
            ["Reference to undeclared resource"],
        ),
    ):
        project.write(text)
        assert generating(project)[1] == found


def test_identities_are_stored_with_objects_and_shown(project: Project) -> None:
    from iacctl.views.json.changes import resource_change

    text = 'variable "v" { default = "1" }\nresource "mock_network" "n" {\n name = "n${var.v}"\n cidr = "10.${var.v}.0.0/16"\n}\n'
    fixed = text.replace("10.${var.v}", "10.1")
    project.write(fixed)
    project.apply()

    def stored() -> object:
        return project.instances()["mock_network.n"]["identity"]

    first = {"id": project.objects()[0]["id"]}
    assert stored() == first
    for variable, expected in (
        ("v=1", {"before_identity": first, "after_identity": first}),
        ("v=2", {"before_identity": first, "after_identity": first}),
    ):
        plan = project.plan(variable).plan
        assert plan is not None
        shown = resource_change(plan.changes[0])["change"]
        assert {name: item for name, item in shown.items() if "identity" in name} == expected
    project.apply("v=2")
    assert stored() == first
    project.write(text)
    plan = project.plan("v=3").plan
    assert plan is not None
    shown = resource_change(plan.changes[0])["change"]
    assert {name: item for name, item in shown.items() if "identity" in name} == {"before_identity": first}
    project.apply("v=3")
    assert stored() == {"id": project.objects()[0]["id"]} != first
    assert actions(project.plan("v=3").plan) == {}


def test_a_provider_may_choose_what_is_configured(project: Project) -> None:
    from iacctl.provider.requests import Capabilities, GenerateConfigRequest, GenerateConfigResponse
    from iacctl.values import STRING, null_of, object_value
    from iacctl_providers.mock.misbehaviour import MockAdapter
    from iacctl_providers.mock.provider import Mock
    from iacctl_providers.sdk import plain

    class Choosing(MockAdapter):
        def capabilities(self) -> Capabilities:
            return super().capabilities()._replace(generate_config=True)

        def generate_config(self, request: GenerateConfigRequest) -> GenerateConfigResponse:
            held = plain.attributes_of(request.state)
            return GenerateConfigResponse(object_value({**held, "id": null_of(STRING), "cidr": null_of(STRING)}))

    project.providers["registry.terraform.io/iacctl/mock"] = lambda: Choosing(Mock)
    put(project, "mock_network", {"id": "n-1", "name": "one", "cidr": "10.0.0.0/16", "tags": None})
    project.write(importing("mock_network.a", 'id = "n-1"'))
    plan, _ = generating(project)
    assert plan is not None
    assert [item.text for item in plan.generated] == ['resource "mock_network" "a" {\n  name = "one"\n  tags = null\n}']
