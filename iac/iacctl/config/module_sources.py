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
_NOT_REGISTRIES: Final = frozenset(("github.com", "bitbucket.org"))
_WITH_VERSION: Final = (
    "Terraform assumed that you intended a module registry source address because you also set the argument"
    ' "version", which applies only to registry modules.'
)
_NAME_RULE: Final = (
    "must be between one and 64 characters, including ASCII letters, digits, dashes, and underscores, where dashes and"
    " underscores may not be the prefix or suffix"
)


class ModuleSource(NamedTuple):
    """A parsed source address.

    Attributes:
        kind: `LOCAL`, `REGISTRY` or `REMOTE`.
        text: the address in its normal form, as the manifest records it.
        package: the address without the directory within the package.
        directory: that directory, empty for the package's root. It may be a pattern.
    """

    kind: Literal["local", "registry", "remote"]
    text: str
    package: str = ""
    directory: str = ""


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
    if text.startswith(("./", "../", ".\\", "..\\")):
        if versioned:
            raise _not_registry(f'can\'t use local directory "{text}" as a module registry address')
        normal = posixpath.normpath(text.replace("\\", "/"))
        return ModuleSource(LOCAL, normal if normal == ".." or normal.startswith("../") else f"./{normal}")
    try:
        return parse_registry(text)
    except ValueError as error:
        if versioned:
            raise _not_registry(str(error)) from None
    from iacctl.config import remote_sources

    try:
        package, directory = remote_sources.parse(text)
    except remote_sources.UnknownMethodError as error:
        raise SourceError(
            "Terraform failed to determine your intended installation method for remote module package"
            f' "{error}".\n\nIf you intended this as a path relative to the current module, use "./{error}" instead. The'
            ' "./" prefix indicates that the address is a relative filesystem path.'
        ) from None
    except ValueError as error:
        raise SourceError(f"Failed to parse module source address: {error}.") from None
    return ModuleSource(REMOTE, remote_sources.join(package, directory), package, directory)


def _not_registry(problem: str) -> SourceError:
    return SourceError(
        f"Failed to parse module registry address: {problem}.\n\n{_WITH_VERSION}", "Invalid registry module source address"
    )


def split_subdirectory(text: str) -> tuple[str, str]:
    """The address of a package, and the directory within it that follows a double slash (empty if there is none).

    Raises:
        ValueError: the directory is outside of the package; the text says so.
    """
    end = text.find("?")
    end = len(text) if end < 0 else end
    scheme = text.find("://", 0, end)
    start = text.find("//", scheme + 3 if scheme >= 0 else 0, end)
    if start < 0:
        return text, ""
    directory = text[start + 2 : end]
    package = text[:start] + text[end:]
    directory = posixpath.normpath(directory) if directory else ""
    if directory == ".." or directory.startswith("../"):
        raise ValueError(f'subdirectory path "{directory}" leads outside of the module package')
    return package, "" if directory == "." else directory.lstrip("/")


def parse_registry(text: str) -> ModuleSource:
    """Read the address of a module in a registry.

    Raises:
        ValueError: it is none; the text says why.
    """
    if "?" in text:
        raise ValueError("module registry addresses may not include a query string portion")
    package, directory = split_subdirectory(text)
    parts = package.split("/")
    if len(parts) == 3:
        if "." in parts[0]:
            raise ValueError(
                "source address must have three more components after the hostname: the namespace, the name, and the target"
                " system"
            )
        host = DEFAULT_HOST
    elif len(parts) == 4:
        host = _registry_host(parts.pop(0))
    else:
        raise ValueError("a module registry source address must have either three or four slash-separated components")
    namespace, name, system = parts
    if not _NAME.match(namespace):
        raise ValueError(f'invalid namespace "{namespace}": {_NAME_RULE}')
    if not _NAME.match(name):
        raise ValueError(f'invalid module name "{name}": {_NAME_RULE}')
    if not _TARGET_SYSTEM.match(system):
        raise ValueError(f'invalid target system "{system}": must be between one and 64 ASCII letters or digits')
    normal = f"{host}/{namespace}/{name}/{system}"
    return ModuleSource(REGISTRY, f"{normal}//{directory}" if directory else normal, normal, directory)


def _registry_host(text: str) -> str:
    """A registry's host in its normal form: in lower case, and without the port of HTTPS."""
    host = text.lower()
    if any(label.startswith("xn--") for label in host.split(".")):
        raise ValueError(
            f'invalid module registry hostname "{text}"; internationalized domain names must be given as direct unicode'
            " characters, not in punycode"
        )
    if host_problem(host) is not None:
        raise ValueError(f'invalid module registry hostname "{text}"')
    name = host.partition(":")[0]
    if "." not in name:
        raise ValueError("invalid module registry hostname: must contain at least one dot")
    if name in _NOT_REGISTRIES:
        raise ValueError(
            f"can't use \"{name}\" as a module registry host, because it's reserved for installing directly from version"
            " control repositories"
        )
    return host.removesuffix(":443")


def display(package: str) -> str:
    """The address of a registry package as people write it: without the default host."""
    return package.removeprefix(f"{DEFAULT_HOST}/")


def resolve_local(directory: str, source: str) -> str:
    """The directory that a local source means, seen from the directory of the calling module."""
    return posixpath.normpath(posixpath.join(directory, source))
