"""Addresses of module packages outside of registries: URLs, and the short forms that stand for some.

An address may start with `kind::`, which names the way to fetch it. See
https://developer.hashicorp.com/terraform/language/modules/sources.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from iacctl.config.module_sources import split_subdirectory

if TYPE_CHECKING:
    from collections.abc import Callable

_FORCED: Final = re.compile(r"([A-Za-z0-9]+)::(.+)\Z", re.DOTALL)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY: Final = re.compile(r"(?:[^@]*@)?(?:\[[0-9A-Fa-f:.%]+\]|[^\s:\[\]<>\"\\^`{|}]*)(?::\d*)?\Z")
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_SCP: Final = re.compile(r"git@([^:/@]+):/?(.+)\Z", re.DOTALL)


class UnknownMethodError(ValueError):
    """The text is neither a URL nor one of the short forms; it is the package's address without a prefix."""


def split_forced(text: str) -> tuple[str, str]:
    """The way to fetch that an address names (empty if it names none), and the rest of it."""
    match = _FORCED.match(text)
    return (match[1], match[2]) if match else ("", text)


def join(package: str, directory: str) -> str:
    """The address of a directory within a package."""
    if not directory:
        return package
    address, question, query = package.partition("?")
    return f"{address}//{directory}{question}{query}"


def is_url(text: str) -> bool:
    """Whether a text has a scheme and nothing that no URL may have."""
    scheme = _SCHEME.match(text)
    if scheme is None or _CONTROL.search(text):
        return False
    rest = text[scheme.end() :].partition("#")[0].partition("?")[0]
    if rest.startswith("//"):
        authority, _, rest = rest[2:].partition("/")
        if _AUTHORITY.match(authority) is None:
            return False
    return _BAD_ESCAPE.search(rest) is None


def parse(text: str) -> tuple[str, str]:
    """Read an address.

    Returns:
        The package's address in its normal form, and the directory within the package.

    Raises:
        UnknownMethodError: it is neither a URL nor a short form.
        ValueError: it is one with a mistake, which the text tells.
    """
    package, directory = split_subdirectory(text)
    if not package:
        raise ValueError("invalid source address: ")
    forced, address = split_forced(package)
    if not is_url(address):
        address, inner = _from_short_form(address)
        own, plain = split_forced(address)
        forced, address = forced or own, plain
        directory = posixpath.normpath(posixpath.join(inner, directory)) if inner else directory
        directory = "" if directory == "." else directory
    return (f"{forced}::{address}" if forced else address), directory


def _from_short_form(address: str) -> tuple[str, str]:
    for expand in _SHORT_FORMS:
        found = expand(address)
        if found is not None:
            return found
    raise UnknownMethodError(address)


def _github(address: str) -> tuple[str, str] | None:
    if not address.startswith("github.com/"):
        return None
    path, question, query = address.partition("?")
    parts = path.rstrip("/").split("/")
    if len(parts) < 3:
        raise ValueError("GitHub URLs should be github.com/username/repo")
    repository = "/".join(parts[:3])
    if not repository.endswith(".git"):
        repository += ".git"
    return f"git::https://{repository}{question}{query}", "/".join(parts[3:])


def _git(address: str) -> tuple[str, str] | None:
    match = _SCP.match(address)
    return (f"git::ssh://git@{match[1]}/{match[2]}", "") if match else None


def _bitbucket(address: str) -> tuple[str, str] | None:
    if not address.startswith("bitbucket.org/"):
        return None
    path, question, query = address.partition("?")
    if not path.endswith(".git"):
        path += ".git"
    return f"git::https://{path}{question}{query}", ""


def _google_storage(address: str) -> tuple[str, str] | None:
    if "googleapis.com/" not in address:
        return None
    parts = address.split("/")
    if len(parts) < 5:
        raise ValueError("URL is not a valid GCS URL")
    return f"gcs::https://www.googleapis.com/storage/{parts[2]}/{parts[3]}/{'/'.join(parts[4:])}", ""


def _s3(address: str) -> tuple[str, str] | None:
    if ".amazonaws.com/" not in address:
        return None
    host, _, path = address.partition("/")
    labels = host.split(".")
    if len(labels) == 3:  # s3-region.amazonaws.com/bucket/key
        return f"s3::https://{host}/{path}", ""
    if len(labels) == 4:  # bucket.s3-region.amazonaws.com/key
        return f"s3::https://{labels[1]}.amazonaws.com/{labels[0]}/{path}", ""
    if len(labels) == 5 and labels[1] == "s3":  # bucket.s3.region.amazonaws.com/key
        return f"s3::https://s3.{labels[2]}.amazonaws.com/{labels[0]}/{path}", ""
    raise ValueError("URL is not a valid S3 URL")


def _file(address: str) -> tuple[str, str] | None:
    return (f"file://{address}", "") if address.startswith("/") else None


_SHORT_FORMS: Final[tuple[Callable[[str], tuple[str, str] | None], ...]] = (
    _github,
    _git,
    _bitbucket,
    _google_storage,
    _s3,
    _file,
)
