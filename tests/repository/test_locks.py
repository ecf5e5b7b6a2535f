"""The lock files hold all that pyproject.toml asks for, with hashes, and say nothing of where it comes from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = PROJECT["dependencies"]
DEVELOPMENT = [*RUNTIME, *PROJECT["optional-dependencies"]["dev"]]


def _normalised(requirement: str) -> str:
    """Give the name in a requirement as package indexes compare names (PEP 503)."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def _pins(lock: str) -> dict[str, str]:
    """Give the lines of a lock file by the name of the package that they pin."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^\S+==(?:.*\\\n)*.*", text, re.MULTILINE)
    return {_normalised(pin): pin for pin in pins}


@pytest.mark.parametrize(
    ("lock", "requirements"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", DEVELOPMENT)]
)
def test_every_dependency_is_pinned_with_hashes(lock: str, requirements: list[str]) -> None:
    pins = _pins(lock)
    assert {_normalised(requirement) for requirement in requirements} <= set(pins)
    assert [name for name, pin in pins.items() if "--hash=sha256:" not in pin] == []


def test_both_locks_agree() -> None:
    development = _pins("requirements-dev.lock")
    assert all(development[name] == pin for name, pin in _pins("requirements.lock").items())


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_no_index_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert not re.search(r"^\s*(?:-e|/|\.)", text, re.MULTILINE)
