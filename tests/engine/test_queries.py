"""`query`: list blocks find objects, and configuration is written for them. Texts are Terraform 1.15.5's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from iacctl.ops.querying import file_text
from iacctl.session import Session
from iacctl.views.human.query import QueryHuman
from iacctl.views.json.query import QueryJson
from iacctl.views.terminal import Terminal

from .project import summaries, texts

if TYPE_CHECKING:
    from iacctl.diag.events import Event
    from iacctl.ops.querying import Queried

    from .project import Project

GENERATED = """\
# __generated__ by Terraform
# Please review these resources and move them into your main configuration files.

# __generated__ by Terraform
resource "mock_network" "all_0" {
  provider = mock
  cidr     = "10"
  name     = "one"
  tags = {
    a = "b"
  }
}

import {
  to       = mock_network.all_0
  provider = mock
  identity = {
    id = "i-1"
  }
}

resource "mock_network" "all_1" {
  provider = mock
  cidr     = "11"
  name     = "two two"
  tags     = null
}

import {
  to       = mock_network.all_1
  provider = mock
  identity = {
    id = "i-22"
  }
}



# __generated__ by Terraform
resource "mock_network" "each_1_0" {
  provider = mock
  cidr     = "11"
  name     = "two two"
  tags     = null
}

import {
  to       = mock_network.each_1_0
  provider = mock
  identity = {
    id = "i-22"
  }
}


