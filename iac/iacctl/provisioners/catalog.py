"""The provisioners that come with iacctl, by the name that a `provisioner` block gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.provider.schema import Block
    from iacctl.provisioners.port import Provisioner


def _local_exec() -> Provisioner:
    from iacctl.provisioners.local_exec import LocalExec

    return LocalExec()


def _remote_exec() -> Provisioner:
    from iacctl.provisioners.remote_exec import RemoteExec

    return RemoteExec()


def _file() -> Provisioner:
    from iacctl.provisioners.file import File

    return File()


FACTORIES: Final[Mapping[str, Callable[[], Provisioner]]] = {
    "file": _file,
    "local-exec": _local_exec,
    "remote-exec": _remote_exec,
}
"""Modules are imported when a provisioner is made, as most runs need none."""


def make(type_name: str) -> Provisioner | None:
    """A new provisioner; None when there is none of that name."""
    factory = FACTORIES.get(type_name)
    return None if factory is None else factory()


def schema(type_name: str) -> Block | None:
    """The arguments of a provisioner's block; None when there is none of that name."""
    found = make(type_name)
    return None if found is None else found.schema()
