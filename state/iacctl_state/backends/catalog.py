"""All backends by name. Each is imported when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl_state.errors import BackendConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.backends.local import LocalOverrides
    from iacctl_state.backends.port import Backend
    from iacctl_state.document import Json

ATTRIBUTES: Final[dict[str, dict[str, str]]] = {
    "local": {"path": "string", "workspace_dir": "string"},
}
"""The arguments that each backend's block takes, with their types; all are optional."""

_PLANNED: Final = frozenset(("azurerm", "gcs", "http", "inmem", "pg", "s3"))
_UNPROVEN: Final = frozenset(("consul", "cos", "kubernetes", "oci", "oss"))
_REMOVED: Final = frozenset(("artifactory", "atlas", "etcd", "etcdv3", "manta", "swift"))


def names() -> list[str]:
    """The backends there are."""
    return sorted(ATTRIBUTES)


def check_type(name: str) -> None:
    """Refuse a backend that there is not.

    Raises:
        BackendConfigError: There is no such backend; the detail says why.
    """
    if name in ATTRIBUTES:
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
    from iacctl_state.backends import local

    return local.configure(config, folder=folder, overrides=overrides)
