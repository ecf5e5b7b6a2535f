"""OpenTofu's provider configurations with `for_each`: one instance for each element, named by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .project import REQUIRED, actions, summaries, texts

if TYPE_CHECKING:
    from .project import Project

PROVIDER = """
variable "regions" {
  type    = set(string)
  default = ["east", "west"]
}
provider "mock" {
  alias    = "by_region"
  for_each = var.regions
  path     = "${path.root}/cloud/${each.key}"
  call_log = "${path.root}/calls.jsonl"
}
"""
BY_KEY = """
resource "mock_object" "o" {
  for_each = var.here
  provider = mock.by_region[each.value]
  name     = each.key
}
variable "here" {
  type    = map(string)
  default = { a = "east", b = "west" }
}
"""


@pytest.fixture(autouse=True)
def in_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.folder)


def where(project: Project) -> dict[str, str]:
    """The region of each object, by name."""
    import json

    return {
        json.loads(path.read_text())["name"]: path.parts[-3]
        for path in project.cloud.glob("*/mock_object/*.json")
        if "name" in json.loads(path.read_text())
    }


def test_each_resource_instance_has_its_provider_instance(project: Project) -> None:
    project.write(PROVIDER + BY_KEY + 'resource "mock_object" "one" {\n  provider = mock.by_region["west"]\n  name = "one"\n}\n')
    project.apply()
    assert where(project) == {"a": "east", "b": "west", "one": "west"}
    keys = {address: item["provider_instance_key"] for address, item in project.instances().items()}
    assert keys == {'mock_object.o["a"]': "east", 'mock_object.o["b"]': "west", "mock_object.one": "west"}
    assert actions(project.plan().plan) == {}
    project.apply('here={"a"="east"}')
    assert where(project) == {"a": "east", "one": "west"}
    project.apply(mode="destroy")
    assert where(project) == {}


def test_objects_without_a_block_are_reached_through_the_instance_that_made_them(project: Project) -> None:
    project.write(PROVIDER + BY_KEY)
    project.apply()
    project.write(PROVIDER)
    project.apply()
    assert where(project) == {}


def test_an_instance_is_needed_as_long_as_it_has_objects(project: Project) -> None:
    project.write(PROVIDER + BY_KEY)
    project.apply()
    planned = project.plan('regions=["east"]', 'here={"a"="east"}')
    [problem] = planned.diagnostics.errors
    assert problem.summary == "Provider instance not present"
    assert 'provider["registry.terraform.io/iacctl/mock"].by_region["west"]' in problem.detail
    project.apply('here={"a"="east"}')
    project.apply('regions=["east"]', 'here={"a"="east"}')
    assert where(project) == {"a": "east"}


def test_modules_are_given_instances(project: Project) -> None:
    inner = REQUIRED + 'resource "mock_object" "o" {\n  name = "in ${var.name}"\n}\nvariable "name" {}\n'
    project.write_module("inner", inner)
    project.install(inner="inner")
    project.write(
        PROVIDER
        + """
        module "inner" {
          source    = "./inner"
          for_each  = var.regions
          name      = each.key
          providers = { mock = mock.by_region[each.key] }
        }
        """
    )
    project.apply()
    assert where(project) == {"in east": "east", "in west": "west"}
    assert actions(project.plan().plan) == {}
    project.write(PROVIDER)
    project.apply()
    assert where(project) == {}


def test_keys_may_be_taken_from_values_that_are_known(project: Project) -> None:
    project.write(
        PROVIDER
        + """
        locals { regions = sort(var.regions) }
        resource "mock_object" "o" {
          count    = 2
          provider = mock.by_region[local.regions[count.index]]
          name     = "o${count.index}"
        }
        ephemeral "mock_session" "e" {
          provider = mock.by_region[local.regions[0]]
          user     = "e"
        }
        """
    )
    project.apply()
    assert where(project) == {"o0": "east", "o1": "west"}
    assert "open e" in project.calls("open")


@pytest.mark.parametrize(
    ("provider", "detail"),
    [
        ("mock.by_region", "has for_each set: name one of its instances, as in mock.by_region[each.key]."),
        ('mock.single["east"]', "has no for_each, so it must be named without a key."),
    ],
)
def test_a_key_belongs_to_for_each(project: Project, provider: str, detail: str) -> None:
    text = f'provider "mock" {{\n  alias = "single"\n}}\nresource "mock_object" "o" {{\n  provider = {provider}\n}}\n'
    project.write(PROVIDER + text)
    [problem] = project.plan().diagnostics
    assert problem.summary == "Invalid provider configuration reference"
    assert problem.detail.endswith(detail)


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ('"north"', "Provider instance not present"),
        ("sensitive(\"east\")", "must be neither sensitive nor ephemeral"),
        ("null", "must not be null"),
        ("mock_object.other.id", "must be known while planning"),
        ("[]", "string required"),
        ("var.missing", "Reference to undeclared input variable"),
    ],
)
def test_keys_that_name_no_instance(project: Project, key: str, problem: str) -> None:
    project.write(
        PROVIDER
        + f"""
        resource "mock_object" "other" {{ name = "other" }}
        resource "mock_object" "o" {{
          provider = mock.by_region[{key}]
        }}
        """
    )
    found = texts(project.plan().diagnostics)
    assert len(found) == 1
    assert problem in found[0]


def test_without_an_alias_the_name_stays_reserved(project: Project) -> None:
    project.write('provider "random" {\n  for_each = {}\n}\n')
    assert summaries(project.session().config().diagnostics) == ["Reserved argument name in provider block"]


def test_the_collection_must_be_known(project: Project) -> None:
    project.write(PROVIDER.replace("var.regions\n", "toset([mock_object.o.id])\n", 1) + 'resource "mock_object" "o" {}\n')
    assert summaries(project.plan().diagnostics) == ["Invalid for_each argument"]
