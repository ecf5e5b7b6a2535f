"""Parts of provisioners by themselves."""

from __future__ import annotations

import sys
import threading

import pytest

from iacctl.provisioners import catalog
from iacctl.provisioners.lines import Lines
from iacctl.provisioners.pool import ProvisionerPool
from iacctl.provisioners.processes import status_text
from iacctl.provisioners.ssh.client import _split

from .connecting import details, provisioner, request


def test_lines() -> None:
    found: list[str] = []
    lines = Lines(found.append)
    for part in ("one\ntw", "o\n\nthre", "e é"):
        lines.feed(part.encode())
    assert found == ["one", "two", ""]
    lines.flush()
    assert found[-1] == "three é"
    lines.feed("é".encode()[:1])
    assert not lines.waiting
    lines.feed("é".encode()[1:] + b"\xff\n")
    lines.close()
    assert found[-1] == "é\ufffd"


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/a/b", ("/a", "b")),
        ("/a/b/", ("/a/b", "b")),
        ("b", (".", "b")),
        ("", (".", ".")),
        ("/", ("/", "/")),
        ("/b", ("/", "b")),
        ("a//b", ("a", "b")),
    ],
)
def test_paths_are_split_as_go_does(path: str, parts: tuple[str, str]) -> None:
    assert _split(path) == parts


def test_how_programs_end() -> None:
    assert [status_text(status) for status in (0, 3, -9, -15, -2)] == [
        "exit status 0",
        "exit status 3",
        "signal: killed",
        "signal: terminated",
        "signal: interrupt",
    ]


def test_pool() -> None:
    pool = ProvisionerPool()
    assert pool.get("local-exec") is pool.get("local-exec")
    assert pool.get("chef") is None
    assert set(catalog.FACTORIES) == {"file", "local-exec", "remote-exec"}
    pool.stop()
    late = pool.get("file")
    assert late is not None
    pool.close()


@pytest.mark.parametrize("name", ["remote-exec", "file"])
def test_without_paramiko(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [module for module in sys.modules if module.startswith("iacctl.provisioners.ssh.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "paramiko", None)
    found = provisioner(name)
    arguments = {"inline": ("true",)} if name == "remote-exec" else {"content": "x", "destination": "/nowhere"}
    asked = request(found.schema(), {"host": "127.0.0.1", "agent": False}, [], **arguments)
    (text,) = details(found.provision(asked))
    assert 'pip install "iacctl[ssh]"' in text


def test_local_exec_is_stopped() -> None:
    found = provisioner("local-exec")
    started = threading.Event()
    asked = request(found.schema(), None, [], command="echo started; sleep 1000")._replace(
        output=lambda line: started.set() if line == "started" else None
    )
    ended: list[list[str]] = []
    thread = threading.Thread(target=lambda: ended.append(details(found.provision(asked))))
    thread.start()
    assert started.wait(60)
    found.stop()
    thread.join(60)
    assert ended[0][0].startswith("Error running command 'echo started; sleep 1000': signal: interrupt. Output: started")


def test_secrets_are_not_quoted() -> None:
    found = provisioner("local-exec")
    asked = request(found.schema(), None, [], command="echo hush; exit 2")._replace(confidential=True)
    assert "hush" not in str(found.provision(asked))
    remote = provisioner("remote-exec")
    asked = request(remote.schema(), {"host": "127.0.0.1"}, [], scripts=("hush",))
    assert "hush" not in str(remote.provision(asked._replace(confidential=True)))
