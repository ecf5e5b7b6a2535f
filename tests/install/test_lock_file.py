"""The dependency lock file is Terraform's, byte for byte, and its faults are told in Terraform's words."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iacctl.addrs import Provider
from iacctl.diag import Diagnostics
from iacctl.install import lock_file
from iacctl.install.lock_file import Lock
from tests.cli.tools import TERRAFORM

CONFIGURATION = """
terraform {
  required_providers {
    aa = {
      source  = "hashicorp/aa"
      version = "~> 1.2, != 1.2.9, >=1.0"
    }
    bb = {
      source  = "example.com/x/bb"
      version = "2.0.0-beta1"
    }
    cc = {
      source = "zz/cc"
    }
  }
}
"""
CONTENT = {"LICENSE.txt": "x\n", "sub/a.txt": "1", "ä": "", "Z": "z"}


def package(folder: Path, source: str, version: str, *, packed: bool) -> Path:
    """A provider's package in a mirror, as an archive or unpacked; it need not run to be locked."""
    name = source.rsplit("/", 1)[1]
    files = {f"terraform-provider-{name}_v{version}_x5": "#!/bin/sh\n", **CONTENT}
    if packed:
        path = folder / source / f"terraform-provider-{name}_{version}_linux_amd64.zip"
        path.parent.mkdir(parents=True)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("sub/", "")
            for file, text in files.items():
                archive.writestr(file, text)
        return path
    path = folder / source / version / "linux_amd64"
    for file, text in files.items():
        (path / file).parent.mkdir(parents=True, exist_ok=True)
        (path / file).write_text(text)
        (path / file).chmod(0o755)
    return path


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """A directory with the lock file that Terraform wrote, and the packages locked."""
    folder = tmp_path_factory.mktemp("lock")
    mirror = folder / "mirror"
    packages = {
        "registry.terraform.io/hashicorp/aa": package(
            mirror, "registry.terraform.io/hashicorp/aa", "1.3.0", packed=False
        ),
        "example.com/x/bb": package(mirror, "example.com/x/bb", "2.0.0-beta1", packed=True),
        "registry.terraform.io/zz/cc": package(mirror, "registry.terraform.io/zz/cc", "0.1.0", packed=True),
    }
    (folder / "main.tf").write_text(CONFIGURATION)
    (folder / "rc").write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
    done = _terraform(folder, "providers", "lock", f"-fs-mirror={mirror}", "-platform=linux_amd64")
    assert done.returncode == 0, done.stderr
    return folder, packages


