"""How the outcomes of conditions add up, as Terraform adds them up."""

from __future__ import annotations

import pytest

from iacctl.eval.check_states import CheckState, Outcome


def state(*outcomes: str, expected: int = 2) -> CheckState:
    made = CheckState("resource", "a.b")
    made.expect("a.b", expected)
    made.record("a.b", [Outcome(item, f"because {item}" if item == "fail" else "") for item in outcomes])  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ((), "unknown"),
        (("pass",), "unknown"),
        (("pass", "pass"), "pass"),
        (("pass", "unknown"), "unknown"),
        (("fail",), "fail"),
        (("unknown", "fail"), "fail"),
        (("fail", "error"), "error"),
    ],
)
def test_the_worst_counts_and_what_was_not_evaluated_is_unknown(outcomes: tuple[str, ...], status: str) -> None:
    assert state(*outcomes).status() == status


def test_an_object_without_instances_passes_once_that_is_known() -> None:
    made = CheckState("resource", "a.b")
    assert made.status() == "unknown"
    made.expanded = True
    assert made.status() == "pass"


def test_only_failures_have_messages() -> None:
    assert state("pass", "fail").instances["a.b"].messages() == ("because fail",)


def test_the_worst_instance_decides() -> None:
    made = CheckState("check", "check.c")
    for name, outcome in (("x", "pass"), ("y", "fail")):
        made.expect(name, 1)
        made.record(name, [Outcome(outcome)])  # type: ignore[arg-type,list-item]
    assert made.status() == "fail"
