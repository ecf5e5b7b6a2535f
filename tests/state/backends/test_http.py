"""The http backend: requests as Terraform makes them, credentials, retries, and taking turns with Terraform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from iacctl_state.backends import catalog
from iacctl_state.errors import BackendConfigError, LockError, StateError
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager

from ..terraform import terraform
from .keeper import Keeper
from .test_s3 import iacctl

CONFIGURATION = """\
terraform {
  backend "http" {
    address        = "%(address)s"
    lock_address   = "%(lock_address)s"
    unlock_address = "%(unlock_address)s"
    retry_wait_min = 0
  }
}
resource "terraform_data" "a" {
  input = "%(value)s"
}
"""


def test_terraform_and_iacctl_take_turns(tmp_path: Path, keeper: Keeper) -> None:
    def write(value: str) -> None:
        (tmp_path / "main.tf").write_text(CONFIGURATION % {**keeper.arguments, "value": value})

    write("one")
    iacctl(tmp_path, "init")
    iacctl(tmp_path, "apply", "-auto-approve")
    ours = [line for line in keeper.seen if not line.startswith("GET")]
    assert "No changes." in terraform(tmp_path, "plan", "-no-color").stdout
    write("two")
    keeper.seen.clear()
    terraform(tmp_path, "apply", "-auto-approve", "-no-color")
    theirs = [line for line in keeper.seen if not line.startswith("GET")]
    assert [line.partition("=")[0] for line in ours] == [line.partition("=")[0] for line in theirs]
    assert "No changes." in iacctl(tmp_path, "plan", "-no-color")
    assert "workspaces not supported" in iacctl(tmp_path, "workspace", "list", code=1)
    keeper.lock = b'{"ID":"abc","Who":"me"}'
    refused = iacctl(tmp_path, "plan", "-no-color", code=1)
    said = terraform(tmp_path, "plan", "-no-color", check=False).stderr
    assert refused.strip() == said.strip()
    iacctl(tmp_path, "force-unlock", "-force", "abc")
    assert "No changes." in iacctl(tmp_path, "plan", "-no-color")


def test_credentials(tmp_path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.credentials = "user:secret"

    def manager(**more: Any) -> StateManager:
        return StateManager(
            catalog.configure("http", {**keeper.arguments, **more}, folder=str(tmp_path)).state("default")
        )

    with pytest.raises(StateError, match="requires auth"):
        manager().read()
    with pytest.raises(StateError, match="invalid auth") as refused:
        manager(username="user", password="wrong").read()
    assert "wrong" not in str(refused.value)
    with pytest.raises(LockError, match="requires auth"):
        manager().lock(LockRequest("OperationTypeApply"))
    good = manager(username="user", password="secret")
    assert good.persist(good.read())
    monkeypatch.setenv("TF_HTTP_USERNAME", "user")
    monkeypatch.setenv("TF_HTTP_PASSWORD", "secret")
    assert manager().read().serial == 1


def test_what_fails_for_a_moment_is_tried_again(tmp_path: Path, keeper: Keeper) -> None:
    manager = StateManager(catalog.configure("http", keeper.arguments, folder=str(tmp_path)).state("default"))
    keeper.broken = 2
    assert manager.read().is_empty
    keeper.broken = 3
    with pytest.raises(StateError, match="code 503"):
        manager.read()


def test_nobody_answers(tmp_path: Path, keeper: Keeper) -> None:
    away = {**keeper.arguments, "address": "http://user:secret@127.0.0.1:9/state?token=hidden", "retry_max": 0}
    with pytest.raises(StateError, match=r"127\.0\.0\.1:9/state: ") as refused:
        StateManager(catalog.configure("http", away, folder=str(tmp_path)).state("default")).read()
    assert "secret" not in str(refused.value)
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "attribute"),
    [
        ({"address": None}, "address"),
        ({"address": "ftp://x/y"}, "address"),
        ({"lock_address": "x"}, "lock_address"),
        ({"client_certificate_pem": "x"}, "client_certificate_pem"),
    ],
)
def test_arguments_that_cannot_be_used(change: dict[str, Any], attribute: str) -> None:
    with pytest.raises(BackendConfigError) as refused:
        catalog.configure("http", {"address": "http://127.0.0.1/state", **change})
    assert refused.value.attribute == attribute
