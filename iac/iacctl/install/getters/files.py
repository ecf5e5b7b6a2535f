"""Packages that are folders or archives on this machine: `file:///path`."""

from __future__ import annotations

import os
import urllib.parse
from typing import TYPE_CHECKING

from iacctl.install.fetching import FetchError

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools


def _path(url: str) -> str:
    path = urllib.parse.unquote(urllib.parse.urlsplit(url).path)
    try:
        os.stat(path)  # noqa: PTH116
    except OSError as error:
        raise FetchError(f"source path error: stat {path}: {(error.strerror or str(error)).lower()}") from None
    return path


def fetch_folder(url: str, destination: str, tools: Tools, hops: int) -> None:
    """Make a link to the folder, so that changes in it are seen at once."""
    path = _path(url)
    if not os.path.isdir(path):  # noqa: PTH112
        raise FetchError("source path must be a directory")
    os.symlink(path, destination)  # noqa: PTH211


def fetch_file(url: str, path: str, tools: Tools) -> None:
    """Make a link to the archive."""
    source = _path(url)
    if os.path.isdir(source):  # noqa: PTH112
        raise FetchError("source path must be a file")
    os.symlink(os.path.abspath(source), path)  # noqa: PTH100, PTH211
