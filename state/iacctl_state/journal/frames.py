"""How records lie in the journal file, and how to find them again after a crash.

The file begins with a line that names the format; frames follow: a marker, the payload's length, a checksum, the
payload. The checksum is seeded with the journal's own number, so that leftovers of another journal in the same disk
blocks do not count. A crash may tear the last frames, or lose a page in the middle of what was not yet synced: a
damaged frame is skipped, and reading goes on at the next marker that begins a sound one.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final, NamedTuple

from iacctl_state.errors import JournalCorruptError
from iacctl_state.journal.records import FORMAT, Header, Record, decode_record

_TITLE: Final = re.compile(rb"iacctl-journal (\d{1,9}) ([0-9a-f]{8})\n")
_MARKER: Final = b"\xabIJ\n"
_FRAME: Final = struct.Struct("<4sII")


class Content(NamedTuple):
    """What a journal file holds."""

    header: Header
    records: list[Record]
    """Everything after the header."""
    seed: int
    end: int
    """Where the last sound frame ends: the place to append."""
    has_gap: bool
    """Whether something damaged stood before the last sound frame."""


def title(seed: int) -> bytes:
    """The file's first line. ``seed`` is the journal's number, 32 bits."""
    return b"iacctl-journal %d %08x\n" % (FORMAT, seed)


def frame(payload: bytes, seed: int) -> bytes:
    """A payload ready to be appended."""
    length = len(payload)
    return _FRAME.pack(_MARKER, length, zlib.crc32(payload, seed ^ length)) + payload


def read(data: bytes) -> Content | None:
    """Take a journal file apart.

    Returns:
        Its content; ``None`` when not even its header is whole: then nothing was ever promised by it.

    Raises:
        JournalCorruptError: A newer version has written it, or it is something else altogether.
    """
    first = _TITLE.match(data)
    if first is None:
        if not data.strip(b"\0") or title(0)[:15].startswith(data[:15]):
            return None
        raise JournalCorruptError("Not a journal", "The journal file was written by another program.")
    if int(first[1]) != FORMAT:
        raise JournalCorruptError(
            "Unsupported journal format",
            f"The journal has format version {int(first[1])}; this version of iacctl reads version {FORMAT}. Use the "
            "version that wrote it.",
        )
    seed = int(first[2], 16)
    records: list[Record] = []
    position = end = first.end()
    has_gap = False
    damaged = False
    while position < len(data):
        payload = _payload(data, position, seed)
        if payload is None:
            damaged = True
            position = data.find(_MARKER, position + 1)
            if position < 0:
                break
            continue
        records.append(decode_record(payload))
        position += _FRAME.size + len(payload)
        end = position
        has_gap = has_gap or damaged
    if not records:
        return None
    header = records[0]
    if not isinstance(header, Header):
        raise JournalCorruptError(
            "Journal is damaged", "The beginning of the journal cannot be read, so it is unknown what it belongs to."
        )
    return Content(header, records[1:], seed, end, has_gap)


def _payload(data: bytes, position: int, seed: int) -> bytes | None:
    start = position + _FRAME.size
    if start > len(data):
        return None
    marker, length, checksum = _FRAME.unpack_from(data, position)
    if marker != _MARKER or start + length > len(data):
        return None
    payload = data[start : start + length]
    return payload if zlib.crc32(payload, seed ^ length) == checksum else None
