"""Which files hold tests, and in what order they are run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

EXTENSIONS: Final = (".tftest.hcl", ".tftest.json", ".tofutest.hcl", ".tofutest.json")
MOCK_EXTENSIONS: Final = (".tfmock.hcl", ".tfmock.json", ".tofumock.hcl", ".tofumock.json")


def test_files(names: Iterable[str]) -> list[str]:
    """The test files among the files of a directory, in order. A `.tofutest` file hides the `.tftest` file of its name."""
    return _chosen(names, EXTENSIONS)


def mock_files(names: Iterable[str]) -> list[str]:
    """The files with mock values among the files of a directory, in order."""
    return _chosen(names, MOCK_EXTENSIONS)


def _chosen(names: Iterable[str], extensions: tuple[str, ...]) -> list[str]:
    found = sorted(name for name in names if name.endswith(extensions) and not _is_ignored(name))
    hidden = {name.replace(".tofu", ".tf", 1) for name in found if ".tofu" in name}
    return [name for name in found if name not in hidden]


def _is_ignored(name: str) -> bool:
    """Whether a file is hidden, or an editor's backup."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
