"""Packages in Google Cloud Storage: `gcs::https://www.googleapis.com/storage/v1/bucket/object.zip`.

Objects are read through the JSON API (https://cloud.google.com/storage/docs/json_api). Who asks is told by
GOOGLE_OAUTH_ACCESS_TOKEN, or else by the package `google-auth` if it is installed; an emulator, named by STORAGE_EMULATOR_HOST,
is asked by nobody.
"""

from __future__ import annotations

import json
import os
import urllib.parse
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl.install.fetching import FetchError
from iacctl.install.getters.http import save
from iacctl.network.client import NetworkError

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools
    from iacctl.network.client import Response

_SCOPE: Final = "https://www.googleapis.com/auth/devstorage.read_only"
_LONGEST_LIST: Final = 64 << 20


class Place(NamedTuple):
    """Where an object is: its bucket, its name (or what the names of a folder start with), and its generation."""

    bucket: str
    name: str
    generation: str = ""


def parse(url: str) -> Place:
    """Read an address.

    Raises:
        FetchError: it is none.
    """
    parts = urllib.parse.urlsplit(url)
    path = urllib.parse.unquote(parts.path).split("/", 4)
    if "googleapis.com" not in (parts.hostname or "") or len(path) != 5:
        raise FetchError("URL is not a valid GCS URL")
    return Place(path[3], path[4], parts.fragment)


def _request(path: str, tools: Tools) -> Response:
    emulator = tools.environment.get("STORAGE_EMULATOR_HOST", "")
    base = "https://storage.googleapis.com"
    private: dict[str, str] = {}
    if emulator:
        base = emulator.rstrip("/") if "://" in emulator else f"http://{emulator}"
    else:
        private["Authorization"] = f"Bearer {_token(tools)}"
    try:
        return tools.client.request("GET", f"{base}/storage/v1/b/{path}", private=private)
    except NetworkError as error:
        raise FetchError(str(error)) from None


def _token(tools: Tools) -> str:
    token = tools.environment.get("GOOGLE_OAUTH_ACCESS_TOKEN", "")
    if token:
        return token
    try:
        import importlib

        auth: Any = importlib.import_module("google.auth")
        transport: Any = importlib.import_module("google.auth.transport.urllib3")
    except ImportError:
        raise FetchError(
            "dialing: credentials: could not find default credentials: set GOOGLE_OAUTH_ACCESS_TOKEN, or install the Python"
            " package google-auth for application default credentials"
        ) from None
    import urllib3

    try:
        credentials, _ = auth.default(scopes=[_SCOPE])
        credentials.refresh(transport.Request(urllib3.PoolManager()))
    except Exception as error:
        raise FetchError(f"dialing: credentials: {error}") from None
    return str(credentials.token)


def _problem(response: Response) -> str:
    try:
        text = json.loads(response.read(1 << 20))["error"]["message"]
    except (ValueError, KeyError, TypeError, NetworkError):
        text = response.reason
    return f"googleapi: Error {response.status}: {text}"


def fetch_file(url: str, path: str, tools: Tools) -> None:
    """Download an object."""
    _download(parse(url), path, tools)


def _download(place: Place, path: str, tools: Tools) -> None:
    query = "?alt=media" + (f"&generation={urllib.parse.quote(place.generation)}" if place.generation else "")
    address = f"{urllib.parse.quote(place.bucket, safe='')}/o/{urllib.parse.quote(place.name, safe='')}{query}"
    with _request(address, tools) as response:
        if response.status == 404:
            raise FetchError("storage: object doesn't exist")
        if not response.ok:
            raise FetchError(_problem(response))
        save(response, path, tools)


def fetch_folder(url: str, destination: str, tools: Tools, hops: int) -> None:
    """Download all objects of which the names start like a folder."""
    place = parse(url)
    prefix = place.name if not place.name or place.name.endswith("/") else f"{place.name}/"
    os.makedirs(destination)  # noqa: PTH103
    page = ""
    found = False
    while True:
        query = urllib.parse.urlencode({"prefix": prefix, **({"pageToken": page} if page else {})})
        with _request(f"{urllib.parse.quote(place.bucket, safe='')}/o?{query}", tools) as response:
            if not response.ok:
                raise FetchError(_problem(response))
            try:
                listed = json.loads(response.read(_LONGEST_LIST))
                names = [str(item["name"]) for item in listed.get("items", ())]
                page = str(listed.get("nextPageToken") or "")
            except (ValueError, KeyError, TypeError, AttributeError, NetworkError) as error:
                raise FetchError(f"the list of objects cannot be read: {error}") from None
        for name in names:
            rest = name.removeprefix(prefix)
            if not rest or rest.endswith("/"):
                continue
            if ".." in rest.split("/"):
                raise FetchError(f"object name contains '..': {name}")
            path = os.path.join(destination, *filter(None, rest.split("/")))  # noqa: PTH118
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            _download(Place(place.bucket, name), path, tools)
            found = True
        if not page:
            break
    if not found:
        raise FetchError(f"there are no objects with the prefix {prefix} in the bucket {place.bucket}")
