"""Hashes, passwords, decryption and UUIDs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iacctl.lang.functions.calling import ArgumentError, FunctionError
from iacctl.lang.functions.encoding import decoded_base64
from iacctl.lang.functions.go_syntax import quoted
from iacctl.lang.functions.numeric import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Number, Value


def _hash(algorithm: str, base64: bool = False) -> Callable[[str], Value]:
    def call(text: str) -> Value:
        import hashlib

        digest = hashlib.new(algorithm, text.encode("utf-8", "surrogateescape"), usedforsecurity=False)
        if base64:
            from base64 import b64encode

            return b64encode(digest.digest()).decode("ascii")
        return digest.hexdigest()

    return call


_LEAST_COST: Final = 4
_MOST_COST: Final = 31
_ORDINARY_COST: Final = 10


def _bcrypt(text: str, *costs: Number) -> Value:
    if len(costs) > 1:
        raise FunctionError("bcrypt() takes no more than two arguments")
    cost = whole(costs[0]) if costs else _ORDINARY_COST
    if cost < _LEAST_COST:
        cost = _ORDINARY_COST
    if cost > _MOST_COST:
        raise FunctionError(
            f"error occurred generating password crypto/bcrypt: cost {cost} is outside allowed inclusive range"
            f" {_LEAST_COST}..{_MOST_COST}"
        )
    data = text.encode("utf-8", "surrogateescape")
    if len(data) > 72:
        raise FunctionError("error occurred generating password bcrypt: password length exceeds 72 bytes")
    import bcrypt

    return bcrypt.hashpw(data, bcrypt.gensalt(cost, b"2a")).decode("ascii")


def _uuid() -> Value:
    from uuid import uuid4

    return str(uuid4())


_UUID: Final = re.compile(
    r"(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\Z"
    r"|[{]([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})[}]\Z|([0-9a-f]{32})\Z",
    re.IGNORECASE,
)
_UUID_LENGTHS: Final = (36, 45, 38, 32)


def _uuidv5(namespace: str, name: str) -> Value:
    import uuid

    known = {
        "dns": uuid.NAMESPACE_DNS,
        "url": uuid.NAMESPACE_URL,
        "oid": uuid.NAMESPACE_OID,
        "x500": uuid.NAMESPACE_X500,
    }
    space = known.get(namespace)
    if space is None:
        found = _UUID.match(namespace)
        if found is None:
            length = len(namespace.encode("utf-8", "surrogateescape"))
            reason = "invalid UUID format" if length in _UUID_LENGTHS else f"invalid UUID length: {length}"
            raise FunctionError(f"uuidv5() doesn't support namespace {namespace} ({reason})")
        space = uuid.UUID(found[1] or found[2] or found[3])
    return str(uuid.uuid5(space, name))


def _rsadecrypt(ciphertext: str, private_key: str) -> Value:
    data = decoded_base64(ciphertext)
    if data is None:
        raise ArgumentError(0, f"failed to decode input {quoted(ciphertext)}: cipher text must be base64-encoded")
    from iacctl.lang.functions import rsa

    try:
        key = rsa.read_private_key(private_key)
    except rsa.InvalidKeyError as error:
        raise ArgumentError(1, str(error)) from None
    try:
        plain = rsa.decrypt(key, data)
    except rsa.DecryptionError:
        raise FunctionError("failed to decrypt: crypto/rsa: decryption error") from None
    return plain.decode("utf-8", "surrogateescape")


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "base64sha256": _hash("sha256", base64=True),
    "base64sha512": _hash("sha512", base64=True),
    "bcrypt": _bcrypt,
    "md5": _hash("md5"),
    "rsadecrypt": _rsadecrypt,
    "sha1": _hash("sha1"),
    "sha256": _hash("sha256"),
    "sha512": _hash("sha512"),
    "uuid": _uuid,
    "uuidv5": _uuidv5,
}
