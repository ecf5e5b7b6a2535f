"""The normal form of strings."""

from __future__ import annotations


def nfc(text: str) -> str:
    """The text in Unicode normalization form C, as every string value is."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)
