"""`moved` blocks and implied moves: objects keep living under their new addresses.

What plans say and what goes wrong in configurations is held against Terraform in `tests/conformance/cases/moved-*`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from iacctl.addrs import ResourceInstance, parse_resource_instance
from iacctl.config import loader
from iacctl.config.source import MemorySource
from iacctl.plan.moves import applying, implied, statements
from iacctl.plan.planning import resource_of, state_key
from iacctl_state.document import ObjectState, StateDocument

from .project import actions, summaries, texts

if TYPE_CHECKING:
    from iacctl.config.model import Module
    from iacctl.plan.moves.applying import Outcome

    from .project import Project

PROVIDER = 'provider["terraform.io/builtin/terraform"]'


def moved(from_: str, to: str) -> str:
    return f"moved {{\n  from = {from_}\n  to   = {to}\n}}\n"


def root(**modules: str) -> Module:
    """A tree of modules from the text of each; `a__b` is the module b in the module a, which must call it."""
    files = {"main.tf": modules.pop("root", "").encode()}
    entries = ['{"Key": "", "Source": "", "Dir": "."}']
    for name, text in modules.items():
        files[f"{name}/main.tf"] = text.encode()
        entries.append(f'{{"Key": "{name.replace("__", ".")}", "Source": "./x", "Dir": "{name}"}}')
    files[".terraform/modules/modules.json"] = f'{{"Modules": [{", ".join(entries)}]}}'.encode()
    config = loader.load(MemorySource(files), ".")
    assert not config.diagnostics.has_errors, texts(config.diagnostics)
    return config.root


def state(*addresses: str) -> StateDocument:
    """A state with an object at each address whose id is that address."""
    document = StateDocument()
    for text in addresses:
        address = parse_resource_instance(text)
        document.set_object(state_key(address.resource()), address.key, ObjectState({"id": text}), provider=PROVIDER)
    return document


def places(document: StateDocument) -> dict[str, str]:
    """Where each object is now, by where it was first."""
    found = {}
    for item in document.objects():
        assert item.object.attributes is not None
        where = resource_of(item.resource.key).instance(item.instance_key)
        found[item.object.attributes["id"]] = str(where)
    return found


def carried_out(module: Module, document: StateDocument) -> Outcome:
    found = statements.with_implied(statements.explicit(module), implied.find(module, document))
    outcome = applying.apply(found, document)
    assert {str(move.origin): str(new) for new, move in outcome.moved.items()} == {
        old: new for old, new in places(outcome.state).items() if old != new
    }
    return outcome


MODULE = 'module "{}" {{\n  source = "./x"\n}}\n'


@pytest.mark.parametrize("order", [1, -1])
def test_statements_are_carried_out_in_the_order_of_their_chains(order: int) -> None:
    blocks = [
        moved("x.a", "x.b"),
        moved("x.b", "module.m.x.c"),
        moved("module.m", "module.n"),
        moved("module.n.x.c", "module.n.x.d[2]"),
        moved("module.old.x.in", "x.out"),
        moved("module.old", "module.new"),
        moved("module.new.module.k", "module.k[1]"),
    ]
    outcome = carried_out(
        root(root="".join(blocks[::order])),
        state("x.a", "module.old.x.in", "module.old.module.k.x.deep", "module.old.x.y"),
    )
    assert places(outcome.state) == {
        "x.a": "module.n.x.d[2]",
        "module.old.x.in": "x.out",
        "module.old.module.k.x.deep": "module.k[1].x.deep",
        "module.old.x.y": "module.new.x.y",
    }


def test_a_module_speaks_of_all_of_its_instances() -> None:
    tree = root(
        root=MODULE.format("m"),
        m=moved("x.a", "x.b") + moved("x.c[0]", 'x.c["zero"]') + moved("module.in", 'module.in["k"]'),
    )
    found = carried_out(
        tree, state("module.m[0].x.a", 'module.m["k"].x.a', "module.m[0].x.c[0]", "module.m[1].module.in.x.y", "x.a")
    )
    assert places(found.state) == {
        "module.m[0].x.a": "module.m[0].x.b",
        'module.m["k"].x.a': 'module.m["k"].x.b',
        "module.m[0].x.c[0]": 'module.m[0].x.c["zero"]',
        "module.m[1].module.in.x.y": 'module.m[1].module.in["k"].x.y',
        "x.a": "x.a",
    }


def test_keys_are_taken_along_where_neither_end_has_one() -> None:
    tree = root(root=moved("x.a", "x.b") + moved("module.m", "module.n.module.k") + moved("x.c", "x.c[1]"))
    found = carried_out(tree, state("x.a[0]", 'x.a["k"]', "module.m[3].x.y[1]", "x.c", "x.c[0]"))
    assert places(found.state) == {
        "x.a[0]": "x.b[0]",
        'x.a["k"]': 'x.b["k"]',
        "module.m[3].x.y[1]": "module.n.module.k[3].x.y[1]",
        "x.c": "x.c[1]",
        "x.c[0]": "x.c[0]",
    }


def test_what_is_there_already_blocks_moves() -> None:
    blocks = moved("x.a", "x.b") + moved("x.i[1]", "x.i[0]") + moved("module.m", "module.n") + moved("x.free", "x.left")
    document = state(
        "x.a", "x.b", "x.i[0]", "x.i[1]", "module.m.x.y", "module.n.x.z", "module.m.module.k.x.y", "x.free"
    )
    found = carried_out(root(root=blocks), document)
    assert found.blocked == (
        ("x.a", "x.b"),
        ("x.i[1]", "x.i[0]"),
        ("module.m", "module.n"),
    )
    assert {old: new for old, new in places(found.state).items() if old != new} == {
        "x.free": "x.left",
        "module.m.module.k.x.y": "module.n.module.k.x.y",
    }
    assert set(places(document)) == set(places(document).values()), "the state given is left alone"


def test_nothing_moves_in_circles() -> None:
    found = carried_out(root(root=moved("x.a", "x.b") + moved("x.b", "x.a") + moved("x.c", "x.d")), state("x.a", "x.c"))
    assert not found.moved


def test_a_written_move_of_a_resource_replaces_the_implied_one() -> None:
    text = 'resource "x" "a" {\n  count = 1\n}\nresource "x" "b" {}\n' + moved("x.old", "x.a[0]")
    found = carried_out(root(root=text), state("x.a", "x.b[0]", "x.old"))
    assert places(found.state) == {"x.a": "x.a", "x.b[0]": "x.b", "x.old": "x.a[0]"}


def test_many_moves_take_time_in_proportion() -> None:
    number = 4000
    text = "".join(f'resource "x" "r{index}" {{\n  count = 1\n}}\n' for index in range(number))
    text += "".join(moved(f"x.a{index}", f"x.b{index}") for index in range(200))
    tree = root(root=text)
    document = state(*(f"x.r{index}" for index in range(number)), *(f"x.a{index}" for index in range(200)))
    started = time.perf_counter()
    assert len(carried_out(tree, document).moved) == number + 200
    assert time.perf_counter() - started < 3


def test_moved_objects_are_neither_made_nor_destroyed(project: Project) -> None:
    project.write('resource "mock_object" "a" {\n  name = "a"\n}\n')
    project.apply()
    before = project.instances()["mock_object.a"]["attributes"]["id"]
    project.write(
        'resource "mock_object" "b" {\n  count = 2\n  name = "a"\n}\n' + moved("mock_object.a", "mock_object.b[1]")
    )
    planned = project.plan()
    assert planned.plan is not None
    assert actions(planned.plan) == {"mock_object.b[0]": "create"}
    project.apply()
    assert project.calls() == ["create a"]
    assert project.instances()["mock_object.b[1]"]["attributes"]["id"] == before
    assert set(project.instances()) == {"mock_object.b[0]", "mock_object.b[1]"}


def test_a_move_is_recorded_although_the_apply_fails(project: Project) -> None:
    project.write('resource "mock_object" "a" {\n  name = "a"\n}\n')
    project.apply()
    fault = '  fault {\n    operation = "create"\n    name      = "new"\n  }\n'
    text = 'resource "mock_object" "b" {\n  name = "a"\n}\nresource "mock_object" "new" {\n  name = "new"\n}\n'
    project.write(text + moved("mock_object.a", "mock_object.b"), provider=fault)
    project.apply(fails=True)
    assert set(project.instances()) == {"mock_object.b"}


@pytest.mark.parametrize("refresh", [True, False])
def test_what_depends_on_a_moved_object_goes_first(project: Project, refresh: bool) -> None:
    """The state still speaks of the object's old name when everything is destroyed."""
    text = (
        'resource "mock_object" "{0}" {{\n  name = "base"\n}}\n'
        'resource "mock_object" "user" {{\n  name  = "user"\n  value = mock_object.{0}.id\n}}\n'
    )
    project.write(text.format("old"))
    project.apply()
    project.write(text.format("new") + moved("mock_object.old", "mock_object.new"))
    project.apply(mode="destroy", refresh=refresh)
    assert project.calls() == ["delete user", "delete base"]


