"""Errors of the system at any call: told precisely, nothing lost."""

from __future__ import annotations

import errno
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from iacctl_state.backends.local import LocalBackend
from iacctl_state.document import StateDocument
from iacctl_state.errored import write_errored
from iacctl_state.errors import StateError, StorageError
from iacctl_state.filesystem import FileSystem
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager
from iacctl_state.reader import parse

from .disks import FailingFileSystem
from .samples import PROVIDER, document, key, text, thing

APPLY = LockRequest("OperationTypeApply")


def manager(folder: Path, fs: FileSystem | None = None) -> StateManager:
    used = fs or FileSystem()
    return StateManager(LocalBackend(folder=str(folder), fs=used).state("default"), fs=used)


def ids(state: StateDocument) -> set[str]:
    return {obj.object.attributes["id"] for obj in state.objects() if obj.object.attributes}


def apply(folder: Path, fs: FileSystem, *, size: int) -> tuple[set[str], list[StateError]]:
    """An apply that creates two objects one after the other; gives those that were really made, and the errors."""
    made: set[str] = set()
    errors: list[StateError] = []
    state = manager(folder, fs)
    try:
        state.lock(APPLY)
        state.read()
        recorder = state.begin()
        try:
            for name in ("b", "c"):
                intent = recorder.intent(key(name), None, action="create", provider=PROVIDER)
                made.add(f"{name}-1")
                recorder.set_object(key(name), None, thing(f"{name}-1", "x" * size), provider=PROVIDER, intent=intent)
        except StateError as error:
            errors.append(error)
        recorder.finish()
    except StateError as error:
        errors.append(error)
    finally:
        try:
            state.unlock()
        except StateError as error:
            errors.append(error)
    return made, errors


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("forever", [False, True])
@pytest.mark.parametrize("size", [1, 5000])
def test_an_error_at_any_call_loses_nothing(number: int, forever: bool, size: int, tmp_path: Path) -> None:
    point = 0
    while True:
        folder = tmp_path / str(point)
        folder.mkdir()
        first = manager(folder)
        before = first.read()
        before.set_object(key("a"), None, thing("a-1", "y" * 2000), provider=PROVIDER)
        first.persist(before)
        fs = FailingFileSystem(point, number, forever=forever)
        made, errors = apply(folder, fs, size=size)
        if fs.changes <= point:
            assert not errors
            break
        later = manager(folder)
        later.lock(APPLY)
        found = later.read()
        named = {f"{item.intent.key[3]}-1" for item in later.recovered.unresolved} if later.recovered else set()
        later.unlock()
        assert {"a-1"} | made == ids(found) | (made & named), (point, errors)
        for error in errors:
            assert error.summary and error.detail
        point += 1
    assert point > 15


def test_a_full_disk_leaves_the_state_as_it_was(tmp_path: Path) -> None:
    first = manager(tmp_path)
    state = first.read()
    first.persist(state)
    content = (tmp_path / "terraform.tfstate").read_bytes()
    for point in range(2):
        fs = FailingFileSystem(point, forever=True)
        second = manager(tmp_path, fs)
        changed = second.read()
        changed.set_object(key("a"), None, thing("a"), provider=PROVIDER)
        fs.fail_at = fs.changes + point
        with pytest.raises(StorageError, match="No space left on device"):
            second.persist(changed)
        assert (tmp_path / "terraform.tfstate").read_bytes() == content


SCRIPT = """
    import sys
    from iacctl_state.backends.local import LocalBackend
    from iacctl_state.document import ObjectState
    from iacctl_state.errors import StorageError
    from iacctl_state.manager import StateManager
    state = StateManager(LocalBackend(folder=sys.argv[1]).state("default"))
    document = state.read()
    document.set_object(("", "managed", "t", "n"), None, ObjectState({"v": "x" * 200_000}), provider='provider["a/b/c"]')
    try:
        state.persist(document)
    except StorageError as error:
        print(error.detail)
"""


def test_a_really_full_disk(tmp_path: Path) -> None:
    """On a tiny filesystem where the machine lets us mount one, else with a limit on the size of files."""
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)], capture_output=True, check=False
        ).returncode
        == 0
    )
    limit = "" if mounted else "import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); "
    limit += "" if mounted else "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    try:
        first = manager(tmp_path)
        first.persist(first.read())
        content = (tmp_path / "terraform.tfstate").read_bytes()
        code = limit + textwrap.dedent(SCRIPT)
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
        )
        expected = "No space left on device" if mounted else "File too large"
        assert f"{expected}. The state file was not changed." in done.stdout
        assert (tmp_path / "terraform.tfstate").read_bytes() == content
        assert {file.name for file in tmp_path.iterdir()} <= {"terraform.tfstate", "terraform.tfstate.backup"}
    finally:
        if mounted:
            subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_state_that_cannot_be_stored_goes_to_errored_tfstate(tmp_path: Path) -> None:
    path = write_errored(document("a"), str(tmp_path))
    assert path == str(tmp_path / "errored.tfstate")
    assert text(parse(Path(path).read_bytes())) == text(document("a"))
    assert Path(path).stat().st_mode & 0o777 == 0o600
    write_errored(document("b"), str(tmp_path))
    write_errored(document("c"), str(tmp_path))
    assert {file.name for file in tmp_path.iterdir()} == {
        "errored.tfstate",
        "errored.1.tfstate",
        "errored.2.tfstate",
    }
    assert ids(parse((tmp_path / "errored.tfstate").read_bytes())) == {"id-c"}
    with pytest.raises(StorageError, match="Failed to persist state to a local file"):
        write_errored(document("a"), str(tmp_path / "none"))
