"""Packages that are Git repositories: `git::URL?ref=…&depth=…&sshkey=…`."""

from __future__ import annotations

import os
import re
import urllib.parse
from typing import TYPE_CHECKING, Final

from iacctl.install.fetching import FetchError, take_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.install.fetching import Tools

_COMMIT: Final = re.compile(r"[0-9a-fA-F]{7,40}\Z")
_HEAD: Final = re.compile(r"ref: refs/heads/(\S+)\s+HEAD")


def fetch_folder(url: str, destination: str, tools: Tools, hops: int) -> None:
    """Clone the repository, with its submodules, and check out what `ref` names."""
    import tempfile

    url, parameters = take_parameters(url, "ref", "depth", "sshkey")
    ref = parameters.get("ref", "")
    depth = _depth(parameters.get("depth", ""))
    environment: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="ssh-") as folder:
        if parameters.get("sshkey"):
            environment = _with_key(parameters["sshkey"], folder, tools.environment)
        _clone(url, destination, ref, depth, tools, environment)
        shallow = ["--depth", str(depth)] if depth else []
        tools.run(["git", "submodule", "update", "--init", "--recursive", *shallow], destination, environment)


def _depth(text: str) -> int:
    try:
        return max(int(text), 0)
    except ValueError:
        return 0


def _with_key(encoded: str, folder: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Environment variables for SSH with a key, which is put into a folder."""
    import base64
    import binascii
    import shlex

    try:
        key = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise FetchError("illegal base64 data in the parameter sshkey") from None
    path = os.path.join(folder, "key")  # noqa: PTH118
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
    ssh = environment.get("GIT_SSH_COMMAND") or "ssh"
    return {"GIT_SSH_COMMAND": f"{ssh} -i {shlex.quote(path)}"}


def _clone(
    url: str, destination: str, ref: str, depth: int, tools: Tools, environment: Mapping[str, str]
) -> None:
    options: list[str] = []
    if depth:
        branch = ref or _default_branch(url, tools, environment)
        options = ["--depth", str(depth), *(["--branch", branch] if branch else [])]
    try:
        tools.run(["git", "clone", *options, "--", url, destination], None, environment)
    except FetchError as error:
        # git knows the folder by its temporary name.
        text = str(error).replace(f"Cloning into '{destination}'...\n", "")
        if depth and _COMMIT.match(ref):
            text += " (note that setting 'depth' requires 'ref' to be a branch or tag name)"
        raise FetchError(text) from None
    if ref:
        tools.run(["git", "checkout", _commit(ref, destination, tools)], destination, environment)


def _default_branch(url: str, tools: Tools, environment: Mapping[str, str]) -> str:
    try:
        said = tools.run(["git", "ls-remote", "--symref", "--", url, "HEAD"], None, environment)
    except FetchError:
        return ""
    match = _HEAD.search(said)
    return match[1] if match else ""


def _commit(ref: str, folder: str, tools: Tools) -> str:
    """The commit that a tag, a branch or the start of a commit id means. Only these are allowed, no path to a reference."""
    if not ref.startswith(("-", "refs/")) and ".." not in ref:
        for name in (ref, f"refs/remotes/origin/{ref}"):
            try:
                said = tools.run(
                    ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"], folder
                )
            except FetchError:
                continue
            return said.strip()
    raise FetchError(f'invalid ref: "{ref}"')


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
