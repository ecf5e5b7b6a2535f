"""The s3 backend: one object per workspace in a bucket, laid out and locked as Terraform does.

``KEY`` is the default workspace's state, ``env:/NAME/KEY`` (or ``workspace_key_prefix``) that of the workspace NAME.
Locks are an object beside the state (``use_lockfile``), an item in a DynamoDB table (``dynamodb_table``), or both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl_state.backends import remote, s3_arguments
from iacctl_state.backends.aws_clients import AwsClients, region
from iacctl_state.backends.port import DEFAULT_WORKSPACE
from iacctl_state.backends.s3_locks import Lock, LockFile, LockTable
from iacctl_state.backends.s3_store import S3StateStore, explained
from iacctl_state.errors import WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.document import Json

DEFAULT_PREFIX: Final = "env:"


class S3Backend:
    """States in a bucket.

    Args:
        config: The arguments of the block; null stands for one that was not given.
        folder: The working folder, which holds the journals.

    Raises:
        BackendConfigError: An argument is not acceptable.
    """

    type: Final = "s3"
    has_workspaces: Final = True

    def __init__(self, config: Mapping[str, Json], *, folder: str = "") -> None:
        s3_arguments.check(config, region())
        self._config = config
        self._folder = folder
        self._bucket: str = config["bucket"]
        self._key: str = config["key"]
        prefix = config.get("workspace_key_prefix")
        self._prefix: str = DEFAULT_PREFIX if prefix is None else prefix
        self._made: AwsClients | None = None

    @property
    def _clients(self) -> AwsClients:
        if self._made is None:
            self._made = AwsClients(self._config)
        return self._made

    def workspaces(self) -> list[str]:
        """``default`` and every workspace of which there is an object.

        Raises:
            StateError: The bucket cannot be listed.
        """
        prefix = f"{self._prefix}/" if self._prefix else ""
        found = []
        with explained(self._bucket, "Failed to list workspaces"):
            pages = (
                self._clients.get("s3").get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            )
            for page in pages:
                for item in page.get("Contents") or ():
                    name, slash, key = item["Key"][len(prefix) :].partition("/")
                    if slash and key == self._key and name:
                        found.append(name)
        return [DEFAULT_WORKSPACE, *sorted(name for name in found if name != DEFAULT_WORKSPACE)]

    def create_workspace(self, name: str) -> None:
        """Create a workspace with an empty state; see :class:`~iacctl_state.backends.port.Backend`."""
        remote.create_workspace(self, name)

    def delete_workspace(self, name: str) -> None:
        """Delete a workspace's object."""
        remote.check_deletable(name)
        store = self.state(name)
        if store.read() is None:
            raise WorkspaceError(f'Workspace "{name}" doesn\'t exist.')
        store.delete()

    def state(self, workspace: str) -> S3StateStore:
        """The store of a workspace's state."""
        key = self._key
        if workspace != DEFAULT_WORKSPACE:
            key = f"{self._prefix}/{workspace}/{self._key}" if self._prefix else f"{workspace}/{self._key}"
        locks: list[Lock] = []
        table = None
        if self._config.get("use_lockfile"):
            locks.append(LockFile(self._clients, self._bucket, key, self._put_options()))
        if self._config.get("dynamodb_table"):
            table = LockTable(self._clients, self._config["dynamodb_table"], self._bucket, key)
            locks.append(table)
        return S3StateStore(
            workspace,
            self._clients,
            self._bucket,
            key,
            folder=self._folder,
            put_options=self._put_options(),
            get_options=self._customer_key(),
            locks=locks,
            digests=table,
        )

    def _customer_key(self) -> dict[str, Any]:
        import os

        key = self._config.get("sse_customer_key") or os.environ.get("AWS_SSE_CUSTOMER_KEY")
        if not key:
            return {}
        from base64 import b64decode

        return {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b64decode(key)}

    def _put_options(self) -> dict[str, Any]:
        config = self._config
        options = self._customer_key()
        if config.get("encrypt") and not options:
            if config.get("kms_key_id"):
                options |= {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": config["kms_key_id"]}
            else:
                options |= {"ServerSideEncryption": "AES256"}
        if config.get("acl"):
            options["ACL"] = config["acl"]
        return options


def configure(config: Mapping[str, Json], *, folder: str = "") -> S3Backend:
    """Make a backend of a ``backend "s3"`` block's arguments. AWS is asked when a state is.

    Raises:
        BackendConfigError: An argument is not acceptable.
    """
    return S3Backend(config, folder=folder)
