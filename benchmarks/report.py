"""The benchmark table, as text that reads in a terminal and as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.evaluating import Evaluated
from benchmarks.measure import Series
from benchmarks.parsing import Parsed
from benchmarks.rows import GROWTH, Row

RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measured row; the baseline is None where it was left out, and both are where a command failed."""

    row: Row
    baseline: Series | None = None
    subject: Series | None = None

    @property
    def quotient(self) -> float | None:
        """The subject's median in units of the baseline's, if both were measured."""
        if self.baseline is None or self.subject is None:
            return None
        return _figure(self.row, self.subject) / _figure(self.row, self.baseline)

    @property
    def verdict(self) -> str:
        """Say whether the row keeps its budget."""
        if self.subject is None:
            return "failed"
        judged = _figure(self.row, self.subject) if self.row.absolute else self.quotient
        if judged is None:
            return "-"
        return "met" if judged <= self.row.limit else "MISSED"


def render(outcomes: Iterable[Outcome], parsed: Iterable[Parsed], evaluated: Iterable[Evaluated], load: float) -> str:
    """Render all figures of one run as Markdown tables.

    Args:
        outcomes: the measured rows.
        parsed: the parser's figures.
        evaluated: the figures of expressions.
        load: the machine's load average when the run began, so that a reader can tell a busy machine.
    """
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, "
        f"Python {platform.python_version()}, load average at the start {load:.1f}",
        "",
        "Medians; in brackets the fastest and the slowest run, then processor seconds. "
        "`quotient` is the right column divided by the left one, `at most` its budget.",
    ]
    group = ""
    for outcome in outcomes:
        if outcome.row.group != group:
            group = outcome.row.group
            left, right = ("4,000", "20,000") if group == GROWTH else ("Terraform 1.15.5", "iacctl")
            lines += ["", f"## {group}", "", *_line("work", left, right, "quotient", "at most", "budget"), _RULE]
        lines += _line(*_cells(outcome))
    figures = list(parsed)
    if figures:
        lines += ["", "## Parser", "", *_line("source", "size", "time", "speed", "budget", "verdict"), _RULE]
        lines += [line for figure in figures for line in _line(*_parser_cells(figure))]
    speeds = list(evaluated)
    if speeds:
        head = _line("expressions", "evaluations", "time", "a second", "budget", "verdict")
        lines += ["", "## Expressions", "", *head, _RULE]
        lines += [line for speed in speeds for line in _line(*_expression_cells(speed))]
    return "\n".join(lines) + "\n"


def save(text: str) -> Path:
    """Write a rendered run to `benchmarks/results/<date>.md` and give the path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}.md"
    path.write_text(f"# Benchmark run\n\n{text}", encoding="utf-8")
    return path


def progress(outcome: Outcome) -> str:
    """Say in one line what a row measured, while the run is going on."""
    title, baseline, subject, quotient, _, verdict = _cells(outcome)
    return f"{title}: {baseline} | {subject} | {quotient} | {verdict}"


_WIDTHS = (30, 32, 32, 9, 9, 7)
_RULE = "|" + "|".join("-" * (width + 2) for width in _WIDTHS) + "|"


def _line(*cells: str) -> list[str]:
    return ["| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)) + " |"]


def _cells(outcome: Outcome) -> tuple[str, ...]:
    row = outcome.row
    if outcome.subject is None:
        return row.title, "-", "a command failed", "-", _limit(row), outcome.verdict
    quotient = f"{outcome.quotient:.3f}" if outcome.quotient is not None else "-"
    baseline = _series(row, outcome.baseline) if outcome.baseline else "skipped (--full runs it)"
    return row.title, baseline, _series(row, outcome.subject), quotient, _limit(row), outcome.verdict


def _limit(row: Row) -> str:
    return f"{row.limit:.2f} s" if row.absolute else f"{row.limit:.3g}"


def _figure(row: Row, series: Series) -> float:
    return series.memory if row.metric == "memory" else series.wall


def _series(row: Row, series: Series) -> str:
    if row.metric == "memory":
        return f"{series.memory:.0f} MB"
    fastest, slowest = series.spread
    return f"{_seconds(series.wall)} s ({_seconds(fastest)}-{_seconds(slowest)}; {_seconds(series.processor)})"


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def _parser_cells(figure: Parsed) -> tuple[str, ...]:
    return (
        figure.title,
        f"{figure.size / 1e6:.2f} MB",
        f"{_seconds(figure.seconds)} s",
        f"{figure.speed:.1f} MB/s",
        figure.budget,
        "met" if figure.met else "MISSED",
    )


def _expression_cells(figure: Evaluated) -> tuple[str, ...]:
    return (
        figure.title,
        f"{figure.count:,}",
        f"{_seconds(figure.seconds)} s",
        f"{figure.speed:,.0f}",
        figure.budget,
        "met" if figure.met else "MISSED",
    )
