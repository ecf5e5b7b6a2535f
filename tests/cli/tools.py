"""Runs iacctl and real Terraform, in pipes and in a pseudo-terminal, and compares what they say and leave behind."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.conformance import oracle
from tests.conformance.fork_server import ForkServer

ROOT = Path(__file__).resolve().parents[2]
IACCTL = (sys.executable, "-m", "iacctl")
TERRAFORM = tuple(oracle.command())

ROWS, COLUMNS = 40, 100

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "IACCTL_"))} | {
    "CHECKPOINT_DISABLE": "1",
    "TF_CLI_CONFIG_FILE": os.devnull,
    "TERM": "xterm",
}
ENVIRONMENT.pop("NO_COLOR", None)


class Said(NamedTuple):
    """What a program printed, and its exit code."""

    code: int
    out: str
    err: str


def run(
    folder: Path,
    *words: str,
    program: Sequence[str] = IACCTL,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
) -> Said:
    done = subprocess.run(
        [*program, *words],
        cwd=folder,
        env={**ENVIRONMENT, **(env or {})},
        input=stdin.encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def succeed(folder: Path, *words: str, **more: str) -> str:
    said = run(folder, *words, **more)  # type: ignore[arg-type]
    assert said.code == 0, said.out + said.err
    return said.out


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _fork(
    folder: Path, *words: str, program: Sequence[str], stdin: str = "", env: Mapping[str, str] | None = None
) -> Said:
    """As `run`, without starting Python each time: histories are many and long."""
    done = _fork_server().run(
        words, cwd=folder, env={**ENVIRONMENT, **(env or {})}, stdin=stdin.encode(), timeout_seconds=120
    )
    assert done.code is not None, f"{program} {words} has not ended"
    return Said(done.code, done.stdout.decode(), done.stderr.decode())


@cache
def _fork_server() -> ForkServer:
    server = ForkServer()
    atexit.register(server.close)
    return server


class Run(NamedTuple):
    """A step of a history: a command."""

    words: Sequence[str]
    stdin: str = ""
    env: Mapping[str, str] = {}


Step = Run | Mapping[str, str | None]
"""A command, or files to write or (None) to remove."""


def history(folder: Path, program: Sequence[str], steps: Sequence[Step]) -> list[str]:
    """What a program says to the commands of a history, and what is in the folder afterwards, without what is random."""
    folder.mkdir(parents=True)
    told: list[str] = []
    for step in steps:
        if not isinstance(step, Run):
            write(folder, {name: text for name, text in step.items() if text is not None})
            for name, text in step.items():
                if text is None:
                    (folder / name).unlink()
            continue
        said = (_fork if program == IACCTL else run)(folder, *step.words, program=program, stdin=step.stdin, env=step.env)
        told.append(_comparable(f"$ {' '.join(step.words)}\n{said.out}\n{said.err}\n[{said.code}]", folder))
    told += [_comparable(f"{path.relative_to(folder)}: {_content(path)}", folder) for path in sorted(_files(folder))]
    return told


def _files(folder: Path) -> list[Path]:
    """State files, and all in the data folder except what iacctl alone notes there, or Terraform does."""
    ours = ("iacctl-providers.json", "plugin_path")
    found = [path for path in folder.rglob("*") if path.is_file() and path.name not in ours]
    found = [path for path in found if path.name != "terraform.tfstate" or '"backend"' in path.read_text() or _is_state(path)]
    return [path for path in found if path.suffix in (".tfstate", ".backup") or ".terraform" in path.parts]


def _is_state(path: Path) -> bool:
    """Whether this is no backend record: Terraform leaves an empty one where iacctl removes it."""
    return ".terraform" not in path.parts


def _content(path: Path) -> str:
    text = path.read_text()
    if path.name == "modules.json":
        return text
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return text


_RANDOM = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<uuid>"),
    (re.compile(r"\S+/(\d-local\.tfstate)"), r"<temporary>/\1"),
    (re.compile(r'"@timestamp":"[^"]*"'), "<time>"),
)


_MODULES = re.compile(r"(?:^- \S+ in \S+\n)+", re.MULTILINE)
"""Terraform names modules in any order."""


def _comparable(text: str, folder: Path) -> str:
    text = text.replace(str(folder), "<folder>")
    for pattern, name in _RANDOM:
        text = pattern.sub(name, text)
    return _MODULES.sub(lambda match: "".join(sorted(match[0].splitlines(keepends=True))), text)


def both(tmp_path: Path, steps: Sequence[Step]) -> tuple[str, str]:
    """What iacctl says and leaves, and what Terraform does."""
    theirs = history(tmp_path / "terraform" / "work", TERRAFORM, steps)
    ours = history(tmp_path / "iacctl" / "work", IACCTL, steps)
    return "\n".join(ours), "\n".join(theirs)


class Seen(NamedTuple):
    """What a person saw on the terminal, and the exit code."""

    code: int
    text: str


def watch(
    folder: Path,
    *words: str,
    program: Sequence[str] = IACCTL,
    script: Sequence[tuple[str, str | Callable[[int], None]]] = (),
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> Seen:
    """Run a program in a terminal of its own.

    Args:
        folder: where.
        words: its arguments.
        program: the program.
        script: pairs of a text to wait for and what to type then, or what to call with the process's id.
        env: further environment variables.
        timeout: seconds.
    """
    process, terminal = pty.fork()
    if not process:
        os.chdir(folder)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execve(program[0], [*program, *words], {**ENVIRONMENT, **(env or {})})
    waiting = list(script)
    seen = b""
    looked_at = 0
    ends = time.monotonic() + timeout
    while time.monotonic() < ends:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                part = os.read(terminal, 65536)
            except OSError:  # the process has ended
                break
            if not part:
                break
            seen += part
        if waiting and waiting[0][0].encode() in seen[looked_at:]:
            looked_at = len(seen)
            act = waiting.pop(0)[1]
            time.sleep(0.1)  # what follows a prompt is printed before its answer is read
            if callable(act):
                act(process)
            else:
                os.write(terminal, act.encode())
    else:
        os.kill(process, signal.SIGKILL)
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    return Seen(os.waitstatus_to_exitcode(status), seen.decode().replace("\r\n", "\n"))
