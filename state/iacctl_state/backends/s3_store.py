"""One state in a bucket: read, written, verified, locked."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from iacctl_state.backends import remote
from iacctl_state.backends.port import StoredState
from iacctl_state.backends.waiting import lock_patiently
from iacctl_state.digest import digest
from iacctl_state.errors import ConflictError, LockError, StateError
from iacctl_state.locks import new_lock_info

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iacctl_state.backends.aws_clients import AwsClients
    from iacctl_state.backends.s3_locks import Lock, LockTable
    from iacctl_state.locks import LockInfo, LockRequest

_PATIENCE: Final = 10.0
"""Seconds to wait for an object that is as new as the lock table says: Terraform's."""


@contextmanager
def explained(bucket: str, summary: str) -> Iterator[None]:
    """Turn errors of AWS into errors of state.

    Raises:
        StateError: AWS refused something, or could not be reached.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code == "NoSuchBucket":
            raise StateError(
                summary,
                f'S3 bucket "{bucket}" does not exist.\n\nThe referenced S3 bucket must have been previously created. If the '
                "S3 bucket was created within the last minute, please wait for a minute or two and try again.",
            ) from error
        raise StateError(summary, f"{code}: {error}") from error
    except BotoCoreError as error:
        raise StateError(summary, str(error)) from error


class S3StateStore:
    """The state of one workspace.

    Args:
        workspace: The workspace.
        clients: Makes clients.
        bucket: The bucket.
        key: The object.
        folder: The working folder, which holds the journal.
        put_options: Further arguments of every upload: encryption, access.
        get_options: Further arguments of every download.
        locks: All to be taken, in this order.
        digests: The table that knows the digest of the newest state, if there is one.
    """

    is_local: Final = False

    def __init__(
        self,
        workspace: str,
        clients: AwsClients,
        bucket: str,
        key: str,
        *,
        folder: str = "",
        put_options: Mapping[str, Any],
        get_options: Mapping[str, Any],
        locks: Sequence[Lock] = (),
        digests: LockTable | None = None,
    ) -> None:
        self.workspace = workspace
        self.description = f"s3://{bucket}/{key}"
        self.lock_id: str | None = None
        self._clients = clients
        self._bucket = bucket
        self._key = key
        self._folder = folder
        self._put_options = put_options
        self._get_options = get_options
        self._locks = locks
        self._digests = digests
        self._tag: str | None = None  # of the object that was read or written last; "" for none

    @property
    def journal_path(self) -> str:
        """In the working folder, named after the object."""
        return remote.journal_path(self._folder, self.description)

    # -- content ------------------------------------------------------------------------------------------------

    def read(self) -> StoredState | None:
        """The object's content; where a table knows its digest, that is waited for."""
        give_up = time.monotonic() + _PATIENCE
        while True:
            content = self._download()
            expected = self._digests.digest() if self._digests is not None else ""
            if not expected or expected == _md5(content):
                break
            if time.monotonic() > give_up:
                raise StateError(
                    "Failed to read state",
                    f"state data in S3 does not have the expected content.\n\nThe checksum calculated for the state stored in "
                    f"S3 does not match the checksum\nstored in DynamoDB.\n\nBucket: {self._bucket}\nKey:    {self._key}\n"
                    f"Calculated checksum: {_md5(content)}\nStored checksum:     {expected}\n\nThis may be caused by unusually "
                    "long delays in S3 processing a previous state\nupdate. Please wait for a minute or two and try again.",
                )
            time.sleep(1)
        return StoredState(content, digest(content)) if content else None

    def _download(self) -> bytes:
        with explained(self._bucket, "Failed to read state"):
            client = self._clients.get("s3")
            try:
                found = client.get_object(Bucket=self._bucket, Key=self._key, **self._get_options)
            except client.exceptions.NoSuchKey:
                self._tag = ""
                return b""
            self._tag = found["ETag"]
            content: bytes = found["Body"].read()
            return content

    def write(self, content: bytes, *, expected: str | None, backup: bool) -> str:
        """Replace the object. The bucket's versions are its backups."""
        if expected is not None and self._tag is not None and self._current_tag() != self._tag:
            raise ConflictError(
                "State was changed by another program",
                f"{self.description} is not the state that this operation began with: another program has written it since. "
                "It was left as it is.",
            )
        with explained(self._bucket, "Failed to write state"):
            answer = self._clients.get("s3").put_object(
                Bucket=self._bucket, Key=self._key, Body=content, ContentType="application/json", **self._put_options
            )
        self._tag = answer["ETag"]
        if self._digests is not None:
            with explained(self._bucket, "Failed to store state MD5"):
                self._digests.set_digest(_md5(content))
        return digest(content)

    def _current_tag(self) -> str:
        with explained(self._bucket, "Failed to read state"):
            from botocore.exceptions import ClientError

            try:
                found = self._clients.get("s3").head_object(Bucket=self._bucket, Key=self._key, **self._get_options)
            except ClientError as error:
                if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                    return ""
                raise
            tag: str = found["ETag"]
            return tag

    def delete(self) -> None:
        """Delete the object, and what a table knows of it.

        Raises:
            StateError: It could not be deleted.
        """
        with explained(self._bucket, "Failed to delete workspace"):
            self._clients.get("s3").delete_object(Bucket=self._bucket, Key=self._key)
            if self._digests is not None:
                self._digests.forget_digest()

    # -- lock ---------------------------------------------------------------------------------------------------

    def lock(self, request: LockRequest) -> str:
        """Take all locks there are; without any, only pretend, as Terraform does."""
        if self.lock_id is not None:
            raise LockError("Error acquiring the state lock", f"{self.description} is already locked by this process.")

        def attempt() -> str:
            info = new_lock_info(request, f"{self._bucket}/{self._key}")
            taken: list[Lock] = []
            try:
                for lock in self._locks:
                    lock.take(info)
                    taken.append(lock)
            except BaseException:
                for lock in reversed(taken):
                    lock.release(info.id)
                raise
            return info.id

        self.lock_id = lock_patiently(attempt, request)
        return self.lock_id

    def unlock(self) -> None:
        """Give back all locks."""
        lock_id, self.lock_id = self.lock_id, None
        if lock_id is not None:
            for lock in reversed(self._locks):
                lock.release(lock_id)

    def force_unlock(self, lock_id: str) -> None:
        """Break the locks, if they have this ID."""
        holder = self.holder()
        if holder is None:
            raise LockError("Failed to unlock state", "there is no lock")
        if holder.id != lock_id:
            raise LockError(
                "Failed to unlock state", f'lock ID "{lock_id}" does not match existing lock ("{holder.id}")'
            )
        for lock in self._locks:
            lock.release(lock_id)

    def holder(self) -> LockInfo | None:
        """Who holds the first lock that somebody holds."""
        return next((info for lock in self._locks if (info := lock.holder()) is not None), None)


def _md5(content: bytes) -> str:
    """The digest that Terraform keeps in the table."""
    from hashlib import md5

    return md5(content, usedforsecurity=False).hexdigest() if content else ""
