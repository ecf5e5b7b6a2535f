"""The s3 backend: its layout, its arguments, checkpoints, and taking turns with Terraform."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from iacctl_state.backends import catalog
from iacctl_state.errors import BackendConfigError, StateError
from iacctl_state.locks import LockRequest
from iacctl_state.manager import StateManager

from ..samples import PROVIDER, key, thing
from ..terraform import ENVIRONMENT, terraform

CONFIGURATION = """\
terraform {
  backend "s3" {
    bucket                      = "%(bucket)s"
    key                         = "%(key)s"
    region                      = "us-east-1"
    access_key                  = "test"
    secret_key                  = "test"
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_requesting_account_id  = true
    use_path_style              = true
    %(lock)s
    endpoints = {
      s3       = "%(endpoint)s"
      dynamodb = "%(endpoint)s"
    }
  }
}
resource "terraform_data" "a" {
  input = "%(value)s"
}
"""


def client(arguments: dict[str, Any], service: str = "s3") -> Any:
    import boto3

    return boto3.client(
        service,
        endpoint_url=arguments["endpoints"]["s3"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
        region_name="us-east-1",
    )


def keys(arguments: dict[str, Any]) -> list[str]:
    found = client(arguments).list_objects_v2(Bucket=arguments["bucket"]).get("Contents", ())
    return [item["Key"] for item in found]


def iacctl(folder: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "iacctl", *words],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("lock", ["use_lockfile = true", 'dynamodb_table = "%s"'])
def test_terraform_and_iacctl_take_turns(tmp_path: Path, bucket: dict[str, Any], lock: str) -> None:
    table = bucket["bucket"].replace("states", "locks")
    facts = {**bucket, "lock": lock % table if "%" in lock else lock, "endpoint": bucket["endpoints"]["s3"]}

    def write(value: str) -> None:
        (tmp_path / "main.tf").write_text(CONFIGURATION % {**facts, "value": value})

    write("one")
    iacctl(tmp_path, "init")
    iacctl(tmp_path, "apply", "-auto-approve")
    # Terraform needs no new init, sees the same objects, and goes on.
    assert "No changes." in terraform(tmp_path, "plan", "-no-color").stdout
    write("two")
    terraform(tmp_path, "apply", "-auto-approve", "-no-color")
    assert "No changes." in iacctl(tmp_path, "plan", "-no-color")
    terraform(tmp_path, "workspace", "new", "dev")
    iacctl(tmp_path, "apply", "-auto-approve")
    assert "dev" in iacctl(tmp_path, "workspace", "list")
    assert "No changes." in terraform(tmp_path, "plan", "-no-color").stdout
    assert keys(bucket) == ["env:/dev/some/where.tfstate", "some/where.tfstate"]
    iacctl(tmp_path, "workspace", "select", "default")
    iacctl(tmp_path, "workspace", "delete", "-force", "dev")
    assert "dev" not in terraform(tmp_path, "workspace", "list").stdout
    # And the other way round: what Terraform prepared iacctl takes.
    record = tmp_path / ".terraform" / "terraform.tfstate"
    ours = json.loads(record.read_text())
    terraform(tmp_path, "init", "-reconfigure", "-no-color")
    theirs = json.loads(record.read_text())
    assert ours["backend"] == theirs["backend"]
    assert "No changes." in iacctl(tmp_path, "plan", "-no-color")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".terraform", "main.tf"]


def test_each_waits_for_the_others_lock(tmp_path: Path, bucket: dict[str, Any]) -> None:
    for lock in ({"use_lockfile": True}, {"dynamodb_table": bucket["bucket"].replace("states", "locks")}):
        folder = tmp_path / next(iter(lock))
        folder.mkdir()
        name, value = next(iter(lock.items()))
        facts = {"lock": f"{name} = {json.dumps(value)}", "endpoint": bucket["endpoints"]["s3"], "value": "x"}
        (folder / "main.tf").write_text(CONFIGURATION % {**bucket, **facts})
        terraform(folder, "init", "-no-color")
        store = catalog.configure("s3", {**bucket, **lock}, folder=str(folder)).state("default")
        lock_id = store.lock(LockRequest("OperationTypeApply"))
        refused = terraform(folder, "plan", "-no-color", check=False)
        assert refused.returncode == 1
        assert lock_id in refused.stderr
        assert lock_id in iacctl(folder, "plan", "-no-color", code=1)
        terraform(folder, "force-unlock", "-force", lock_id)
        iacctl(folder, "plan", "-no-color")


def test_state_moves_from_local_to_s3_and_back(tmp_path: Path, bucket: dict[str, Any]) -> None:
    facts = {**bucket, "lock": "", "endpoint": bucket["endpoints"]["s3"], "value": "x"}
    configuration = CONFIGURATION % facts
    resource = configuration[configuration.index("resource") :]
    (tmp_path / "main.tf").write_text(resource)
    iacctl(tmp_path, "apply", "-auto-approve")
    (tmp_path / "main.tf").write_text(configuration)
    iacctl(tmp_path, "plan", code=1)
    iacctl(tmp_path, "init", "-force-copy")
    assert keys(bucket) == [bucket["key"]]
    assert "No changes." in iacctl(tmp_path, "plan", "-no-color")
    (tmp_path / "main.tf").write_text(resource)
    iacctl(tmp_path, "init", "-migrate-state", "-force-copy")
    assert "No changes." in iacctl(tmp_path, "plan", "-no-color")


def test_the_state_is_stored_while_an_apply_runs(
    tmp_path: Path, bucket: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from iacctl_state import recorder as recorders

    monkeypatch.setattr(recorders, "_persist_interval", lambda: 0.05)
    backend = catalog.configure("s3", bucket, folder=str(tmp_path))
    manager = StateManager(backend.state("default"))
    manager.lock(LockRequest("OperationTypeApply"))
    manager.read()
    recorder = manager.begin()
    stored: set[str] = set()
    for number in range(3):
        recorder.set_object(key(f"n{number}"), None, thing(f"id-{number}"), provider=PROVIDER)
        while f"n{number}" not in stored:  # ends, or the test does not
            content = backend.state("default").read()
            document = json.loads(content.content) if content is not None else {"resources": []}
            stored = {item["name"] for item in document["resources"]}
    recorder.abandon()  # as a crash would
    manager.unlock()
    # The journal is still there, and agrees with what was stored.
    again = StateManager(catalog.configure("s3", bucket, folder=str(tmp_path)).state("default"))
    assert {item.resource.name for item in again.read().objects()} == {"n0", "n1", "n2"}
    assert again.recovered is not None
    assert not again.recovered.state_was_advanced


def test_encryption_and_content_type_reach_the_bucket(tmp_path: Path, bucket: dict[str, Any]) -> None:
    for more, expected in (
        ({"encrypt": True}, "AES256"),
        ({"encrypt": True, "kms_key_id": "alias/states"}, "aws:kms"),
    ):
        backend = catalog.configure("s3", {**bucket, **more}, folder=str(tmp_path))
        StateManager(backend.state(f"w{len(more)}")).persist(StateManager(backend.state("none")).read())
        found = client(bucket).head_object(Bucket=bucket["bucket"], Key=f"env:/w{len(more)}/{bucket['key']}")
        assert found["ServerSideEncryption"] == expected
        assert found["ContentType"] == "application/json"


@pytest.mark.parametrize(
    ("change", "attribute"),
    [
        ({"bucket": None}, "bucket"),
        ({"key": ""}, "key"),
        ({"key": "/a"}, "key"),
        ({"key": "a/"}, "key"),
        ({"key": "a//b"}, "key"),
        ({"workspace_key_prefix": "/x"}, "workspace_key_prefix"),
        ({"secret_key": None}, "secret_key"),
        ({"kms_key_id": "k", "sse_customer_key": "eA=="}, "sse_customer_key"),
        ({"sse_customer_key": "eA=="}, "sse_customer_key"),
        ({"retry_mode": "often"}, "retry_mode"),
        ({"allowed_account_ids": ["1"], "forbidden_account_ids": ["2"]}, "forbidden_account_ids"),
        ({"assume_role": {"role_arn": None}}, "assume_role"),
    ],
)
def test_arguments_that_cannot_be_used(bucket: dict[str, Any], change: dict[str, Any], attribute: str) -> None:
    with pytest.raises(BackendConfigError) as refused:
        catalog.configure("s3", {**bucket, **change})
    assert refused.value.attribute == attribute


def test_a_bucket_that_is_not_there(bucket: dict[str, Any], tmp_path: Path) -> None:
    backend = catalog.configure("s3", {**bucket, "bucket": "nowhere"}, folder=str(tmp_path))
    with pytest.raises(StateError, match='S3 bucket "nowhere" does not exist'):
        backend.workspaces()
    with pytest.raises(StateError, match='S3 bucket "nowhere" does not exist'):
        StateManager(backend.state("default")).read()


def test_a_server_that_is_not_there(bucket: dict[str, Any], tmp_path: Path) -> None:
    away = {**bucket, "endpoints": {"s3": "http://127.0.0.1:9"}, "max_retries": 1}
    with pytest.raises(StateError, match="Could not connect"):
        StateManager(catalog.configure("s3", away, folder=str(tmp_path)).state("default")).read()


def test_a_role_is_assumed(bucket: dict[str, Any], tmp_path: Path) -> None:
    role = {"role_arn": "arn:aws:iam::123456789012:role/states", "duration": "1h", "session_name": "tests"}
    backend = catalog.configure("s3", {**bucket, "assume_role": role}, folder=str(tmp_path))
    assert backend.workspaces() == ["default"]


def test_accounts_are_checked(bucket: dict[str, Any], tmp_path: Path) -> None:
    allowed = catalog.configure("s3", {**bucket, "allowed_account_ids": ["123456789012"]}, folder=str(tmp_path))
    assert allowed.workspaces() == ["default"]
    refused = catalog.configure("s3", {**bucket, "forbidden_account_ids": ["123456789012"]}, folder=str(tmp_path))
    with pytest.raises(BackendConfigError, match="not allowed"):
        refused.workspaces()


def test_an_old_object_is_not_taken_for_the_state(
    bucket: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iacctl_state.backends import s3_store

    monkeypatch.setattr(s3_store, "_PATIENCE", 0.0)
    arguments = {**bucket, "dynamodb_table": bucket["bucket"].replace("states", "locks")}
    manager = StateManager(catalog.configure("s3", arguments, folder=str(tmp_path)).state("default"))
    manager.persist(manager.read())
    client(bucket).put_object(Bucket=bucket["bucket"], Key=bucket["key"], Body=b"{}")
    with pytest.raises(StateError, match="does not have the expected content"):
        manager.read()
