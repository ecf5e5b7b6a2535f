"""Backends with something real behind them, one after the other, for the contract."""

from __future__ import annotations

import itertools
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iacctl_state.backends import catalog
from iacctl_state.backends.port import Backend

from .keeper import Answer, Keeper

_NUMBERS = itertools.count()
MOTO = {
    "region": "us-east-1",
    "access_key": "test",
    "secret_key": "test",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": "true",
    "skip_requesting_account_id": True,
    "use_path_style": True,
}


@pytest.fixture(scope="session")
def aws() -> Iterator[str]:
    """The address of a server that plays AWS."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(aws: str) -> dict[str, object]:
    """The arguments of a block for a new bucket and a new lock table."""
    import boto3

    number = next(_NUMBERS)
    access = {
        "endpoint_url": aws,
        "aws_access_key_id": "test",
        "aws_secret_access_key": "test",
        "region_name": "us-east-1",
    }
    boto3.client("s3", **access).create_bucket(Bucket=f"states-{number}")
    boto3.client("dynamodb", **access).create_table(
        TableName=f"locks-{number}",
        KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return {
        **MOTO,
        "bucket": f"states-{number}",
        "key": "some/where.tfstate",
        "endpoints": {"s3": aws, "dynamodb": aws, "sts": aws, "iam": None, "sso": None},
    }


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    """A server that keeps one state and its lock."""
    server = Keeper(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Where a PostgreSQL server listens that was started for the tests: a URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its dependencies
        pgserver = pytest.importorskip("pgserver", reason="there is no PostgreSQL for this platform")
        folder = tempfile.mkdtemp(prefix="postgres-")
        try:
            server = pgserver.get_server(folder, cleanup_mode="delete")
        except Exception as error:  # it needs a user of its own where the tests run as root
            pytest.skip(f"no PostgreSQL can be started here: {error}")
    yield f"postgresql://postgres:@/postgres?host={folder}"
    server.cleanup()


@pytest.fixture
def table(postgres: str) -> dict[str, object]:
    """The arguments of a block for a new table."""
    return {"conn_str": postgres, "schema_name": f"states-{next(_NUMBERS)}"}


Opener = Callable[[], Backend]


@pytest.fixture(params=["local", "http", "pg", "s3 with a lock file", "s3 with a lock table"])
def open_backend(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens the same backend again and again, as several processes would."""
    if request.param == "local":
        return lambda: catalog.configure("local", {}, folder=str(tmp_path))
    folders = itertools.count()
    if request.param == "http":
        kind, arguments = "http", request.getfixturevalue("keeper").arguments
    elif request.param == "pg":
        kind, arguments = "pg", request.getfixturevalue("table")
    else:
        kind, arguments = "s3", dict(request.getfixturevalue("bucket"))
    if "file" in request.param:
        arguments["use_lockfile"] = True
    elif "table" in request.param:
        arguments["dynamodb_table"] = arguments["bucket"].replace("states", "locks")

    def make() -> Backend:
        folder = tmp_path / str(next(folders))
        folder.mkdir()
        return catalog.configure(kind, arguments, folder=str(folder))

    return make
