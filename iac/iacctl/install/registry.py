"""The registry protocol for modules: which versions there are, and where one of them is.

See https://developer.hashicorp.com/terraform/internals/module-registry-protocol.
"""

from __future__ import annotations

import json
import urllib.parse
from typing import TYPE_CHECKING, Any, Final

from iacctl.config.versions import Version, VersionError, parse_version
from iacctl.install.discovery import Discovery, DiscoveryError, json_problem
from iacctl.network.addresses import redact
from iacctl.network.client import Client, NetworkError, Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.config.versions import Constraints
    from iacctl.install.fetching import Tools
    from iacctl.network.client import Response

_SERVICE: Final = "modules.v1"
_VERSION_HEADER: Final = {"X-Terraform-Version": "1.15.5"}
_LONGEST_LIST: Final = 64 << 20
_LONGEST_PAGE: Final = 64 << 10
_TIMEOUT: Final = 10.0


class RegistryError(Exception):
    """The registry cannot be asked; the text says why."""


class NotFoundError(RegistryError):
    """The registry has no such module."""


class InvalidAnswerError(RegistryError):
    """What the registry answers is not what it should be."""


def policy(environment: Mapping[str, str]) -> Policy:
    """How patient to be: TF_REGISTRY_DISCOVERY_RETRY and TF_REGISTRY_CLIENT_TIMEOUT (seconds)."""
    retries = _positive(environment.get("TF_REGISTRY_DISCOVERY_RETRY", ""), 1)
    timeout = _positive(environment.get("TF_REGISTRY_CLIENT_TIMEOUT", ""), int(_TIMEOUT))
    return Policy(attempts=retries + 1, timeout=float(timeout))


def _positive(text: str, otherwise: int) -> int:
    try:
        return int(text) if int(text) > 0 else otherwise
    except ValueError:
        return otherwise


class Registry:
    """Asks registries, each thing once.

    Args:
        tools: what to work with.
    """

    def __init__(self, tools: Tools) -> None:
        self._discovery = Discovery(tools)
        self._policy = policy(tools.environment)
        self._client = Client(self._policy, environment=tools.environment)
        self._versions: dict[str, list[Version]] = {}
        self._locations: dict[tuple[str, str], str] = {}

    def close(self) -> None:
        """Close connections."""
        self._client.close()
        self._discovery.close()

    def versions(self, package: str) -> list[Version]:
        """The versions of a module.

        Args:
            package: its address, with the host.

        Raises:
            RegistryError: the registry cannot be asked.
        """
        if package not in self._versions:
            self._versions[package] = self._ask_versions(package)
        return self._versions[package]

    def _url(self, package: str, rest: str) -> tuple[str, str]:
        host, _, path = package.partition("/")
        try:
            return host, f"{self._discovery.service(host, _SERVICE)}{path}/{rest}"
        except DiscoveryError as error:
            raise RegistryError(str(error)) from None

    def _request(self, host: str, url: str) -> Response:
        try:
            private = {**self._discovery.headers(host), **_VERSION_HEADER}
            response = self._client.request("GET", url, private=private)
        except DiscoveryError as error:
            raise RegistryError(str(error)) from None
        except NetworkError as error:
            raise RegistryError(f"{self._gave_up()}: {error}") from None
        if response.status == 429 or 500 <= response.status != 501:
            with response:
                raise RegistryError(f"{self._gave_up()}: {response.status_text} returned from {redact(url)}")
        return response

    def _gave_up(self) -> str:
        attempts = self._policy.attempts
        return f"the request failed after {attempts} attempts, please try again later"

    def _ask_versions(self, package: str) -> list[Version]:
        host, url = self._url(package, "versions")
        with self._request(host, url) as response:
            if response.status == 404:
                raise NotFoundError(package)
            if not response.ok:
                raise RegistryError(f"error looking up module versions: {response.status_text}")
            try:
                document = json.loads(response.read(_LONGEST_LIST))
            except ValueError as error:
                raise RegistryError(json_problem(error)) from None
            except NetworkError as error:
                raise RegistryError(str(error)) from None
        found: list[Version] = []
        try:
            if not document["modules"]:
                raise InvalidAnswerError(package)
            for item in document["modules"][0].get("versions") or ():
                try:
                    found.append(parse_version(item["version"]))
                except VersionError:
                    continue  # a registry may hold what is no version; nobody can ask for it
        except (KeyError, TypeError, AttributeError, IndexError):
            raise InvalidAnswerError(package) from None
        return found

    def location(self, package: str, version: str) -> str:
        """Where the files of a version are: the address of a package, perhaps with a directory in it.

        Raises:
            RegistryError: the registry cannot be asked.
        """
        key = (package, version)
        if key not in self._locations:
            self._locations[key] = self._ask_location(package, version)
        return self._locations[key]

    def _ask_location(self, package: str, version: str) -> str:
        host, url = self._url(package, f"{version}/download")
        with self._request(host, url) as response:
            try:
                body = response.read(_LONGEST_PAGE)
            except NetworkError:
                body = b""
            said = f"{response.status_text} resp:{body.decode(errors='replace')}"
            if response.status == 404:
                raise NotFoundError(f'module "{package}" version "{version}" not found')
            if not response.ok:
                raise RegistryError(f'error getting download location for "{package}": {said}')
            place = response.headers.get("x-terraform-get") or _in_body(response, body)
            if not place:
                raise RegistryError(f'failed to get download URL for "{package}": {said}')
            if place.startswith(("/", "./", "../")):
                place = urllib.parse.urljoin(response.url, place)
            return place


def _in_body(response: Response, body: bytes) -> str:
    """The location in an answer's body, as newer registries give it (OpenTofu reads it, too)."""
    if response.status != 200 or "json" not in response.headers.get("content-type", ""):
        return ""
    try:
        document: Any = json.loads(body)
        return str(document["location"])
    except (ValueError, KeyError, TypeError):
        return ""


def newest(versions: list[Version], constraints: Constraints | None) -> tuple[Version | None, Version | None]:
    """The newest version that may be used, and the newest of all releases.

    A prerelease is used only where the constraint is that version and nothing else.
    """
    allowed: Version | None = None
    latest: Version | None = None
    for version in versions:
        if version.prerelease:
            fits = constraints is not None and constraints.text.strip() == str(version)
        else:
            fits = constraints is None or constraints.allows(version)
            if latest is None or version.order() > latest.order():
                latest = version
        if fits and (allowed is None or version.order() > allowed.order()):
            allowed = version
    return allowed, latest
