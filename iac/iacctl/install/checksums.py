"""The `checksum` parameter of package addresses: `TYPE:HEX`, `HEX`, or `file:` and where a list of checksums is."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.install.fetching import FetchError

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools

_BY_LENGTH: Final = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_HEX: Final = re.compile(r"[0-9A-Fa-f]*\Z")
_BSD_LINE: Final = re.compile(r"(?P<kind>\w+)\s*\((?P<name>[^)]+)\)\s*=\s*(?P<value>[0-9A-Fa-f]+)\s*\Z")
_GNU_LINE: Final = re.compile(r"(?P<value>[0-9A-Fa-f]+)(?:\s+\*?(?P<name>\S.*?))?\s*\Z")
_LONGEST_LIST: Final = 16 << 20


class Checksum(NamedTuple):
    """What a file has to have: the kind, as `hashlib` names it, and the value in lower-case hexadecimal digits."""

    kind: str
    value: str


def parse(text: str, url: str, tools: Tools) -> Checksum:
    """Read a parameter, and the list it refers to.

    Args:
        text: the parameter.
        url: the address it belongs to, whose last part is looked for in a list.
        tools: what to fetch the list with.

    Raises:
        FetchError: it is none, or the list cannot be had or does not name the file.
    """
    kind, colon, value = text.partition(":")
    if not colon:
        return _checked(_BY_LENGTH.get(len(text), ""), text)
    if kind == "file":
        return _from_list(value, os.path.basename(url.partition("?")[0]), tools)  # noqa: PTH119
    if kind not in _BY_LENGTH.values():
        raise FetchError(f"invalid checksum: unsupported checksum type: {kind}")
    return _checked(kind, value)


def _checked(kind: str, value: str) -> Checksum:
    if not kind:
        raise FetchError(f"invalid checksum: unknown type for checksum {value}")
    if not _HEX.match(value):
        raise FetchError("invalid checksum: invalid checksum: encoding/hex: invalid byte")
    if len(value) % 2:
        raise FetchError("invalid checksum: invalid checksum: encoding/hex: odd length hex string")
    return Checksum(kind, value.lower())


def _from_list(place: str, name: str, tools: Tools) -> Checksum:
    for line in _read(place, tools).splitlines():
        match = _BSD_LINE.match(line.strip()) or _GNU_LINE.match(line.strip())
        if match is None:
            continue
        listed = match.groupdict().get("name")
        if listed is None or os.path.basename(listed) == name:  # noqa: PTH119
            kind = (match.groupdict().get("kind") or _BY_LENGTH.get(len(match["value"]), "")).lower()
            return _checked(kind if kind in _BY_LENGTH.values() else "", match["value"])
    raise FetchError(f"invalid checksum: no checksum found in: {place}")


def _read(place: str, tools: Tools) -> str:
    from iacctl.network.client import NetworkError

    if place.startswith(("http://", "https://")):
        try:
            with tools.client.request("GET", place) as response:
                if not response.ok:
                    raise FetchError(f"invalid checksum: Error downloading checksum file: bad response code: {response.status}")
                return response.read(_LONGEST_LIST).decode(errors="replace")
        except NetworkError as error:
            raise FetchError(f"invalid checksum: Error downloading checksum file: {error}") from None
    try:
        with open(place.removeprefix("file://"), encoding="utf-8", errors="replace") as file:
            return file.read(_LONGEST_LIST)
    except OSError as error:
        raise FetchError(f"invalid checksum: {place}: {(error.strerror or str(error)).lower()}") from None


def check(path: str, expected: Checksum, url: str) -> None:
    """Compare a file with what it has to be.

    Raises:
        FetchError: it is something else.
    """
    import hashlib

    with open(path, "rb") as file:
        found = hashlib.file_digest(file, expected.kind).hexdigest()
    if found != expected.value:
        raise FetchError(f"Checksums did not match for {url}.\nExpected: {expected.value}\nGot: {found}\n{expected.kind}")
