from __future__ import annotations

import pytest

from . import known, null_provider
from .cases import CASES, LATER, Case, load_all
from .check import broken_expectations, check
from .runner import terraform_recording

ALL = load_all(CASES)


def _named(case: Case) -> object:
    no_binary = case.needs_null_provider() and not null_provider.available()
    marks = [pytest.mark.skip(reason="the null provider's binary is for Linux on x86-64")] if no_binary else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_named(case) for case in ALL])
def test_agrees_with_terraform(case: Case) -> None:
    problems = broken_expectations(case, terraform_recording(case))
    assert not problems, "the case is not about what it says:\n" + "\n".join(problems)
    outcome = check(case)
    if outcome.unexpected:
        pytest.fail(
            f"{case.about}\n{case.folder}\n" + "\n".join(str(item) for item in outcome.unexpected), pytrace=False
        )
    if outcome.idle:
        rows = "\n".join(f"  {row.where}: {row.why}" for row in outcome.idle)
        pytest.fail(f"docs/compatibility.md lists differences that are gone:\n{rows}", pytrace=False)
    if outcome.expected:
        pytest.xfail("; ".join(row.why for row in known.load() if row.case == case.name))


@pytest.mark.parametrize("case", [_named(case) for case in load_all(LATER)])
def test_later_case_is_about_what_it_says(case: Case) -> None:
    assert not broken_expectations(case, terraform_recording(case))


def test_known_differences_name_cases() -> None:
    assert {row.case for row in known.load()} <= {case.name for case in ALL}
