"""What a plan decides: targets, requests, drift, lifecycle arguments, data sources, unknown values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .project import actions, summaries, texts

if TYPE_CHECKING:
    from .project import Project

PAIR = """
variable "v" { default = "1" }
resource "mock_object" "a" {
  name  = "a"
  value = var.v
}
resource "mock_object" "b" {
  count      = 2
  name       = "b${count.index}"
  replace_on = mock_object.a.id
}
resource "mock_object" "other" { name = "other" }
"""


def test_targets_bring_what_they_depend_on(project: Project) -> None:
    project.write(PAIR)
    planned = project.plan(targets=["mock_object.b[1]"])
    assert actions(planned.plan) == {"mock_object.a": "create", "mock_object.b[1]": "create"}
    assert summaries(planned.diagnostics) == ["Resource targeting is in effect"]
    applied = project.apply(targets=["mock_object.b[1]"])
    assert summaries(applied.diagnostics) == ["Applied changes may be incomplete"]
    assert project.names() == ["a", "b1"]
    project.apply()
    assert project.calls() == ["create b0", "create other"] or project.calls() == ["create other", "create b0"]


def test_destroying_a_target_destroys_what_depends_on_it(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.apply(mode="destroy", targets=["mock_object.a"])
    assert project.calls()[-1] == "delete a"
    assert project.names() == ["other"]


def test_dependents_without_a_block_are_known_from_the_state(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.write('variable "v" { default = "1" }\nresource "mock_object" "a" {\n  name = "a"\n}')
    planned = project.plan(mode="destroy", targets=["mock_object.a"])
    assert sorted(actions(planned.plan)) == ["mock_object.a", "mock_object.b[0]", "mock_object.b[1]"]


def test_a_whole_target_includes_instances_that_go(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.write(PAIR.replace("count      = 2", "count      = 1"))
    assert actions(project.plan(targets=["mock_object.b"]).plan) == {"mock_object.b[1]": "delete"}
    assert actions(project.plan(targets=["mock_object.other"]).plan) == {}


def test_replacing_by_request(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    planned = project.plan(replace=["mock_object.b[0]"])
    assert actions(planned.plan) == {"mock_object.b[0]": "delete-create"}
    assert planned.plan is not None
    assert {item.reason for item in planned.plan.changes} == {"", "replace_by_request"}
    project.apply(replace=["mock_object.b[0]"])
    assert project.calls() == ["delete b0", "create b0"]


def test_drift_is_taken_over_by_a_plan_that_only_refreshes(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.change("a", value={"type": "string", "value": "changed"})
    project.remove("b1")
    planned = project.plan(mode="refresh-only")
    assert planned.plan is not None
    assert actions(planned.plan) == {}
    assert {str(item.address): item.action for item in planned.plan.drift} == {
        "mock_object.a": "update",
        "mock_object.b[1]": "delete",
    }
    assert planned.plan.applyable
    project.apply(mode="refresh-only")
    assert project.calls() == []
    assert sorted(project.instances()) == ["mock_object.a", "mock_object.b[0]", "mock_object.other"]
    assert project.instances()["mock_object.a"]["attributes"]["value"]["value"] == "changed"
    assert actions(project.plan().plan) == {"mock_object.a": "update", "mock_object.b[1]": "create"}


def test_drift_is_recorded_even_if_only_something_else_is_changed(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    project.change("other", replace_on="x")
    project.apply("v=2")
    assert project.instances()["mock_object.other"]["attributes"]["replace_on"] is None
    assert sorted(project.calls()) == ["create other", "delete other", "update a"]


def test_prevent_destroy_refuses_every_kind_of_destruction(project: Project) -> None:
    other = 'resource "mock_object" "other" { name = "other" }'
    kept = other.replace('{ name = "other" }', '{\n  name = "other"\n  replace_on = var.v\n  LIFE\n}')
    project.write(PAIR.replace(other, kept.replace("LIFE", "lifecycle { prevent_destroy = true }")))
    project.apply()
    for options in ({"mode": "destroy"}, {"replace": ["mock_object.other"]}):
        planned = project.plan(**options)  # type: ignore[arg-type]
        assert summaries(planned.diagnostics) == ["Instance cannot be destroyed"]
    assert summaries(project.plan("v=2").diagnostics) == ["Instance cannot be destroyed"]
    project.write(PAIR.replace(other, ""))
    project.apply()
    assert project.names() == ["a", "b0", "b1"]


def test_replace_triggered_by(project: Project) -> None:
    text = (
        PAIR
        + """
