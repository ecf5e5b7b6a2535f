"""Files and surroundings that are not as they should be: a diagnostic, exit code 1, and the state as it was."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.tools import ENVIRONMENT, IACCTL, TERRAFORM, Said, run, succeed, write

DATA = 'variable "v" {\n  default = 1\n}\nresource "terraform_data" "x" {\n  input = var.v\n}\n'
COMMANDS = (["plan"], ["destroy", "-auto-approve"], ["show", "-json"], ["output"])


def applied(folder: Path) -> bytes:
    """The state after an apply in a new folder."""
    write(folder, {"main.tf": DATA})
    succeed(folder, "apply", "-auto-approve")
    return (folder / "terraform.tfstate").read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(said: Said, *texts: str) -> None:
    assert said.code == 1, said.out + said.err
    assert "Internal error" not in said.err + said.out
    assert "Traceback" not in said.err + said.out
    shown = " ".join((said.err + said.out).replace("│", " ").split())
    for text in ("Error: ", *texts):
        assert text in shown


def _edit(**fields: object) -> Callable[[bytes], bytes]:
    return lambda data: json.dumps({**json.loads(data), **fields}).encode()


def _in_instance(**fields: object) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        document = json.loads(data)
        document["resources"][0]["instances"][0].update(fields)
        return json.dumps(document).encode()

    return change


BROKEN_STATES: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[: len(data) // 2],
    "not JSON": lambda data: b"once upon a time",
    "not UTF-8": lambda data: data.replace(b"terraform_data", b"terraform\xff\xfedata"),
    "a list": lambda data: b"[]",
    "a number": lambda data: b"4",
    "null": lambda data: b"null",
    "no version": lambda data: b"{}",
    "a version that is text": _edit(version="4"),
    "a later format": _edit(version=5),
    "resources that are no list": _edit(resources={"a": 1}),
    "a resource that is none": _edit(resources=[1]),
    "instances that are none": _edit(resources=[{"mode": "managed", "type": "a", "name": "b", "instances": 3}]),
    "attributes that are none": _in_instance(attributes=[1, 2]),
    "outputs that are no map": _edit(outputs=[1]),
    "a serial that is no number": _edit(serial="x"),
    "nested too deep": lambda data: b'{"version": 4, "resources": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


@pytest.mark.parametrize("name", BROKEN_STATES)
def test_a_broken_state(name: str, tmp_path: Path) -> None:
    broken = BROKEN_STATES[name](applied(tmp_path))
    (tmp_path / "terraform.tfstate").write_bytes(broken)
    before = contents(tmp_path)
    for words in COMMANDS:
        refused(run(tmp_path, *words))
        assert contents(tmp_path) == before


def test_a_state_of_a_later_terraform_can_be_read(tmp_path: Path) -> None:
    data = applied(tmp_path)
    (tmp_path / "terraform.tfstate").write_bytes(_edit(terraform_version="1.99.0")(data))
    codes = [run(tmp_path, "plan", program=program).code for program in (IACCTL, TERRAFORM)]
    assert codes[0] == codes[1]


BROKEN_PLANS: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[:-10],
    "text": lambda data: b"hello\n",
    "empty": lambda data: b"",
    "a flipped bit": lambda data: data[:60] + bytes([data[60] ^ 255]) + data[61:],
    "JSON": lambda data: b'{"format_version": "1.2"}',
}


@pytest.mark.parametrize("name", BROKEN_PLANS)
def test_a_broken_plan_file(name: str, tmp_path: Path) -> None:
    applied(tmp_path)
    succeed(tmp_path, "plan", "-var=v=2", "-out=tfplan")
    plan = tmp_path / "tfplan"
    plan.write_bytes(BROKEN_PLANS[name](plan.read_bytes()))
    before = contents(tmp_path)
    refused(run(tmp_path, "apply", "tfplan"))
    refused(run(tmp_path, "show", "tfplan"))
    assert contents(tmp_path) == before


def test_a_plan_file_of_terraform(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    assert run(tmp_path, "plan", "-out=tfplan", program=TERRAFORM).code == 0
    refused(run(tmp_path, "apply", "-no-color", "tfplan"), "written by Terraform")
    refused(run(tmp_path, "show", "-no-color", "tfplan"), "written by Terraform")


def test_a_plan_file_of_a_later_format(tmp_path: Path) -> None:
    import zipfile

    write(tmp_path, {"main.tf": DATA})
    succeed(tmp_path, "plan", "-out=tfplan")
    with zipfile.ZipFile(tmp_path / "tfplan") as old:
        entries = {name: old.read(name) for name in old.namelist()}
    entries["iacctl-plan.json"] = json.dumps({**json.loads(entries["iacctl-plan.json"]), "format": 99}).encode()
    with zipfile.ZipFile(tmp_path / "tfplan", "w") as new:
        for name, data in entries.items():
            new.writestr(name, data)
    refused(run(tmp_path, "apply", "tfplan"), "another version of iacctl")


def test_a_stale_plan(tmp_path: Path) -> None:
    applied(tmp_path)
    succeed(tmp_path, "plan", "-var=v=2", "-out=tfplan")
    succeed(tmp_path, "apply", "-auto-approve", "-var=v=3")
    state = (tmp_path / "terraform.tfstate").read_bytes()
    refused(run(tmp_path, "apply", "tfplan"), "Saved plan is stale")
    assert (tmp_path / "terraform.tfstate").read_bytes() == state


def test_a_plan_of_another_lineage(tmp_path: Path) -> None:
    applied(tmp_path)
    succeed(tmp_path, "plan", "-var=v=2", "-out=tfplan")
    (tmp_path / "terraform.tfstate").write_bytes(_edit(lineage="other")((tmp_path / "terraform.tfstate").read_bytes()))
    refused(run(tmp_path, "apply", "tfplan"), "Saved plan does not match the given state")


def _limited(folder: Path, size: int, *words: str) -> Said:
    """Run a command to which the disk seems full: no file may grow beyond a size in bytes."""
    done = subprocess.run(
        [*IACCTL, *words],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("size", [0, 10, 100, 400, 700])
def test_a_full_disk_during_an_apply(size: int, tmp_path: Path) -> None:
    """Whatever got done before the disk was full is found again when there is room."""
    state = applied(tmp_path)
    refused(_limited(tmp_path, size, "apply", "-no-color", "-auto-approve", "-var=v=2"))
    now = (tmp_path / "terraform.tfstate").read_bytes()
    assert now == state or json.loads(now)["serial"] > json.loads(state)["serial"]
    succeed(tmp_path, "apply", "-auto-approve", "-var=v=2")
    assert "No changes" in succeed(tmp_path, "plan", "-no-color", "-var=v=2")
    assert len(json.loads((tmp_path / "terraform.tfstate").read_bytes())["resources"]) == 1


def test_a_full_disk_for_a_plan_file(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA, "tfplan": "the old one"})
    refused(_limited(tmp_path, 200, "plan", "-no-color", "-lock=false", "-out=tfplan"), "Failed to write plan file")
    assert (tmp_path / "tfplan").read_text() == "the old one"
    assert not list(tmp_path.glob("*.iacctl-new"))
    refused(run(tmp_path, "plan", "-no-color", "-out=/dev/full"), "no space left on device")
    assert Path("/dev/full").is_char_device()


def test_a_full_disk_for_init(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/m.tf": ""})
    refused(_limited(tmp_path, 0, "init", "-no-color"))
    write(tmp_path, {"main.tf": 'terraform {\n  backend "local" {}\n}\n'})
    refused(_limited(tmp_path, 0, "init", "-no-color"))


PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def _like_others() -> None:
    """Let permissions of files count for root, too."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def _without_rights(folder: Path, *words: str) -> Said:
    done = subprocess.run(
        [*IACCTL, *words],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=_like_others,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder whose permissions a test may take away."""
    if sys.platform != "linux" and os.geteuid() == 0:
        pytest.skip("root may do everything here")
    folder = tmp_path / "closed"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)


def test_no_write_permission(closed: Path) -> None:
    write(closed, {"main.tf": DATA})
    closed.chmod(0o555)
    for words in (["apply", "-auto-approve"], ["plan"], ["workspace", "new", "x"], ["plan", "-lock=false", "-out=tfplan"]):
        refused(_without_rights(closed, *words), "ermission denied")
    assert sorted(contents(closed)) == ["main.tf"]
    assert _without_rights(closed, "plan", "-lock=false").code == 0
    assert _without_rights(closed, "validate").code == 0


def test_a_state_that_cannot_be_written_or_read(closed: Path) -> None:
    state = applied(closed)
    path = closed / "terraform.tfstate"
    path.chmod(0o444)
    refused(_without_rights(closed, "apply", "-auto-approve", "-var=v=2"), "ermission denied")
    path.chmod(0o000)
    for words in (["plan", "-lock=false"], ["show"], ["output"], ["apply", "-auto-approve"]):
        refused(_without_rights(closed, *words), "ermission denied")
    path.chmod(0o644)
    assert path.read_bytes() == state


def test_a_directory_where_a_file_should_be(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": DATA})
    (tmp_path / "terraform.tfstate").mkdir()
    for words in COMMANDS:
        refused(run(tmp_path, *words))
    (tmp_path / "sub.tf").mkdir()
    refused(run(tmp_path, "plan", "-lock=false"))


def test_files_that_cannot_be_read(closed: Path) -> None:
    write(closed, {"main.tf": DATA})
    (closed / "main.tf").chmod(0o000)
    for words in (["init"], ["validate"], ["plan"]):
        refused(_without_rights(closed, *words), "main.tf")


def test_files_that_are_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_bytes(b'output "o" {\n  value = "\xff"\n}\n')
    refused(run(tmp_path, "plan"), "main.tf line 2")
    (tmp_path / "main.tf").write_text(DATA)
    (tmp_path / "terraform.tfvars").write_bytes(b'v = "\xff"\n')
    refused(run(tmp_path, "plan"), "terraform.tfvars line 1")


def test_an_unknown_provider(tmp_path: Path) -> None:
    state = applied(tmp_path)
    write(tmp_path, {"main.tf": 'resource "nonesuch_thing" "x" {}\n'})
    for words in (["init"], ["validate"], ["plan"], ["apply", "-auto-approve"], ["destroy", "-auto-approve"]):
        refused(run(tmp_path, *words, "-no-color"), "hashicorp/nonesuch")
    assert (tmp_path / "terraform.tfstate").read_bytes() == state


def test_a_state_that_needs_an_unknown_provider(tmp_path: Path) -> None:
    state = applied(tmp_path).replace(b"terraform.io/builtin/terraform", b"registry.terraform.io/acme/gone")
    (tmp_path / "terraform.tfstate").write_bytes(state)
    write(tmp_path, {"main.tf": ""})
    for words in (["init"], ["plan"], ["apply", "-auto-approve"], ["destroy", "-auto-approve"]):
        refused(run(tmp_path, *words, "-no-color"), "acme/gone")
    assert (tmp_path / "terraform.tfstate").read_bytes() == state


def test_a_damaged_data_folder(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/m.tf": "", ".terraform/modules/modules.json": "{"})
    refused(run(tmp_path, "plan"), "failed to read module manifest")
    succeed(tmp_path, "init")
    succeed(tmp_path, "plan")
    shutil.rmtree(tmp_path / ".terraform")
    (tmp_path / ".terraform").write_text("")
    refused(run(tmp_path, "init"))
    refused(run(tmp_path, "workspace", "new", "x"))


def test_the_working_directory_is_gone(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"mkdir gone && cd gone && rmdir ../gone && {' '.join(IACCTL)} plan"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Internal error" not in done.stderr


def test_an_errored_state_that_is_stuck_is_recovered(tmp_path: Path) -> None:
    """A state file that is replaced by a directory in the middle of things still leaves what was done behind."""
    write(tmp_path, {"main.tf": DATA})
    succeed(tmp_path, "apply", "-auto-approve")
    said = run(tmp_path, "plan", "-state=missing/deep/terraform.tfstate", "-no-color")
    assert said.code == 0
    assert "1 to add" in said.out
