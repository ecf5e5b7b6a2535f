"""The resources `random_id`, `random_uuid` and `random_bytes`: random bytes in several spellings."""

from __future__ import annotations

from os import urandom
from typing import Any, Self

from iacctl_providers import sdk
from iacctl_providers.random.keeping import RETRY, Kept


class Id(Kept):
    """A unique identifier made of random bytes."""

    byte_length = sdk.integer(
        required=True,
        force_new=True,
        validators=(sdk.validators.at_least(1),),
        description="How many random bytes it has.",
    )
    prefix = sdk.string(optional=True, force_new=True, description="What the spellings begin with, as it is.")
    b64_url = sdk.string(computed=True, keep=True, description="In base64 with characters that are safe in URLs.")
    b64_std = sdk.string(computed=True, keep=True, description="In base64.")
    hex = sdk.string(computed=True, keep=True, description="In hexadecimal digits.")
    dec = sdk.string(computed=True, keep=True, description="In decimal digits.")

    def create(self, call: sdk.Call[Any]) -> None:
        self._spell(urandom(self.byte_length))

    def _spell(self, content: bytes) -> None:
        from base64 import b64encode, urlsafe_b64encode

        prefix = self.prefix or ""
        self.id = urlsafe_b64encode(content).decode().rstrip("=")
        self.b64_url = prefix + self.id
        self.b64_std = prefix + b64encode(content).decode()
        self.hex = prefix + content.hex()
        self.dec = prefix + _decimal(int.from_bytes(content, "big"))

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        prefix, _, encoded = text.rpartition(",")
        content = _unbase64(encoded, "ID", url=True)
        made = cls(byte_length=len(content), prefix=prefix or None, keepers={})
        made._spell(content)
        return made


class Uuid(Kept):
    """A random UUID."""

    result = sdk.string(computed=True, keep=True, description="The UUID.")

    def create(self, call: sdk.Call[Any]) -> None:
        self.result = self.id = _dashed(urandom(16).hex())

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        digits = text.replace("-", "")
        try:
            if len(text) != 36 or _dashed(bytes.fromhex(digits).hex()) != text.lower():
                raise ValueError("uuid string is wrong length or not in the form 8-4-4-4-12")
        except ValueError as problem:
            detail = f"There was an error during the parsing of the UUID.\n\n{RETRY}Original Error: {problem}"
            raise sdk.ProviderError("Import Random UUID Error", detail) from None
        return cls(result=text.lower(), id=text.lower())


class Bytes(Kept):
    """Random bytes, for secrets and keys."""

    length = sdk.integer(
        required=True, force_new=True, validators=(sdk.validators.at_least(1),), description="How many bytes."
    )
    base64 = sdk.string(computed=True, keep=True, sensitive=True, description="The bytes in base64.")
    hex = sdk.string(computed=True, keep=True, sensitive=True, description="The bytes in hexadecimal digits.")

    def create(self, call: sdk.Call[Any]) -> None:
        self._spell(urandom(self.length))

    def _spell(self, content: bytes) -> None:
        from base64 import b64encode

        self.base64 = b64encode(content).decode()
        self.hex = content.hex()
        self.id = "none"

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        content = _unbase64(text, "bytes", url=False)
        made = cls(length=len(content))
        made._spell(content)
        return made


def _decimal(number: int) -> str:
    if number.bit_length() < 10_000:
        return str(number)
    parts = []  # Python refuses to write integers that long at once
    while number:
        number, rest = divmod(number, 10**3000)
        parts.append(str(rest).zfill(3000))
    return "".join(reversed(parts)).lstrip("0")


def _dashed(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _unbase64(text: str, kind: str, *, url: bool) -> bytes:
    from base64 import b64decode

    try:
        if url:
            return b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return b64decode(text, validate=True)
    except ValueError as problem:
        detail = f"There was an error during the parsing of the base64 string.\n\n{RETRY}Original Error: {problem}"
        raise sdk.ProviderError(f"Import Random {kind} Error", detail) from None
