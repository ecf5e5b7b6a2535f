"""TCP connections through proxies: HTTP CONNECT (RFC 9110, 9.3.6) and SOCKS 5 (RFC 1928, 1929)."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

from iacctl.provisioners.communicator import UnreachableError

if TYPE_CHECKING:
    from iacctl.provisioners.ssh.settings import Login, Proxy

_PATIENCE: Final = 15.0
"""Seconds that one connection may take to come about."""
_SOCKS_FAULTS: Final = {
    1: "general SOCKS server failure",
    2: "connection not allowed by ruleset",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
    6: "TTL expired",
    7: "command not supported",
    8: "address type not supported",
}


def dial(target: Login, proxy: Proxy | None) -> socket.socket:
    """A connection to a machine, through a proxy if there is one.

    Raises:
        UnreachableError: there is none to be had.
    """
    if proxy is None:
        return _dial(target.host, target.port, target.address)
    if proxy.scheme not in ("http", "https", "socks5", "socks5h"):
        raise UnreachableError(f"Error connecting to proxy: proxy: unknown scheme: {proxy.scheme}")
    link = _dial(proxy.host, proxy.port, proxy.address)
    try:
        if proxy.scheme == "https":
            import ssl

            link = ssl.create_default_context().wrap_socket(link, server_hostname=proxy.host)
        if proxy.scheme.startswith("socks"):
            _socks(link, target, proxy)
        else:
            _http(link, target, proxy)
    except OSError as error:
        link.close()
        raise UnreachableError(f"Error connecting to proxy: {error.strerror or error}") from error
    except UnreachableError:
        link.close()
        raise
    return link


def _dial(host: str, port: int, address: str) -> socket.socket:
    try:
        link = socket.create_connection((host, port), timeout=_PATIENCE)
    except socket.gaierror as error:
        raise UnreachableError(f"dial tcp: lookup {host}: no such host") from error
    except TimeoutError as error:
        raise UnreachableError(f"dial tcp {address}: i/o timeout") from error
    except OSError as error:
        text = (error.strerror or str(error)).lower()
        raise UnreachableError(f"dial tcp {address}: connect: {text}") from error
    link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return link


def _http(link: socket.socket, target: Login, proxy: Proxy) -> None:
    lines = [f"CONNECT {target.address} HTTP/1.1", f"Host: {target.address}"]
    if proxy.user:
        from base64 import b64encode

        secret = b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {secret}")
    link.sendall("\r\n".join([*lines, "", ""]).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        # A byte at a time: what follows the head belongs to the machine behind the proxy.
        data = link.recv(1)
        if not data or len(answer) > 65536:
            raise UnreachableError("Error connecting to proxy: unexpected EOF")
        answer += data
    status = answer.partition(b"\r\n")[0].decode(errors="replace").split(" ", 1)
    if len(status) < 2 or not status[1].startswith("200"):
        raise UnreachableError(f"Connection to proxy failed: {status[-1]}")


def _socks(link: socket.socket, target: Login, proxy: Proxy) -> None:
    methods = b"\x00\x02" if proxy.user else b"\x00"
    link.sendall(bytes((5, len(methods))) + methods)
    version, method = _exactly(link, 2)
    if version != 5 or method == 255:
        raise UnreachableError("Error connecting to proxy: no acceptable authentication methods")
    if method == 2:
        user, password = proxy.user.encode(), proxy.password.encode()
        link.sendall(bytes((1, len(user))) + user + bytes((len(password),)) + password)
        if _exactly(link, 2)[1] != 0:
            raise UnreachableError("Error connecting to proxy: username/password authentication failed")
    host = target.host.encode("idna" if target.host.isascii() else "utf-8")
    link.sendall(bytes((5, 1, 0, 3, len(host))) + host + target.port.to_bytes(2, "big"))
    _, fault, _, kind = _exactly(link, 4)
    if fault:
        raise UnreachableError(f"Error connecting to proxy: {_SOCKS_FAULTS.get(fault, f'unknown code: {fault}')}")
    length = {1: 4, 4: 16}.get(kind)
    _exactly(link, 2 + (_exactly(link, 1)[0] if length is None else length))


def _exactly(link: socket.socket, number: int) -> bytes:
    found = b""
    while len(found) < number:
        data = link.recv(number - len(found))
        if not data:
            raise UnreachableError("Error connecting to proxy: unexpected EOF")
        found += data
    return found