resource "mock_object" "triggered" {
  name = "triggered"
  lifecycle { replace_triggered_by = [mock_object.a.value, mock_object.b[1]] }
}
resource "mock_object" "by_other" {
  name = "by_other"
  lifecycle { replace_triggered_by = [mock_object.a.replace_on] }
}
"""
    )
    project.write(text)
    project.apply()
    assert actions(project.plan().plan) == {}
    planned = project.plan("v=2")
    assert actions(planned.plan) == {"mock_object.a": "update", "mock_object.triggered": "delete-create"}
    assert planned.plan is not None
    assert [item.reason for item in planned.plan.changes if item.reason] == ["replace_by_triggers"]
    assert actions(project.plan(replace=["mock_object.b[1]"]).plan) == {
        "mock_object.b[1]": "delete-create",
        "mock_object.triggered": "delete-create",
    }


def test_ignored_changes(project: Project) -> None:
    text = """
variable "v" { default = "1" }
resource "mock_server" "s" {
  name = "s"
  tags = { a = var.v, b = var.v }
  load = tonumber(var.v)
  disk {
    name = "root"
    size = 10 * tonumber(var.v)
  }
  lifecycle {
    ignore_changes = [LIST]
  }
}
"""
    for ignored, changed in (
        ('tags["a"], load, disk[0].size', {"tags": {"a": "1", "b": "2"}, "load": 1, "size": 10}),
        ("tags, disk", {"tags": {"a": "1", "b": "1"}, "load": 2, "size": 10}),
    ):
        project.write(text.replace("LIST", ignored))
        project.apply("v=1")
        project.apply("v=2")
        held = project.instances()["mock_server.s"]["attributes"]
        assert {"tags": held["tags"], "load": held["load"], "size": held["disk"][0]["size"]} == changed
        project.apply(mode="destroy")
    project.write(text.replace("[LIST]", "all"))
    project.apply("v=1")
    assert actions(project.plan("v=2").plan) == {}


def test_data_sources_wait_for_what_is_not_known_or_not_done(project: Project) -> None:
    text = """
variable "v" { default = "1" }
resource "mock_network" "n" {
  name = "net"
  tags = { v = var.v }
}
data "mock_network" "by_id" { id = mock_network.n.id }
data "mock_network" "after" {
  name       = "net"
  depends_on = [mock_network.n]
}
output "tags" { value = [data.mock_network.by_id.tags.v, data.mock_network.after.tags.v] }
"""
    project.write(text)
    planned = project.plan()
    assert actions(planned.plan) == {
        "mock_network.n": "create",
        "data.mock_network.by_id": "read",
        "data.mock_network.after": "read",
    }
    assert planned.plan is not None
    assert {str(item.address): item.reason for item in planned.plan.changes if item.action == "read"} == {
        "data.mock_network.by_id": "read_because_config_unknown",
        "data.mock_network.after": "read_because_dependency_pending",
    }
    project.apply()
    assert project.calls("create", "read_data")[0] == "create net"
    assert project.state()["outputs"]["tags"]["value"] == ["1", "1"]
    assert actions(project.plan().plan) == {}
    # Both wait for a change of what they refer to by name, though by_id knows all that it needs.
    planned = project.plan("v=2")
    assert actions(planned.plan) == {
        "mock_network.n": "update",
        "data.mock_network.by_id": "read",
        "data.mock_network.after": "read",
    }
    project.apply("v=2")
    assert project.state()["outputs"]["tags"]["value"] == ["2", "2"]
    project.apply(mode="destroy")
    assert project.instances() == {}


def test_count_from_an_object_to_come_is_an_error_that_names_the_way_out(project: Project) -> None:
    project.write(
        """
