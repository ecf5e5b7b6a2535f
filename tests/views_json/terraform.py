"""Real Terraform and iacctl on the same folder, with JSON documents made comparable."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from iacctl.config.variables import Option
from iacctl.eval.providers import ProviderPool
from iacctl.session import Session
from iacctl.views.terminal import Terminal

TERRAFORM = [sys.executable, str(Path(__file__).parents[1] / "conformance" / "oracle.py")]
IACCTL = [sys.executable, "-m", "iacctl"]
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("TF_")} | {
    "CHECKPOINT_DISABLE": "1",
    "TF_CLI_CONFIG_FILE": os.devnull,
}
_UNORDERED = ("checks", "child_modules", "relevant_attributes", "replace_paths")  # Terraform writes them in any order
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def call(*words: str, program: list[str] = TERRAFORM) -> subprocess.CompletedProcess[str]:
    """Run Terraform or iacctl in the current folder."""
    return subprocess.run(
        [*program, *words], env=_ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
    )


def run(*words: str, fails: bool = False) -> str:
    """What Terraform writes to standard output in the current folder."""
    done = call(*words)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout


def write(files: Mapping[str, str]) -> None:
    """Make the current folder hold these files, and Terraform know its modules."""
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    run("init", "-no-color")


def session(*variables: str) -> Session:
    """A session in the current folder, with values for variables as they are given to `-var`."""
    return Session(".", environ={}, options=[Option("var", text) for text in variables])


def printed(show: Callable[[Terminal], object]) -> str:
    """What a view writes to standard output."""
    out = io.StringIO()
    show(Terminal(out, io.StringIO()))
    return out.getvalue()


def pool(made: Session) -> ProviderPool:
    """Where views learn what providers declare."""
    return ProviderPool(made.make_provider)


def loads(text: str) -> Any:
    """Parsed JSON, numbers with a fraction as they were written."""
    return json.loads(text, parse_float=lambda digits: f"number {digits}")


def comparable(document: Any, *leave_out: str) -> Any:
    """The document without time, with the members of sets in order, and without some of its parts."""
    for name in ("timestamp", *leave_out):
        document.pop(name, None)
    return _sorted(document)


def _sorted(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _sorted(item, key) for key, item in value.items()}
    if isinstance(value, list):
        items = [_sorted(item) for item in value]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) if name in _UNORDERED else items
    return value


def without_ids(value: Any) -> Any:
    """The document with each random id replaced by the same word."""
    return json.loads(_UUID.sub("(id)", json.dumps(value)))
