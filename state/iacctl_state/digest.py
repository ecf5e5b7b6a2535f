"""Content digests: whether two documents are the same, byte for byte."""

from __future__ import annotations

try:
    from _blake2 import blake2b  # hashlib takes milliseconds to import because it loads OpenSSL
except ImportError:  # pragma: no cover - another Python than CPython
    from hashlib import blake2b


def digest(content: bytes) -> str:
    """BLAKE2b-256 of some bytes as hexadecimal text; "" for no bytes at all."""
    return blake2b(content, digest_size=32).hexdigest() if content else ""
