"""Which provider configuration serves a resource; the expected answers are Terraform's (`show -json` of a plan)."""

from __future__ import annotations

import pytest

from iacctl.addrs import Provider
from iacctl.config import loader, provider_sources, providers
from iacctl.config.source import MemorySource
from iacctl.diag import Diagnostics, SourceFile

REQUIRED = 'terraform {\n  required_providers {\n    null = { source = "hashicorp/null" }\n  }\n}\n'
REQUIRED_ALIAS = (
    "terraform {\n  required_providers {\n    null = {\n"
    '      source = "hashicorp/null"\n      configuration_aliases = [null.y]\n    }\n  }\n}\n'
)
BOTH = 'resource "null_resource" "x" {}\nresource "null_resource" "y" {\n  provider = null.y\n}\n'
X = 'resource "null_resource" "x" {}\n'
CALL = 'module "a" {\n  source = "./a"\n}\n'


def call(providers_map: str) -> str:
    return f'module "a" {{\n  source = "./a"\n  providers = {{ {providers_map} }}\n}}\n'


def resolved(files: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    source = MemorySource({name: text.encode() for name, text in files.items()})
    config = loader.load(source, locate=loader.locate_local)
    assert not config.diagnostics.has_errors, list(map(str, config.diagnostics))
    diags = Diagnostics()
    found = providers.resolve(config.root, diags)
    names = {
        ".".join((*path, name)): str(address).replace("registry.terraform.io/hashicorp/", "")
        for (path, (_, _, name)), address in found.of_resource.items()
    }
    return names, [item.summary.replace("registry.terraform.io/hashicorp/", "") for item in diags]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"main.tf": X}, {"x": 'provider["null"]'}),
        ({"main.tf": f'provider "null" {{}}\n{X}'}, {"x": 'provider["null"]'}),
        ({"main.tf": CALL, "a/main.tf": X}, {"a.x": 'provider["null"]'}),
        ({"main.tf": CALL, "a/main.tf": f'provider "null" {{}}\n{X}'}, {"a.x": 'module.a.provider["null"]'}),
        (
            {
                "main.tf": 'provider "null" {\n  alias = "z"\n}\n' + call("null.y = null.z"),
                "a/main.tf": REQUIRED_ALIAS + BOTH,
            },
            {"a.x": 'provider["null"]', "a.y": 'provider["null"].z'},
        ),
        (
            {"main.tf": REQUIRED + call("null = null"), "a/main.tf": REQUIRED + X},
            {"a.x": 'provider["null"]'},
        ),
        (
            {
                "main.tf": 'provider "null" {\n  alias = "z"\n}\n' + call("null.y = null.z"),
                "a/main.tf": REQUIRED_ALIAS + 'module "b" {\n  source = "../b"\n  providers = { null = null.y }\n}\n',
                "b/main.tf": REQUIRED + X,
            },
            {"a.b.x": 'provider["null"].z'},
        ),
        (
            {
                "main.tf": 'terraform {\n  required_providers {\n    n = { source = "hashicorp/null" }\n  }\n}\n'
                'provider "n" {\n  alias = "q"\n}\nresource "null_resource" "x" {\n  provider = n.q\n}\n' + CALL,
                "a/main.tf": X,
            },
            {"x": 'provider["null"].q', "a.x": 'provider["null"]'},
        ),
    ],
)
def test_resolution(files: dict[str, str], expected: dict[str, str]) -> None:
    assert resolved(files) == (expected, [])


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"main.tf": call("null = null"), "a/main.tf": X}, 'missing provider provider["null"]'),
        ({"main.tf": call("null = null.z"), "a/main.tf": X}, 'missing provider provider["null"].z'),
        (
            {
                "main.tf": CALL,
                "a/main.tf": REQUIRED + 'module "b" {\n  source = "../b"\n  providers = { null = null }\n}\n',
                "b/main.tf": REQUIRED + X,
            },
            'missing provider module.a.provider["null"]',
        ),
        (
            {"main.tf": 'resource "null_resource" "y" {\n  provider = null.y\n}\n'},
            "Provider configuration not present",
        ),
    ],
)
def test_missing_configuration(files: dict[str, str], problem: str) -> None:
    assert resolved(files) == ({}, [problem])


def test_requirements_of_a_tree() -> None:
    files = {
        "main.tf": 'terraform {\n  required_providers {\n    a = {\n      source = "x/a"\n      version = "> 1"\n    }\n'
        "  }\n}\n" + X + CALL,
        "a/main.tf": 'terraform {\n  required_providers {\n    b = {\n      source = "x/a"\n      version = "< 2"\n    }\n  }\n'
        "}\n",
    }
    source = MemorySource({name: text.encode() for name, text in files.items()})
    config = loader.load(source, locate=loader.locate_local)
    found = providers.requirements(config.root)
    assert {str(key): [item.constraints.text for item in value] for key, value in found.items()} == {
        "registry.terraform.io/hashicorp/null": [],
        "registry.terraform.io/x/a": ["> 1", "< 2"],
    }


def test_source_addresses() -> None:
    place = SourceFile("main.tf", "x").range(0, 1)
    found = {
        text: provider_sources.parse(text, place, Diagnostics()) for text in ("null", "A/B", "Example.com:443/x/y")
    }
    assert found == {
        "null": Provider("registry.terraform.io", "hashicorp", "null"),
        "A/B": Provider("registry.terraform.io", "a", "b"),
        "Example.com:443/x/y": Provider("example.com:443", "x", "y"),
    }
