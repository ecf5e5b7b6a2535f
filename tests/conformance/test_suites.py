from __future__ import annotations

import pytest

from . import null_provider, suites
from .suites import Suite

ALL = suites.load_all()


def _named(suite: Suite) -> object:
    no_binary = suite.case.needs_null_provider() and not null_provider.available()
    marks = [pytest.mark.skip(reason="the null provider's binary is for Linux on x86-64")] if no_binary else []
    return pytest.param(suite, id=suite.case.name, marks=marks)


@pytest.mark.parametrize("suite", [_named(suite) for suite in ALL])
def test_tests_turn_out_as_with_terraform(suite: Suite) -> None:
    found = suites.compare(suite)
    if found:
        pytest.fail(f"{suite.case.about}\n{suite.case.folder}\n" + "\n".join(map(str, found)), pytrace=False)


def test_suites_are_many() -> None:
    assert sum(len(suite.files) for suite in ALL) >= 60


def test_a_difference_is_seen() -> None:
    suite = next(suite for suite in ALL if suite.case.name == "assertions")
    recording = suites.terraform_recording(suite)
    changed = suites.observe(suite, recording)
    step = next(name for name in changed if "-json" in name)
    changed[step]["messages"][-1]["test_summary"]["passed"] += 1
    assert list(suites.differences(suites.observe(suite, recording), changed))
