"""The local backend: which files, which backups, which workspaces."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iacctl_state import backend_record, workspaces
from iacctl_state.backend_record import BackendRecord
from iacctl_state.backends import catalog
from iacctl_state.backends.local import LocalBackend, LocalOverrides, LocalPaths
from iacctl_state.errors import BackendConfigError, ConflictError, FormatError, StorageError, WorkspaceError
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager

from .samples import PROVIDER, key, thing
from .terraform import terraform

APPLY = LockRequest("OperationTypeApply")
CONFIGURATION = 'variable "v" { default = 1 }\nresource "terraform_data" "a" { input = var.v }\n'


def manager(folder: Path, **overrides: str) -> StateManager:
    return StateManager(LocalBackend(folder=str(folder), overrides=LocalOverrides(**overrides)).state("default"))


def change(folder: Path, value: str, **overrides: str) -> None:
    """An apply that sets one object."""
    state = manager(folder, **overrides)
    state.lock(APPLY)
    state.read()
    recorder = state.begin()
    recorder.set_object(key("a"), None, thing("1", value), provider=PROVIDER)
    recorder.finish()
    state.unlock()


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_paths_follow_the_configuration_and_the_flags() -> None:
    assert LocalBackend().paths("default") == ("terraform.tfstate", "terraform.tfstate", "terraform.tfstate.backup")
    named = LocalBackend(path="x/y", workspace_dir="ws")
    assert named.paths("default") == LocalPaths("x/y", "x/y", "x/y.backup")
    assert named.paths("w").read == "ws/w/terraform.tfstate"
    flags = LocalBackend(overrides=LocalOverrides(state="a", state_out="b"))
    assert flags.paths("w") == LocalPaths("a", "b", "b.backup")
    assert LocalBackend(overrides=LocalOverrides(backup="-")).paths("default").backup == ""
    assert LocalBackend(overrides=LocalOverrides(backup="q")).paths("default").backup == "q"


def test_lineage_and_serial_follow_the_content(tmp_path: Path) -> None:
    state = manager(tmp_path)
    document = state.read()
    assert document.lineage == ""
    assert state.persist(document)
    lineage = document.lineage
    assert (len(lineage), document.serial) == (36, 1)
    assert not state.persist(document)
    document.set_object(key("a"), None, thing("1"), provider=PROVIDER)
    assert state.persist(document)
    assert (document.lineage, document.serial) == (lineage, 2)
    assert not state.persist(document)
    assert manager(tmp_path).read().serial == 2


def test_the_version_is_brought_up_to_date_without_a_new_serial_or_backup(tmp_path: Path) -> None:
    change(tmp_path, "a")
    file = tmp_path / "terraform.tfstate"
    now = file.read_text()
    file.write_text(now.replace("1.15.5", "1.3.0"))
    change(tmp_path, "a")
    assert file.read_text() == now
    assert files(tmp_path) == {"terraform.tfstate"}


@pytest.mark.parametrize("flags", [{}, {"state_out": "out.tfstate"}, {"backup": "b"}, {"backup": "-"}])
def test_backups_are_made_when_terraform_makes_them(flags: dict[str, str], tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
        (folder / "main.tf").write_text(CONFIGURATION)
    words = [f"-{name.replace('_', '-')}={value}" for name, value in flags.items()]
    terraform(theirs, "init")
    for value in ("1", "1", "2", "3"):
        terraform(theirs, "apply", "-auto-approve", f"-var=v={value}", *words)
        change(ours, value, **flags)
        left = {name for name in files(theirs) if ".terraform" not in name}
        assert files(ours) == left
    for name in files(ours) - {"main.tf"}:  # the same step of the story in each file
        own, other = (_value(folder / name) for folder in (ours, theirs))
        assert own == other


def _value(file: Path) -> object:
    from iacctl_state.reader import parse

    found = [obj.object.attributes for obj in parse(file.read_bytes()).objects()]
    return [str(attributes["input"]["value"]) for attributes in found if attributes]


def test_a_backup_is_the_state_before_the_first_change_of_a_session(tmp_path: Path) -> None:
    change(tmp_path, "old")
    before = (tmp_path / "terraform.tfstate").read_bytes()
    state = manager(tmp_path)
    document = state.read()
    for value in ("new", "newer"):
        document.set_object(key("a"), None, thing("1", value), provider=PROVIDER)
        state.persist(document)
    assert (tmp_path / "terraform.tfstate.backup").read_bytes() == before


def test_new_files_are_private_and_old_ones_keep_their_mode(tmp_path: Path) -> None:
    change(tmp_path, "a")
    file = tmp_path / "terraform.tfstate"
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o664)
    change(tmp_path, "b")
    assert file.stat().st_mode & 0o777 == 0o664
    assert (tmp_path / "terraform.tfstate.backup").stat().st_mode & 0o777 == 0o600


def test_the_inode_and_symbolic_links_survive(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    real.mkdir()
    (real / "s.tfstate").write_bytes(b"")
    (tmp_path / "terraform.tfstate").symlink_to(real / "s.tfstate")
    inode = (real / "s.tfstate").stat().st_ino
    for value in ("a", "a" * 5000, "b"):
        change(tmp_path, value)
        assert (tmp_path / "terraform.tfstate").is_symlink()
        assert (real / "s.tfstate").stat().st_ino == inode
    assert _value(real / "s.tfstate") == ["b"]
    assert files(real) == {"s.tfstate"}


def test_a_state_that_another_program_wrote_since_is_left_alone(tmp_path: Path) -> None:
    change(tmp_path, "a")
    state = manager(tmp_path)
    document = state.read()
    change(tmp_path, "theirs")
    theirs = (tmp_path / "terraform.tfstate").read_bytes()
    document.set_object(key("a"), None, thing("1", "ours"), provider=PROVIDER)
    with pytest.raises(ConflictError, match="changed by another program"):
        state.persist(document)
    assert (tmp_path / "terraform.tfstate").read_bytes() == theirs


def test_a_state_file_that_was_replaced_under_the_lock_is_noticed(tmp_path: Path) -> None:
    change(tmp_path, "a")
    state = manager(tmp_path)
    state.lock(APPLY)
    document = state.read()
    copy = tmp_path / "copy"
    copy.write_bytes((tmp_path / "terraform.tfstate").read_bytes())
    copy.replace(tmp_path / "terraform.tfstate")
    document.set_object(key("a"), None, thing("1", "ours"), provider=PROVIDER)
    with pytest.raises(ConflictError, match="State file was replaced"):
        state.persist(document)
    state.unlock()


def test_another_lineage_is_refused(tmp_path: Path) -> None:
    change(tmp_path, "a")
    state = manager(tmp_path)
    document = state.read()
    document.lineage = "other"
    with pytest.raises(ConflictError, match="State lineage mismatch"):
        state.persist(document)


def test_workspaces_lie_where_terraform_puts_them(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(CONFIGURATION)
    terraform(tmp_path, "init")
    terraform(tmp_path, "workspace", "new", "theirs")
    backend = LocalBackend(folder=str(tmp_path))
    assert workspaces.selected(str(tmp_path / ".terraform")) == "theirs"
    backend.create_workspace("ours")
    assert backend.workspaces() == ["default", "ours", "theirs"]
    workspaces.select(str(tmp_path / ".terraform"), "ours")
    assert terraform(tmp_path, "workspace", "show").stdout == "ours\n"
    state = StateManager(backend.state("ours"))
    document = state.read()
    document.set_object(key("a"), None, thing("1"), provider=PROVIDER)
    state.persist(document)
    assert "terraform_data.a" in terraform(tmp_path, "state", "list").stdout
    assert _state_of(tmp_path, "ours").exists()
    backend.delete_workspace("ours")
    assert backend.workspaces() == ["default", "theirs"]
    assert workspaces.selected(str(tmp_path / "nowhere")) == "default"


def _state_of(folder: Path, workspace: str) -> Path:
    return folder / "terraform.tfstate.d" / workspace / "terraform.tfstate"


def test_workspaces_that_cannot_be_are_refused(tmp_path: Path) -> None:
    backend = LocalBackend(folder=str(tmp_path))
    backend.create_workspace("w")
    for name in ("w", "default", "a/b", "", "..", "a b", "é"):
        with pytest.raises(WorkspaceError):
            backend.create_workspace(name)
    for name in ("nope", "default", "../x"):
        with pytest.raises(WorkspaceError):
            backend.delete_workspace(name)
    with pytest.raises(WorkspaceError):
        workspaces.select(str(tmp_path), "a/b")


def test_the_backend_record_is_terraforms(tmp_path: Path) -> None:
    block = 'terraform {\n  backend "local" {\n    path = "x<.tfstate"\n  }\n}\n'
    (tmp_path / "main.tf").write_text(block)
    terraform(tmp_path, "init")
    data = tmp_path / ".terraform"
    written = (data / "terraform.tfstate").read_bytes()
    record = backend_record.load(str(data))
    assert record is not None
    assert (record.type, record.config) == ("local", {"path": "x<.tfstate", "workspace_dir": None})
    backend_record.save(str(data), record)
    assert (data / "terraform.tfstate").read_bytes() == written
    terraform(tmp_path, "plan")
    backend_record.remove(str(data))
    backend_record.remove(str(data))
    assert backend_record.load(str(data)) is None


def test_a_backend_record_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "terraform.tfstate"
    for text in ("[]", '{"version": 4}', "{", '{"version": 3, "backend": {"type": 1}}'):
        file.write_text(text)
        with pytest.raises(FormatError):
            backend_record.load(str(tmp_path))
    for text in ("", '{"version": 3}'):
        file.write_text(text)
        assert backend_record.load(str(tmp_path)) is None
    extra = BackendRecord("local", {}, 7, {"more": 1})
    backend_record.save(str(tmp_path), extra)
    assert backend_record.load(str(tmp_path)) == extra


@pytest.mark.parametrize(
    ("name", "config", "words"),
    [
        ("local", {"path": 1}, 'Inappropriate value for attribute "path"'),
        ("local", {"path": ""}, 'The "path" attribute value must not be empty'),
        ("local", {"x": None}, 'An argument named "x" is not expected here'),
        ("etcd", {}, "not supported in Terraform v1.3 or later"),
        ("gcs", {}, 'no backend "gcs" yet'),
        ("consul", {}, "could not be tested"),
        ("nope", {}, 'There is no backend type named "nope"'),
    ],
)
def test_what_is_no_backend_is_refused(name: str, config: dict[str, object], words: str) -> None:
    with pytest.raises(BackendConfigError) as caught:
        catalog.configure(name, config)
    assert words in caught.value.detail


def test_the_catalog_makes_the_local_backend(tmp_path: Path) -> None:
    backend = catalog.configure("local", {"path": "p.tfstate", "workspace_dir": None}, folder=str(tmp_path))
    assert backend.type == "local"
    assert backend.state("default").description == "p.tfstate"
    assert "local" in catalog.NAMES


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "terraform.tfstate"
    file.write_text("{}")
    file.chmod(0)
    with pytest.raises(StorageError, match="Permission denied"):
        manager(tmp_path).read()


def test_a_folder_in_place_of_the_state_is_named(tmp_path: Path) -> None:
    (tmp_path / "terraform.tfstate").mkdir()
    with pytest.raises(StorageError, match=r"terraform\.tfstate: Is a directory"):
        manager(tmp_path).read()
