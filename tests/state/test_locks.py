"""Locks exclude Terraform and are excluded by it, and nobody loses anything by waiting."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iacctl_state.backends.local import LocalBackend
from iacctl_state.backends.local_store import LocalStateStore
from iacctl_state.errors import LockError, LockHeldError
from iacctl_state.locks import LockInfo, LockRequest, parse_lock_info
from iacctl_state.manager import StateManager

from .samples import PROVIDER, key, thing
from .terraform import start_terraform, terraform

APPLY = LockRequest("OperationTypeApply")


def store(folder: Path) -> LocalStateStore:
    return LocalBackend(folder=str(folder)).state("default")


def wait_until(question: Callable[[], bool]) -> None:
    limit = time.monotonic() + 30
    while not question():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.01)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process of ours that holds the lock until its input ends."""
    code = f"""
        import sys
        from iacctl_state.backends.local import LocalBackend
        from iacctl_state.locks import LockRequest
        store = LocalBackend(folder={str(tmp_path)!r}).state("default")
        print(store.lock(LockRequest("OperationTypePlan", "reason")), flush=True)
        sys.stdin.read()
        store.unlock()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    if not process.stdin or not process.stdin.closed:
        process.communicate()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    process.wait()


def lock_id(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def release(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()


def test_terraform_is_kept_out_and_shows_who_holds_the_lock(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    ident = lock_id(holder)
    (tmp_path / "main.tf").write_text('resource "terraform_data" "a" {}')
    done = terraform(tmp_path, "plan", "-no-color", check=False)
    assert done.returncode == 1
    with pytest.raises(LockHeldError) as caught:
        store(tmp_path).lock(APPLY)
    error = caught.value
    assert error.info is not None
    assert (error.info.id, error.info.operation, error.info.info) == (ident, "OperationTypePlan", "reason")
    theirs = "\n".join(line.rstrip() for line in done.stderr.splitlines())
    ours = "\n".join(line.rstrip() for line in error.detail.splitlines())
    assert f"Error: {error.summary}\n\n{ours}" in theirs


def test_a_lock_without_a_record_is_reported_as_terraform_does(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    lock_id(holder)
    (tmp_path / ".terraform.tfstate.lock.info").unlink()
    (tmp_path / "main.tf").write_text("locals {}")
    done = terraform(tmp_path, "plan", "-no-color", check=False)
    with pytest.raises(LockHeldError) as caught:
        store(tmp_path).lock(APPLY)
    assert caught.value.info is None
    assert "resource temporarily unavailable" in done.stderr
    assert caught.value.detail.startswith("Error message: resource temporarily unavailable\nopen ")


def test_terraform_keeps_us_out(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "terraform_data" "a" {\n provisioner "local-exec" {\n command = "touch here; sleep 3"\n }\n}\n'
    )
    process = start_terraform(tmp_path, "apply", "-auto-approve")
    wait_until((tmp_path / "here").exists)
    with pytest.raises(LockHeldError) as caught:
        store(tmp_path).lock(APPLY)
    info = caught.value.info
    assert info is not None
    assert re.fullmatch(
        r"Error message: resource temporarily unavailable\nLock Info:\n  ID:        [0-9a-f-]{36}\n"
        r"  Path:      terraform\.tfstate\n  Operation: OperationTypeApply\n  Who:       .+\n  Version:   1\.15\.5\n"
        r"  Created:   \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,9})? \+0000 UTC\n  Info:      \n",
        caught.value.detail,
    )
    assert parse_lock_info(info.to_json()) == info
    assert (tmp_path / ".terraform.tfstate.lock.info").read_text() == info.to_json()
    state = StateManager(store(tmp_path))
    state.lock(LockRequest("OperationTypeApply", timeout=30))
    output, _ = process.communicate()
    assert process.returncode == 0, output
    document = state.read()  # what Terraform wrote while we waited
    assert document.object(key("a"), None) is not None
    state.unlock()


def test_a_waiting_terraform_loses_nothing(tmp_path: Path) -> None:
    """It holds the file open while it waits: what we write must be in that very file, and it in ours."""
    (tmp_path / "main.tf").write_text('resource "terraform_data" "a" {}\nresource "terraform_data" "b" {}\n')
    terraform(tmp_path, "init")
    state = StateManager(store(tmp_path))
    state.lock(APPLY)
    state.read()
    process = start_terraform(tmp_path, "apply", "-auto-approve", "-lock-timeout=60s")
    time.sleep(2)  # it has tried at least once by now
    recorder = state.begin()
    recorder.set_object(key("a"), None, thing("from-us", "x"), provider=PROVIDER)
    recorder.finish()
    state.unlock()
    output, _ = process.communicate()
    assert process.returncode == 0, output
    found = {obj.resource.name for obj in StateManager(store(tmp_path)).read().objects()}
    assert found == {"a", "b"}
    assert "from-us" in output


def test_a_terraform_that_waits_for_an_operation_without_a_write_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "terraform_data" "a" {}\n')
    terraform(tmp_path, "init")
    plan = store(tmp_path)
    plan.lock(APPLY)
    process = start_terraform(tmp_path, "apply", "-auto-approve", "-lock-timeout=60s")
    time.sleep(2)
    plan.unlock()
    output, _ = process.communicate()
    assert process.returncode == 0, output
    assert [obj.resource.name for obj in StateManager(store(tmp_path)).read().objects()] == ["a"]


def test_the_lock_leaves_nothing_behind(tmp_path: Path) -> None:
    plan = store(tmp_path)
    ident = plan.lock(APPLY)
    assert plan.lock_id == ident
    record = tmp_path / ".terraform.tfstate.lock.info"
    assert record.stat().st_mode & 0o777 == 0o600
    assert json.loads(record.read_text())["ID"] == ident
    with pytest.raises(LockError, match="already locked by this process"):
        plan.lock(APPLY)
    plan.unlock()
    plan.unlock()
    assert list(tmp_path.iterdir()) == []


def test_reading_the_file_elsewhere_in_the_process_does_not_drop_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = StateManager(store(tmp_path))
    state.lock(APPLY)
    state.persist(state.read())
    store(tmp_path).read()
    (tmp_path / "main.tf").write_text("locals {}")
    assert terraform(tmp_path, "plan", "-no-color", check=False).returncode == (1 if sys.platform == "linux" else 0)
    state.unlock()
    assert terraform(tmp_path, "plan", "-no-color", check=False).returncode == 0


def test_waiting_tells_once_and_can_be_given_up(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    lock_id(holder)
    told: list[str] = []
    pauses: list[float] = []

    def sleep(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) == 3

    request = LockRequest("OperationTypeApply", timeout=60, on_wait=lambda: told.append("x"), sleep=sleep)
    with pytest.raises(LockHeldError):
        store(tmp_path).lock(request)
    assert (told, pauses) == (["x"], [0.1, 0.2, 0.4])


def test_waiting_ends_with_the_lock(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    lock_id(holder)

    def sleep(seconds: float) -> bool:
        release(holder)
        holder.wait()
        return False

    ours = store(tmp_path)
    ours.lock(LockRequest("OperationTypeApply", timeout=60, sleep=sleep))
    assert (tmp_path / "terraform.tfstate").exists()  # and is the very file that we hold
    ours.unlock()


def test_waiting_ends_with_its_time(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    lock_id(holder)
    started = time.monotonic()
    with pytest.raises(LockHeldError):
        store(tmp_path).lock(LockRequest("OperationTypeApply", timeout=0.3))
    assert 0.3 <= time.monotonic() - started < 5


def test_a_killed_holder_blocks_nobody(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    lock_id(holder)
    holder.kill()
    holder.wait()
    ours = store(tmp_path)
    assert ours.holder() is not None
    ours.lock(APPLY)
    ours.unlock()
    assert ours.holder() is None


def test_a_local_lock_cannot_be_broken(tmp_path: Path) -> None:
    with pytest.raises(LockError, match="Failed to unlock state"):
        store(tmp_path).force_unlock("x")


@pytest.mark.parametrize(
    ("created", "spoken"),
    [
        ("2024-01-02T03:04:05.678901234Z", "2024-01-02 03:04:05.678901234 +0000 UTC"),
        ("2024-01-02T03:04:05.500Z", "2024-01-02 03:04:05.5 +0000 UTC"),
        ("2024-01-02T03:04:05Z", "2024-01-02 03:04:05 +0000 UTC"),
        ("2024-01-02T03:04:05+02:00", "2024-01-02 03:04:05 +0200 +0200"),
        ("", "0001-01-01 00:00:00 +0000 UTC"),
    ],
)
def test_times_are_shown_as_terraform_shows_them(created: str, spoken: str) -> None:
    info = LockInfo("i", "o", "", "w", "v", created, "p")
    assert f"Created:   {spoken}\n" in info.describe()


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"'])
def test_a_half_written_record_is_none(text: str) -> None:
    assert parse_lock_info(text) is None
