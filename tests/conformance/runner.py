"""Run a case with one tool in a folder of its own, and record what the tool said and left behind."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from . import null_provider, oracle
from .cases import Case, Step
from .fork_server import Ended, ForkServer

CACHE = Path(__file__).resolve().parents[1] / ".cache"
TIMEOUT_SECONDS = 120
PLAN_FILE = "tfplan"
_VALUE_FLAGS = {"-var", "-var-file", "-target", "-replace"}

Recording = list[dict[str, Any]]
"""One entry a step: `step`, `calls` (`words`, `exit`, `stdout`, `stderr`) and `states` (file name to text)."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A command line that behaves like Terraform's. Without a command it is iacctl's, run by forking."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


def terraform() -> Tool:
    """Return the oracle, which knows the mirrored null provider and no registry."""
    config = null_provider.cli_config(CACHE)
    return Tool("terraform", tuple(oracle.command()), {"TF_CLI_CONFIG_FILE": str(config), "GOGC": "off"})


def candidate() -> Tool:
    """Return what is tested: iacctl, or Terraform itself when CONFORMANCE_CANDIDATE says so (to test the harness)."""
    if os.environ.get("CONFORMANCE_CANDIDATE") == "terraform":
        return terraform()
    return Tool("iacctl", ())


def run(case: Case, tool: Tool) -> Recording:
    """Execute every step of the case and return what happened. A failing step does not end the case."""
    with tempfile.TemporaryDirectory(prefix="conformance-") as scratch:
        folder = Path(scratch).resolve() / "work"
        folder.mkdir()
        home = folder.with_name("home")
        home.mkdir()
        return list(_steps(case, tool, folder, home))


def terraform_recording(case: Case, *, live: bool = False) -> Recording:
    """Return Terraform's recording of a case, from the cache under `tests/.cache` when nothing it hangs on changed."""
    stored = CACHE / "oracle" / f"{case.name}-{_input_hash(case)}.json"
    if not live and stored.exists():
        recording: Recording = json.loads(stored.read_text(encoding="utf-8"))
        return recording
    recording = run(case, terraform())
    stored.parent.mkdir(parents=True, exist_ok=True)
    partial = stored.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(recording), encoding="utf-8")
    partial.rename(stored)
    return recording


def _input_hash(case: Case) -> str:
    digest = hashlib.sha256(oracle.fingerprint().encode())
    digest.update(null_provider.BINARY_SHA256.encode())
    for path in [Path(__file__), Path(__file__).with_name("cases.py"), *case.files()]:
        content = path.read_bytes()
        digest.update(f"{path.name} {path.parent.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:24]


def _steps(case: Case, tool: Tool, folder: Path, home: Path) -> Iterator[dict[str, Any]]:
    placed: set[Path] = set()
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("TF_", "IACCTL_"))}
    base = {**inherited, "HOME": str(home), "CHECKPOINT_DISABLE": "1", "NO_COLOR": "1", **tool.env, **dict(case.env)}
    for step in case.steps:
        calls = []
        if step.words[0] == "use":
            placed = _use(case, step.words[1], folder, placed)
        elif step.words[0] == "delete":
            (folder / step.words[1]).unlink(missing_ok=True)
        elif step.words[0] == "wait":
            time.sleep(float(step.words[1]))
        else:
            for words in _command_lines(step, folder):
                calls.append(_call(words, tool, step, folder, {**base, **dict(step.env)}))
        yield {"step": step.name, "calls": calls, "states": _states(folder)}


def _use(case: Case, name: str, folder: Path, placed: set[Path]) -> set[Path]:
    """Put a step folder's configuration in place of the previous one. State files stay, unless it brings its own."""
    layers = dict(case.layer(None))
    if name != ".":
        layers.update(case.layer(name))
    for target in placed - layers.keys():
        (folder / target).unlink(missing_ok=True)
    for target, source in layers.items():
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / target)
    return {target for target in layers if not target.name.startswith("terraform.tfstate")}


def _command_lines(step: Step, folder: Path) -> Iterator[list[str]]:
    """Yield the command lines of a step: its own, then those that look at the outcome."""
    command, *rest = step.words
    unattended = [] if step.stdin is not None else ["-input=false"]
    match command:
        case "init":
            yield ["init", "-no-color", "-input=false", *rest]
        case "validate":
            yield ["validate", "-json", *rest]
        case "plan":
            out = next((word.removeprefix("-out=") for word in rest if word.startswith("-out=")), PLAN_FILE)
            (folder / out).unlink(missing_ok=True)
            yield ["plan", "-no-color", *unattended, f"-out={out}", *(w for w in rest if not w.startswith("-out="))]
            if (folder / out).exists():
                yield ["show", "-json", out]
        case "apply" | "destroy":
            saved_plan = _names_plan_file(rest)
            approval = [] if saved_plan or step.stdin is not None else ["-auto-approve"]
            yield [command, "-no-color", *unattended, *approval, *rest]
            if command == "apply":
                yield ["show", "-json"]
                yield ["output", "-json"]
        case _:
            yield [command, *rest]


def _names_plan_file(words: list[str]) -> bool:
    """Return whether the arguments of apply end with a plan file."""
    before = words[-2] if len(words) > 1 else ""
    return bool(words) and not words[-1].startswith("-") and before not in _VALUE_FLAGS


def _call(words: list[str], tool: Tool, step: Step, folder: Path, env: dict[str, str]) -> dict[str, Any]:
    stdin = (step.stdin or "").encode()
    if tool.command:
        ended = _run([*tool.command, *words], folder, env, stdin)
    else:
        ended = _fork_server(threading.get_ident()).run(words, cwd=folder, env=env, stdin=stdin, timeout_seconds=TIMEOUT_SECONDS)
    place = str(folder)
    return {
        "words": words,
        "exit": f"still running after {TIMEOUT_SECONDS} s" if ended.code is None else ended.code,
        "stdout": ended.stdout.decode("utf-8", "backslashreplace").replace(place, "<folder>"),
        "stderr": ended.stderr.decode("utf-8", "backslashreplace").replace(place, "<folder>"),
    }


def _run(command: list[str], folder: Path, env: dict[str, str], stdin: bytes) -> Ended:
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, input=stdin, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        return Ended(None, late.stdout or b"", late.stderr or b"")
    return Ended(done.returncode, done.stdout, done.stderr)


@cache
def _fork_server(_thread: int) -> ForkServer:
    server = ForkServer()
    atexit.register(server.close)
    return server


def _states(folder: Path) -> dict[str, str]:
    """Return the text of the state files: the default workspace's, the others', and those of other local backends."""
    found = {}
    for path in sorted(folder.rglob("*.tfstate")):
        relative = path.relative_to(folder)
        if path.is_file() and ".terraform" not in relative.parts:
            text = path.read_text(encoding="utf-8", errors="backslashreplace")
            found[str(relative)] = text.replace(str(folder), "<folder>")
    return found
