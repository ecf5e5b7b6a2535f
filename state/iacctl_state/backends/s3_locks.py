"""The two kinds of lock on a state in a bucket: an object beside it, and an item in a DynamoDB table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from iacctl_state.errors import LockError, LockHeldError
from iacctl_state.locks import parse_lock_info

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.backends.aws_clients import AwsClients
    from iacctl_state.locks import LockInfo

LOCK_SUFFIX: Final = ".tflock"
DIGEST_SUFFIX: Final = "-md5"
_TAKEN: Final = frozenset(("PreconditionFailed", "ConditionalRequestConflict", "412", "409"))
_FAILED: Final = "Error acquiring the state lock"


class Lock(Protocol):
    """A lock that outlives its holder's process."""

    def take(self, info: LockInfo) -> None:
        """Take it.

        Raises:
            LockHeldError: Somebody else holds it.
            LockError: It cannot be taken.
        """

    def holder(self) -> LockInfo | None:
        """What its holder wrote; ``None`` when there is no lock."""

    def _delete(self) -> None: ...

    def release(self, lock_id: str) -> None:
        """Give it back, if it is the one with this ID.

        Raises:
            LockError: It is another one, or cannot be given back.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        holder = self.holder()
        if holder is None:
            return
        if holder.id != lock_id:
            raise LockError(
                "Error releasing the state lock", f'lock ID "{lock_id}" does not match existing lock ("{holder.id}")'
            )
        try:
            self._delete()
        except (BotoCoreError, ClientError) as error:
            raise LockError("Error releasing the state lock", f"Error message: {error}") from error


class LockFile(Lock):
    """An object that only one can create.

    Args:
        clients: Makes clients.
        bucket: The bucket.
        key: The state's object.
        put_options: Further arguments of every upload.
    """

    def __init__(self, clients: AwsClients, bucket: str, key: str, put_options: Mapping[str, Any]) -> None:
        self._clients = clients
        self._bucket = bucket
        self._key = key + LOCK_SUFFIX
        self._put_options = put_options

    def take(self, info: LockInfo) -> None:
        """Create the object.

        Raises:
            LockHeldError: It is there already.
            LockError: It could not be created.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._clients.get("s3").put_object(
                Bucket=self._bucket,
                Key=self._key,
                Body=info.to_json().encode(),
                ContentType="application/json",
                IfNoneMatch="*",
                **self._put_options,
            )
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in _TAKEN:
                raise LockHeldError(f"{code}: {self._key} exists already", self.holder()) from None
            raise LockError(_FAILED, f"Error message: {error}") from error
        except BotoCoreError as error:
            raise LockError(_FAILED, f"Error message: {error}") from error

    def _delete(self) -> None:
        self._clients.get("s3").delete_object(Bucket=self._bucket, Key=self._key)

    def holder(self) -> LockInfo | None:
        """What its holder wrote; ``None`` when there is no lock."""
        from botocore.exceptions import BotoCoreError, ClientError

        client = self._clients.get("s3")
        options = {name: value for name, value in self._put_options.items() if name.startswith("SSECustomer")}
        try:
            found = client.get_object(Bucket=self._bucket, Key=self._key, **options)
            return parse_lock_info(found["Body"].read().decode("utf-8", "replace"))
        except client.exceptions.NoSuchKey:
            return None
        except (BotoCoreError, ClientError) as error:
            raise LockError("Failed to read the lock file", str(error)) from error


class LockTable(Lock):
    """An item that only one can create, and another one with the digest of the newest state.

    Args:
        clients: Makes clients.
        table: The table; its key is the text ``LockID``.
        bucket: The bucket.
        key: The state's object.
    """

    def __init__(self, clients: AwsClients, table: str, bucket: str, key: str) -> None:
        self._clients = clients
        self._table = table
        self._path = f"{bucket}/{key}"

    @property
    def _client(self) -> Any:
        return self._clients.get("dynamodb")

    def take(self, info: LockInfo) -> None:
        """Create the item.

        Raises:
            LockHeldError: It is there already.
            LockError: It could not be created.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._client.put_item(
                TableName=self._table,
                Item={"LockID": {"S": self._path}, "Info": {"S": info.to_json()}},
                ConditionExpression="attribute_not_exists(LockID)",
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ConditionalCheckFailedException":
                raise LockHeldError(
                    "ConditionalCheckFailedException: The conditional request failed", self.holder()
                ) from None
            raise LockError(_FAILED, f"Error message: {error}") from error
        except BotoCoreError as error:
            raise LockError(_FAILED, f"Error message: {error}") from error

    def _delete(self) -> None:
        self._client.delete_item(TableName=self._table, Key={"LockID": {"S": self._path}})

    def holder(self) -> LockInfo | None:
        """What its holder wrote; ``None`` when there is no lock."""
        text = self._item(self._path, "Info")
        return parse_lock_info(text) if text else None

    # -- digests ------------------------------------------------------------------------------------------------

    def digest(self) -> str:
        """The digest of the newest state; "" when none is known."""
        return self._item(self._path + DIGEST_SUFFIX, "Digest")

    def set_digest(self, digest: str) -> None:
        """Note the digest of the newest state."""
        self._client.put_item(
            TableName=self._table, Item={"LockID": {"S": self._path + DIGEST_SUFFIX}, "Digest": {"S": digest}}
        )

    def forget_digest(self) -> None:
        """Delete the note."""
        self._client.delete_item(TableName=self._table, Key={"LockID": {"S": self._path + DIGEST_SUFFIX}})

    def _item(self, lock_id: str, attribute: str) -> str:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            found = self._client.get_item(
                TableName=self._table,
                Key={"LockID": {"S": lock_id}},
                ProjectionExpression=f"LockID, {attribute}",
                ConsistentRead=True,
            )
        except (BotoCoreError, ClientError) as error:
            raise LockError("Failed to read the lock table", str(error)) from error
        text: str = found.get("Item", {}).get(attribute, {}).get("S", "")
        return text