def test_what_depended_on_a_moved_object_and_left_goes_first(project: Project) -> None:
    base = 'resource "mock_object" "{0}" {{\n  name = "{0}"\n}}\n'
    project.write(
        base.format("old") + 'resource "mock_object" "user" {\n  name  = "user"\n  value = mock_object.old.id\n}\n'
    )
    project.apply()
    project.write(moved("mock_object.old", "mock_object.gone"))
    planned = project.plan()
    assert planned.plan is not None
    assert {str(change.address): change.reason for change in planned.plan.changes} == {
        "mock_object.gone": "delete_because_no_move_target",
        "mock_object.user": "delete_because_no_resource_config",
    }
    project.apply()
    assert project.calls() == ["delete user", "delete old"]


def test_drift_of_a_moved_object_is_told_under_both_names(project: Project) -> None:
    project.write('resource "mock_object" "a" {\n  name = "a"\n}\n')
    project.apply()
    project.change("a", value={"type": "string", "value": "changed"})
    project.write('resource "mock_object" "b" {\n  name = "a"\n}\n' + moved("mock_object.a", "mock_object.b"))
    for mode in ("normal", "refresh-only"):
        planned = project.plan(mode=mode)
        assert planned.plan is not None
        [drift] = planned.plan.drift
        assert (str(drift.previous_address), str(drift.address), drift.action) == (
            "mock_object.a",
            "mock_object.b",
            "update",
        )


