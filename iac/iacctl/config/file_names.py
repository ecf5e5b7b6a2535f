"""Which files of a directory are configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def configuration_files(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The configuration files among the files of a directory, and the override files, each in order.

    Hidden files and editors' backup files are passed over. A `.tofu` file hides the `.tf` file of the same name.
    """
    found = [name for name in names if _extension(name)]
    hidden = {_stem(name) + ".tf" + _extension(name)[5:] for name in found if ".tofu" in _extension(name)}
    primary: list[str] = []
    override: list[str] = []
    for name in sorted(found):
        if name in hidden:
            continue
        stem = _stem(name)
        (override if stem == "override" or stem.endswith("_override") else primary).append(name)
    return primary, override


def is_ignored(name: str) -> bool:
    """Whether a file or directory is passed over: a hidden one, or an editor's backup."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


def _extension(name: str) -> str:
    """The extension of a configuration file; empty for any other file."""
    if is_ignored(name):
        return ""
    for extension in (".tf", ".tf.json", ".tofu", ".tofu.json"):
        if name.endswith(extension):
            return extension
    return ""


def _stem(name: str) -> str:
    return name.removesuffix(_extension(name))
