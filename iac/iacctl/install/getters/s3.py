"""Packages in S3, or in a store with the same interface: `s3::https://s3.amazonaws.com/bucket/key.zip`."""

from __future__ import annotations

import os
import urllib.parse
from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl.install.fetching import FetchError

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools


class Place(NamedTuple):
    """Where an object is.

    Attributes:
        bucket: the bucket's name.
        key: the object's key, or what the keys of a folder start with.
        region: the bucket's region.
        endpoint: the URL of the store, if it is not Amazon's.
        parameters: the query's parameters: credentials and the object's version.
    """

    bucket: str
    key: str
    region: str
    endpoint: str | None
    parameters: dict[str, str]


def parse(url: str) -> Place:
    """Read an address.

    Raises:
        FetchError: it is none.
    """
    parts = urllib.parse.urlsplit(url)
    parameters = dict(urllib.parse.parse_qsl(parts.query))
    host = (parts.hostname or "").lower()
    path = urllib.parse.unquote(parts.path).lstrip("/")
    bucket, _, key = path.partition("/")
    if "amazonaws.com" not in host:
        if not bucket or not key:
            raise FetchError("URL is not a valid S3 compliant URL")
        endpoint = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        return Place(bucket, key, parameters.get("region", "us-east-1"), endpoint, parameters)
    labels = host.split(".")[: -(3 if host.endswith(".cn") else 2)]
    if len(labels) == 1 or (len(labels) == 2 and labels[0] == "s3"):  # s3-region or s3.region, then the bucket in the path
        region = labels[-1].removeprefix("s3-").removeprefix("s3")
    elif len(labels) in (2, 3) and labels[1].startswith("s3"):  # bucket.s3-region or bucket.s3.region
        region = labels[-1].removeprefix("s3-").removeprefix("s3")
        bucket, key = labels[0], path
    else:
        raise FetchError("URL is not a valid S3 URL")
    if not bucket or not key:
        raise FetchError("URL is not a valid S3 URL")
    return Place(bucket, key, region or "us-east-1", None, parameters)


def _client(place: Place, tools: Tools) -> Any:
    import boto3
    import botocore.config
    import botocore.exceptions

    given = place.parameters
    environment = tools.environment
    try:
        session = boto3.Session(
            aws_access_key_id=given.get("aws_access_key_id") or None,
            aws_secret_access_key=given.get("aws_access_key_secret") or None,
            aws_session_token=given.get("aws_access_token") or None,
            profile_name=given.get("aws_profile") or None,
            region_name=place.region,
        )
        return session.client(
            "s3",
            endpoint_url=place.endpoint,
            verify=environment.get("AWS_CA_BUNDLE") or environment.get("SSL_CERT_FILE") or None,
            config=botocore.config.Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}),
        )
    except (botocore.exceptions.BotoCoreError, ValueError) as error:
        raise FetchError(f"operation error S3: {error}") from None


def _failure(operation: str, error: Exception) -> FetchError:
    import botocore.exceptions

    if not isinstance(error, botocore.exceptions.ClientError):
        return FetchError(f"operation error S3: {operation}, {error}")
    answer: dict[str, Any] = dict(error.response)
    status, meta = answer.get("Error", {}), answer.get("ResponseMetadata", {})
    return FetchError(
        f"operation error S3: {operation}, https response error StatusCode: {meta.get('HTTPStatusCode', 0)},"
        f" RequestID: {meta.get('RequestId', '')}, HostID: {meta.get('HostId', '')},"
        f" api error {status.get('Code', '')}: {status.get('Message', '')}"
    )


def fetch_file(url: str, path: str, tools: Tools) -> None:
    """Download an object."""
    place = parse(url)
    version = place.parameters.get("version")
    _download(_client(place, tools), place.bucket, place.key, path, tools, {"VersionId": version} if version else {})


def _download(client: Any, bucket: str, key: str, path: str, tools: Tools, more: dict[str, str]) -> None:
    import botocore.exceptions

    try:
        answer = client.get_object(Bucket=bucket, Key=key, **more)
        received = 0
        with open(path, "wb") as file:
            for piece in answer["Body"].iter_chunks(1 << 16):
                file.write(piece)
                received += len(piece)
                if tools.progress is not None:
                    tools.progress(received, answer.get("ContentLength"))
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
        raise _failure("GetObject", error) from None


def fetch_folder(url: str, destination: str, tools: Tools, hops: int) -> None:
    """Download all objects of which the keys start like a folder."""
    import botocore.exceptions

    place = parse(url)
    client = _client(place, tools)
    prefix = place.key if place.key.endswith("/") else f"{place.key}/"
    os.makedirs(destination)  # noqa: PTH103
    found = False
    try:
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=place.bucket, Prefix=prefix):
            for item in page.get("Contents", ()):
                name = str(item["Key"]).removeprefix(prefix)
                if not name or name.endswith("/"):
                    continue
                if ".." in name.split("/"):
                    raise FetchError(f"object key contains '..': {item['Key']}")
                path = os.path.join(destination, *filter(None, name.split("/")))  # noqa: PTH118
                os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
                _download(client, place.bucket, item["Key"], path, tools, {})
                found = True
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
        raise _failure("ListObjectsV2", error) from None
    if not found:
        raise FetchError(f"there are no objects with the prefix {prefix} in the bucket {place.bucket}")
