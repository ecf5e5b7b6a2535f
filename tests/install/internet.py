"""An internet on loopback: a proxy that answers for every host, over TLS with certificates of a test authority.

Programs reach it by the usual environment variables (`HTTPS_PROXY`, `SSL_CERT_FILE`, …), so host names can be real ones,
such as that of the public registry, and nothing leaves the machine.
"""

from __future__ import annotations

import datetime
import http.server
import ipaddress
import socket
import ssl
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Request(NamedTuple):
    """A request as it arrived; header names in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path without the query."""
        return urllib.parse.urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters."""
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.url).query, keep_blank_values=True))


class Answer(NamedTuple):
    """A response. `declared` is the length to announce, if it is not that of the body: such an answer breaks off."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    declared: int | None = None


Site = Callable[[Request], Answer]
"""What a host answers."""


class Authority:
    """A certificate authority.

    Args:
        folder: where its files are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        certificate = (
            self._certificate(self._name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.file = folder / "authority.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def _certificate(self, name: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30))
        )

    def context(self, host: str) -> ssl.SSLContext:
        """What a server for a host needs."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._make_context(host)
            return self._contexts[host]

    def _make_context(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._certificate(x509.Name([]), key)
            .add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        path = self._folder / f"{len(self._contexts)}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Internet:
    """All hosts there are.

    Args:
        folder: an empty folder for certificates.

    Attributes:
        sites: what answers, by `host` or `host:port` (the port only if it is not the scheme's), in lower case.
        requests: all that was asked, in order.
        environment: what leads programs here.
    """

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder)
        self.sites: dict[str, Site] = {}
        self.requests: list[Request] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.internet = self
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        proxy = f"http://{self.address}"
        authority = str(self.authority.file)
        self.environment = {
            **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), proxy),
            **dict.fromkeys(("NO_PROXY", "no_proxy", "SSL_CERT_DIR"), ""),
            **dict.fromkeys(("SSL_CERT_FILE", "GIT_SSL_CAINFO", "AWS_CA_BUNDLE"), authority),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: Request) -> Answer:
        """What the host of a request says; 404 if there is none of that name."""
        self.requests.append(request)
        site = self.sites.get(urllib.parse.urlsplit(request.url).netloc.rpartition("@")[2].lower())
        return Answer(404, b"no such host") if site is None else site(request)

    def asked(self) -> list[str]:
        """Methods and addresses of all requests."""
        return [f"{request.method} {request.url}" for request in self.requests]


@contextmanager
def internet(folder: Path) -> Iterator[Internet]:
    """An internet for a while."""
    folder.mkdir(parents=True, exist_ok=True)
    found = Internet(folder)
    try:
        yield found
    finally:
        found.close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    internet: Internet

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away in the middle are expected."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    _origin = ""

    def log_message(self, format: str, *args: object) -> None:
        """Not a word."""

    def do_CONNECT(self) -> None:
        self.send_response(200)
        self.end_headers()
        host, _, port = self.path.rpartition(":")
        context = self.server.internet.authority.context(host.strip("[]"))
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb")
        self.wfile = _Writer(self.connection)  # type: ignore[assignment]
        self._origin = f"https://{host}" if port == "443" else f"https://{self.path}"
        self.close_connection = False

    def _respond(self) -> None:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.internet.answer(Request(self.command, self._origin + self.path, headers, body))
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        length = len(answer.body) if answer.declared is None else answer.declared
        if not any(name.lower() == "content-length" for name, _ in answer.headers):
            self.send_header("Content-Length", str(length))
        if answer.declared is not None:
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = _respond  # noqa: N815 - the base class's names


class _Writer:
    """Writes to a TLS connection at once."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> int:
        self._connection.sendall(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    closed = False

    def close(self) -> None:
        self._connection.close()