def test_move_errors_hide_the_others_but_not_those_of_validation(project: Project) -> None:
    project.write(
        'resource "mock_object" "a" {\n  count = mock_object.b.id == "x" ? 1 : 2\n  name = "a"\n}\n'
        'resource "mock_object" "b" {\n  name = "b"\n}\n' + moved("mock_object.b", "mock_object.c")
    )
    assert summaries(project.plan().diagnostics) == ["Moved object still exists"]
    project.write('resource "mock_object" "b" {\n  name = tonumber("b")\n}\n' + moved("mock_object.b", "mock_object.c"))
    assert summaries(project.plan().diagnostics) == ["Invalid function argument"]


def test_another_type_needs_a_provider_that_takes_objects_over(project: Project) -> None:
    project.write('resource "mock_object" "a" {\n  name = "a"\n}\nresource "mock_network" "b" {\n  name = "b"\n}\n')
    project.apply()
    project.write('resource "mock_network" "a" {\n  name = "a"\n}\n' + moved("mock_object.a", "mock_network.a"))
    planned = project.plan()
    assert planned.plan is None
    [problem] = planned.diagnostics
    assert problem.summary == "Unsupported `moved` across resource types"
    project.write('resource "terraform_data" "other" {}\n' + moved("mock_object.a", "terraform_data.nowhere"))
    [problem] = project.plan().diagnostics
    assert problem.summary == "Unsupported `moved` across resource types"
    assert "which is not declared" in problem.detail
    project.write('resource "terraform_data" "a" {}\n' + moved("mock_object.a", "terraform_data.a"))
    assert summaries(project.plan().diagnostics) == ["Unsupported source provider for move operation"]
    assert set(project.instances()) == {"mock_object.a", "mock_network.b"}


def test_addresses_are_named_as_terraform_names_them() -> None:
    tree = root(
        root=MODULE.format("m"), m=moved("x.a", "module.k.x.b") + moved("x.a[0]", "x.b") + moved("module.k", "module.l")
    )
    assert [f"{statement.from_} → {statement.to}" for statement in statements.explicit(tree)] == [
        "module.m[*].x.a[*] → module.m[*].module.k.x.b[*]",
        "module.m[*].x.a[0] → module.m[*].x.b",
        "module.m[*].module.k[*] → module.m[*].module.l[*]",
    ]
    first = statements.explicit(tree)[0]
    assert str(first.from_.within((("m", "k"),))) == 'module.m["k"].x.a'
    assert ResourceInstance((("m", 0),), "managed", "x", "a", None) == parse_resource_instance("module.m[0].x.a")
