"""`init -from-module`: a module's files copied into an empty directory."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Final

from iacctl.config import manifest, module_sources
from iacctl.diag import SourceFile
from iacctl.install.sources import FETCHERS, Workshop

if TYPE_CHECKING:
    from iacctl.config.loader import Request
    from iacctl.diag import Diagnostics
    from iacctl.install.fetching import Tools

_NAME: Final = "root"
_FILE: Final = "<main configuration>"


def copy_module(
    address: str, directory: str, tools: Tools, diags: Diagnostics, *, data_folder: str = manifest.DATA_FOLDER
) -> bool:
    """Copy a module from anywhere into an empty directory. Files whose names start with a dot stay behind.

    Args:
        address: the module's source address; a local one is relative to the process's working directory.
        directory: where to.
        tools: how packages are fetched.
        diags: gets what goes wrong.
        data_folder: the data folder in that directory, where the package is for a while.

    Returns:
        Whether the module is there. If not, the directory is as it was.

    Raises:
        OSError: the files cannot be written.
    """
    if os.listdir(directory):  # noqa: PTH208
        diags.error(
            "Can't populate non-empty directory",
            f"The target directory {directory} is not empty, so it cannot be initialized with the -from-module=... option.",
        )
        return False
    if address in (".", "..") or address.startswith(("./", "../")):
        address = os.path.abspath(address)  # noqa: PTH100
    try:
        source = module_sources.parse(address)
    except module_sources.SourceError as error:
        diags.error(error.summary, str(error))
        return False
    with tempfile.TemporaryDirectory(prefix=".from-module-", dir=directory) as folder:
        name = os.path.basename(folder)  # noqa: PTH119
        workshop = Workshop(directory, os.path.join(name, data_folder), tools)  # noqa: PTH118
        try:
            fetched = FETCHERS[source.kind](_request(source, directory), workshop, diags)
        finally:
            workshop.close()
        if fetched is None:
            return False
        _copy(os.path.join(directory, fetched.directory), directory, folder)  # noqa: PTH118
    return True


def _request(source: module_sources.ModuleSource, directory: str) -> Request:
    """A call of the module, as if a configuration had it."""
    from iacctl.config.loader import Request
    from iacctl.config.model import Module, ModuleCall
    from iacctl.diag import Diagnostics
    from iacctl.hcl import parser

    text = SourceFile(_FILE, "")
    body = parser.parse_config(text, Diagnostics())
    return Request((_NAME,), ModuleCall(_NAME, body, body.range), source, Module((), directory))


def _copy(source: str, directory: str, without: str) -> None:
    source = os.path.realpath(source)
    copied: list[str] = []
    try:
        for name in sorted(os.listdir(source)):  # noqa: PTH208
            if name.startswith(".") or os.path.join(source, name) == os.path.realpath(without):  # noqa: PTH118
                continue
            place = os.path.join(directory, name)  # noqa: PTH118
            copied.append(place)
            if os.path.isdir(os.path.join(source, name)) and not os.path.islink(os.path.join(source, name)):  # noqa: PTH112, PTH114, PTH118
                shutil.copytree(
                    os.path.join(source, name), place, symlinks=True, ignore=shutil.ignore_patterns(".*")  # noqa: PTH118
                )
            else:
                shutil.copy2(os.path.join(source, name), place, follow_symlinks=False)  # noqa: PTH118
    except BaseException:
        from iacctl.install.packages import remove

        for place in copied:
            remove(place)
        raise
