"""Modules come into place as Terraform puts them, byte for byte in the manifest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iacctl.addrs import ModulePath
from iacctl.config.manifest import Installed
from iacctl.install import modules
from tests.cli.tools import TERRAFORM, run, write

TREE = {
    "main.tf": 'module "b" {\n  source = "./m"\n}\nmodule "a" {\n  source = "./m/../n"\n}\n',
    "m/m.tf": 'module "inner" {\n  source = "../n"\n}\n',
    "n/n.tf": "",
}


def test_the_manifest_is_terraforms(tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        write(tmp_path / name, TREE)
    assert not modules.install(str(tmp_path / "ours")).diagnostics.has_errors
    assert run(tmp_path / "theirs", "init", program=TERRAFORM).code == 0
    manifest = ".terraform/modules/modules.json"
    assert (tmp_path / "ours" / manifest).read_bytes() == (tmp_path / "theirs" / manifest).read_bytes()


def test_only_new_modules_are_told_of(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    told: list[tuple[ModulePath, Installed]] = []
    for _ in range(2):
        modules.install(str(tmp_path), listener=lambda *what: told.append(what))
    assert sorted(path for path, _ in told) == [("a",), ("b",), ("b", "inner")]
    modules.install(str(tmp_path), listener=lambda *what: told.append(what), upgrade=True)
    assert len(told) == 6


def test_no_manifest_without_modules_or_with_errors(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": ""})
    modules.install(str(tmp_path))
    assert not (tmp_path / ".terraform").exists()
    write(tmp_path, {"main.tf": 'module "a" {\n  source = "./missing"\n}\n'})
    assert modules.install(str(tmp_path)).diagnostics.has_errors
    assert not (tmp_path / ".terraform").exists()


def test_a_damaged_manifest_is_mended(tmp_path: Path) -> None:
    write(tmp_path, {**TREE, ".terraform/modules/modules.json": "{"})
    assert not modules.install(str(tmp_path)).diagnostics.has_errors
    assert (tmp_path / ".terraform/modules/modules.json").read_text().startswith('{"Modules":[')


@pytest.mark.parametrize("data_folder", ["elsewhere", "../beside"])
def test_the_data_folder_may_be_elsewhere(data_folder: str, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    write(folder, TREE)
    modules.install(str(folder), data_folder=data_folder)
    assert (folder / data_folder / "modules" / "modules.json").exists()
    modules.install(str(folder), data_folder=str(tmp_path / "absolute"))
    assert (tmp_path / "absolute" / "modules" / "modules.json").exists()
    assert not (folder / ".terraform").exists()


def test_the_manifest_is_whole_or_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, TREE)
    modules.install(str(tmp_path))
    manifest = tmp_path / ".terraform/modules/modules.json"
    before = manifest.read_text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    write(tmp_path, {"main.tf": 'module "c" {\n  source = "./n"\n}\n'})
    with pytest.raises(OSError, match="No space left"):
        modules.install(str(tmp_path))
    assert manifest.read_text() == before
    assert [path.name for path in manifest.parent.iterdir()] == ["modules.json"]
