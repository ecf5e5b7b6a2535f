"""The journal file: torn, damaged, shared, busy, full."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from iacctl_state.document import NumberLiteral, ObjectState, OutputState
from iacctl_state.errors import JournalBusyError, JournalCorruptError, StorageError
from iacctl_state.filesystem import FileSystem
from iacctl_state.journal import frames, log, records
from iacctl_state.journal.log import Journal, open_journal

from .disks import FailingFileSystem
from .samples import PROVIDER, key, thing

HEADER = records.Header(1, "lin", 3, "digest", "default", 1700000000.25)
EVERYTHING: list[records.Record] = [
    records.Intent("r-1", key("a", 'module.m["é"]'), "k", None, "create", PROVIDER, {"x": [1]}, "cA==", "tok", 1.5),
    records.Progress("r-1", thing("1", status="tainted", private="cA==")),
    records.SetObject(key("a"), 0, "0000000a", PROVIDER, thing("1", "\ud800\u2028\n", dependencies=("a.b",)), "r-1"),
    records.SetObject(
        key("b"),
        None,
        None,
        PROVIDER,
        ObjectState(
            None,
            attributes_flat={"a": "1"},
            schema_version=2,
            sensitive_attributes=[[{"type": "get_attr", "value": "a"}]],
            create_before_destroy=True,
            identity={"n": NumberLiteral("1.50")},
            identity_schema_version=3,
            extra={"new": None},
        ),
        None,
    ),
    records.RemoveObject(key("a"), None, None, "r-2"),
    records.Depose(key("a"), "k", "0000000a"),
    records.RestoreDeposed(key("a"), "k", "0000000a"),
    records.MoveInstance(key("a"), "k", key("b", 'module.m["é"]'), None),
    records.Resolve("r-3"),
    records.SetOutput("o", OutputState([1], ["list", "number"], True, {"more": 1})),
    records.SetOutput("gone", None),
    records.SetChecks([{"a": 1}]),
    records.SetChecks(None),
    records.Saved("digest", 4),
]


def fields(record: object) -> object:
    """A record as plain data, objects included."""
    if isinstance(record, ObjectState):
        return {name: getattr(record, name) for name in ObjectState.__slots__ if name != "text"}
    if isinstance(record, tuple):
        return (type(record).__name__, *map(fields, record))
    return record


@pytest.mark.parametrize("record", [HEADER, *EVERYTHING], ids=lambda record: type(record).__name__)
def test_every_record_comes_back_as_it_was(record: records.Record) -> None:
    assert fields(records.decode_record(records.encode(record))) == fields(record)


@pytest.mark.parametrize("payload", [b"", b"{}", b"[]", b'["new kind", 1]', b'["set", 1]', b"\xff"])
def test_a_record_of_another_version_is_refused(payload: bytes) -> None:
    with pytest.raises(JournalCorruptError):
        records.decode_record(payload)


def sample() -> bytes:
    parts = [frames.title(7), frames.frame(records.encode(HEADER), 7)]
    return b"".join(parts + [frames.frame(records.encode(record), 7) for record in EVERYTHING])


def test_a_journal_torn_at_any_byte_holds_what_came_before() -> None:
    data = sample()
    whole = frames.read(data)
    assert whole is not None
    assert [fields(record) for record in whole.records] == [fields(record) for record in EVERYTHING]
    assert (whole.end, whole.has_gap) == (len(data), False)
    seen = 0
    for length in range(len(data)):
        content = frames.read(data[:length])
        if content is None:
            assert seen == 0
            continue
        count = len(content.records)
        assert count in (seen, seen + 1)
        seen = count
        assert [fields(record) for record in content.records] == [fields(record) for record in EVERYTHING[:count]]
        assert not content.has_gap


def test_damage_at_any_byte_loses_at_most_the_records_it_is_in() -> None:
    data = sample()
    whole = [fields(record) for record in EVERYTHING]
    start = len(frames.title(7)) + len(frames.frame(records.encode(HEADER), 7))
    for position in range(start, len(data)):
        content = frames.read(data[:position] + bytes([data[position] ^ 0x55]) + data[position + 1 :])
        assert content is not None
        found = [fields(record) for record in content.records]
        assert len(found) >= len(whole) - 1
        assert all(record in whole for record in found)
        assert content.has_gap or found == whole[:-1]


def test_a_lost_page_in_the_middle_is_skipped_and_told() -> None:
    data = bytearray(sample())
    first = len(frames.title(7)) + len(frames.frame(records.encode(HEADER), 7)) + 10
    data[first : first + 200] = bytes(200)
    content = frames.read(bytes(data))
    assert content is not None
    assert content.has_gap
    assert fields(content.records[-1]) == fields(EVERYTHING[-1])


def test_frames_of_an_older_journal_do_not_count() -> None:
    data = frames.title(8) + frames.frame(records.encode(HEADER), 8) + frames.frame(records.encode(EVERYTHING[0]), 7)
    content = frames.read(data)
    assert content is not None
    assert content.records == []


@pytest.mark.parametrize("data", [b"", b"\0" * 600, b"iacctl", b"iacctl-journal 1 0000"])
def test_a_journal_without_a_beginning_was_never_one(data: bytes) -> None:
    assert frames.read(data) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"something else", "written by another program"),
        (b"iacctl-journal 2 00000000\n", "format version 2"),
        (frames.title(7) + frames.frame(records.encode(EVERYTHING[0]), 7), "cannot be read"),
    ],
)
def test_a_journal_of_somebody_else_is_refused(data: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "j"
    file.write_bytes(data)
    with pytest.raises(JournalCorruptError, match=words):
        open_journal(str(file), create=False)
    assert file.read_bytes() == data


def begin(path: Path, fs: FileSystem | None = None) -> Journal:
    journal = open_journal(str(path), create=True, fs=fs or FileSystem())
    assert journal is not None
    journal.restart(HEADER, [])
    return journal


def stored(path: Path) -> int:
    content = frames.read(path.read_bytes())
    return len(content.records) if content else -1


def test_the_file_is_private(tmp_path: Path) -> None:
    begin(tmp_path / "j").close()
    assert (tmp_path / "j").stat().st_mode & 0o777 == 0o600


def test_results_reach_the_disk_soon_without_anybody_waiting(tmp_path: Path) -> None:
    journal = begin(tmp_path / "j")
    journal.append(EVERYTHING[2])
    limit = time.monotonic() + 10
    while stored(tmp_path / "j") < 1:
        assert time.monotonic() < limit
        time.sleep(0.001)
    journal.remove()
    assert list(tmp_path.iterdir()) == []


class CountingFileSystem(FileSystem):
    __slots__ = ("syncs",)

    def __init__(self) -> None:
        self.syncs = 0

    def sync(self, descriptor: int) -> None:
        self.syncs += 1
        time.sleep(0.01)
        super().sync(descriptor)


def test_threads_that_commit_together_share_a_sync(tmp_path: Path) -> None:
    fs = CountingFileSystem()
    journal = begin(tmp_path / "j", fs)
    begun = fs.syncs

    def work() -> None:
        for _ in range(5):
            journal.append(EVERYTHING[0])
            journal.commit()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored(tmp_path / "j") == 100
    assert fs.syncs - begun <= 25  # 5 rounds; a thread that is too late for one waits for the next
    journal.close()


def test_a_callback_comes_when_the_record_is_durable(tmp_path: Path) -> None:
    journal = begin(tmp_path / "j")
    found: list[int] = []
    done = threading.Event()

    def on_durable() -> None:
        found.append(stored(tmp_path / "j"))
        done.set()

    for count in (1, 2):
        done.clear()
        journal.append(EVERYTHING[0], on_durable)
        assert done.wait(10)
        assert found[-1] >= count
    journal.close()


def test_a_full_disk_is_told_and_what_was_kept_is_written_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_RETRY", 0.01)
    fs = FailingFileSystem()
    journal = begin(tmp_path / "j", fs)
    fs.fail_at, fs.forever = fs.changes, True
    called = threading.Event()
    journal.append(EVERYTHING[0], called.set)
    with pytest.raises(StorageError, match="No space left on device"):
        journal.commit()
    assert not journal.try_commit()
    assert not called.is_set()
    fs.fail_at = None
    assert called.wait(10)  # the journal's own thread tries again
    journal.append(EVERYTHING[1])
    journal.commit()
    assert stored(tmp_path / "j") == 2
    journal.close()


def test_who_waits_for_a_record_learns_that_it_could_not_be_written(tmp_path: Path) -> None:
    fs = FailingFileSystem()
    journal = begin(tmp_path / "j", fs)
    fs.fail_at, fs.forever = fs.changes, True
    done = threading.Event()
    errors: list[StorageError] = []

    def on_failure(error: StorageError) -> None:
        errors.append(error)
        done.set()

    journal.append(EVERYTHING[0], done.set, on_failure)
    assert done.wait(10)
    assert "No space left on device" in errors[0].detail
    fs.fail_at = None
    journal.append(records.Resolve("r-1"))
    journal.commit()
    assert len(errors) == 1
    assert stored(tmp_path / "j") == 2
    journal.close()


@pytest.mark.parametrize("call", range(5))
def test_a_new_beginning_that_fails_leaves_the_old_journal(call: int, tmp_path: Path) -> None:
    fs = FailingFileSystem(error=errno.EIO)
    journal = begin(tmp_path / "j", fs)
    journal.append(EVERYTHING[0])
    journal.commit()
    fs.fail_at = fs.changes + call
    try:
        journal.restart(HEADER._replace(serial=9), [])
    except StorageError:
        assert call < 4
        assert stored(tmp_path / "j") == 1
        fs.fail_at = None
        journal.append(EVERYTHING[1])
        journal.commit()
        assert stored(tmp_path / "j") == 2
    else:
        assert stored(tmp_path / "j") == 0
        fs.fail_at = None
    journal.remove()
    assert list(tmp_path.iterdir()) == []


def test_one_process_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "j"
    code = f"""
        import sys
        from iacctl_state.journal.log import open_journal
        journal = open_journal({str(path)!r}, create=True)
        print("open", flush=True)
        sys.stdin.readline()
        journal.remove()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    assert log.peek(str(path)) is None
    with pytest.raises(JournalBusyError, match="Another iacctl process"):
        open_journal(str(path), create=True)
    monkeypatch.setattr(log, "_BUSY_TRIES", 1000)
    threading.Timer(0.1, lambda: process.communicate("\n")).start()
    journal = open_journal(str(path), create=True)  # not the file that the other one has removed meanwhile
    assert journal is not None
    assert path.stat().st_ino == os.fstat(journal._descriptor).st_ino
    journal.close()


def test_without_a_journal_there_is_none(tmp_path: Path) -> None:
    assert open_journal(str(tmp_path / "j"), create=False) is None
    assert log.peek(str(tmp_path / "j")) is None
    with pytest.raises(StorageError):
        open_journal(str(tmp_path / "none" / "j"), create=True)


def test_a_record_costs_microseconds(tmp_path: Path) -> None:
    journal = begin(tmp_path / "j")
    record = records.SetObject(key("a"), None, None, PROVIDER, thing("1"), None)
    started = time.process_time()
    for _ in range(5000):
        journal.append(record)
    assert (time.process_time() - started) / 5000 < 0.000_1
    journal.close()
