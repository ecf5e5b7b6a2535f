"""The pg backend: Terraform's table, its locks, and taking turns with Terraform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from iacctl_state.backends import catalog
from iacctl_state.errors import StateError
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager

from ..terraform import terraform
from .test_s3 import iacctl

CONFIGURATION = """\
terraform {
  backend "pg" {
    conn_str    = "%(conn_str)s"
    schema_name = "%(schema_name)s"
  }
}
resource "terraform_data" "a" {
  input = "%(value)s"
}
"""


def write(folder: Path, table: dict[str, Any], value: str) -> None:
    facts = {**table, "conn_str": f"{table['conn_str']}&sslmode=disable", "value": value}
    (folder / "main.tf").write_text(CONFIGURATION % facts)


@pytest.mark.parametrize("first", ["terraform", "iacctl"])
def test_terraform_and_iacctl_take_turns(tmp_path: Path, table: dict[str, Any], first: str) -> None:
    write(tmp_path, table, "one")
    (terraform if first == "terraform" else iacctl)(tmp_path, "init", "-no-color")
    iacctl(tmp_path, "apply", "-auto-approve")
    assert "No changes." in terraform(tmp_path, "plan", "-no-color").stdout
    write(tmp_path, table, "two")
    terraform(tmp_path, "apply", "-auto-approve", "-no-color")
    assert "No changes." in iacctl(tmp_path, "plan", "-no-color")
    terraform(tmp_path, "workspace", "new", "dev")
    iacctl(tmp_path, "apply", "-auto-approve")
    iacctl(tmp_path, "workspace", "new", "prod")
    assert "No changes." not in terraform(tmp_path, "plan", "-no-color").stdout
    assert terraform(tmp_path, "workspace", "list").stdout == iacctl(tmp_path, "workspace", "list")
    iacctl(tmp_path, "workspace", "select", "default")
    iacctl(tmp_path, "workspace", "delete", "prod")
    terraform(tmp_path, "workspace", "delete", "-force", "dev")
    assert iacctl(tmp_path, "workspace", "list").split() == ["*", "default"]


def test_each_waits_for_the_others_lock(tmp_path: Path, table: dict[str, Any]) -> None:
    write(tmp_path, table, "one")
    terraform(tmp_path, "init", "-no-color")
    for _ in range(2):  # first there is no row, then there is one
        store = catalog.configure("pg", table, folder=str(tmp_path)).state("default")
        store.lock(LockRequest("OperationTypeApply"))
        refused = terraform(tmp_path, "plan", "-no-color", check=False)
        assert refused.returncode == 1
        assert "ocked" in refused.stderr
        assert "ocked" in iacctl(tmp_path, "plan", "-no-color", code=1)
        store.unlock()
        iacctl(tmp_path, "apply", "-auto-approve")


def test_a_lock_ends_with_its_connection(tmp_path: Path, table: dict[str, Any]) -> None:
    backend = catalog.configure("pg", table, folder=str(tmp_path))
    manager = StateManager(backend.state("default"))
    manager.persist(manager.read())
    first, second = backend.state("default"), backend.state("default")
    first.lock(LockRequest("OperationTypeApply"))
    first._holding.close()  # type: ignore[attr-defined]
    second.lock(LockRequest("OperationTypeApply", timeout=30))
    second.unlock()


def test_what_cannot_be_reached(tmp_path: Path) -> None:
    away = {"conn_str": "postgresql://user:secret@127.0.0.1:9/db?connect_timeout=2"}
    with pytest.raises(StateError, match="Failed to connect to PostgreSQL") as refused:
        catalog.configure("pg", away, folder=str(tmp_path)).workspaces()
    assert "secret" not in str(refused.value)


def test_the_environment_fills_in(tmp_path: Path, table: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_CONN_STR", str(table["conn_str"]))
    monkeypatch.setenv("PG_SCHEMA_NAME", "from the environment")
    backend = catalog.configure("pg", {}, folder=str(tmp_path))
    backend.create_workspace("x")
    monkeypatch.setenv("PG_SKIP_SCHEMA_CREATION", "true")
    monkeypatch.setenv("PG_SKIP_TABLE_CREATION", "true")
    monkeypatch.setenv("PG_SKIP_INDEX_CREATION", "true")
    assert catalog.configure("pg", {}, folder=str(tmp_path)).workspaces() == ["default", "x"]
