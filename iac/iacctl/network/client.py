"""An HTTP client on urllib3.

What it sees to, whoever asks: certificates are checked (authorities of the system, or those that SSL_CERT_FILE and SSL_CERT_DIR
name); proxies of the environment are used; requests time out; failures that may pass are tried again, a little later each time;
redirects are followed only over HTTP, only so many, and without credentials as soon as they lead to another host; and no message
shows a credential.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl.network.addresses import origin, redact
from iacctl.network.proxies import proxy_for

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    import urllib3
    from urllib3.response import BaseHTTPResponse

USER_AGENT: Final = "Terraform/1.15.5"
"""What registries look for to tell which formats a client knows."""

MOST_REDIRECTS: Final = 10
_CONNECT_TIMEOUT: Final = 30.0
_READ_TIMEOUT: Final = 60.0
_PIECE: Final = 1 << 16
_LONGEST_PAUSE: Final = 30.0
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_BUNDLES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep their authorities, for Pythons that were built for another one."""


class NetworkError(Exception):
    """A request that got no answer; the text says why, without credentials."""


class Policy(NamedTuple):
    """How patient a client is.

    Attributes:
        attempts: how often a request is made at most, if the connection fails or the status is 429 or 5xx.
        timeout: seconds to wait for an answer, and for each further part of it.
        pause: seconds before the second attempt; doubled before each further one.
        redirects: how many redirects are followed.
    """

    attempts: int = 1
    timeout: float = _READ_TIMEOUT
    pause: float = 1.0
    redirects: int = MOST_REDIRECTS


class Response:
    """An answer whose body is still to be read. To be used in a `with` statement.

    Attributes:
        status: the status code.
        reason: what it means, such as `Not Found`.
        headers: by name in lower case; of repeated ones, all, separated by commas.
        url: what was requested in the end, after redirects.
    """

    __slots__ = ("_body", "headers", "reason", "status", "url")

    def __init__(self, url: str, body: BaseHTTPResponse) -> None:
        self.url = url
        self._body = body
        self.status: int = body.status
        self.reason: str = body.reason or _reason(body.status)
        self.headers: dict[str, str] = {name.lower(): value for name, value in body.headers.items()}

    def __enter__(self) -> Response:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._body.close()

    @property
    def ok(self) -> bool:
        """Whether the request succeeded."""
        return 200 <= self.status < 300

    @property
    def status_text(self) -> str:
        """Code and meaning, such as `404 Not Found`."""
        return f"{self.status} {self.reason}"

    def pieces(self) -> Iterator[bytes]:
        """The body, piece by piece.

        Raises:
            NetworkError: it breaks off.
        """
        import urllib3.exceptions

        try:
            yield from self._body.stream(_PIECE, decode_content=True)
        except urllib3.exceptions.HTTPError as error:
            raise NetworkError(_why(error)) from None
        except OSError as error:
            raise NetworkError(_why(error)) from None

    def read(self, limit: int) -> bytes:
        """The whole body.

        Args:
            limit: the most bytes to accept.

        Raises:
            NetworkError: it breaks off, or is longer.
        """
        parts: list[bytes] = []
        size = 0
        for piece in self.pieces():
            size += len(piece)
            if size > limit:
                raise NetworkError(f"the answer of {redact(self.url)} is longer than {limit} bytes")
            parts.append(piece)
        return b"".join(parts)


