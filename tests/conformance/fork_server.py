"""Runs iacctl's command line many times without starting Python each time.

A process imports all of iacctl once, and forks itself for every call. What runs in the fork is the same function as
behind the console script, with the call's arguments, directory, environment and standard streams. The suites under
`tests/cli` start real processes instead.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Ended(NamedTuple):
    """What a call left behind: the exit code (None: it did not end in time) and both streams."""

    code: int | None
    stdout: bytes
    stderr: bytes


class ForkServer:
    """A client of the process that forks. Not for several threads.

    Raises:
        RuntimeError: the process could not be started, or died.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(
        self, words: Sequence[str], *, cwd: Path, env: Mapping[str, str], stdin: bytes, timeout_seconds: float
    ) -> Ended:
        """Run iacctl with these arguments and wait for its end."""
        process = self._start()
        assert process.stdin is not None and process.stdout is not None
        with tempfile.TemporaryDirectory(prefix="call-") as scratch:
            streams = [Path(scratch) / name for name in ("stdin", "stdout", "stderr")]
            streams[0].write_bytes(stdin)
            call = {"words": list(words), "cwd": str(cwd), "env": dict(env), "streams": [str(path) for path in streams]}
            process.stdin.write(json.dumps(call).encode() + b"\n")
            process.stdin.flush()
            if not select.select([process.stdout], [], [], timeout_seconds)[0]:
                os.killpg(process.pid, signal.SIGKILL)
                self.close()
                code = None
            else:
                line = process.stdout.readline()
                if not line:
                    raise RuntimeError(f"the process that forks has died with {process.wait()}")
                code = int(line)
            return Ended(code, *(path.read_bytes() if path.exists() else b"" for path in streams[1:]))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).resolve())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        return self._process


def _serve() -> None:
    """Answer every line of the standard input, a call, with its exit code."""
    import gc
    import importlib
    import pkgutil

    import iacctl
    import iacctl_providers
    import iacctl_state

    for package in (iacctl, iacctl_providers, iacctl_state):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        call = json.loads(line)
        child = os.fork()
        if not child:
            _become(call)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(call: dict[str, Any]) -> None:
    """Be the process of one call. Does not return."""
    try:
        reading, *writing = call["streams"]
        descriptors = [os.open(reading, os.O_RDONLY)]
        descriptors += [os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600) for path in writing]
        for number, descriptor in enumerate(descriptors):
            os.dup2(descriptor, number)
            os.close(descriptor)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        os.chdir(call["cwd"])
        os.environ.clear()
        os.environ.update(call["env"])
        sys.argv = ["iacctl", *call["words"]]

        from iacctl.cli.main import run

        run()
    finally:
        os._exit(70)


if __name__ == "__main__":
    _serve()
