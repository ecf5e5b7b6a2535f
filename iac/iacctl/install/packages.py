"""Packages of modules put in their places, whole or not at all.

A package is fetched into a temporary folder beside its place, and only what is complete is moved there. A package that several
calls name is fetched once and copied.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Final

from iacctl.install.fetching import FetchError, fetch, place_folder

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools

_TEMPORARY: Final = ".fetching-"


class Packages:
    """The packages of one installation.

    Args:
        folder: where they belong.
        tools: what to fetch with.
    """

    def __init__(self, folder: str, tools: Tools) -> None:
        self._folder = folder
        self._tools = tools
        self._fetched: dict[str, str] = {}

    def put(self, address: str, name: str) -> str:
        """Fetch a package.

        Args:
            address: its address.
            name: what its folder is to be called.

        Returns:
            The folder.

        Raises:
            FetchError: it cannot be had; whatever was there before still is.
        """
        place = os.path.join(self._folder, name)  # noqa: PTH118
        try:
            os.makedirs(self._folder, exist_ok=True)  # noqa: PTH103
            with tempfile.TemporaryDirectory(prefix=f"{_TEMPORARY}{os.getpid()}-", dir=self._folder) as folder:
                new = os.path.join(folder, name)  # noqa: PTH118
                if address in self._fetched:
                    place_folder(self._fetched[address], new)
                else:
                    fetch(address, new, self._tools)
                remove(place)
                os.rename(new, place)  # noqa: PTH104
        except OSError as error:
            raise FetchError(f"{error.filename or place}: {(error.strerror or str(error)).lower()}") from None
        self._fetched.setdefault(address, place)
        return place

    def tidy(self) -> None:
        """Remove what installations left that were killed."""
        try:
            names = os.listdir(self._folder)  # noqa: PTH208
        except OSError:
            return
        for name in names:
            if name.startswith(_TEMPORARY) and not _is_running(name.removeprefix(_TEMPORARY).partition("-")[0]):
                shutil.rmtree(os.path.join(self._folder, name), ignore_errors=True)  # noqa: PTH118


def _is_running(text: str) -> bool:
    if not text.isdigit():
        return False
    try:
        os.kill(int(text), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def remove(path: str) -> None:
    """Remove a folder with all that is in it, or a link to one.

    Raises:
        OSError: that is not possible.
    """
    if os.path.islink(path) or os.path.isfile(path):  # noqa: PTH113, PTH114
        os.remove(path)  # noqa: PTH107
    elif os.path.isdir(path):  # noqa: PTH112
        shutil.rmtree(path)
