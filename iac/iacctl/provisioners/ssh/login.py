"""Logging in to a machine: its key, and the ways to prove who one is."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import paramiko
from paramiko.auth_handler import AuthOnlyHandler
from paramiko.common import cMSG_USERAUTH_REQUEST
from paramiko.transport import ServiceRequestingTransport

from iacctl.provisioners.communicator import UnreachableError
from iacctl.provisioners.ssh import keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.provisioners.ssh.settings import Login

_KEEPALIVE: Final = 2
"""Seconds between the messages that keep a connection open, as Terraform sends them."""


class _Logins(AuthOnlyHandler):
    """Asks to be let in. In paramiko's own, an answer that comes at once is lost, as it begins to wait after it has asked."""

    def send_auth_request(
        self, username: str, method: str, finish_message: Callable[[paramiko.Message], None] | None = None
    ) -> list[str]:
        """Ask in one way, whose particulars `finish_message` adds; what else is to be proved."""
        self.auth_method = method
        self.username = username
        message = paramiko.Message()
        message.add_byte(cMSG_USERAUTH_REQUEST)
        for part in (username, "ssh-connection", method):
            message.add_string(part)
        if finish_message is not None:
            finish_message(message)
        self.auth_event = threading.Event()
        with self.transport.lock:
            self.transport._send_message(message)  # type: ignore[attr-defined]  # as paramiko does itself
        return self.wait_for_response(self.auth_event)


class _Transport(ServiceRequestingTransport):
    """Asks once for the service of logging in, however many ways are tried: some servers hang up otherwise."""

    def get_auth_handler(self) -> _Logins:
        """See `_Logins`."""
        return _Logins(self)


def open_transport(
    link: Any, login: Login, key: paramiko.PKey | None, agent: str, agent_identity: str, patience: float
) -> paramiko.Transport:
    """Log in over a connection.

    Args:
        link: a socket, or a channel through another machine.
        login: where, and as whom.
        key: the private key, if there is one.
        agent: the socket of the SSH agent, or nothing.
        agent_identity: its key to try first, or nothing.
        patience: seconds that the handshake may take, and the login.

    Raises:
        UnreachableError: the machine does not answer, is another one, or does not let one in.
    """
    transport = _Transport(link)
    transport.daemon = True
    try:
        wanted = keys.host_key(login.host_key)
        if wanted is not None:
            _prefer(transport, wanted[0])
        transport.start_client(timeout=patience)
        if wanted is not None and transport.get_remote_server_key().asbytes() != wanted[1]:
            raise paramiko.SSHException("knownhosts: key mismatch")
        transport.auth_timeout = patience
        _authenticate(transport, login, key, agent, agent_identity)
        transport.set_keepalive(_KEEPALIVE)
    except (paramiko.SSHException, OSError, EOFError) as error:
        transport.close()
        reason = str(error) or type(error).__name__
        raise UnreachableError(
            f"SSH authentication failed ({login.user}@{login.host}:{login.port}): ssh: handshake failed: {reason}"
        ) from error
    return transport


def _prefer(transport: paramiko.Transport, kind: str) -> None:
    """Ask the machine for the kind of key that is known of it."""
    options = transport.get_security_options()
    names = tuple(options.key_types)
    first = [name for name in names if name == kind or (kind == "ssh-rsa" and name.startswith("rsa-sha2-"))]
    options.key_types = (*first, *(name for name in names if name not in first))


def _authenticate(
    transport: _Transport, login: Login, key: paramiko.PKey | None, agent: str, agent_identity: str
) -> None:
    """Prove who one is, in the order that Terraform tries: key, password, agent."""
    tried: list[str] = []
    allowed: list[str] | None = None
    try:
        _ask_for_nothing(transport, login.user)
    except paramiko.BadAuthenticationType as error:
        allowed = list(error.allowed_types)
    except paramiko.AuthenticationException:
        pass
    if transport.is_authenticated():
        return
    tried.append("none")

    def offers(method: str) -> bool:
        return allowed is None or method in allowed

    if key is not None and offers("publickey"):
        tried.append("publickey")
        if _succeeds(transport, lambda: transport.auth_publickey(login.user, key)):
            return
    if login.password:
        if offers("password"):
            tried.append("password")
            if _succeeds(transport, lambda: transport.auth_password(login.user, login.password, fallback=False)):
                return
        if offers("keyboard-interactive"):
            tried.append("keyboard-interactive")

            def answer(_title: str, _instructions: str, prompts: list[tuple[str, bool]]) -> list[str]:
                return [login.password for _ in prompts]

            if _succeeds(transport, lambda: transport.auth_interactive(login.user, answer)):
                return
    if offers("publickey"):
        with keys.agent_keys(agent, agent_identity) as found:
            for agent_key in found:
                tried.append("publickey")
                if _succeeds(transport, partial(transport.auth_publickey, login.user, agent_key)):
                    return
    methods = " ".join(dict.fromkeys(tried))
    raise paramiko.AuthenticationException(
        f"ssh: unable to authenticate, attempted methods [{methods}], no supported methods remain"
    )


def _ask_for_nothing(transport: _Transport, user: str) -> None:
    """Log in without proof; where that is refused, the answer says what else there is.

    paramiko's own `auth_none` fails on this kind of transport.
    """
    transport.ensure_session()
    transport.auth_handler = transport.get_auth_handler()
    transport.auth_handler.send_auth_request(user, "none")


def _succeeds(transport: paramiko.Transport, attempt: Any) -> bool:
    """Whether a way to log in was enough; one that was refused is no fault as long as there are others."""
    try:
        attempt()
    except paramiko.AuthenticationException:
        return False
    return transport.is_authenticated()
