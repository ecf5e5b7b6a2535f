"""Actions: what triggers them, in which order things happen, and what is left when one fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from iacctl.diag.events import ActionFailed, ActionFinished, ActionProgress, ActionStarted

from .project import actions, summaries, texts
from .test_failures import fault

if TYPE_CHECKING:
    from .project import Project

OPERATIONS = ("create", "update", "delete", "invoke")


def triggered(events: str, names: str, more: str = "") -> str:
    return f"action_trigger {{\n events = [{events}]\n actions = [{names}]\n {more}\n}}"


def notify(name: str, config: str = "", meta: str = "") -> str:
    return f'action "mock_notify" "{name}" {{\n {meta}\n config {{\n name = "{name}"\n {config}\n }}\n}}\n'


AROUND = f"""
variable "v" {{ default = "1" }}
variable "cidr" {{ default = "10.0.0.0/16" }}
resource "mock_network" "n" {{
  name = "n"
  cidr = var.cidr
  tags = {{ v = var.v }}
  lifecycle {{
    {triggered("before_create, before_update", "action.mock_notify.pre")}
    {triggered("after_create", "action.mock_notify.made, action.mock_notify.told")}
    {triggered("after_update", "action.mock_notify.changed")}
  }}
}}
""" + "".join(
    [
        notify("pre"),
        notify("made", 'message = mock_network.n.id\nsteps = ["one", "two"]'),
        notify("told"),
        notify("changed"),
    ]
)


def test_actions_come_before_and_after_the_changes_that_trigger_them(project: Project) -> None:
    project.write(AROUND)
    project.apply()
    assert project.calls(*OPERATIONS) == ["invoke pre", "create n", "invoke made", "invoke told"]
    project.apply("v=2")
    assert project.calls(*OPERATIONS) == ["invoke pre", "update n", "invoke changed"]
    project.apply("v=2", "cidr=10.1.0.0/16")
    assert project.calls(*OPERATIONS) == ["invoke pre", "delete n", "create n", "invoke made", "invoke told"]
    planned = project.plan("v=2", "cidr=10.1.0.0/16")
    assert planned.plan is not None
    assert not planned.plan.invocations
    project.apply("v=2", mode="destroy")
    assert project.calls(*OPERATIONS) == ["delete n"]


def test_progress_is_told_between_start_and_end(project: Project) -> None:
    project.write(AROUND)
    project.apply()
    told = [event for event in project.events if isinstance(event, ActionStarted | ActionProgress | ActionFinished)]
    made = [event for event in told if event.address == "action.mock_notify.made"]
    assert [type(event) for event in made] == [ActionStarted, ActionProgress, ActionProgress, ActionFinished]
    assert [event.message for event in made if isinstance(event, ActionProgress)] == ["one", "two"]
    assert {(event.resource, event.event, event.block, event.item) for event in made} == {
        ("mock_network.n", "after_create", 1, 0)
    }


def test_a_change_is_not_made_where_an_action_before_it_fails(project: Project) -> None:
    project.write(AROUND, provider=fault("invoke", "pre"))
    applied = project.apply(fails=True)
    assert texts(applied.diagnostics) == ["error: Error when invoking action: Mock failure: injected failure"]
    assert project.calls(*OPERATIONS) == ["invoke pre"]
    assert project.instances() == {}
    assert [event.error for event in project.events if isinstance(event, ActionFailed)] == [
        "Mock failure: injected failure"
    ]
    project.write(AROUND)
    project.apply()
    project.write(AROUND, provider=fault("invoke", "pre"))
    project.apply("cidr=10.1.0.0/16", fails=True)
    assert project.calls(*OPERATIONS) == ["invoke pre"]
    assert project.names() == ["n"]


def test_a_change_stays_where_an_action_after_it_fails(project: Project) -> None:
    project.write(AROUND, provider=fault("invoke", "made", when="partial"))
    applied = project.apply(fails=True)
    assert summaries(applied.diagnostics) == ["Error when invoking action"]
    assert project.calls(*OPERATIONS) == ["invoke pre", "create n", "invoke made"]
    assert [item.get("status") for item in project.instances().values()] == [None]
    assert actions(project.plan().plan) == {}


def test_one_instance_does_not_stop_another(project: Project) -> None:
    text = f"""
    resource "mock_object" "many" {{
      for_each = toset(["a", "b", "c"])
      name     = each.key
      lifecycle {{
        {triggered("before_create", "action.mock_notify.pre[each.key]")}
        {triggered("after_create", "action.mock_notify.post", 'condition = each.key != "c"')}
      }}
    }}
    """ + 'action "mock_notify" "pre" {\n for_each = toset(["a", "b", "c"])\n config {\n name = "pre-${each.key}"\n}\n}\n'
    text += notify("post")
    project.write(text, provider=fault("invoke", "pre-a") + "\n" + fault("create", "b"))
    project.apply(fails=True)
    assert project.names() == ["c"]
    assert "invoke post" not in project.calls("invoke")
    project.write(text)
    project.apply()
    assert project.names() == ["a", "b", "c"]
    assert project.calls("invoke").count("invoke post") == 2


def test_what_is_sensitive_stays_so_and_reaches_the_action(project: Project) -> None:
    text = f"""
    resource "mock_object" "a" {{
      name = "a"
      lifecycle {{
        {triggered("after_create", "action.mock_notify.quiet")}
      }}
    }}
    """ + notify("quiet", 'secret = "s3cr3t"\nmessage = sensitive("hush")')
    project.write(text)
    planned = project.plan()
    assert planned.plan is not None
    from iacctl.views.human import plan as plans

    shown = plans.text(planned.plan, color=False, columns=80)
    assert "s3cr3t" not in shown
    assert "hush" not in shown
    assert shown.count("(sensitive value)") == 2
    assert "Plan: 1 to add, 0 to change, 0 to destroy. Actions: 1 to invoke." in shown


@pytest.mark.parametrize(
    ("written", "meta", "summary"),
    [
        ("action.mock_notify.b", "count = 2", "Reference to non-existent action instance"),
        ("action.mock_notify.b[0]", "", "Reference to non-existent action instance"),
        ('action.mock_notify.b["z"]', 'for_each = toset(["a"])', "Reference to non-existent action instance"),
        ("action.mock_notify.b[*]", "count = 2", "Invalid action expression"),
        ("action.mock_notify.b[var.k]", "count = 2", "Invalid index expression"),
        ("action.mock_notify.b[1 + 0]", "count = 2", "Invalid expression"),
        ("action.mock_notify.b[count.index]", "count = 2", 'Reference to "count" in non-counted context'),
    ],
)
def test_which_instance_is_meant_has_to_be_plain(project: Project, written: str, meta: str, summary: str) -> None:
    # Terraform says the same of each, except that it crashes on `var.k`.
    lifecycle = triggered("after_create", written)
    text = f'variable "k" {{ default = 0 }}\nresource "mock_object" "a" {{\n name = "a"\n lifecycle {{\n{lifecycle}\n}}\n}}\n'
    project.write(text + notify("b", meta=meta))
    assert summaries(project.plan().diagnostics) == [summary]


@pytest.mark.parametrize(
    ("condition", "summary"),
    [
        ('"maybe"', "Incorrect value type"),
        ('mock_object.a.id == "x"', "Condition must be known"),
        ('self.name == "a"', "Self reference not allowed"),
        ("var.nope", "Reference to undeclared input variable"),
        ("nope.x.y", "Reference to undeclared resource"),
        ("null", None),
        ("1 == 2", None),
    ],
)
def test_conditions_are_decided_while_planning(project: Project, condition: str, summary: str | None) -> None:
    lifecycle = triggered("after_create", "action.mock_notify.b", f"condition = {condition}")
    project.write(f'resource "mock_object" "a" {{\n name = "a"\n lifecycle {{\n{lifecycle}\n}}\n}}\n' + notify("b"))
    planned = project.plan()
    assert summaries(planned.diagnostics) == ([] if summary is None else [summary])
    if summary is None:
        assert planned.plan is not None
        assert not planned.plan.invocations


def test_an_action_before_a_change_cannot_use_what_the_change_makes(project: Project) -> None:
    lifecycle = triggered("before_create", "action.mock_notify.b")
    text = f'resource "mock_object" "a" {{\n name = "a"\n lifecycle {{\n{lifecycle}\n}}\n}}\n'
    project.write(text + notify("b", "message = mock_object.a.id"))
    found = summaries(project.plan().diagnostics)
    assert len(found) == 1
    assert found[0].startswith("Cycle: mock_object.a, action.mock_notify.b (expand), ")


def test_the_provider_has_a_say_in_the_plan(project: Project) -> None:
    project.write(AROUND, provider=fault("plan", "told"))
    planned = project.plan()
    assert texts(planned.diagnostics) == ["error: Failed to plan action: Mock failure: injected failure"]


def test_an_action_can_be_invoked_by_its_address(project: Project) -> None:
    project.write(AROUND)
    project.apply()
    project.change("n", tags={"v": "drifted"})
    project.apply(invoke="action.mock_notify.made")
    assert project.calls(*OPERATIONS) == ["invoke made"]
    assert project.instances()["mock_network.n"]["attributes"]["tags"] == {"v": "drifted"}
    project.apply(invoke="action.mock_notify.told")
    assert project.calls(*OPERATIONS, "read") == ["invoke told"]
    for wrong, summary in (
        ("action.mock_notify.nope", "action action.mock_notify.nope does not exist in the configuration"),
        ("action.mock_notify.made[0]", "Invalid action"),
        ("module.m.action.mock_notify.made", "action module.m.action.mock_notify.made does not exist in the configuration"),
    ):
        assert summaries(project.plan(invoke=wrong).diagnostics) == [summary]


def test_targets_bring_what_they_trigger(project: Project) -> None:
    text = AROUND + 'resource "mock_object" "other" {\n name = "other"\n lifecycle {\n'
    project.write(text + triggered("after_create", "action.mock_notify.told") + "\n}\n}\n")
    project.apply(targets=["mock_object.other"])
    assert project.calls(*OPERATIONS) == ["create other", "invoke told"]


def test_saved_plans_hold_invocations(project: Project) -> None:
    project.write(AROUND)
    session = project.session()
    with session.lock("OperationTypePlan"):
        planned = session.plan()
        assert planned.plan is not None
        session.save_plan(planned.plan, str(project.folder / "tfplan"))
    project.forget_calls()
    project.write("")
    session = project.session()
    plan = session.open_plan(str(project.folder / "tfplan"), to_apply=True)
    with session.lock("OperationTypeApply"):
        assert not session.apply(session.ready_plan(plan)).diagnostics.has_errors
    assert project.calls(*OPERATIONS) == ["invoke pre", "create n", "invoke made", "invoke told"]


def test_an_action_without_a_config_block_has_no_arguments(project: Project) -> None:
    lifecycle = triggered("after_create", "action.mock_notify.b")
    text = f'resource "mock_object" "a" {{\n name = "a"\n lifecycle {{\n{lifecycle}\n}}\n}}\naction "mock_notify" "b" {{}}\n'
    project.write(text)
    project.apply()
    assert project.calls("invoke") == ["invoke "]


def test_declared_actions_have_the_arguments_they_declare(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    types = project.folder / "mock.json"
    types.write_text('{"mock_restart": {"action": true, "attributes": {"server": {"required": true}}}}')
    monkeypatch.setenv("IACCTL_MOCK_TYPES", str(types))
    lifecycle = triggered("after_create", "action.mock_restart.b")
    text = f'resource "mock_object" "a" {{\n name = "a"\n lifecycle {{\n{lifecycle}\n}}\n}}\naction "mock_restart" "b" {{\n'
    project.write(text + 'config {\n server = "x"\n}\n}\n')
    project.apply()
    project.write(text + "}\n")
    assert texts(project.plan().diagnostics) == [
        'error: Missing required argument: The argument "server" is required, but was not set.'
    ]


def test_an_action_that_was_killed_is_named_by_the_next_plan(project: Project) -> None:
    project.write(AROUND, provider=fault("invoke", "made", kind="crash", when="partial"))
    done = subprocess.run(
        [sys.executable, "-m", "iacctl", "apply", "-auto-approve"],
        cwd=project.folder,
        env={**os.environ, "TF_IN_AUTOMATION": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    project.write(AROUND)
    for _ in range(2):
        planned = project.plan()
        assert summaries(planned.diagnostics) == ["Interrupted action"]
        assert "action.mock_notify.made" in planned.diagnostics[0].detail
        assert actions(planned.plan) == {}
    project.apply()
    assert project.calls("invoke") == []
    assert not project.journal().exists()
    assert summaries(project.plan().diagnostics) == []


def test_mock_providers_of_tests_invoke_nothing(project: Project) -> None:
    project.write(AROUND)
    (project.folder / "a.tftest.hcl").write_text('mock_provider "mock" {}\nrun "all" {\n command = apply\n}\n')
    result = project.session().test()
    assert result.status == "pass"
    assert project.calls("invoke") == []
