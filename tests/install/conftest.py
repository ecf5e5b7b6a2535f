"""An internet for the tests of a file, and Terraform on the same one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.install.internet import Internet, internet


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Internet]:
    with internet(tmp_path_factory.mktemp("internet")) as found:
        yield found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home directory with nothing in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder
