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


def _pins(lock: str) -> list[str]:
    """Give the entries of a lock file: `name==version`, perhaps a marker, hashes."""
    return re.findall(r"^\S+==(?:.*\\\n)*.*", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "requirements"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", DEVELOPMENT)]
)
def test_every_dependency_is_pinned_with_hashes(lock: str, requirements: list[str]) -> None:
    pins = _pins(lock)
    assert {_normalised(requirement) for requirement in requirements} <= {_normalised(pin) for pin in pins}
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_both_locks_agree() -> None:
    runtime, development = (
        {pin.split()[0]: set(re.findall(r"sha256:\w+", pin)) for pin in _pins(lock)}
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert {pin: development.get(pin) for pin in runtime} == runtime


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_no_index_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert not re.search(r"^\s*(?:-e|/|\.)", text, re.MULTILINE)
