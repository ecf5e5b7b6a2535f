"""Paths without symbolic links in them."""

from __future__ import annotations

import os
import stat
from typing import Final

_MOST_LINKS: Final = 255


class LinkError(OSError):
    """A part of a path is missing, or links lead in circles; the text names the part."""


def evaluate(base: str, path: str) -> str:
    """Follow the links in a path. One that has none, or only relative ones, stays relative.

    Args:
        base: the directory that the path is relative to.
        path: the path, without superfluous parts.

    Raises:
        LinkError: a part of it is missing.
    """
    done = "/" if path.startswith("/") else ""
    left = [part for part in reversed(path.split("/")) if part not in ("", ".")]
    links = 0
    while left:
        part = left.pop()
        if part == "..":
            parent, _, last = done.rstrip("/").rpartition("/")
            if last in ("", "..") and done != "/":
                done = f"{done}/.." if done else ".."
            else:
                done = parent or ("/" if done.startswith("/") else "")
            continue
        place = done.rstrip("/") + f"/{part}" if done else part
        try:
            status = os.lstat(os.path.join(base, place))  # noqa: PTH118
            if not stat.S_ISLNK(status.st_mode):
                done = place
                continue
            target = os.readlink(os.path.join(base, place))  # noqa: PTH115, PTH118
        except OSError as error:
            raise LinkError(f"lstat {place}: {(error.strerror or str(error)).lower()}") from None
        links += 1
        if links > _MOST_LINKS:
            raise LinkError("EvalSymlinks: too many links")
        if target.startswith("/"):
            done = "/"
        left.extend(piece for piece in reversed(target.split("/")) if piece not in ("", "."))
    return done or "."
