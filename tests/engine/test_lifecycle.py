"""OpenTofu's arguments of `lifecycle` blocks: `enabled` (one instance or none) and `destroy` (forget instead of destroying)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .project import REQUIRED, actions, summaries, texts

if TYPE_CHECKING:
    from .project import Project

OPTIONAL = """
variable "on" { default = true }
resource "mock_object" "o" {
  name = "o"
  lifecycle { enabled = var.on }
}
"""


def test_a_resource_that_is_not_enabled_is_null(project: Project) -> None:
    text = """
    resource "mock_object" "user" {
      name  = "user"
      value = mock_object.o != null ? mock_object.o.name : "nobody"
    }
    output "tried" { value = try(mock_object.o.name, "none") }
    """
    project.write(OPTIONAL + text)
    project.apply()
    assert project.names() == ["o", "user"]
    planned = project.plan("on=false")
    assert actions(planned.plan) == {"mock_object.o": "delete", "mock_object.user": "update"}
    assert planned.plan is not None
    assert [change.reason for change in planned.plan.changes] == ["delete_because_enabled_false", ""]
    applied = project.apply("on=false")
    assert project.names() == ["user"]
    assert applied.result is not None
    assert applied.result.outputs["tried"] == "none"
    assert actions(project.plan("on=false").plan) == {}
    project.apply(mode="destroy")
    assert project.names() == []


def test_an_attribute_of_what_is_not_enabled_is_an_error(project: Project) -> None:
    project.write(OPTIONAL + 'output "x" { value = mock_object.o.name }\n')
    [problem] = project.plan("on=false").diagnostics
    assert problem.summary == "Attempt to get attribute from null value"
    assert problem.values == (("mock_object.o", "is null"),)


def test_a_resource_moves_from_its_first_instance(project: Project) -> None:
    project.write('resource "mock_object" "o" {\n  count = 1\n  name = "o"\n}\n')
    project.apply()
    project.write(OPTIONAL)
    planned = project.plan()
    assert actions(planned.plan) == {}
    assert planned.plan is not None
    assert [str(change.previous_address) for change in planned.plan.changes] == ["mock_object.o[0]"]


def test_modules_data_sources_and_ephemeral_resources_can_be_switched_off(project: Project) -> None:
    project.write_module(
        "m",
        REQUIRED
        + """
        resource "mock_object" "inner" { name = "inner" }
        output "out" { value = mock_object.inner.name }
        """,
    )
    project.install(m="m")
    project.write(
        """
        variable "on" {}
        module "m" {
          source = "./m"
          lifecycle { enabled = var.on }
        }
        data "mock_network" "d" {
          name = "nowhere"
          lifecycle { enabled = var.on }
        }
        ephemeral "mock_session" "e" {
          user = "e"
          lifecycle { enabled = var.on }
        }
        output "out" { value = module.m == null ? "none" : module.m.out }
        output "data" { value = data.mock_network.d == null }
        resource "mock_server" "s" {
          name     = "s"
          token_wo = try(ephemeral.mock_session.e.token, null)
        }
        """
    )
    applied = project.apply("on=false")
    assert applied.result is not None
    assert applied.result.outputs == {"out": "none", "data": True}
    assert project.calls("open") == []
    assert project.names() == ["s"]
    project.apply("on=true", targets=["module.m"])
    assert project.names() == ["inner", "s"]
    project.apply("on=false")
    assert project.names() == ["s"]


@pytest.mark.parametrize(
    ("value", "detail"),
    [
        ('"maybe"', 'is unsuitable: a bool is required'),
        ("null", "is null; a bool is required."),
        ("sensitive(true)", "is derived from a sensitive value, which could be exposed by whether there is an instance."),
        ("terraform.applying", "is derived from an ephemeral value, which cannot be persisted between plan/apply rounds."),
        ('mock_object.first.id == "x"', "depends on resource attributes that cannot be determined until apply"),
    ],
)
def test_what_cannot_say_whether_there_is_an_instance(project: Project, value: str, detail: str) -> None:
    project.write(
        f"""
        resource "mock_object" "first" {{ name = "first" }}
        resource "mock_object" "o" {{
          lifecycle {{ enabled = {value} }}
        }}
        """
    )
    problems = project.plan().diagnostics
    assert summaries(problems) == ["Invalid enabled argument"]
    assert f'The given "enabled" argument value {detail}' in problems[0].detail


@pytest.mark.parametrize("other", ["count = 1", 'for_each = toset(["a"])'])
@pytest.mark.parametrize("block", ['resource "mock_object" "o"', 'module "m"'])
def test_it_excludes_other_ways_to_repeat(project: Project, block: str, other: str) -> None:
    project.write_module("m", "")
    project.install(m="m")
    source = 'source = "./m"' if block.startswith("module") else ""
    project.write(f"{block} {{\n  {source}\n  {other}\n  lifecycle {{ enabled = true }}\n}}\n")
    name = other.partition(" ")[0]
    assert summaries(project.session().config().diagnostics) == [f'Invalid combination of "{name}" and "enabled"']


def test_other_blocks_of_modules_stay_reserved(project: Project) -> None:
    project.write_module("m", "")
    project.install(m="m")
    project.write('module "m" {\n  source = "./m"\n  lifecycle { prevent_destroy = true }\n}\n')
    assert summaries(project.session().config().diagnostics) == ["Reserved block type name in module block"]


RETAINED = """
variable "v" { default = "1" }
variable "n" { default = 2 }
resource "mock_object" "o" {
  count      = var.n
  name       = "o${count.index}"
  replace_on = var.v
  lifecycle {
    destroy         = false
    prevent_destroy = true
  }
}
"""
FORGOTTEN = "Some objects will no longer be managed by Terraform"


def test_objects_are_forgotten_where_they_would_be_destroyed(project: Project) -> None:
    project.write(RETAINED)
    project.apply()
    assert all(instance["skip_destroy"] is True for instance in project.instances().values())
    applied = project.apply("n=1")
    assert project.names() == ["o0", "o1"]
    assert list(project.instances()) == ["mock_object.o[0]"]
    assert applied.result is not None
    assert applied.result.counts.forgotten == 1
    project.apply("n=1", mode="destroy")
    assert project.names() == ["o0", "o1"]
    assert project.calls() == []
    assert project.instances() == {}


def test_what_is_replaced_is_forgotten_once_its_replacement_is_there(project: Project) -> None:
    project.write(RETAINED)
    project.apply("n=1")
    planned = project.plan("n=1", "v=2")
    assert actions(planned.plan) == {"mock_object.o[0]": "create-forget"}
    assert summaries(planned.diagnostics) == [FORGOTTEN]
    project.apply("n=1", "v=2")
    assert project.calls() == ["create o0"]
    assert project.names() == ["o0", "o0"]
    [held] = project.instances().values()
    assert held["attributes"]["replace_on"] == "2"
    assert actions(project.plan("n=1", "v=2").plan) == {}


def test_a_replacement_that_fails_leaves_the_former_object(project: Project) -> None:
    project.write(RETAINED)
    project.apply("n=1")
    before = project.instances()
    project.write(RETAINED, provider='  fault {\n    operation = "create"\n  }\n')
    project.apply("n=1", "v=2", fails=True)
    assert project.instances() == before


def test_the_state_remembers_when_the_block_is_gone(project: Project) -> None:
    project.write(RETAINED)
    project.apply()
    project.write("")
    assert set(actions(project.plan().plan).values()) == {"forget"}
    project.apply()
    assert project.names() == ["o0", "o1"]
    assert project.instances() == {}


def test_the_block_decides_while_it_is_there(project: Project) -> None:
    project.write(RETAINED)
    project.apply()
    project.write(RETAINED.replace("destroy         = false", "").replace("prevent_destroy = true", ""))
    project.apply()
    assert not any("skip_destroy" in instance for instance in project.instances().values())
    project.apply(mode="destroy")
    assert project.names() == []


def test_it_must_be_known_before_anything_is_evaluated(project: Project) -> None:
    project.write(RETAINED.replace("destroy         = false", "destroy = var.n == 2"))
    assert texts(project.session().config().diagnostics)[0].startswith("error: Variables not allowed")