class Client:
    """Makes requests; keeps connections for further ones. Safe to use from several threads.

    Args:
        policy: how patient to be.
        user_agent: how to introduce itself.
        environment: the environment variables that name proxies and certificates; those of the process if not given.
    """

    def __init__(
        self,
        policy: Policy = Policy(),  # noqa: B008 - immutable
        user_agent: str = USER_AGENT,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self._policy = policy
        self._user_agent = user_agent
        self._pools: dict[str | None, urllib3.PoolManager] = {}
        self._context: ssl.SSLContext | None = None

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.clear()
        self._pools.clear()

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        private: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Response:
        """Make a request and follow its redirects.

        Args:
            method: such as `GET`.
            url: an `http` or `https` URL. User and password in it are sent as basic authentication.
            headers: header fields for whoever answers.
            private: header fields, such as credentials, for this host alone.
            body: what to send.

        Returns:
            The answer, whatever its status.

        Raises:
            NetworkError: there is none.
        """
        import urllib.parse

        sent = {"User-Agent": self._user_agent, **(headers or {})}
        secret = dict(private or {})
        first = origin(url)
        for _ in range(self._policy.redirects + 1):
            url, login = _without_login(url)
            own = secret if origin(url) == first else {}
            if login and not any(name.lower() == "authorization" for name in own):
                own = {**own, "Authorization": login}
            response = self._attempts(method, url, {**sent, **own}, body)
            target = response.headers.get("location")
            if response.status not in _REDIRECTS or target is None:
                return response
            response.__exit__(None, None, None)
            url = urllib.parse.urljoin(url, target)
            scheme = origin(url)[0]
            if scheme not in ("http", "https"):
                raise NetworkError(f'{method.title()} "{redact(url)}": unsupported protocol scheme "{scheme}"')
            if response.status == 303 or (response.status in (301, 302) and method == "POST"):
                method, body = ("HEAD" if method == "HEAD" else "GET"), None
        raise NetworkError(f'{method.title()} "{redact(url)}": stopped after {self._policy.redirects} redirects')

    def _attempts(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Response:
        import time

        pause = self._policy.pause
        left = self._policy.attempts
        while True:
            left -= 1
            try:
                response = self._once(method, url, headers, body)
            except NetworkError:
                if left <= 0:
                    raise
                wait = pause
            else:
                if left <= 0 or not (response.status == 429 or 500 <= response.status != 501):
                    return response
                wait = _asked_pause(response.headers.get("retry-after"), pause)
                response.__exit__(None, None, None)
            time.sleep(min(wait, _LONGEST_PAUSE))
            pause *= 2

    def _once(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Response:
        import urllib3
        import urllib3.exceptions

        scheme, host, _ = origin(url)
        if scheme not in ("http", "https"):
            raise NetworkError(f'{method.title()} "{redact(url)}": unsupported protocol scheme "{scheme}"')
        if not host:
            raise NetworkError(f'{method.title()} "{redact(url)}": no Host in request URL')
        try:
            answer = self._pool(proxy_for(url, self._environment)).request(
                method,
                url,
                body=body,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=min(_CONNECT_TIMEOUT, self._policy.timeout), read=self._policy.timeout),
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise NetworkError(f'{method.title()} "{redact(url)}": {_why(error)}') from None
        return Response(url, answer)

    def _pool(self, proxy: str | None) -> urllib3.PoolManager:
        import urllib3

        if proxy not in self._pools:
            options: dict[str, Any] = {"ssl_context": self._trust(), "maxsize": 8}
            if proxy is None:
                self._pools[proxy] = urllib3.PoolManager(**options)
            elif proxy.startswith("socks"):
                raise NetworkError("SOCKS proxies are not supported; use one that speaks HTTP")
            else:
                address, login = _without_login(proxy)
                headers = {"Proxy-Authorization": login} if login else None
                self._pools[proxy] = urllib3.ProxyManager(address, proxy_headers=headers, **options)
        return self._pools[proxy]

    def _trust(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = trust(self._environment)
        return self._context


def trust(environment: Mapping[str, str] | None = None) -> ssl.SSLContext:
    """The certificate authorities to trust.

    Args:
        environment: the environment variables; those of the process if not given.

    Raises:
        NetworkError: the file that SSL_CERT_FILE names cannot be used.
    """
    import ssl

    environment = os.environ if environment is None else environment
    file, folder = environment.get("SSL_CERT_FILE") or None, environment.get("SSL_CERT_DIR") or None
    if file is None and folder is None:
        known = ssl.get_default_verify_paths()
        if known.cafile is None and known.capath is None:
            file = next((path for path in _BUNDLES if os.path.exists(path)), None)  # noqa: PTH110
    try:
        if file is None and folder is None:
            return ssl.create_default_context()
        return ssl.create_default_context(cafile=file, capath=folder)
    except OSError as error:
        raise NetworkError(f"cannot read the certificates in {file or folder}: {error.strerror or error}") from None


def basic_authorization(user: str, password: str) -> str:
    """The value of an `Authorization` field."""
    import base64

    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _without_login(url: str) -> tuple[str, str | None]:
    """A URL without user and password, and these as the value of an `Authorization` field."""
    import urllib.parse

    parts = urllib.parse.urlsplit(url)
    login, at, place = parts.netloc.rpartition("@")
    if not at:
        return url, None
    user, _, password = login.partition(":")
    value = basic_authorization(urllib.parse.unquote(user), urllib.parse.unquote(password))
    return urllib.parse.urlunsplit(parts._replace(netloc=place)), value


def _asked_pause(text: str | None, otherwise: float) -> float:
    """The seconds that a `Retry-After` field asks for."""
    return float(text) if text is not None and text.strip().isdigit() else otherwise


def _reason(status: int) -> str:
    import http

    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def _why(error: BaseException) -> str:
    """The innermost reason, in words."""
    import ssl

    import urllib3.exceptions

    seen: BaseException | None = error
    while seen is not None:
        reason = getattr(seen, "reason", None)
        if isinstance(seen, ssl.SSLCertVerificationError):
            return f"tls: failed to verify certificate: {seen.verify_message}"
        if isinstance(seen, urllib3.exceptions.IncompleteRead):
            return "unexpected EOF"
        if isinstance(seen, urllib3.exceptions.NewConnectionError):
            return str(seen).rpartition("] ")[2].lower()
        if isinstance(seen, urllib3.exceptions.TimeoutError):
            return "timeout awaiting response"
        if isinstance(seen, OSError) and seen.strerror and not isinstance(reason, BaseException):
            return seen.strerror.lower()
        nested = reason if isinstance(reason, BaseException) else None
        if nested is None:
            nested = next((part for part in seen.args if isinstance(part, BaseException)), None)
        if nested is None or nested is seen:
            break
        seen = nested
    text = str(seen if seen is not None else error)
    return redact(text.rpartition(": ")[2] or type(error).__name__)
