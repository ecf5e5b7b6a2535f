"""Packages that are Mercurial repositories: `hg::URL?rev=…`."""

from __future__ import annotations

import os
import urllib.parse
from typing import TYPE_CHECKING

from iacctl.install.fetching import FetchError, take_parameters

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools


def fetch_folder(url: str, destination: str, tools: Tools, hops: int) -> None:
    """Clone the repository and update to what `rev` names."""
    url, parameters = take_parameters(url, "rev")
    revision = parameters.get("rev", "")
    tools.run(["hg", "clone", "-U", "--", url, destination])
    tools.run(["hg", "pull"], destination)
    tools.run(["hg", "update", *(["--", revision] if revision else [])], destination)


def fetch_file(url: str, path: str, tools: Tools) -> None:
    """Clone the repository that holds the file: the URL without its last part."""
    import shutil
    import tempfile

    parts = urllib.parse.urlsplit(url)
    place, _, name = parts.path.rpartition("/")
    with tempfile.TemporaryDirectory(prefix="clone-") as folder:
        clone = os.path.join(folder, "clone")  # noqa: PTH118
        fetch_folder(urllib.parse.urlunsplit(parts._replace(path=place)), clone, tools, 0)
        found = os.path.join(clone, urllib.parse.unquote(name))  # noqa: PTH118
        if not os.path.isfile(found) or os.path.islink(found):  # noqa: PTH113, PTH114
            raise FetchError(f"the repository has no file {name}")
        shutil.copyfile(found, path)
