"""One measured run of a program: its time and its memory, as the operating system accounts for them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class RunError(Exception):
    """A measured command did not do the work whose time was wanted."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run took: seconds on the clock, seconds of processor time, and peak resident bytes."""

    wall: float
    user: float
    system: float
    memory: int


@dataclass(frozen=True, slots=True)
class Series:
    """The runs of one command, in the order in which they were made."""

    samples: tuple[Sample, ...]

    @property
    def wall(self) -> float:
        """Median of the seconds on the clock."""
        return statistics.median(sample.wall for sample in self.samples)

    @property
    def processor(self) -> float:
        """Median of the processor seconds, in the program and in the kernel on its behalf."""
        return statistics.median(sample.user + sample.system for sample in self.samples)

    @property
    def memory(self) -> float:
        """Median of the peak resident size, in megabytes (10^6 bytes)."""
        return statistics.median(sample.memory for sample in self.samples) / 1e6

    @property
    def spread(self) -> tuple[float, float]:
        """Fastest and slowest run, in seconds on the clock."""
        walls = [sample.wall for sample in self.samples]
        return min(walls), max(walls)


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], expected: str) -> Sample:
    """Run a command once and measure it.

    Args:
        command: program and arguments.
        folder: working directory; the output goes into `output.log` in it, as into a CI job's log.
        environment: the whole environment of the process.
        expected: text that the output must hold, so that a run which did something else is never counted.

    Raises:
        RunError: the exit status is not 0, or the output lacks the expected text.
    """
    log = folder / "output.log"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            # wait4 and not wait: it gives the resources of this child alone.
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    printed = log.read_text(encoding="utf-8", errors="replace")
    if process.returncode != 0 or expected not in printed:
        tail = "\n".join(printed.splitlines()[-20:])
        raise RunError(
            f"`{' '.join(command)}` in {folder} ended with {process.returncode}; expected {expected!r} in:\n{tail}"
        )
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, kilobytes on Linux
    return Sample(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * unit)
