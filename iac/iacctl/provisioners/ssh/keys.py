"""Private keys, certificates and host keys as `connection` blocks hold them: as texts."""

from __future__ import annotations

import io
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import paramiko
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from iacctl.provisioners.communicator import RemoteError
from iacctl.values.set_hash import go_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.provisioners.ssh.settings import Login


def private_key(login: Login) -> paramiko.PKey | None:
    """The key to log in with, with its certificate; None for none.

    Raises:
        RemoteError: it cannot be used.
    """
    text = login.private_key
    if not text:
        return None
    if "-----BEGIN " not in text:
        raise RemoteError("Failed to read ssh private key: no key found")
    key = _parsed(text.strip().encode() + b"\n")
    if login.certificate:
        kind, _, blob = login.certificate.strip().partition(" ")
        if not blob.strip():
            raise RemoteError(f"failed to parse certificate {go_quoted(login.certificate)}: ssh: no key found")
        if "-cert-v01@" not in kind:
            raise RemoteError("failed to parse certificate: it is a public key without a signature")
        try:
            key.load_certificate(login.certificate.strip())
        except (ValueError, paramiko.SSHException) as error:
            raise RemoteError(f"failed to parse certificate {go_quoted(login.certificate)}: {error}") from error
    return key


def _parsed(data: bytes) -> paramiko.PKey:
    load = serialization.load_pem_private_key
    if b"BEGIN OPENSSH PRIVATE KEY" in data:
        load = serialization.load_ssh_private_key
    try:
        key = load(data, None)
    except TypeError as error:
        raise RemoteError(
            "Failed to parse ssh private key: ssh: this private key is passphrase protected"
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        if b"ENCRYPTED" in data:
            raise RemoteError(
                "Failed to parse ssh private key: ssh: this private key is passphrase protected"
            ) from error
        raise RemoteError(f"Failed to parse ssh private key: {_first_line(error)}") from error
    if isinstance(key, RSAPrivateKey):
        return paramiko.RSAKey(key=key)
    if isinstance(key, EllipticCurvePrivateKey):
        return paramiko.ECDSAKey(vals=(key, key.public_key()))
    if isinstance(key, Ed25519PrivateKey):
        encoded = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )
        return paramiko.Ed25519Key(file_obj=io.StringIO(encoded.decode()))
    raise RemoteError(f"Failed to parse ssh private key: ssh: unsupported key type {type(key).__name__}")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def host_key(text: str) -> tuple[str, bytes] | None:
    """The type of a host key and the key; None for none.

    Raises:
        RemoteError: it cannot be read.
    """
    words = text.split()
    if not words:
        return None
    from binascii import Error, a2b_base64

    if len(words) < 2:
        raise RemoteError("knownhosts: missing key type pattern")
    try:
        return words[0], a2b_base64(words[1])
    except Error as error:
        raise RemoteError(f"knownhosts: {error}") from error


@contextmanager
def agent_keys(socket: str, identity: str) -> Iterator[list[paramiko.AgentKey]]:
    """The keys of the SSH agent, as long as it is talked to; the one that was asked for first.

    Args:
        socket: the agent's socket, from the environment.
        identity: a comment, or the path of a file with the public key beside it; nothing for no preference.
    """
    agent: paramiko.Agent | None = None
    with suppress(OSError, paramiko.SSHException):  # where nobody is there
        agent = paramiko.Agent() if socket else None
    if agent is None:
        yield []
        return
    try:
        yield _ordered(list(agent.get_keys()), identity)
    finally:
        agent.close()


def _ordered(found: list[paramiko.AgentKey], identity: str) -> list[paramiko.AgentKey]:
    if not identity:
        return found
    wanted = _public_key(identity)

    def is_other(key: paramiko.AgentKey) -> bool:
        return not (key.asbytes() == wanted if wanted is not None else identity in getattr(key, "comment", ""))

    return sorted(found, key=is_other)


def _public_key(identity: str) -> bytes | None:
    """The public key in a file, or in the one beside it; None when there is none."""
    for path in (f"{identity}.pub", identity):
        try:
            with open(path, encoding="utf-8") as file:
                found = host_key(file.readline())
        except (OSError, ValueError, RemoteError):
            continue
        if found is not None:
            return found[1]
    return None
