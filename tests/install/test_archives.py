"""Archives of strangers do no harm: nothing outside of their folder, no links, no devices, no more than allowed."""

from __future__ import annotations

import contextlib
import gzip
import io
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iacctl.install import archives
from iacctl.install.archives import Limits
from iacctl.install.fetching import FetchError
from tests.install.packages import MODULE, tar, tarred, zipped

KINDS = [
    tarfile.REGTYPE,
    tarfile.DIRTYPE,
    tarfile.SYMTYPE,
    tarfile.LNKTYPE,
    tarfile.FIFOTYPE,
    tarfile.CHRTYPE,
    tarfile.BLKTYPE,
]
PARTS = st.sampled_from(["a", "b", "c.tf", "..", ".", "", "l", "...", "a..b", "é", "\\", " ", "~"])
NAMES = st.builds(
    lambda start, parts: start + "/".join(parts),
    st.sampled_from(["", "/", "./", "../", "//"]),
    st.lists(PARTS, min_size=1, max_size=4),
)
TARGETS = st.sampled_from(["..", "../..", "/", "/etc/passwd", "a", "l", "../outside", "/tmp"])
CONTENTS = st.binary(max_size=20)
ENTRIES = st.lists(
    st.tuples(NAMES, st.sampled_from(KINDS), TARGETS | CONTENTS, st.integers(0, 0o7777)), min_size=1, max_size=8
)


def _seen(folder: Path) -> dict[str, tuple[int, int]]:
    """All in a folder: mode and size."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.lstat().st_size if path.is_file() else 0)
        for path in folder.rglob("*")
    }


def _unpack_and_look(data: bytes, kind: str) -> None:
    """Unpack into a new folder beside others, and see what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        _look(data, kind, Path(folder))


def _look(data: bytes, kind: str, base: Path) -> None:
    (base / "outside").mkdir(parents=True)
    (base / "outside" / "kept").write_text("kept")
    archive = base / "archive"
    archive.write_bytes(data)
    before = _seen(base)
    place = base / "place"
    try:
        archives.unpack(str(archive), kind, str(place))
    except FetchError as error:
        assert str(error)
    after = _seen(base)
    new = {name for name in after if name != "place" and not name.startswith("place/")}
    assert {name: after[name] for name in new} == before
    for name in after.keys() - new:
        mode = after[name][0]
        assert stat.S_ISREG(mode) or stat.S_ISDIR(mode), name
        assert not mode & (stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX | 0o022), name
        assert mode & 0o600 == 0o600, name


@settings(max_examples=60, deadline=None)
@given(entries=ENTRIES, kind=st.sampled_from(["tar.gz", "tar.bz2", "tar.xz"]))
def test_no_tar_archive_gets_out(entries: list[tuple[str, bytes, str | bytes, int]], kind: str) -> None:
    data = tar(entries, f"w:{kind.removeprefix('tar.')}")
    _unpack_and_look(data, kind)


@settings(max_examples=60, deadline=None)
@given(
    entries=st.dictionaries(
        NAMES,
        st.tuples(TARGETS | CONTENTS, st.sampled_from([0o100644, 0o120777, 0o040755, 0o104777, 0o010644, 0])),
        max_size=8,
    )
)
def test_no_zip_archive_gets_out(entries: dict[str, tuple[str | bytes, int]]) -> None:
    data = zipped(
        {name: content for name, (content, _) in entries.items()}, {name: mode for name, (_, mode) in entries.items()}
    )
    _unpack_and_look(data, "zip")


@settings(max_examples=80, deadline=None)
@given(
    which=st.sampled_from(["zip", "tar.gz", "tar.bz2", "tar.xz"]),
    places=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=6),
    end=st.integers(0, 5000),
)
def test_damage_is_told(which: str, places: list[tuple[int, int]], end: int) -> None:
    files = {**MODULE, "random": bytes(range(256)) * 4}
    data = bytearray(zipped(files) if which == "zip" else tarred(files, f"w:{which.removeprefix('tar.')}"))
    for place, value in places:
        data[place % len(data)] = value
    _unpack_and_look(bytes(data[: end or None]), which)


