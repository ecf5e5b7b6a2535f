"""What a `connection` block of the type `ssh` says, with Terraform's defaults."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.lang.functions.calling import FunctionError
from iacctl.lang.functions.dates import parse_duration
from iacctl.provisioners import arguments
from iacctl.provisioners.communicator import RemoteError

if TYPE_CHECKING:
    from iacctl.values import Value

_TIMEOUT: Final = 300.0
_SCRIPT_PATHS: Final = {"unix": "/tmp/terraform_%RAND%.sh", "windows": "C:/windows/temp/terraform_%RAND%.cmd"}


class Login(NamedTuple):
    """One machine to log in to.

    Attributes:
        host: its name or address.
        port: the port.
        user: the user.
        password: the password, or nothing.
        private_key: a private key's text, or nothing.
        certificate: a certificate for the key, or nothing.
        host_key: the host's public key; nothing to trust any.
    """

    host: str
    port: int
    user: str
    password: str
    private_key: str
    certificate: str
    host_key: str

    @property
    def address(self) -> str:
        """Host and port as Go writes them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Proxy(NamedTuple):
    """A proxy in front of the first machine; `scheme` is http, https or socks5."""

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @property
    def address(self) -> str:
        """Host and port as Go writes them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Settings(NamedTuple):
    """A connection.

    Attributes:
        target: the machine to reach.
        bastion: the machine to go through; None for none.
        proxy: the proxy to go through; None for none.
        agent: the socket of the SSH agent; nothing when it is not asked.
        agent_identity: the key of the agent that is tried first, or nothing.
        timeout: seconds for which to try to connect.
        script_path: where scripts are put.
        platform: `"unix"` or `"windows"`.
    """

    target: Login
    bastion: Login | None
    proxy: Proxy | None
    agent: str
    agent_identity: str
    timeout: float
    script_path: str
    platform: str

    def new_script_path(self) -> str:
        """Where to put a script, with a number in place of `%RAND%`."""
        return self.script_path.replace("%RAND%", str(random.randrange(2**31)))


def read(connection: Value) -> Settings:
    """What a connection says.

    Raises:
        RemoteError: it makes no sense.
    """

    def text(name: str, default: str = "") -> str:
        return arguments.text(connection, name) or default

    port = _port(connection, "port") or 22
    bastion_port = _port(connection, "bastion_port")
    proxy_port = _port(connection, "proxy_port")
    agent = ""
    if arguments.flag(connection, "agent") is not False:
        agent = os.environ.get("SSH_AUTH_SOCK", "")
        if not agent and arguments.flag(connection, "agent"):
            raise RemoteError("SSH agent requested but SSH_AUTH_SOCK not-specified")
    host = text("host")
    if not host:
        raise RemoteError("host for provisioner cannot be empty")
    platform = text("target_platform", "unix")
    if platform not in _SCRIPT_PATHS:
        raise RemoteError("target_platform for provisioner has to be either unix or windows")
    target = Login(
        host,
        port,
        text("user", "root"),
        text("password"),
        text("private_key"),
        text("certificate"),
        text("host_key"),
    )
    bastion: Login | None = None
    if text("bastion_host"):
        bastion = Login(
            text("bastion_host"),
            bastion_port or port,
            text("bastion_user", target.user),
            text("bastion_password", target.password),
            text("bastion_private_key", target.private_key),
            text("bastion_certificate"),
            text("bastion_host_key"),
        )
    proxy: Proxy | None = None
    if text("proxy_host"):
        proxy = Proxy(
            text("proxy_scheme", "http"),
            text("proxy_host"),
            proxy_port or 80,
            text("proxy_user_name"),
            text("proxy_user_password"),
        )
    return Settings(
        target,
        bastion,
        proxy,
        agent,
        text("agent_identity"),
        _timeout(text("timeout")),
        text("script_path", _SCRIPT_PATHS[platform]),
        platform,
    )


def _port(connection: Value, name: str) -> int | None:
    found = arguments.number(connection, name)
    if found is None:
        return None
    if not 0 <= found < 65536:
        raise RemoteError("value must be a whole number, between 0 and 65535 inclusive")
    return int(found)


def _timeout(text: str) -> float:
    """Seconds; what cannot be read counts as not given, as in Terraform."""
    try:
        return parse_duration(text).total_seconds() if text else _TIMEOUT
    except FunctionError:
        return _TIMEOUT
