"""`provider_meta` blocks: what a module tells a provider with every request about its objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .project import REQUIRED, texts

if TYPE_CHECKING:
    from .project import Project

META = 'terraform {\n  provider_meta "mock" {\n    module = "%s"\n  }\n}\n'
BODY = """
resource "mock_network" "n" {
  name = "n"
  tags = { v = var.v }
}
variable "v" { default = "1" }
data "mock_network" "d" {
  name       = "n"
  depends_on = [mock_network.n]
}
"""


def test_it_goes_with_all_requests_of_its_module(project: Project) -> None:
    project.write_module("m", REQUIRED + 'resource "mock_object" "o" { name = "o" }\n')
    project.install(m="m")
    project.write(META % "root" + BODY + 'module "m" { source = "./m" }\n')
    project.plan()
    project.apply()
    seen = {(line["operation"], line["name"], line.get("module")) for line in project.logged()}
    assert seen == {
        ("plan", "n", "root"),
        ("create", "n", "root"),
        ("read_data", "n", "root"),
        ("plan", "o", None),
        ("create", "o", None),
    }
    project.forget_calls()
    project.apply("v=2")
    project.apply(mode="destroy")
    seen = {(line["operation"], line["name"], line.get("module")) for line in project.logged()}
    assert seen == {("delete", "n", "root"), ("delete", "o", None)}


def test_it_must_fit_the_providers_schema(project: Project) -> None:
    text = META % "root" + BODY
    project.write(text.replace('module = "root"', 'modul = "root"'))
    assert texts(project.plan().diagnostics)[0] == (
        'error: Unsupported argument: An argument named "modul" is not expected here. Did you mean "module"?'
    )
    project.write(text.replace('module = "root"', "module = [1]"))
    assert texts(project.plan().diagnostics)[0] == (
        'error: Incorrect attribute value type: Inappropriate value for attribute "module": string required, but have tuple.'
    )
    assert not project.session().validate().has_errors


def test_it_is_for_providers_that_know_it(project: Project) -> None:
    project.write('terraform {\n  provider_meta "terraform" {}\n}\nresource "terraform_data" "t" {}\n')
    assert texts(project.plan().diagnostics) == [
        "error: Provider terraform.io/builtin/terraform doesn't support provider_meta: The resource terraform_data.t belongs to "
        "a provider that doesn't support provider_meta blocks"
    ]
    project.write('terraform {\n  provider_meta "other" {}\n}\n')
    assert texts(project.plan().diagnostics) == []


def test_it_is_constant(project: Project) -> None:
    project.write(META.replace('"%s"', "var.v") + BODY)
    assert texts(project.session().config().diagnostics) == ["error: Variables not allowed: Variables may not be used here."]
