"""The same against OpenSSH's own server, where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from .connecting import provisioner, read, request, run_script
from .servers import Served

SSHD = shutil.which("sshd", path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")

pytestmark = pytest.mark.skipif(SSHD is None, reason="there is no sshd")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    assert SSHD is not None
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    (tmp_path / "host").write_bytes(host_key.export_private_key())
    (tmp_path / "host").chmod(0o600)
    key = asyncssh.generate_private_key("ssh-ed25519")
    (tmp_path / "key").write_bytes(key.export_private_key())
    (tmp_path / "authorized").write_bytes(key.export_public_key())
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    settings = {
        "ListenAddress": "127.0.0.1",
        "Port": str(port),
        "HostKey": str(tmp_path / "host"),
        "AuthorizedKeysFile": str(tmp_path / "authorized"),
        "PidFile": str(tmp_path / "pid"),
        "StrictModes": "no",
        "UsePAM": "no",
        "PermitRootLogin": "yes",
    }
    (tmp_path / "config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    with (tmp_path / "messages").open("wb") as messages:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(tmp_path / "config")], stderr=messages)
        try:
            deadline = time.monotonic() + 30
            while "listening" not in (tmp_path / "messages").read_text():
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.skip("sshd does not start here: " + (tmp_path / "messages").read_text())
                time.sleep(0.05)
            yield Served(port, host_key.export_public_key().decode().strip(), tmp_path)
        finally:
            process.kill()
            process.wait()


def _user() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def test_script_and_files(server: Served, tmp_path: Path) -> None:
    key = (tmp_path / "key").read_text()
    output: list[str] = []
    found = run_script(
        server, output, "echo out", "exit 0", user=_user(), private_key=key, host_key=server.host_key, timeout="30s"
    )
    assert found == ()
    assert output[-1] == "out"
    if shutil.which("scp") is None:
        pytest.skip("there is no scp")
    (tmp_path / "tree" / "sub").mkdir(parents=True)
    (tmp_path / "tree" / "sub" / "file").write_text("inside")
    (tmp_path / "there").mkdir()
    copying = provisioner("file")
    link = {"host": "127.0.0.1", "port": server.port, "user": _user(), "private_key": key, "agent": False}
    for arguments in (
        {"content": "text", "destination": str(tmp_path / "it's a file")},
        {"source": str(tmp_path / "tree"), "destination": str(tmp_path / "there")},
        {"source": f"{tmp_path}/tree/", "destination": str(tmp_path / "there")},
    ):
        assert copying.provision(request(copying.schema(), link, output, **arguments)) == ()
    assert read(tmp_path / "it's a file") == "text"
    assert read(tmp_path / "there" / "tree" / "sub" / "file") == "inside"
    assert read(tmp_path / "there" / "sub" / "file") == "inside"
