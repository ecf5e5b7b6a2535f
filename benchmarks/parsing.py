"""How fast configuration text becomes a syntax tree, measured inside one process."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks import configs
from benchmarks.configs import Config
from benchmarks.measure import RunError

TITLE: Final = "HCL parser"
REPEAT: Final = 7
SPEED: Final = 3.0  # MB/s, at least
HEREDOC_SECONDS: Final = 0.1  # at most


@dataclass(frozen=True, slots=True)
class Parsed:
    """What parsing one file took: its size in bytes, the median in seconds, and its budget in words."""

    title: str
    size: int
    seconds: float
    budget: str
    met: bool

    @property
    def speed(self) -> float:
        """Megabytes (10^6 bytes) a second."""
        return self.size / 1e6 / self.seconds


def measure() -> list[Parsed]:
    """Parse the 1,000-resource benchmark file and a heredoc of 1 MB.

    Raises:
        RunError: the parser reported problems in them.
    """
    size, seconds = _parse(configs.chains(1000))
    typical = Parsed("1,000 resources", size, seconds, f">= {SPEED:g} MB/s", size / 1e6 / seconds >= SPEED)
    size, seconds = _parse(configs.heredoc(1_000_000))
    long = Parsed("a heredoc of 1 MB", size, seconds, f"< {HEREDOC_SECONDS:g} s", seconds < HEREDOC_SECONDS)
    return [typical, long]


def _parse(config: Config) -> tuple[int, float]:
    """Give the size of a configuration's `main.tf` and the median time of parsing it."""
    with tempfile.TemporaryDirectory() as folder:
        config.write(Path(folder))
        data = (Path(folder) / "main.tf").read_bytes()
    run = _parser(data)
    run()  # the first run also pays for imports
    times = []
    for _ in range(REPEAT):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return len(data), median(times)


def _parser(data: bytes) -> Callable[[], None]:
    # Imported here: the module must load, and list its rows, where iacctl is not installed.
    from iacctl.diag import Diagnostics, SourceFile
    from iacctl.hcl import parser

    def run() -> None:
        # A new file each time: line starts and other facts about it are kept once they are computed.
        diagnostics = Diagnostics()
        parser.parse_config(SourceFile.from_bytes("main.tf", data), diagnostics)
        if diagnostics.has_errors:
            raise RunError("the parser reported problems in a benchmark file")

    return run