resource "mock_server" "s" { name = "s" }
resource "mock_object" "many" {
  count = length(mock_server.s.address)
}
"""
    )
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Invalid count argument"]
    assert "-target" in planned.diagnostics[0].detail
    project.apply(targets=["mock_server.s"])
    assert len(actions(project.plan().plan)) == len("address-of-s")


def test_conditions_stop_what_they_stand_for(project: Project) -> None:
    text = """
variable "v" { default = "1" }
resource "mock_object" "a" {
  name  = "a"
  value = var.v
  lifecycle {
    precondition {
      condition     = var.v != "pre"
      error_message = "precondition"
    }
    postcondition {
      condition     = self.value != "post" && self.id != ""
      error_message = "postcondition"
    }
  }
}
resource "mock_object" "b" {
  name  = "b"
  value = mock_object.a.id
}
"""
    project.write(text)
    assert texts(project.plan("v=pre").diagnostics) == ["error: Resource precondition failed: precondition"]
    assert texts(project.plan("v=post").diagnostics) == ["error: Resource postcondition failed: postcondition"]
    project.apply()
    late = text.replace('self.value != "post" && self.id != ""', 'self.id == "no"')
    project.apply(mode="destroy")
    project.write(late)
    applied = project.apply(fails=True)
    assert texts(applied.diagnostics) == ["error: Resource postcondition failed: postcondition"]
    # The object exists and is sound; only what depends on it was not done.
    assert project.names() == ["a"]
    assert "status" not in project.instances()["mock_object.a"]


def test_an_object_of_an_older_schema_is_upgraded(project: Project) -> None:
    project.write('resource "mock_server" "s" {\n  name = "s"\n  memory = 2\n}')
    project.apply()
    path = project.folder / "terraform.tfstate"
    text = path.read_text()
    assert '"schema_version": 1' in text
    path.write_text(text.replace('"schema_version": 1', '"schema_version": 0').replace('"memory": 2', '"ram": 2048'))
    assert actions(project.plan().plan) == {}
    project.apply()
    assert project.instances()["mock_server.s"]["schema_version"] == 1
    assert project.instances()["mock_server.s"]["attributes"]["memory"] == 2


def test_an_object_of_a_newer_schema_is_refused(project: Project) -> None:
    project.write('resource "mock_server" "s" { name = "s" }')
    project.apply()
    path = project.folder / "terraform.tfstate"
    path.write_text(path.read_text().replace('"schema_version": 1', '"schema_version": 9'))
    planned = project.plan()
    assert summaries(planned.diagnostics) == ["Resource instance managed by newer provider version"]


def test_sensitive_attributes_stay_marked(project: Project) -> None:
    project.write(
        """
resource "mock_server" "s" {
  name     = "s"
  password = "hunter2"
}
resource "mock_object" "o" {
  name  = "o"
  value = mock_server.s.password
}
output "p" {
  value     = mock_server.s.password
  sensitive = true
}
"""
    )
    project.apply()
    assert project.instances()["mock_object.o"]["sensitive_attributes"] == [[{"type": "get_attr", "value": "value"}]]
    assert project.state()["outputs"]["p"]["sensitive"]
    assert actions(project.plan().plan) == {}


def test_write_only_arguments_are_handed_over_and_not_kept(project: Project) -> None:
    text = """
variable "token" {
  ephemeral = true
  default   = "secret-token"
}
variable "version_" { default = 1 }
resource "mock_server" "s" {
  name             = "s"
  token_wo         = var.token
  token_wo_version = var.version_
}
"""
    project.write(text)
    project.apply()
    assert "secret-token" not in (project.folder / "terraform.tfstate").read_text()
    assert project.instances()["mock_server.s"]["attributes"]["token_wo"] is None
    assert actions(project.plan("token=other").plan) == {}
    assert actions(project.plan("token=other", "version_=2").plan) == {"mock_server.s": "update"}


def test_a_type_that_the_provider_has_no_more(project: Project) -> None:
    project.write(PAIR)
    project.apply()
    path = project.folder / "terraform.tfstate"
    path.write_text(path.read_text().replace('"type": "mock_object"', '"type": "mock_gone"'))
    project.write("")
    planned = project.plan()
    assert planned.plan is None or planned.plan.errored
    assert planned.diagnostics.has_errors
