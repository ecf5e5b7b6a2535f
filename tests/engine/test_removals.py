"""`removed` blocks: objects are forgotten, or destroyed after all.

What plans say is held against Terraform in `tests/conformance/cases/removed-*`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .project import actions, summaries

if TYPE_CHECKING:
    from .project import Project


def removed(from_: str, destroy: bool = False) -> str:
    return f"removed {{\n  from = {from_}\n  lifecycle {{\n    destroy = {str(destroy).lower()}\n  }}\n}}\n"


def thing(name: str, *lines: str) -> str:
    return f'resource "mock_object" "{name}" {{\n  name = "{name}"\n' + "".join(f"  {line}\n" for line in lines) + "}\n"


def test_forgotten_objects_live_on(project: Project) -> None:
    project.write(thing("a") + thing("b") + thing("c"))
    project.apply()
    project.forget_calls()
    project.write(removed("mock_object.a") + removed("mock_object.b", destroy=True) + thing("c"))
    planned = project.plan()
    assert actions(planned.plan) == {"mock_object.a": "forget", "mock_object.b": "delete"}
    assert summaries(planned.diagnostics) == ["Some objects will no longer be managed by Terraform"]
    assert sorted(project.calls("read")) == ["read b", "read c"], "what is forgotten is not even read"
    applied = project.apply()
    assert applied.result is not None
    assert applied.result.counts.forgotten == 1
    assert project.names() == ["a", "c"]
    assert set(project.instances()) == {"mock_object.c"}


def test_objects_are_forgotten_although_they_cannot_be_destroyed(project: Project) -> None:
    project.write(thing("a"))
    project.apply()
    project.write(removed("mock_object.a"), provider='  fault {\n    operation = "delete"\n  }\n')
    project.apply()
    assert not project.instances()
    assert project.names() == ["a"]


def test_what_was_made_from_a_forgotten_object_is_destroyed_first(project: Project) -> None:
    project.write(
        thing("base") + thing("middle", "value = mock_object.base.id") + thing("top", "value = mock_object.middle.id")
    )
    project.apply()
    project.write(removed("mock_object.middle"))
    project.apply()
    assert project.calls() == ["delete top", "delete base"]
    assert project.names() == ["middle"]


def test_modules_are_forgotten_with_all_that_is_in_them(project: Project) -> None:
    project.write_module("inner", thing("inner"))
    project.write_module("m", thing("a") + 'module "k" {\n  source = "./inner"\n}\n')
    project.install(m="m")
    (project.folder / ".terraform" / "modules" / "modules.json").write_text(
        '{"Modules": [{"Key": "", "Source": "", "Dir": "."}, {"Key": "m", "Source": "./m", "Dir": "m"},'
        ' {"Key": "m.k", "Source": "./inner", "Dir": "inner"}]}'
    )
    provider = 'terraform {\n  required_providers {\n    mock = {\n      source = "iacctl/mock"\n    }\n  }\n}\n'
    for name in ("m", "inner"):
        path = project.folder / name / "main.tf"
        path.write_text(provider + path.read_text())
    project.write('module "m" {\n  source = "./m"\n  count  = 2\n}\n')
    project.apply()
    assert len(project.instances()) == 4
    project.write(removed("module.m"))
    assert set(actions(project.plan().plan).values()) == {"forget"}
    project.apply()
    assert not project.instances()
    assert len(project.names()) == 4


def test_removed_blocks_for_what_is_there_are_refused(project: Project) -> None:
    project.write(thing("a") + removed("mock_object.a"))
    planned = project.plan()
    assert planned.plan is None
    assert summaries(planned.diagnostics) == ["Removed resource still exists"]
