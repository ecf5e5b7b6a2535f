"""Which proxy, if any, leads to a host, by the environment variables that Go programs read, too.

`HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, also in lower case; see https://pkg.go.dev/golang.org/x/net/http/httpproxy.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iacctl.network.addresses import origin

if TYPE_CHECKING:
    from collections.abc import Mapping


def proxy_for(url: str, environment: Mapping[str, str] | None = None) -> str | None:
    """The URL of the proxy for a request.

    Args:
        url: what is requested.
        environment: the environment variables; those of the process if not given.

    Returns:
        The proxy's URL, or None where the request goes out directly.
    """
    environment = os.environ if environment is None else environment
    scheme, host, port = origin(url)
    name = f"{scheme}_proxy"
    if scheme == "http" and environment.get("REQUEST_METHOD"):
        return None  # HTTP_PROXY is then what a client sent in a Proxy header
    proxy = environment.get(name.upper()) or environment.get(name)
    if not proxy or host == "localhost" or _is_loopback(host):
        return None
    excluded = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    if any(_matches(entry.strip().lower(), host, port) for entry in excluded.split(",") if entry.strip()):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_loopback(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _matches(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY means a host: a name with its subdomains, an address, a network, each perhaps with a port."""
    import ipaddress

    if entry == "*":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    if address is not None:
        try:
            return address in ipaddress.ip_network(entry, strict=False)
        except ValueError:
            pass  # a name, or an address with a port
    name, colon, wanted = entry.rpartition(":")
    if colon and wanted.isdigit():
        if int(wanted) != port:
            return False
        entry = name
    if address is not None:
        return entry.strip("[]") == host
    if entry.startswith("*."):
        entry = entry[1:]
    if entry.startswith("."):
        return host.endswith(entry)
    return host == entry or host.endswith(f".{entry}")
