"""Module source addresses: local paths, registry modules, and packages fetched from elsewhere."""

from __future__ import annotations

import posixpath
import re
from typing import Final, Literal, NamedTuple

from iacctl.addrs import DEFAULT_HOST
from iacctl.config.provider_sources import host_problem

LOCAL: Final = "local"
REGISTRY: Final = "registry"
REMOTE: Final = "remote"

_NAME: Final = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62}[0-9A-Za-z])?\Z")
_TARGET_SYSTEM: Final = re.compile(r"[0-9a-z]{1,64}\Z")
_FORCED: Final = re.compile(r"[A-Za-z0-9]+::")
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SSH: Final = re.compile(r"[\w.-]+@[\w.-]+:\S")
_KNOWN_HOSTS: Final = ("github.com/", "gitlab.com/", "bitbucket.org/")
_NOT_REGISTRIES: Final = frozenset(("github.com", "gitlab.com", "bitbucket.org"))
_WITH_VERSION: Final = (
    "Terraform assumed that you intended a module registry source address because you also set the argument"
    ' "version", which applies only to registry modules.'
)


class ModuleSource(NamedTuple):
    """A parsed source address.

    Attributes:
        kind: `LOCAL`, `REGISTRY` or `REMOTE`.
        text: the address in its normal form, as the manifest records it.
    """

    kind: Literal["local", "registry", "remote"]
    text: str


class SourceError(ValueError):
    """The text is no source address; `summary` says what it should have been, the text itself why it is not."""

    def __init__(self, detail: str, summary: str = "Invalid module source address") -> None:
        super().__init__(detail)
        self.summary = summary


def parse(text: str, *, versioned: bool = False) -> ModuleSource:
    """Read a source address.

    Args:
        text: as written.
        versioned: whether the call has a `version` argument, which only registry modules can have.

    Raises:
        SourceError: it is none.
    """
    if text.startswith(("./", "../")):
        if versioned:
            raise SourceError(
                f'Failed to parse module registry address: can\'t use local directory "{text}" as a module registry'
                f" address.\n\n{_WITH_VERSION}",
                "Invalid registry module source address",
            )
        normal = posixpath.normpath(text)
        return ModuleSource(LOCAL, normal if normal.startswith("..") else f"./{normal}")
    if not text:
        raise SourceError("Failed to parse module source address: invalid source address: .")
    registry = _registry(text)
    if registry is not None:
        return registry
    if versioned:
        raise SourceError(
            "Failed to parse module registry address: a module registry source address must have either three or four"
            f" slash-separated components.\n\n{_WITH_VERSION}",
            "Invalid registry module source address",
        )
    return ModuleSource(REMOTE, _remote(text))


def split_subdirectory(text: str) -> tuple[str, str]:
    """The address of a package, and the directory within it that follows a double slash (empty if there is none)."""
    scheme = _URL.search(text)
    package, mark, rest = text[scheme.end() if scheme else 0 :].partition("//")
    if not mark:
        return text, ""
    directory, question, query = rest.partition("?")
    package = (text[: scheme.end()] if scheme else "") + package + question + query
    directory = posixpath.normpath(directory) if directory else ""
    if directory == ".." or directory.startswith("../"):
        raise SourceError(
            f'Failed to parse module source address: subdirectory path "{directory}" leads outside of the module package.'
        )
    return package, "" if directory == "." else directory


def _registry(text: str) -> ModuleSource | None:
    package, directory = split_subdirectory(text)
    parts = package.split("/")
    if len(parts) == 3:
        host = DEFAULT_HOST
    elif len(parts) == 4:
        host = parts.pop(0).lower()
        if "." not in host or host in _NOT_REGISTRIES or host_problem(host) is not None:
            return None
    else:
        return None
    namespace, name, system = parts
    if not (_NAME.match(namespace) and _NAME.match(name) and _TARGET_SYSTEM.match(system)):
        return None
    if "." in namespace or (len(package.split("/")) == 3 and namespace in _NOT_REGISTRIES):
        return None
    normal = f"{host}/{namespace}/{name}/{system}"
    return ModuleSource(REGISTRY, f"{normal}//{directory}" if directory else normal)


def _remote(text: str) -> str:
    if not (
        any(pattern.match(text) for pattern in (_FORCED, _URL, _SSH, _DRIVE))
        or text.startswith(_KNOWN_HOSTS)
        or text[0] == "/"
    ):
        package, _ = split_subdirectory(text)
        raise SourceError(
            "Terraform failed to determine your intended installation method for remote module package"
            f' "{package}".\n\nIf you intended this as a path relative to the current module, use "./{package}" instead. The'
            ' "./" prefix indicates that the address is a relative filesystem path.'
        )
    split_subdirectory(text)
    return text


def resolve_local(directory: str, source: str) -> str:
    """The directory that a local source means, seen from the directory of the calling module."""
    return posixpath.normpath(posixpath.join(directory, source))
