"""RSA private keys as PEM text, and decryption with PKCS #1 v1.5 padding (RFC 8017)."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final, NamedTuple

_PEM: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----\s*\n(.*?)-----END \1-----", re.DOTALL)
_INTEGER: Final = 0x02
_OCTETS: Final = 0x04
_SEQUENCE: Final = 0x30


class InvalidKeyError(Exception):
    """A private key cannot be read; says why in Terraform's words."""


class DecryptionError(Exception):
    """What was decrypted is no message."""


class PrivateKey(NamedTuple):
    """An RSA key.

    Attributes:
        modulus: the product of the two primes.
        exponent: the private exponent.
    """

    modulus: int
    exponent: int


def read_private_key(text: str) -> PrivateKey:
    """The key in PEM text: PKCS #1, PKCS #8 or OpenSSH's own format. Raises InvalidKeyError."""
    found = _PEM.search(text)
    if found is None:
        raise InvalidKeyError("invalid private key: ssh: no key found")
    kind, body = found[1], found[2]
    if "ENCRYPTED" in kind or "Proc-Type: 4,ENCRYPTED" in body:
        raise InvalidKeyError("invalid private key: ssh: this private key is passphrase protected")
    try:
        data = b64decode("".join(line for line in body.splitlines() if ":" not in line))
    except ValueError:
        raise InvalidKeyError("invalid private key: ssh: no key found") from None
    try:
        if kind == "RSA PRIVATE KEY":
            return _pkcs1(data)
        if kind == "PRIVATE KEY":
            return _pkcs1(_pkcs8(data))
        if kind == "OPENSSH PRIVATE KEY":
            return _openssh(data)
    except (IndexError, ValueError):
        raise InvalidKeyError("invalid ASN1 data in the given private key: truncated tag or length") from None
    if kind in ("EC PRIVATE KEY", "DSA PRIVATE KEY"):
        raise InvalidKeyError("invalid private key type, must be RSA")
    raise InvalidKeyError(f'invalid private key: ssh: unsupported key type "{kind}"')


def decrypt(key: PrivateKey, data: bytes) -> bytes:
    """The message in encrypted data. Raises DecryptionError."""
    size = (key.modulus.bit_length() + 7) // 8
    number = int.from_bytes(data, "big")
    if len(data) > size or number >= key.modulus:
        raise DecryptionError
    block = pow(number, key.exponent, key.modulus).to_bytes(size, "big")
    end = block.find(b"\0", 2)
    if block[:2] != b"\0\2" or end < 10:
        raise DecryptionError
    return block[end + 1 :]


def _element(data: bytes, at: int, tag: int) -> tuple[bytes, int]:
    """The content of a DER element, and where the next one is."""
    if data[at] != tag:
        raise ValueError("unexpected tag")
    length = data[at + 1]
    at += 2
    if length & 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[at : at + count], "big")
        at += count
    if at + length > len(data):
        raise ValueError("truncated")
    return data[at : at + length], at + length


def _pkcs1(data: bytes) -> PrivateKey:
    body, _ = _element(data, 0, _SEQUENCE)
    _, at = _element(body, 0, _INTEGER)
    modulus, at = _element(body, at, _INTEGER)
    _, at = _element(body, at, _INTEGER)
    exponent, _ = _element(body, at, _INTEGER)
    return PrivateKey(int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big"))


def _pkcs8(data: bytes) -> bytes:
    body, _ = _element(data, 0, _SEQUENCE)
    _, at = _element(body, 0, _INTEGER)
    _, at = _element(body, at, _SEQUENCE)
    return _element(body, at, _OCTETS)[0]


def _openssh(data: bytes) -> PrivateKey:
    """An unencrypted key in the format `openssh-key-v1` (OpenSSH's PROTOCOL.key)."""
    magic = b"openssh-key-v1\0"
    if not data.startswith(magic):
        raise InvalidKeyError("invalid private key: ssh: invalid openssh private key format")
    at = len(magic)
    cipher, at = _string(data, at)
    for _ in range(2):
        _, at = _string(data, at)
    if cipher != b"none":
        raise InvalidKeyError("invalid private key: ssh: this private key is passphrase protected")
    _, at = _string(data, at + 4)
    private, _ = _string(data, at)
    kind, at = _string(private, 8)
    if kind != b"ssh-rsa":
        raise InvalidKeyError("invalid private key type, must be RSA")
    modulus, at = _string(private, at)
    _, at = _string(private, at)
    exponent, _ = _string(private, at)
    return PrivateKey(int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big"))


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    length = int.from_bytes(data[at : at + 4], "big")
    at += 4
    if at + length > len(data):
        raise ValueError("truncated")
    return data[at : at + length], at + length
