from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from . import diagnostics, known, report, sections
from .cases import CASES, Case, CaseError, load, load_all
from .check import broken_expectations
from .compare import Difference, differences
from .configurations import cause
from .known import KnownDifference
from .observe import observe
from .runner import Recording, run, terraform, terraform_recording

MIXED = ["lifecycle-cbd-count-shrinks", "state-deposed", "history-partial-failure"]


@pytest.fixture(scope="module")
def recording() -> tuple[Case, Recording]:
    case = load(CASES / "lifecycle-cbd-count-shrinks")
    return case, terraform_recording(case)


@pytest.mark.parametrize("name", MIXED)
def test_two_runs_of_terraform_agree(name: str) -> None:
    case = load(CASES / name)
    first, second = run(case, terraform()), run(case, terraform())
    assert [str(item) for item in differences(observe(case, first), observe(case, second))] == []


def test_every_changed_field_is_noticed(recording: tuple[Case, Recording]) -> None:
    case, calls = recording
    observed = observe(case, calls)
    leaves = list(_leaves(observed))
    assert len(leaves) > 500
    for path in leaves[:: len(leaves) // 200]:
        changed = copy.deepcopy(observed)
        _change(changed, path)
        assert list(differences(observed, changed)), path


def test_a_missing_field_is_noticed(recording: tuple[Case, Recording]) -> None:
    case, calls = recording
    observed = observe(case, calls)
    changed = copy.deepcopy(observed)
    (step,) = [name for name in observed if name.startswith("4 plan")]
    del changed[step]["show -json"]["document"]["resource_changes"][0]["change"]["after_unknown"]
    (found,) = differences(observed, changed)
    assert found.path.endswith("resource_changes[terraform_data.a[0]].change.after_unknown")


def test_a_replaced_object_is_told_from_one_that_was_kept(recording: tuple[Case, Recording]) -> None:
    case, calls = recording
    kept = json.loads(json.dumps(calls))
    old, new = (_id_in(entry) for entry in (calls[4], calls[9]))
    assert old != new
    changed = json.loads(json.dumps(kept).replace(new, old))
    assert list(differences(observe(case, kept), observe(case, changed)))


def test_the_same_random_value_has_the_same_name_everywhere(recording: tuple[Case, Recording]) -> None:
    case, calls = recording
    text = json.dumps(observe(case, calls))
    for entry in calls:
        assert _id_in(entry) == "" or _id_in(entry) not in text
    assert "<terraform_data.a[0].id #1>" in text
    assert "<terraform_data.a[0].id #2>" in text


def test_the_serial_is_compared_by_what_happened_to_it() -> None:
    case = load(CASES / "plan-file-no-changes")
    observed = observe(case, terraform_recording(case))
    serials = [step["states"]["terraform.tfstate"]["serial"] for step in observed.values() if step["states"]]
    assert serials[:3] == ["new", "unchanged", "unchanged"]
    assert "advanced" in serials


def test_broken_expectations_are_reported() -> None:
    case = load(CASES / "cycle")
    calls = terraform_recording(case)
    assert broken_expectations(case, calls) == []
    changed = json.loads(json.dumps(calls))
    changed[-1]["calls"][0]["exit"] = 0
    changed[-1]["calls"][0]["stderr"] = ""
    assert len(broken_expectations(case, changed)) == 2


def test_diagnostics_are_read_back() -> None:
    text = """
Changes to Outputs:
  + o = 1

Warning: Careful

take care

─────────────────────────────────────────────────────────────────────────────

Saved the plan to: tfplan

Error: Invalid value for
variable

  on main.tf line 4, in variable "x":
   4: variable "x" {
    ├────────────────
    │ var.x is 3

must be
below 2
"""
    assert diagnostics.parse(text) == [
        {"severity": "warning", "summary": "Careful", "where": "", "snippet": "", "detail": "take care"},
        {
            "severity": "error",
            "summary": "Invalid value for variable",
            "where": 'on main.tf line 4, in variable "x"',
            "snippet": '   4: variable "x" {\n    ├────────────────\n    │ var.x is 3',
            "detail": "must be below 2",
        },
    ]


def test_framed_and_coloured_diagnostics_read_the_same() -> None:
    plain = "Error: Bad\n\n  on main.tf line 1:\n   1: x\n\nvery bad\n"
    framed = "\x1b[31m╷\x1b[0m\n│ \x1b[1mError: \x1b[0mBad\n│ \n│   on main.tf line 1:\n│    1: x\n│ \n│ very bad\n╵\n"
    assert diagnostics.parse(framed) == diagnostics.parse(plain)


def test_known_differences_are_rows_of_the_table(tmp_path: Path) -> None:
    document = tmp_path / "compatibility.md"
    document.write_text(
        "| `no` | `no` | not under the heading |\n\n## Known differences\n\n| case | where | why |\n|---|---|---|\n"
        "| `cycle` | `*.diagnostics[*].detail` | Cycles are explained. |\n\n## Next\n\n| `no` | `no` | no |\n"
    )
    rows = known.load(document)
    assert rows == [KnownDifference("cycle", "*.diagnostics[*].detail", "Cycles are explained.")]
    covered = Difference("2 plan: command.diagnostics[Cycle: a, b].detail", "", "x")
    other = Difference("2 plan: command.exit", 1, 0)
    assert known.split([covered, other], rows) == ([other], [])
    assert known.split([other], rows) == ([other], rows)


def test_causes_leave_out_what_belongs_to_one_case() -> None:
    path = (
        "4 plan -target=terraform_data.b: "
        "show -json.document.resource_changes[terraform_data.a[0]].change.after.input.key"
    )
    assert cause(path) == "plan: show -json.document.resource_changes[].change.after"


def test_mistakes_in_case_files_are_reported(tmp_path: Path) -> None:
    for text, problem in [
        ("nonsense = 1", "unknown settings"),
        ('steps = [{ run = "plan", exits = 1 }]', "unknown step settings"),
        ('steps = ["use 7"]', "no folder"),
        ("steps = [", "case.toml"),
    ]:
        (tmp_path / "case.toml").write_text(text)
        with pytest.raises(CaseError, match=problem):
            load(tmp_path)


def test_cases_say_what_they_are_about() -> None:
    cases = load_all()
    assert [case.name for case in cases if not case.about] == []
    histories = [case for case in cases if len({step.words for step in case.steps if step.words[0] == "use"}) > 1]
    assert len(cases) >= 80
    assert len(histories) >= 20


def _id_in(entry: dict[str, Any]) -> str:
    state = json.loads(entry["states"].get("terraform.tfstate", "{}"))
    resources = state.get("resources") or []
    return resources[0]["instances"][0]["attributes"]["id"] if resources else ""


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for position, item in enumerate(value):
            yield from _leaves(item, (*path, position))
    else:
        yield path


def _change(document: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        document = document[key]
    document[path[-1]] = ["changed", document[path[-1]]]


def test_sections() -> None:
    found = sections.load()
    assert [section.name for section in found][:2] == ["configurations", "expressions"]
    assert len({section.name for section in found}) == len(found)


def test_table() -> None:
    section = sections.Section("a", "Things", "things", lambda options: sections.Result(0, 0))
    text = report.table([(section, sections.Result(12, 9, 2))])
    assert [cell.strip() for cell in text.splitlines()[-1].split("|")] == ["", "Things", "12 things", "9", "2", "3", ""]
    assert len({len(line) for line in text.splitlines()}) == 1