def _terraform(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environ |= {"TF_CLI_CONFIG_FILE": str(folder / "rc"), "CHECKPOINT_DISABLE": "1"}
    return subprocess.run([*TERRAFORM, *words], cwd=folder, env=environ, capture_output=True, text=True, check=False)


def test_terraforms_file_is_read_and_written_again(locked: tuple[Path, dict[str, Path]], tmp_path: Path) -> None:
    folder, packages = locked
    found = Diagnostics()
    locks = lock_file.read(str(folder), found)
    assert not found
    assert [str(source) for source in locks] == sorted(packages)
    assert locks[Provider("registry.terraform.io", "hashicorp", "aa")].constraints == ">= 1.0.0, ~> 1.2, != 1.2.9"
    lock_file.write(str(tmp_path), dict(reversed(locks.items())))
    assert (tmp_path / lock_file.NAME).read_bytes() == (folder / lock_file.NAME).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [lock_file.NAME]


def test_hashes_are_terraforms(locked: tuple[Path, dict[str, Path]], tmp_path: Path) -> None:
    folder, packages = locked
    locks = lock_file.read(str(folder), Diagnostics())
    for source, lock in locks.items():
        path = packages[str(source)]
        found = lock_file.hash_archive(str(path)) if path.suffix == ".zip" else lock_file.hash_folder(str(path))
        assert lock.hashes == {found}
        if path.suffix == ".zip":
            unpacked = tmp_path / source.type
            with zipfile.ZipFile(path) as archive:
                archive.extractall(unpacked)
            assert lock_file.hash_folder(str(unpacked)) == found
            assert lock_file.checksum_archive(str(path)).startswith("zh:")


AA = 'provider "registry.terraform.io/hashicorp/aa" {\n'
FAULTS = [
    'provider "x" {}',
    'provider "hashicorp/aa" {\n  version = "1.3.0"\n}',
    'provider "registry.terraform.io/Hashicorp/aa" {\n  version = "1.3.0"\n}',
    'provider "a/b/c/d" {\n  version = "1.3.0"\n}',
    'provider "registry.terraform.io/-/aa" {\n  version = "1.3.0"\n}',
    'provider "terraform.io/builtin/terraform" {\n  version = "1.3.0"\n}',
    AA + '  version = "1.3"\n}',
    AA + "  version = null\n}",
    AA + "  version = 1\n}",
    AA + '  version = "1.3.0"\n  constraints = "1.2.0,>= 1.0"\n}',
    AA + '  version = "1.3.0"\n  constraints = null\n}',
    AA + '  version = "1.3.0"\n  hashes = "x"\n}',
    AA + '  version = "1.3.0"\n  hashes = ["x"]\n}',
    AA + '  version = "1.3.0"\n  hashes = []\n}',
    AA + '  version = "1.3.0"\n}\n' + AA + '  version = "1.3.0"\n}',
    "foo {}",
    "{",
]


def test_faults_are_told_as_by_terraform(locked: tuple[Path, dict[str, Path]], tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(CONFIGURATION)
    (tmp_path / "rc").write_text("")
    for text in FAULTS:
        (tmp_path / lock_file.NAME).write_text(text + "\n")
        theirs = []
        for line in _terraform(tmp_path, "init", "-json", "-backend=false").stdout.splitlines():
            item = json.loads(line).get("diagnostic")
            if item is not None and item.get("range", {}).get("filename") == lock_file.NAME:
                place = item["range"]["start"]
                theirs.append((item["summary"], item["detail"], place["line"], place["column"]))
        found = Diagnostics()
        lock_file.read(str(tmp_path), found)
        ours = [(d.summary, d.detail, d.subject.start_pos.line, d.subject.start_pos.column) for d in found if d.subject]
        assert theirs, text
        assert ours == list(dict.fromkeys(theirs)), text


def test_what_terraform_says_in_other_words() -> None:
    for text in ('version = "x"', 'version = "1.3.0"\n  constraints = "x"'):
        found = Diagnostics()
        assert lock_file.parse(f"{AA}  {text}\n}}\n".encode(), found) == {}
        assert found[0].summary.startswith("Invalid provider version")
    found = Diagnostics()
    assert lock_file.parse(b'module "a" {}\nmodule "b" {}\n', found) == {}
    assert [item.severity for item in found] == ["warning"]


def test_files_that_are_missing_or_cannot_be_read(tmp_path: Path) -> None:
    found = Diagnostics()
    assert lock_file.read(str(tmp_path), found) == {}
    assert not found
    (tmp_path / lock_file.NAME).mkdir()
    lock_file.read(str(tmp_path), found)
    assert [item.summary for item in found] == ["Failed to read dependency lock file"]
    with pytest.raises(OSError, match="directory"):
        lock_file.write(str(tmp_path), {})
    assert [path.name for path in tmp_path.iterdir()] == [lock_file.NAME]


def test_archives_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no")
    with pytest.raises(ValueError, match="no usable ZIP archive"):
        lock_file.hash_archive(str(tmp_path / "x.zip"))


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True)
PROVIDERS = st.builds(Provider, st.just("example.com"), NAMES, NAMES)
VERSIONS = st.tuples(*[st.integers(0, 30)] * 3).map(lambda numbers: ".".join(map(str, numbers)))
LOCKS = st.builds(
    Lock,
    VERSIONS,
    VERSIONS.map(lambda version: f">= {version}") | st.just(""),
    st.frozensets(st.from_regex(r"(h1|zh):[A-Za-z0-9+/=]{1,20}", fullmatch=True), max_size=4),
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(PROVIDERS, LOCKS, max_size=4))
def test_what_is_written_is_read(locks: dict[Provider, Lock]) -> None:
    found = Diagnostics()
    text = lock_file.render(locks)
    assert lock_file.parse(text.encode(), found) == locks
    assert not found
    assert io.StringIO(text).readline() == '# This file is maintained automatically by "terraform init".\n'
