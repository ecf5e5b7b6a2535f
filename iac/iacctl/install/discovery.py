"""Which services a host offers: its document `/.well-known/terraform.json`.

See https://developer.hashicorp.com/terraform/internals/remote-service-discovery.
"""

from __future__ import annotations

import json
import urllib.parse
from typing import TYPE_CHECKING, Any, Final

from iacctl.install.credentials import CredentialsError, services_of, token_for
from iacctl.network.client import Client, NetworkError, Policy

if TYPE_CHECKING:
    from iacctl.install.fetching import Tools

_LONGEST: Final = 1 << 20


class DiscoveryError(Exception):
    """The host does not offer the service, or does not say so; the text says how that is."""


class Discovery:
    """Asks each host once.

    Args:
        tools: what to work with.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._documents: dict[str, tuple[str, dict[str, Any]] | DiscoveryError] = {}
        self._client = Client(Policy(attempts=4, timeout=11.0), environment=tools.environment)

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def headers(self, host: str) -> dict[str, str]:
        """What shows a host who is asking.

        Raises:
            DiscoveryError: the credentials cannot be had.
        """
        try:
            token = token_for(host, self._tools)
        except CredentialsError as error:
            raise DiscoveryError(f"failed to request credentials: {error}") from None
        return {} if token is None else {"Authorization": f"Bearer {token}"}

    def service(self, host: str, service: str) -> str:
        """The URL of a service.

        Args:
            host: in its normal form.
            service: its id, such as `modules.v1`.

        Raises:
            DiscoveryError: there is none.
        """
        if host not in self._documents:
            self._documents[host] = self._find(host)
        found = self._documents[host]
        if isinstance(found, DiscoveryError):
            raise DiscoveryError(*found.args)
        base, document = found
        kind, _, version = service.partition(".")
        if service not in document:
            if any(name.partition(".")[0] == kind for name in document):
                raise DiscoveryError(f"host {host} does not support {kind} version {version}")
            raise DiscoveryError(f"host {host} does not provide a {kind} service" if base else _nothing(kind))
        value = document[service]
        if not isinstance(value, str):
            raise DiscoveryError(f"host {host} does not support {kind} version {version}")
        url = urllib.parse.urljoin(base or f"https://{host}/", value)
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise DiscoveryError(f"failed to parse service URL: unsupported scheme {parts.scheme}")
        if not parts.netloc:
            raise DiscoveryError("failed to parse service URL: no host")
        path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
        return urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, "", ""))

    def _find(self, host: str) -> tuple[str, dict[str, Any]] | DiscoveryError:
        given = services_of(host, self._tools.cli_config)
        if given is not None:
            return f"https://{host}/", dict(given)
        try:
            return self._ask(host)
        except DiscoveryError as error:
            return error

    def _ask(self, host: str) -> tuple[str, dict[str, Any]]:
        url = f"https://{host}/.well-known/terraform.json"
        try:
            response = self._client.request(
                "GET", url, headers={"Accept": "application/json"}, private=self.headers(host)
            )
            with response:
                if response.status == 404:
                    return "", {}
                if response.status == 429 or response.status >= 500:
                    raise DiscoveryError(f"failed to request discovery document: GET {url} giving up after 4 attempt(s)")
                if response.status != 200:
                    raise DiscoveryError(f"failed to request discovery document: {response.status_text}")
                kind = response.headers.get("content-type")
                if kind is not None and kind.partition(";")[0].strip() != "application/json":
                    raise DiscoveryError(f'discovery URL returned an unsupported Content-Type "{kind}"')
                data = response.read(_LONGEST)
        except NetworkError as error:
            raise DiscoveryError(f"failed to request discovery document: {error}") from None
        try:
            document = json.loads(data)
        except ValueError as error:
            raise DiscoveryError(f"failed to decode discovery document as a JSON object: {json_problem(error)}") from None
        if not isinstance(document, dict):
            raise DiscoveryError("failed to decode discovery document as a JSON object: it is another kind of value")
        return response.url, document


def _nothing(kind: str) -> str:
    return f"host does not provide a {kind} service"


def json_problem(error: ValueError) -> str:
    """What is wrong with a JSON text, in the words that Terraform's users know."""
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    if error.pos >= len(error.doc.rstrip()):
        return "unexpected end of JSON input"
    if error.msg == "Expecting value":
        return f"invalid character {error.doc[error.pos]!r} looking for beginning of value"
    return f"{error.msg[:1].lower()}{error.msg[1:]} (line {error.lineno}, column {error.colno})"
