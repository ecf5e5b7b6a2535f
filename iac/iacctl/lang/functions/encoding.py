"""Functions that turn text into other text and back: base64, character encodings, URLs, gzip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from iacctl.hcl.normalization import nfc
from iacctl.lang.functions.calling import ArgumentError, FunctionError
from iacctl.lang.functions.filesystem import redacted
from iacctl.lang.functions.go_syntax import quoted
from iacctl.values import mark, unmark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Value

_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z")


def decoded_base64(text: str) -> bytes | None:
    """The bytes of padded base64 text (line breaks are passed over), or None."""
    from base64 import b64decode

    joined = text.replace("\n", "").replace("\r", "")
    return b64decode(joined) if _BASE64.match(joined) else None


def _base64decode(text: Value) -> Value:
    source, marks = unmark(text)
    data = decoded_base64(cast("str", source))
    if data is None:
        raise FunctionError(f"failed to decode base64 data {redacted(cast('str', source), marks)}")
    try:
        return mark(nfc(data.decode("utf-8")), marks)
    except UnicodeDecodeError:
        raise FunctionError("the result of decoding the provided string is not valid UTF-8") from None


def _base64encode(text: str) -> Value:
    from base64 import b64encode

    return b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")


def _base64gzip(text: str) -> Value:
    from base64 import b64encode
    from struct import pack
    from zlib import crc32

    from iacctl.lang.functions import deflate

    data = text.encode("utf-8", "surrogateescape")
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    tail = pack("<II", crc32(data), len(data) & 0xFFFFFFFF)
    return b64encode(head + deflate.compress(data) + tail).decode("ascii")


def _base64gunzip(text: Value) -> Value:
    from zlib import MAX_WBITS, decompressobj, error

    source, marks = unmark(text)
    data = decoded_base64(cast("str", source))
    if data is None:
        raise FunctionError(f"failed to decode base64 data {redacted(cast('str', source), marks)}")
    if data[:3] != b"\x1f\x8b\x08":
        raise FunctionError(f"failed to gunzip bytestream: {'EOF' if not data else 'gzip: invalid header'}")
    found: list[bytes] = []
    rest = data
    while rest:  # A file may consist of several compressed parts.
        reader = decompressobj(MAX_WBITS | 16)
        try:
            found.append(reader.decompress(rest))
        except error:
            raise FunctionError("failed to read gunzip raw data: gzip: the data is corrupt") from None
        if not reader.eof:
            raise FunctionError("failed to read gunzip raw data: unexpected EOF")
        rest = reader.unused_data
    return mark(_text_of(b"".join(found)), marks)


def _text_of(data: bytes) -> str:
    """Any bytes as a string: those that are no UTF-8 are kept as surrogates."""
    return nfc(data.decode("utf-8", "surrogateescape"))


_URL_SAFE: Final = "-_.~"


def _urlencode(text: str) -> Value:
    out: list[str] = []
    for byte in text.encode("utf-8", "surrogateescape"):
        char = chr(byte)
        if byte < 128 and (char.isalnum() or char in _URL_SAFE):
            out.append(char)
        elif char == " ":
            out.append("+")
        else:
            out.append(f"%{byte:02X}")
    return "".join(out)


_ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)


def _urldecode(text: Value) -> Value:
    source, marks = unmark(text)
    given = cast("str", source)
    bad = _BAD_ESCAPE.search(given)
    if bad is not None:
        raise FunctionError(f"failed to decode URL '': invalid URL escape {redacted(bad.group(), marks)}")
    data = given.encode("utf-8", "surrogateescape").replace(b"+", b" ")
    return mark(_text_of(_ESCAPE.sub(lambda found: bytes.fromhex(found.group(1).decode()), data)), marks)


def _textencodebase64(text: str, name: str) -> Value:
    from base64 import b64encode

    from iacctl.lang.functions import charsets

    charset = charsets.find(name)
    if charset is None:
        raise ArgumentError(
            1, f"{quoted(name)} is not a supported IANA encoding name or alias in this Terraform version"
        )
    try:
        data = charset.encode(text)
    except UnicodeEncodeError:
        raise ArgumentError(
            0, f"the given string contains characters that cannot be represented in {charset.name}"
        ) from None
    return b64encode(data).decode("ascii")


def _textdecodebase64(text: str, name: str) -> Value:
    from base64 import b64decode

    from iacctl.lang.functions import charsets

    charset = charsets.find(name)
    if charset is None:
        raise ArgumentError(
            1, f"{quoted(name)} is not a supported IANA encoding name or alias in this Terraform version"
        )
    if decoded_base64(text) is None:
        raise ArgumentError(0, f"the given value is has an invalid base64 symbol at offset {_first_bad_symbol(text)}")
    try:
        return nfc(charset.decode(b64decode(text)))
    except UnicodeDecodeError:
        raise ArgumentError(0, f"the given string contains symbols that are not defined for {charset.name}") from None


def _first_bad_symbol(text: str) -> int:
    """Where Go's decoder stops: at a symbol that does not belong there, or where the last group of four begins."""
    data = text.encode("utf-8", "surrogateescape")
    position = group = 0
    while position < len(data):
        symbol = data[position : position + 1]
        if symbol in (b"\n", b"\r"):
            position += 1
        elif symbol == b"=":
            if group < 2:
                return position
            following = _behind_line_breaks(data, position + 1)
            if group == 2:
                if following == len(data):
                    return len(data)
                if data[following : following + 1] != b"=":
                    return following - 1
                following = _behind_line_breaks(data, following + 1)
            return following
        elif symbol.isalnum() or symbol in (b"+", b"/"):
            position += 1
            group = (group + 1) % 4
        else:
            return position
    return len(data) - group


def _behind_line_breaks(data: bytes, position: int) -> int:
    while data[position : position + 1] in (b"\n", b"\r"):
        position += 1
    return position


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "base64decode": _base64decode,
    "base64encode": _base64encode,
    "base64gunzip": _base64gunzip,
    "base64gzip": _base64gzip,
    "textdecodebase64": _textdecodebase64,
    "textencodebase64": _textencodebase64,
    "urldecode": _urldecode,
    "urlencode": _urlencode,
}