"""
ALL = 'list "mock_network" "all" {\n provider = mock\n}\n'
EACH = (
    'list "mock_network" "each" {\n provider = mock\n for_each = toset(["none", "t"])\n'
    " config {\n  name_prefix = each.key\n }\n}\n"
)


@pytest.fixture
def cloud(project: Project) -> Project:
    folder = project.cloud / "mock_network"
    folder.mkdir(parents=True)
    for data in (
        {"id": "i-1", "name": "one", "cidr": "10", "tags": {"a": "b"}},
        {"id": "i-22", "name": "two two", "cidr": "11", "tags": None},
    ):
        (folder / f"{data['id']}.json").write_text(json.dumps(data))
    project.write("")
    return project


def query(project: Project, text: str, *, generating: bool = False, provider: str = "") -> tuple[Queried, list[Event]]:
    if provider:
        project.write("", provider=provider)
    (project.folder / "a.tfquery.hcl").write_text(text)
    happened: list[Event] = []
    session = Session(str(project.folder), environ={}, listener=happened.append, queries=True)
    return session.query(generating=generating), happened


def found(project: Project, text: str) -> list[str]:
    outcome, _ = query(project, text)
    assert summaries(outcome.diagnostics) == []
    return [f"{listed.address} {item.display_name}" for listed in outcome.listed for item in listed.found]


def block(*lines: str, config: str = "") -> str:
    body = "\n".join(["provider = mock", *lines])
    return f'list "mock_network" "a" {{\n{body}\n' + (f"config {{\n{config}\n}}\n" if config else "") + "}\n"


def test_objects_are_found_by_what_the_block_says(cloud: Project) -> None:
    assert found(cloud, ALL) == ["list.mock_network.all one", "list.mock_network.all two two"]
    assert found(cloud, EACH) == ['list.mock_network.each["t"] two two']
    assert found(cloud, block("limit = 1")) == ["list.mock_network.a one"]
    assert found(cloud, block("limit = 0")) == []
    values = 'variable "q" {\n default = "tw"\n}\nlocals {\n l = var.q\n}\n'
    assert found(cloud, values + block(config="name_prefix = local.l")) == ["list.mock_network.a two two"]
    count = block("count = 2", config='name_prefix = count.index == 0 ? "one" : "two"')
    assert found(cloud, count) == ["list.mock_network.a[0] one", "list.mock_network.a[1] two two"]
    chained = block("limit = 1") + (
        'list "mock_network" "b" {\n provider = mock\n config {\n'
        "  name_prefix = list.mock_network.a.data[0].identity.id == \"i-1\" ? \"two\" : \"no\"\n }\n}\n"
    )
    assert found(cloud, chained)[1:] == ["list.mock_network.b two two"]


def test_whole_objects_only_come_where_they_are_wanted(cloud: Project) -> None:
    for text, generating, whole in (
        (block(), False, False),
        (block("include_resource = true"), False, True),
        (block(), True, True),
    ):
        outcome, _ = query(cloud, text, generating=generating)
        state = outcome.listed[0].found[0].state
        assert (isinstance(state, dict) and state["cidr"] == "10") is whole


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('list "mock_network" "a" {\n}\n', ['Missing "provider" attribute']),
        (block("bogus = 1"), ["Unsupported argument"]),
        (block(config="bogus = 1"), ["Unsupported argument"]),
        (block("config {}", "config {}"), ["Duplicate config block"]),
        (block() * 2, ['Duplicate "list" block names', 'Duplicate list "mock_network" configuration']),
        (ALL.replace('"all"', '"a b"'), ["Invalid list block name"]),
        (block('limit = "x"', 'include_resource = "maybe"'), ["Incorrect value type"]),
        (block("limit = -1"), ["Invalid limit argument"]),
        (block("limit = null"), ['Invalid "limit" argument']),
        (block("limit = 1.5"), ['Invalid "limit" argument']),
        (block("depends_on = []", "lifecycle {}"), ["Unsupported argument", "Unsupported block type"]),
        (block("count = 1", "for_each = {}"), ['Invalid combination of "count" and "for_each"']),
        ('resource "a" "b" {\n}\n', ["Unsupported block type"]),
        (block(config="name_prefix = list.mock_network.a.data[0].display_name"), ["Invalid list resource traversal"]),
        (block(config="name_prefix = list.mock_network.no.data[0].id"), ["Reference to undeclared resource"]),
        (ALL.replace('"mock_network"', '"mock_nope"'), ["Invalid list resource"]),
        ("", ["No resources to query"]),
    ],
)
def test_mistakes_are_told_in_terraforms_words(cloud: Project, text: str, said: list[str]) -> None:
    outcome, happened = query(cloud, text)
    assert summaries(outcome.diagnostics) == said
    assert not any(item.found for item in outcome.listed)
    assert not happened
    if text:
        session = Session(str(cloud.folder), environ={}, queries=True)
        assert summaries(session.validate()) == said


def test_a_providers_refusal_names_the_block(cloud: Project) -> None:
    fault = '  fault {\n    operation = "list"\n  }'
    outcome, _ = query(cloud, ALL, provider=fault)
    assert texts(outcome.diagnostics) == ["error: Mock failure: injected failure"]
    problem = outcome.diagnostics[0]
    assert problem.address == "list.mock_network.all"
    assert problem.subject is not None
    assert problem.subject.text == 'list "mock_network" "all"'


def test_configuration_is_written_for_all_that_is_found(cloud: Project) -> None:
    outcome, _ = query(cloud, ALL + EACH, generating=True)
    text = file_text(outcome.listed)
    assert text == GENERATED
    (cloud.folder / "generated.tf").write_text(text)
    planned = cloud.plan()
    assert summaries(planned.diagnostics) == []
    assert planned.plan is not None
    assert [change.action for change in planned.plan.changes] == ["no-op"] * 3


def test_how_it_looks(cloud: Project, capsys: pytest.CaptureFixture[str]) -> None:
    _, happened = query(cloud, ALL + EACH)
    human = QueryHuman(Terminal.standard({}, color=False))
    for event in happened:
        human.event(event)
    human.finished()
    shown = capsys.readouterr().out
    assert "list.mock_network.all   id=i-1    one\nlist.mock_network.all   id=i-22   two two\n\n" in shown
    assert 'Warning: list block(s) [list.mock_network.each["none"]] returned 0 results.\n' in shown


def test_messages(cloud: Project, capsys: pytest.CaptureFixture[str]) -> None:
    text = block("include_resource = true", "limit = 1", config='name_prefix = sensitive("o")')
    _, happened = query(cloud, text, generating=True)
    view = QueryJson(Terminal.standard({}, color=False), generating=True)
    for event in happened:
        view.event(event)
    messages = [json.loads(line) for line in capsys.readouterr().out.splitlines()][1:]
    address = {"address": "list.mock_network.a", "resource_type": "mock_network"}
    assert [(item["type"], item["@message"], item[item["type"]]) for item in messages] == [
        (
            "list_start",
            "list.mock_network.a: Starting query...",
            {**address, "input_config": {"name_prefix": None}, "sensitive_attribute_paths": [".name_prefix"]},
        ),
        (
            "list_resource_found",
            "list.mock_network.a: Result found",
            {
                **address,
                "display_name": "one",
                "identity": {"id": "i-1"},
                "identity_version": 0,
                "resource_object": {"cidr": "10", "id": "i-1", "name": "one", "tags": {"a": "b"}},
                "config": 'resource "mock_network" "a_0" {\n  provider = mock\n  cidr     = "10"\n  name     = "one"\n'
                '  tags = {\n    a = "b"\n  }\n}',
                "import_config": "import {\n  to       = mock_network.a_0\n  provider = mock\n  identity = {\n"
                '    id = "i-1"\n  }\n}',
            },
        ),
        ("list_complete", "list.mock_network.a: List complete", {**address, "total": 1}),
    ]