def test_links_become_files_as_in_terraform(tmp_path: Path) -> None:
    entries = [
        ("main.tf", tarfile.REGTYPE, "# one", 0o644),
        ("link.tf", tarfile.SYMTYPE, "main.tf", 0o777),
        ("hard.tf", tarfile.LNKTYPE, "main.tf", 0o644),
    ]
    (tmp_path / "a").write_bytes(tar(entries))  # type: ignore[arg-type]
    archives.unpack(str(tmp_path / "a"), "tgz", str(tmp_path / "tar"))
    assert {path.name: path.read_text() for path in (tmp_path / "tar").iterdir()} == {
        "main.tf": "# one",
        "link.tf": "",
        "hard.tf": "",
    }
    (tmp_path / "b").write_bytes(zipped({"link.tf": "main.tf"}, {"link.tf": 0o120777}))
    archives.unpack(str(tmp_path / "b"), "zip", str(tmp_path / "zip"))
    assert (tmp_path / "zip" / "link.tf").read_text() == "main.tf"
    assert not (tmp_path / "zip" / "link.tf").is_symlink()


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar.bz2", "tar.xz"])
def test_a_bomb_is_stopped(kind: str, tmp_path: Path) -> None:
    big = {"a": b"\0" * 3_000_000, "b": b"\0" * 3_000_000}
    data = zipped(big) if kind == "zip" else tarred(big, f"w:{kind.removeprefix('tar.')}")
    assert len(data) < 60_000
    (tmp_path / "bomb").write_bytes(data)
    with pytest.raises(FetchError, match=r"unpacks to more than 5000000 bytes.*IACCTL_MODULE_SIZE_LIMIT"):
        archives.unpack(str(tmp_path / "bomb"), kind, str(tmp_path / "place"), Limits(size=5_000_000))
    written = sum(path.stat().st_size for path in (tmp_path / "place").iterdir())
    assert written <= 5_000_000
    archives.unpack(str(tmp_path / "bomb"), kind, str(tmp_path / "whole"), Limits(size=6_000_000))


def test_a_lie_about_the_size_does_not_help(tmp_path: Path) -> None:
    data = bytearray(zipped({"a": b"\0" * 3_000_000}))
    # The size in the central directory says 10 bytes; what is unpacked is counted all the same.
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    (tmp_path / "bomb").write_bytes(data)
    with contextlib.suppress(FetchError):
        archives.unpack(str(tmp_path / "bomb"), "zip", str(tmp_path / "place"), Limits(size=1000))
    assert sum(path.stat().st_size for path in (tmp_path / "place").iterdir()) <= 1000


def test_too_many_entries(tmp_path: Path) -> None:
    (tmp_path / "many").write_bytes(tarred({f"f{number}": "" for number in range(30)}))
    with pytest.raises(FetchError, match="more than 20 entries"):
        archives.unpack(str(tmp_path / "many"), "tar.gz", str(tmp_path / "place"), Limits(entries=20))


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE])
def test_headers_do_not_fill_the_memory(kind: bytes, tmp_path: Path) -> None:
    info = tarfile.TarInfo("header")
    info.type, info.size = kind, 900_000_000
    (tmp_path / "header").write_bytes(gzip.compress(info.tobuf(tarfile.USTAR_FORMAT) + b"\0" * 10_000))
    with pytest.raises(FetchError, match="header that is too long"):
        archives.unpack(str(tmp_path / "header"), "tar.gz", str(tmp_path / "place"))


def test_other_damage(tmp_path: Path) -> None:
    encrypted = bytearray(zipped({"a": "secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(mark) + offset] |= 1
    cases = {
        "zip": [b"", b"PK", bytes(encrypted)],
        "tar.gz": [b"", gzip.compress(b"")[:9], b"\x1f\x8b"],
        "tar.xz": [b"", lzma.compress(b"x")[:-5], b"\xfd7zXZ\0"],
        "tar.bz2": [b"", b"BZh9"],
    }
    for kind, contents in cases.items():
        for number, data in enumerate(contents):
            (tmp_path / "archive").write_bytes(data)
            with pytest.raises(FetchError):
                archives.unpack(str(tmp_path / "archive"), kind, str(tmp_path / f"{kind}{number}"))


def test_the_limit_is_read_from_the_environment() -> None:
    assert archives.limits({}).size > 1 << 30
    assert archives.limits({archives.SIZE_VARIABLE: "12"}).size == 12
    with pytest.raises(FetchError, match="must be a number of bytes"):
        archives.limits({archives.SIZE_VARIABLE: "many"})


def test_python_can_read_what_it_made() -> None:
    """The builders make what they are meant to make."""
    with zipfile.ZipFile(io.BytesIO(zipped(MODULE))) as archive:
        assert sorted(archive.namelist()) == sorted(MODULE)
    assert os.sep == "/"
