"""In which order objects are created, updated and destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .project import actions

if TYPE_CHECKING:
    from .project import Project

CHAIN = """
variable "generation" { default = "1" }

resource "mock_object" "a" {
  name       = "a"
  replace_on = var.generation
}

resource "mock_object" "b" {
  name       = "b"
  value      = mock_object.a.id
  replace_on = mock_object.a.id
}

resource "mock_object" "c" {
  name       = "c"
  replace_on = mock_object.b.id
}
"""


def first(text: str) -> str:
    return f'resource "mock_object" "{text}"'


def test_created_after_what_they_use_and_destroyed_before(project: Project) -> None:
    project.write(CHAIN)
    project.apply()
    assert project.calls() == ["create a", "create b", "create c"]
    project.apply(mode="destroy")
    assert project.calls() == ["delete c", "delete b", "delete a"]
    assert project.instances() == {}


def test_a_replaced_chain_goes_down_and_up_again(project: Project) -> None:
    project.write(CHAIN)
    project.apply()
    project.apply("generation=2")
    assert project.calls() == ["delete c", "delete b", "delete a", "create a", "create b", "create c"]


def test_create_before_destroy_reaches_what_is_used(project: Project) -> None:
    lifecycle = "replace_on = mock_object.b.id\n  lifecycle { create_before_destroy = true }"
    project.write(CHAIN.replace("replace_on = mock_object.b.id", lifecycle))
    project.apply()
    held = project.instances()
    assert [held[f"mock_object.{name}"].get("create_before_destroy") for name in "abc"] == [True, True, True]
    project.apply("generation=2")
    assert project.calls() == ["create a", "create b", "create c", "delete c", "delete b", "delete a"]


def test_what_uses_a_replacement_is_updated_before_the_old_object_goes(project: Project) -> None:
    project.write(
        """
        variable "generation" { default = "1" }
        resource "mock_object" "a" {
          name       = "a"
          replace_on = var.generation
          lifecycle { create_before_destroy = true }
        }
        resource "mock_object" "b" {
          name  = "b"
          value = mock_object.a.id
        }
        """
    )
    project.apply()
    project.apply("generation=2")
    assert project.calls() == ["create a", "update b", "delete a"]


def test_a_shrinking_chain_that_is_replaced_create_first(project: Project) -> None:
    text = """
        variable "generation" { default = "1" }
        variable "size" { default = 3 }
        resource "mock_object" "a" {
          count      = var.size
          name       = "a${count.index}"
          replace_on = var.generation
        }
        resource "mock_object" "b" {
          count      = var.size
          name       = "b${count.index}"
          replace_on = mock_object.a[count.index].id
          lifecycle { create_before_destroy = true }
        }
        """
    project.write(text)
    project.apply()
    project.apply("generation=2", "size=2")
    calls = project.calls()
    created = [call for call in calls if call.startswith("create")]
    assert sorted(created) == ["create a0", "create a1", "create b0", "create b1"]
    assert max(calls.index(f"create {name}") for name in ("a0", "a1")) < min(
        calls.index(f"create {name}") for name in ("b0", "b1")
    )
    assert max(calls.index(call) for call in created) < min(
        index for index, call in enumerate(calls) if call.startswith("delete a")
    )
    deletes = [call for call in calls if call.startswith("delete")]
    assert {call[7] for call in deletes[:3]} == {"b"}
    assert sorted(deletes) == [f"delete {kind}{index}" for kind in "ab" for index in range(3)]
    assert project.names() == ["a0", "a1", "b0", "b1"]


def test_objects_without_a_block_go_in_the_order_that_the_state_knows(project: Project) -> None:
    project.write(CHAIN)
    project.apply()
    project.write("")
    assert actions(project.plan().plan) == {f"mock_object.{name}": "delete" for name in "abc"}
    project.apply()
    assert project.calls() == ["delete c", "delete b", "delete a"]


def test_a_removed_module_takes_its_own_provider_with_it_last(project: Project) -> None:
    project.write_module(
        "m",
        f"""
        terraform {{
          required_providers {{
            mock = {{ source = "iacctl/mock" }}
          }}
        }}
        provider "mock" {{
          path     = "{project.cloud}"
          call_log = "{project.log}"
        }}
        resource "mock_object" "in" {{ name = "inside" }}
        """,
    )
    project.install(m="m")
    project.write('module "m" { source = "./m" }')
    project.apply()
    project.write("")
    planned = project.plan()
    assert planned.plan is None
    assert [item.summary for item in planned.diagnostics] == ["Provider configuration not present"]
    assert project.names() == ["inside"]


def test_what_a_provider_is_configured_from_outlives_its_objects(project: Project) -> None:
    text = f"""
        resource "mock_object" "base" {{
          name  = "base"
          value = "{project.cloud}"
        }}
        provider "mock" {{
          alias    = "late"
          path     = mock_object.base.value
          call_log = "{project.log}"
        }}
        resource "mock_object" "guest" {{
          provider = mock.late
          name     = "guest"
        }}
        """
    project.write(text)
    project.apply()
    assert project.calls() == ["create base", "create guest"]
    project.apply(mode="destroy")
    assert project.calls() == ["delete guest", "delete base"]


def test_a_provider_may_be_unknown_while_planning(project: Project) -> None:
    text = f"""
        resource "mock_server" "base" {{ name = "base" }}
        provider "mock" {{
          alias    = "late"
          path     = mock_server.base.address == "x" ? "x" : "{project.cloud}"
          call_log = "{project.log}"
        }}
        resource "mock_object" "guest" {{
          provider = mock.late
          name     = "guest"
        }}
        """
    project.write(text)
    project.apply()
    assert project.names() == ["base", "guest"]
    project.apply(mode="destroy")
    assert project.calls() == ["delete guest", "delete base"]
    assert project.names() == []


def test_no_more_calls_at_once_than_allowed(project: Project) -> None:
    project.write(
        'resource "mock_object" "many" {\n  count = 12\n  name = "n${count.index}"\n}',
        provider="latency {\n  seconds = 0.05\n}",
    )
    project.apply(parallelism=3)
    running = most = 0
    lines = sorted(
        [(line["time"], 1) for line in project.logged("start") if line["operation"] == "create"]
        + [(line["time"], -1) for line in project.logged("end") if line["operation"] == "create"]
    )
    for _, step in lines:
        running += step
        most = max(most, running)
    assert most == 3


def block(name: str, **arguments: str) -> str:
    lines = "".join(f"\n  {key} = {value}" for key, value in arguments.items() if key != "create_first")
    if "create_first" in arguments:
        lines += "\n  lifecycle { create_before_destroy = true }"
    return f'resource "mock_object" "{name}" {{\n  name = "{name}"{lines}\n}}\n'


USES_A = {"value": "mock_object.a.id"}
NEEDS_A = {"replace_on": "mock_object.a.id"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            block("a", value="1") + block("b", **USES_A),
            block("a", value="2"),
            ["delete b", "update a"],
            id="what-used-it-goes-before-an-update",
        ),
        pytest.param(
            block("a", replace_on='"1"') + block("b", **USES_A),
            block("a", replace_on='"2"') + block("b", **USES_A),
            ["delete a", "create a", "update b"],
            id="what-uses-a-replaced-object-is-updated-last",
        ),
        pytest.param(
            block("a", replace_on='"1"', create_first="") + block("b", **NEEDS_A),
            block("a", replace_on='"2"', create_first="") + block("b", **NEEDS_A),
            ["delete b", "create a", "create b", "delete a"],
            id="create-first-below-and-not-above",
        ),
        pytest.param(
            block("a", replace_on='"1"', create_first="") + block("b", **NEEDS_A),
            block("a", replace_on='"2"', create_first=""),
            ["delete b", "create a", "delete a"],
            id="create-first-while-what-used-it-leaves",
        ),
        pytest.param(
            block("a") + block("b", **USES_A),
            block("b", value="7"),
            ["delete a", "update b"],
            id="what-is-no-longer-used-goes-first",
        ),
        pytest.param(
            block("a") + block("b", **NEEDS_A) + block("c", replace_on="mock_object.b.id", create_first=""),
            block("a", replace_on='"2"') + block("b", **NEEDS_A),
            ["delete c", "delete b", "delete a", "create a", "create b"],
            id="a-chain-whose-create-first-end-leaves",
        ),
    ],
)
def test_orders_that_terraform_keeps(project: Project, before: str, after: str, expected: list[str]) -> None:
    """Each was tried with Terraform and `terraform_data`; the last is one that it calls a cycle."""
    project.write(before)
    project.apply()
    project.write(after)
    project.apply()
    assert project.calls() == expected
    assert actions(project.plan().plan) == {}
