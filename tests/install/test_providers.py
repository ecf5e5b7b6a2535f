"""A provider for every requirement, out of those at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from iacctl.addrs import Provider, parse_provider_source
from iacctl.config import loader
from iacctl.config.model import Module
from iacctl.config.source import MemorySource
from iacctl.diag import Diagnostics
from iacctl.install import providers


class AtHand:
    """Providers with the versions given."""

    def __init__(self, versions: Mapping[str, str]) -> None:
        self._versions = {_source(text): version for text, version in versions.items()}

    def version(self, source: Provider) -> str | None:
        return self._versions.get(source)

    def sources(self) -> Iterable[Provider]:
        return self._versions


def _source(text: str) -> Provider:
    source = parse_provider_source(text)
    assert source is not None
    return source


RANDOM = AtHand({"hashicorp/random": "3.7.2"})


def root(text: str) -> Module:
    config = loader.load(MemorySource({"main.tf": text.encode()}), ".")
    assert not config.diagnostics.has_errors, list(config.diagnostics)
    return config.root


def requiring(name: str, **arguments: str) -> str:
    lines = "\n".join(f'      {key} = "{value}"' for key, value in arguments.items())
    return f"terraform {{\n  required_providers {{\n    {name} = {{\n{lines}\n    }}\n  }}\n}}\n"


def select(text: str, available: providers.Available = RANDOM) -> tuple[list[providers.Selection], Diagnostics]:
    found = Diagnostics()
    return providers.select(root(text), available, found), found


@pytest.mark.parametrize("constraint", ["3.7.2", "~> 3.5", ">= 3.0, < 4.0", "!= 3.7.1", "> 3.7.2-beta"])
def test_constraints_that_are_met(constraint: str) -> None:
    chosen, found = select(requiring("random", version=constraint))
    assert not found.has_errors
    assert [(str(item.source), item.version, item.kind) for item in chosen] == [
        ("registry.terraform.io/hashicorp/random", "3.7.2", "in-process")
    ]


@pytest.mark.parametrize("constraint", ["3.7.1", "~> 2.0", "> 3.7.2", "~> 3.8"])
def test_constraints_that_are_not_met(constraint: str) -> None:
    chosen, found = select(requiring("random", version=constraint))
    assert not chosen
    assert found[0].summary == "Failed to query available provider packages"
    assert f"no available releases match the given constraints {constraint}\n" in found[0].detail
    assert "3.7.2" in found[0].detail
    later = Diagnostics()
    providers.check_versions(root(requiring("random", version=constraint)), RANDOM, later)
    assert later[0].summary == "Inconsistent dependency lock file"


def test_constraints_of_all_modules_count() -> None:
    files = {
        "main.tf": requiring("random", version=">= 3.0").encode() + b'module "m" {\n  source = "./m"\n}\n',
        "m/m.tf": requiring("random", version="< 3.7").encode(),
    }
    config = loader.load(MemorySource(files), ".", locate=loader.locate_local)
    found = Diagnostics()
    assert not providers.select(config.root, RANDOM, found)
    assert "constraints >= 3.0.0, < 3.7.0" in found[0].detail


def test_a_provider_without_a_version_meets_everything() -> None:
    chosen, found = select(requiring("random", version="~> 99.0"), AtHand({"hashicorp/random": ""}))
    assert not found.has_errors
    assert chosen[0].version == ""


def test_built_in_providers_have_no_version() -> None:
    chosen, _ = select('resource "terraform_data" "x" {}\n')
    assert [(item.kind, item.version) for item in chosen] == [("built-in", None)]
    _, found = select(requiring("t", source="terraform.io/builtin/terraform", version="1.0"))
    assert found[0].summary == "Invalid dependency on built-in provider"
    _, found = select(requiring("t", source="terraform.io/builtin/other"))
    assert 'no built-in provider named "other"' in found[0].detail


def test_unknown_providers() -> None:
    _, found = select(requiring("a", source="acme/a"))
    assert found[0].summary == "Failed to query available provider packages"
    assert "Did you intend" not in found[0].detail
    _, found = select(requiring("random", source="acme/random"))
    assert "Did you intend to use hashicorp/random?" in found[0].detail
    missing = Diagnostics()
    providers.check_available(root(requiring("a", source="acme/a")), RANDOM, missing)
    assert missing[0].summary == "Missing required provider"


def test_choices_are_noted_and_found_again(tmp_path: Path) -> None:
    chosen, _ = select(requiring("random", version="~> 3.0") + 'resource "terraform_data" "x" {}\n')
    providers.record(str(tmp_path / "data"), chosen)
    assert providers.recorded(str(tmp_path / "data")) == {_source("hashicorp/random"): "3.7.2"}
    providers.record(str(tmp_path / "data"), [])
    assert not (tmp_path / "data" / providers.NOTE).exists()


DAMAGED = ["", "{", "[]", '{"providers": 3}', '{"providers": {"a b": {"version": "1"}}}', '{"providers": {"a": 1}}']


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_note_counts_as_none(text: str, tmp_path: Path) -> None:
    (tmp_path / providers.NOTE).write_text(text)
    assert providers.recorded(str(tmp_path)) == {}
