"""Runs the two sides of a comparison in turn, in prepared directories, and keeps what was measured."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import measure, tools
from benchmarks.configs import Config
from benchmarks.measure import Sample, Series
from benchmarks.rows import Action, Case, Row
from benchmarks.tools import Tool

SECONDS_PER_ROW = 75.0
ARGUMENTS: dict[Action, tuple[str, ...]] = {
    "version": ("version",),
    "plan": ("plan", "-input=false", "-no-color"),
    "no-op plan": ("plan", "-input=false", "-no-color"),
    "apply": ("apply", "-input=false", "-no-color", "-auto-approve"),
}


class Runner:
    """Measures rows, each side in its own copy of the configuration.

    Args:
        available: the tools by name.
        scratch: an empty directory for the copies.
        repeat: how many times each side of a row is run at most.
    """

    def __init__(self, available: Mapping[str, Tool], scratch: Path, repeat: int) -> None:
        self._tools = available
        self._scratch = scratch
        self._repeat = repeat
        self._environment = tools.environment()
        self._measured: dict[tuple[Case, ...], tuple[Series, ...]] = {}
        self._states: dict[Config, Path] = {}

    def measure(self, row: Row, *, full: bool) -> tuple[Series | None, Series]:
        """Measure one row.

        The sides run in turn (A B A B), so that a busy moment of the machine meets both. Runs stop early once
        the row has taken 75 s. Rows about the same two commands share their runs.

        Args:
            row: what to measure.
            full: also run a baseline that takes minutes.

        Returns:
            The runs of the baseline, or None where it was left out, and those of the subject.

        Raises:
            measure.RunError: a command failed, or did something else than the row is about.
        """
        if row.slow_baseline and not full:
            (subject,) = self._interleave((row.subject,))
            return None, subject
        baseline, subject = self._interleave((row.baseline, row.subject))
        return baseline, subject

    def _interleave(self, cases: tuple[Case, ...]) -> tuple[Series, ...]:
        if cases in self._measured:
            return self._measured[cases]
        runs = [self._prepare(case) for case in cases]
        samples: list[list[Sample]] = [[] for _ in runs]
        deadline = time.monotonic() + SECONDS_PER_ROW
        for _ in range(self._repeat):
            for run, taken in zip(runs, samples, strict=True):
                taken.append(run())
            if time.monotonic() > deadline:
                break
        series = tuple(Series(tuple(taken)) for taken in samples)
        self._measured[cases] = series
        return series

    def _prepare(self, case: Case) -> Callable[[], Sample]:
        """Lay out a case's directory, and give a function that makes one run from the same starting point."""
        command = (*self._tools[case.tool].command, *ARGUMENTS[case.action])
        if case.config is None:
            return lambda: measure.run(command, self._scratch, self._environment, "Terraform v1.15.5")
        config = case.config
        folder = self._folder(case.tool, config)
        state = self._applied_state(config) if case.action == "no-op plan" else None
        expected = {
            "plan": f"Plan: {config.resources} to add, 0 to change, 0 to destroy",
            "no-op plan": "No changes.",
            "apply": f"Apply complete! Resources: {config.resources} added",
        }[case.action]

        def run() -> Sample:
            self._reset(folder)
            if state:
                self._restore(state, folder)
            return measure.run(command, folder, self._environment, expected)

        return run

    def _folder(self, tool: str, config: Config) -> Path:
        """Give the initialised directory in which a tool runs a configuration."""
        folder = self._scratch / f"{tool}-{config.name}"
        if not folder.exists():
            folder.mkdir()
            config.write(folder)
            command = (*self._tools[tool].command, "init", "-input=false", "-no-color")
            measure.run(command, folder, self._environment, "successfully initialized")
        return folder

    def _applied_state(self, config: Config) -> Path:
        """Give a directory with the state after an apply; both tools plan against copies of the same one."""
        if config not in self._states:
            tool = "iacctl" if "iacctl" in self._tools else "terraform"
            folder = self._folder(tool, config)
            self._reset(folder)
            command = (*self._tools[tool].command, *ARGUMENTS["apply"])
            measure.run(command, folder, self._environment, f"{config.resources} added")
            kept = self._scratch / f"state-{config.name}"
            kept.mkdir()
            for name in config.leaves:
                shutil.copy2(folder / name, kept / name)
            self._states[config] = kept
        return self._states[config]

    def _reset(self, folder: Path) -> None:
        """Remove what earlier runs left: everything but the configuration and the initialised providers."""
        for path in folder.iterdir():
            if path.is_file() and path.suffix != ".tf" and path.name != ".terraform.lock.hcl":
                path.unlink()

    def _restore(self, state: Path, folder: Path) -> None:
        for path in state.iterdir():
            shutil.copy2(path, folder / path.name)
