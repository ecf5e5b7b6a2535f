"""Broken files: every report, with its range and the code it quotes, is Terraform's."""

from __future__ import annotations

import random

import pytest

from iacctl.diag import Diagnostics
from iacctl.hcl.parser import parse_config

from .sources import BROKEN, mutated
from .terraform import Report, file_of, reported, syntax_only, validate

MUTATED = mutated(random.Random(20), 300)


@pytest.fixture(scope="module")
def terraform() -> dict[str, list[Report]]:
    sources = {f"broken{number:03}.tf": text for number, text in enumerate(BROKEN)}
    sources |= {f"mutated{number:03}.tf": text for number, text in enumerate(MUTATED)}
    return validate(sources)


def ours(name: str, text: str) -> list[Report]:
    found = Diagnostics()
    parse_config(file_of(name, text), found)
    return reported(found)


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_broken_source(number: int, terraform: dict[str, list[Report]]) -> None:
    name = f"broken{number:03}.tf"
    assert ours(name, BROKEN[number]) == syntax_only(terraform[name])


def test_randomly_broken_sources(terraform: dict[str, list[Report]]) -> None:
    for number, text in enumerate(MUTATED):
        name = f"mutated{number:03}.tf"
        assert ours(name, text) == syntax_only(terraform[name]), text


def test_many_mistakes_do_not_take_forever() -> None:
    found = Diagnostics()
    parse_config(file_of("main.tf", "a = (1 2\n" * 5000), found)
    assert found[0].summary == "Unbalanced parentheses"


def test_what_can_be_understood_is_kept() -> None:
    found = Diagnostics()
    body = parse_config(file_of("main.tf", 'a = [1 2]\nb "c" {\n  d = 1\n  e =\n}\nf = 2\n'), found)
    assert [problem.summary for problem in found] == ["Missing item separator"]
    assert list(body.attributes) == ["a", "f"]
    assert list(body.blocks[0].body.just_attributes(Diagnostics())) == ["d", "e"]
