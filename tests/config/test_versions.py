"""Version numbers and constraints."""

from __future__ import annotations

import pytest

from iacctl.config.versions import VersionError, parse_constraints, parse_version
from iacctl.install.providers import normal_text

from .terraform import Case, Report, validate_all

ALLOWED = [
    ("1.2.3", "1.2.3"),
    ("1.2.3", "= 1.2.3"),
    ("1.2.3", "=1.2.3"),
    ("1.2.0", "1.2"),
    ("1.2.3", "> 1.2.2, < 1.3"),
    ("1.2.3", ">=1.2.3,<=1.2.3"),
    ("1.2.3", "!= 1.2.4"),
    ("1.2.3", "~> 1.2"),
    ("1.9.0", "~> 1.2"),
    ("1.2.9", "~> 1.2.3"),
    ("9.0.0", "~> 9"),
    ("1.2.3-beta2", "1.2.3-beta2"),
    ("1.2.3-beta2", "> 1.2.3-beta1"),
    ("1.2.3-beta10", "> 1.2.3-beta.2"),
    ("1.2.3", "> 1.2.3-beta1"),
    ("1.2.3+build", "1.2.3"),
    ("v1.2.3", "1.2.3"),
    ("1.2.3.4", "~> 1.2.3.1"),
]
REFUSED = [
    ("1.2.3", "1.2.4"),
    ("1.2.3", "!= 1.2.3"),
    ("2.0.0", "~> 1.2"),
    ("1.3.0", "~> 1.2.3"),
    ("1.2.2", "~> 1.2.3"),
    ("1.2.3-beta1", "> 1.2"),
    ("1.2.3-beta1", ">= 1.2.0-alpha"),
    ("1.2.3-beta1", "~> 1.2"),
    ("1.2.3", "~> 1.2.3-beta1"),
    ("1.2.3-beta1", "> 1.2.3-beta2"),
]


@pytest.mark.parametrize(("version", "constraint"), ALLOWED)
def test_allowed(version: str, constraint: str) -> None:
    assert parse_constraints(constraint).allows(parse_version(version))


@pytest.mark.parametrize(("version", "constraint"), REFUSED)
def test_refused(version: str, constraint: str) -> None:
    assert not parse_constraints(constraint).allows(parse_version(version))


@pytest.mark.parametrize("text", ["", "a", "1.x", ">", ">> 1", "1 2", "1.2,", "^1.2", "1.2.*", "~1"])
def test_malformed_constraint(text: str) -> None:
    with pytest.raises(VersionError):
        parse_constraints(text)


@pytest.mark.parametrize("text", ["", "x", "1.", ".1", "1..2", "-1"])
def test_malformed_version(text: str) -> None:
    with pytest.raises(VersionError):
        parse_version(text)


def test_order_of_precedence() -> None:
    texts = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0"]
    assert sorted(set(texts), key=lambda text: parse_version(text).order()) == texts


def test_normal_text_is_sorted_and_padded() -> None:
    items = [item for text in (">= 99, ~>99.1", "!= 2", "!= 2.0", "1.5") for item in parse_constraints(text).items]
    assert normal_text(items) == "1.5.0, != 2.0.0, >= 99.0.0, ~> 99.1"


CONSTRAINTS = [
    "1.15.5", "= 1.15.5", "1.15", "~> 1", "~> 1.15", "~> 1.15.0", "~> 1.15.6", "~> 1.16", "~>0.15", "> 1.15", "> 1.15.5",
    ">= 1.15.5", "< 1.15.6", "<= 1.15.4", "!= 1.15.5", ">1,<2", " >= 1.0 , < 2.0 ", "v1.15.5", "1.15.5.0", "1.15.5+x",
    "~> 1.15.5.0", "abc", "1.15.x", "=> 1", "1.15.5-rc1", "~ 1.15", "1", "01.15.5", ">=  1.15",
]  # fmt: skip


def test_required_version_is_judged_as_by_terraform() -> None:
    def summaries(text: str, reports: list[Report]) -> list[str]:
        return [report.summary for report in reports]

    chosen = [Case(text, {"main.tf": f'terraform {{\n  required_version = "{text}"\n}}\n'}) for text in CONSTRAINTS]
    theirs = {text: summaries(text, reports) for text, reports in validate_all(chosen).items()}
    assert {text: _verdict(text) for text in CONSTRAINTS} == theirs


def _verdict(text: str) -> list[str]:
    try:
        constraints = parse_constraints(text)
    except VersionError:
        return ["Invalid version constraint"]
    if any(item.version.prerelease for item in constraints.items):
        return ["Invalid required_version constraint"]
    return [] if constraints.allows(parse_version("1.15.5")) else ["Unsupported Terraform Core version"]
