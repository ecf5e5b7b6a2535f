"""All backends by name. Each is imported when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl_state.errors import BackendConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.backends.local import LocalOverrides
    from iacctl_state.backends.port import Backend
    from iacctl_state.document import Json

NAMES: Final = ("http", "local", "pg", "s3")
"""The backends there are."""

_PLANNED: Final = frozenset(("azurerm", "gcs", "inmem"))
_UNPROVEN: Final = frozenset(("consul", "cos", "kubernetes", "oci", "oss"))
_REMOVED: Final = frozenset(("artifactory", "atlas", "etcd", "etcdv3", "manta", "swift"))


def attributes(name: str) -> dict[str, Json]:
    """The arguments that a backend's block takes, with their types in the JSON form of type constraints.

    All are optional as far as the syntax goes: the backend itself says what is missing, since `init -backend-config`
    may add it.
    """
    if name == "local":
        return {"path": "string", "workspace_dir": "string"}
    if name == "http":
        from iacctl_state.backends import http

        return http.ATTRIBUTES
    if name == "pg":
        from iacctl_state.backends import pg

        return pg.ATTRIBUTES
    from iacctl_state.backends import s3_arguments

    return s3_arguments.ATTRIBUTES


def check_type(name: str) -> None:
    """Refuse a backend that there is not.

    Raises:
        BackendConfigError: There is no such backend; the detail says why.
    """
    if name in NAMES:
        return
    if name in _REMOVED:
        reason = f'The "{name}" backend is not supported in Terraform v1.3 or later.'
    elif name in _PLANNED:
        reason = f'This version of iacctl has no backend "{name}" yet. Use the "local" backend, or Terraform.'
    elif name in _UNPROVEN:
        reason = f'iacctl has no backend "{name}": it could not be tested against a real server. Use another backend.'
    else:
        reason = f'There is no backend type named "{name}".'
    raise BackendConfigError("Unsupported backend type", reason)


def configure(
    name: str, config: Mapping[str, Json], *, folder: str = "", overrides: LocalOverrides | None = None
) -> Backend:
    """Make the backend of a ``backend`` block.

    Args:
        name: The backend's type.
        config: Its arguments as JSON data; null stands for an argument that was not given.
        folder: The working folder.
        overrides: The command line's flags on the state file; only the local backend takes them.

    Raises:
        BackendConfigError: There is no such backend, or an argument is not acceptable.
    """
    check_type(name)
    if name == "http":
        from iacctl_state.backends import http

        return http.configure(config, folder=folder)
    if name == "pg":
        from iacctl_state.backends import pg

        return pg.configure(config, folder=folder)
    if name == "s3":
        from iacctl_state.backends import s3

        return s3.configure(config, folder=folder)
    from iacctl_state.backends import local

    return local.configure(config, folder=folder, overrides=overrides)
