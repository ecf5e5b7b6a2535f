"""Rewriting in place: what recovery makes of every state that an interruption can leave."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iacctl_state import sidecar
from iacctl_state.errors import FormatError
from iacctl_state.filesystem import REAL

from .samples import document, text


def version(serial: int, *names: str) -> bytes:
    return text(document(*names, serial=serial)).encode()


OLD = version(3, "a", "b")
PAIRS = {
    "grows": (OLD, version(4, "a", "b", "c", "d")),
    "shrinks": (OLD, version(4, "a")),
    "keeps its length": (OLD, version(4, "a", "c")),
    "is new": (b"", OLD),
    "is as it was": (OLD, OLD),
}


def leave(folder: Path, old: bytes, new: bytes, current: bytes) -> Path:
    """What is on the disk after an interruption that left ``current``."""
    file = folder / "s"
    file.write_bytes(current)
    sidecar._write_sidecar(REAL, sidecar.sidecar_path(str(file)), old, new)
    return file


def recover(file: Path) -> bytes:
    descriptor = os.open(file, os.O_RDWR)
    try:
        result = sidecar.recover(REAL, str(file), descriptor)
    finally:
        os.close(descriptor)
    assert file.read_bytes() == result
    return result


@pytest.mark.parametrize("name", PAIRS)
def test_an_interruption_at_any_byte_ends_with_the_new_content(name: str, tmp_path: Path) -> None:
    old, new = PAIRS[name]
    shorter, longer = sorted((len(old), len(new)))
    left = {old, new, old[:shorter], new[:shorter]}
    for length in range(0, shorter + 1, 7):  # written from the front, cut or not
        left |= {new[:length] + old[length:], (new[:length] + old[length:])[:shorter]}
    for length in range(shorter, longer + 1, 7):  # its end written first, or only made room for
        if len(new) == longer:
            left |= {old + new[shorter:length], old + bytes(length - shorter)}
        else:
            left.add(new + old[shorter:length])
    for current in left:
        file = leave(tmp_path, old, new, current)
        assert sidecar.peek(REAL, str(file), current) == new
        assert recover(file) == new
        assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_an_incomplete_sidecar_does_not_count(tmp_path: Path) -> None:
    file = leave(tmp_path, *PAIRS["grows"], current=OLD)
    side = Path(sidecar.sidecar_path(str(file)))
    whole = side.read_bytes()
    for length in range(0, len(whole), 11):
        side.write_bytes(whole[:length])
        assert recover(file) == OLD
    side.write_bytes(whole[:-1] + b"x")
    assert recover(file) == OLD


def test_what_somebody_else_wrote_since_stays(tmp_path: Path) -> None:
    theirs = version(9, "theirs")
    file = leave(tmp_path, *PAIRS["grows"], current=theirs)
    assert sidecar.peek(REAL, str(file), theirs) == theirs
    assert recover(file) == theirs
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize("current", [b"", OLD[:50], b"garbage" * 300])
def test_what_somebody_else_damaged_is_told_and_nothing_is_thrown_away(current: bytes, tmp_path: Path) -> None:
    file = leave(tmp_path, *PAIRS["grows"], current=current)
    with pytest.raises(FormatError, match=r"\.s\.iacctl-write"):
        recover(file)
    assert file.read_bytes() == current
    assert len(list(tmp_path.iterdir())) == 2
