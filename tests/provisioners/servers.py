"""Starts the servers that the tests of remote provisioners talk to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Served(NamedTuple):
    """A running server."""

    port: int
    host_key: str
    folder: Path

    def log(self, *kinds: str) -> list[list[Any]]:
        """What clients did, of some kinds only."""
        path = self.folder / "log"
        entries = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        return [entry for entry in entries if not kinds or entry[0] in kinds]


@contextmanager
def serving(folder: Path, **options: Any) -> Iterator[Served]:
    """An SSH server with a folder of its own; see `ssh_server` for its options."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.provisioners.ssh_server", str(folder), json.dumps(options)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port, _, host_key = process.stdout.readline().partition(" ")
        yield Served(int(port), host_key.strip(), folder)
    finally:
        process.kill()
        process.communicate()
