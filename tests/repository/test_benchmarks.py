"""What the benchmarks measure is what their tables say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import configs, measure, report, rows, tools
from benchmarks.configs import Config
from benchmarks.measure import RunError, Sample, Series
from benchmarks.report import Outcome
from benchmarks.rows import Case, Row

SAMPLE = Sample(wall=0.2, user=0.1, system=0.05, memory=50_000_000)


def _series(wall: float) -> Series:
    return Series((SAMPLE, Sample(wall, 0.3, 0.1, 60_000_000), Sample(9.0, 0.3, 0.1, 60_000_000)))


def _row(limit: float, **changes: object) -> Row:
    config = configs.chains(10)
    row = Row("plan, 10", rows.SIDE_BY_SIDE, Case("terraform", "plan", config), Case("iacctl", "plan", config), limit)
    return Row(**{**{name: getattr(row, name) for name in Row.__dataclass_fields__}, **changes})


@pytest.mark.parametrize(
    "config",
    [
        configs.chains(20),
        configs.counted(7),
        configs.modules(3, 2),
        configs.modules(3, 2, through_resources=True),
    ],
    ids=lambda config: config.name,
)
def test_terraform_plans_the_stated_number_of_resources(config: Config, tmp_path: Path) -> None:
    try:
        terraform = tools.terraform()
    except tools.ToolMissingError as missing:
        pytest.skip(str(missing))
    config.write(tmp_path)
    environment = tools.environment()
    measure.run((*terraform.command, "init", "-no-color"), tmp_path, environment, "successfully initialized")
    command = (*terraform.command, "plan", "-no-color")
    measure.run(command, tmp_path, environment, f"Plan: {config.resources} to add")


def test_titles_are_unique() -> None:
    titles = [row.title for row in rows.all_rows()]
    assert len(titles) == len(set(titles))


def test_a_run_without_the_expected_output_does_not_count(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "print('No changes.')")
    assert measure.run(command, tmp_path, {}, "No changes.").memory > 1_000_000
    with pytest.raises(RunError, match=r"expected 'Plan: 1'[\s\S]*No changes\."):
        measure.run(command, tmp_path, {}, "Plan: 1")


def test_a_failed_run_does_not_count(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="ended with 3"):
        measure.run((sys.executable, "-c", "raise SystemExit(3)"), tmp_path, {}, "")


def test_the_verdict_is_about_medians() -> None:
    assert Outcome(_row(0.5), _series(2.0), _series(1.0)).quotient == 0.5
    assert Outcome(_row(0.5), _series(2.0), _series(1.0)).verdict == "met"
    assert Outcome(_row(0.5), _series(2.0), _series(1.1)).verdict == "MISSED"
    assert Outcome(_row(0.5), None, _series(1.1)).verdict == "-"
    assert Outcome(_row(0.5)).verdict == "failed"


def test_memory_rows_compare_memory() -> None:
    small, large = Series((SAMPLE,)), _series(1.0)
    assert Outcome(_row(1.0, metric="memory"), small, large).quotient == pytest.approx(1.2)


def test_a_skipped_baseline_is_called_skipped() -> None:
    text = report.render([Outcome(_row(0.01, slow_baseline=True), None, _series(1.0))], [], [], 0.0)
    assert "skipped (--full runs it)" in text
    assert "| plan, 10" in text
