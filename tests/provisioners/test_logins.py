"""Ways to another machine: how one proves who one is, whom one talks to, and through whom."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from .connecting import details, provisioner, read, request, run_script
from .servers import Served, serving

KINDS = {"ed25519": "ssh-ed25519", "rsa": "ssh-rsa", "ecdsa": "ecdsa-sha2-nistp256"}


@pytest.fixture(scope="module")
def keys() -> dict[str, asyncssh.SSHKey]:
    found = {name: asyncssh.generate_private_key(kind) for name, kind in KINDS.items()}
    found["authority"] = asyncssh.generate_private_key("ssh-ed25519")
    return found


def _private(key: asyncssh.SSHKey, kind: str = "openssh", passphrase: str | None = None) -> str:
    return key.export_private_key(kind, passphrase).decode()


def _public(key: asyncssh.SSHKey) -> str:
    return key.export_public_key().decode().strip()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, keys: dict[str, asyncssh.SSHKey]) -> Iterator[Served]:
    """A server that knows three keys and a password, and goes on to other machines."""
    known = [_public(keys[name]) for name in KINDS]
    authorities = [_public(keys["authority"])]
    with serving(
        tmp_path_factory.mktemp("server"), password="pw", authorized=known, authorities=authorities, forward=True
    ) as served:
        yield served


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        *((kind, form) for kind in KINDS for form in ("openssh", "pkcs8-pem")),
        ("rsa", "pkcs1-pem"),
        ("ecdsa", "pkcs1-pem"),
    ],
)
def test_keys(server: Served, keys: dict[str, asyncssh.SSHKey], kind: str, form: str) -> None:
    output: list[str] = []
    assert run_script(server, output, "echo in", private_key=_private(keys[kind], form)) == ()
    assert output[-2:] == ["Connected!", "in"]
    assert "  Private key: true\n" in output[0]


@pytest.mark.parametrize("form", ["openssh", "pkcs8-pem", "pkcs1-pem"])
def test_keys_with_passphrases_are_refused(server: Served, keys: dict[str, asyncssh.SSHKey], form: str) -> None:
    found = run_script(server, [], "true", private_key=_private(keys["rsa"], form, "secret"))
    assert details(found) == ["Failed to parse ssh private key: ssh: this private key is passphrase protected"]


def test_certificate(server: Served, keys: dict[str, asyncssh.SSHKey]) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519")
    signed = keys["authority"].generate_user_certificate(stranger, "someone", principals=["me"])
    text = signed.export_certificate().decode()
    assert run_script(server, [], "true", private_key=_private(stranger), certificate=text) == ()
    found = run_script(server, [], "true", private_key=_private(stranger), certificate=_public(stranger))
    assert details(found) == ["failed to parse certificate: it is a public key without a signature"]
    found = run_script(server, [], "true", private_key=_private(stranger), certificate="garbage")
    assert details(found) == ['failed to parse certificate "garbage": ssh: no key found']


def test_nobody_gets_in_without_proof(server: Served) -> None:
    where = f"SSH authentication failed (me@127.0.0.1:{server.port}): ssh: handshake failed: ssh: unable to authenticate"
    assert details(run_script(server, [], "true")) == [
        f"timeout - last error: {where}, attempted methods [none], no supported methods remain"
    ]
    stranger = _private(asyncssh.generate_private_key("ssh-ed25519"))
    assert details(run_script(server, [], "true", password="wrong", private_key=stranger)) == [
        f"timeout - last error: {where}, attempted methods [none publickey password], no supported methods remain"
    ]


def test_password(server: Served) -> None:
    output: list[str] = []
    stranger = _private(asyncssh.generate_private_key("ssh-ed25519"))
    assert run_script(server, output, "echo in", password="pw", private_key=stranger) == ()
    assert output[-1] == "in"


def test_password_as_an_answer(tmp_path: Path) -> None:
    with serving(tmp_path / "server", password="pw", keyboard=True) as server:
        assert run_script(server, [], "true", password="pw") == ()
        assert server.log("answer") == [["answer", ["pw"]]]


def test_a_server_that_asks_for_nothing(server: Served) -> None:
    assert run_script(server, [], "true", user="nobody-asks") == ()


def test_host_key(server: Served, keys: dict[str, asyncssh.SSHKey]) -> None:
    output: list[str] = []
    assert run_script(server, output, "true", password="pw", host_key=server.host_key) == ()
    assert "  Checking Host Key: true\n" in output[0]
    before = len(server.log("password"))
    found = run_script(server, [], "true", password="pw", host_key=_public(keys["ed25519"]))
    (text,) = details(found)
    assert text.endswith("ssh: handshake failed: knownhosts: key mismatch")
    assert len(server.log("password")) == before  # whoever it was has not been told the password
    assert details(run_script(server, [], "true", host_key="garbage")) == ["knownhosts: missing key type pattern"]


def test_agent(
    server: Served, keys: dict[str, asyncssh.SSHKey], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        started = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("there is no ssh-agent")
    found = dict(part.split("=", 1) for part in started.replace("\n", ";").split(";") if "=" in part)
    try:
        monkeypatch.setenv("SSH_AUTH_SOCK", found["SSH_AUTH_SOCK"])
        for name in ("stranger", "ed25519"):
            key = keys.get(name) or asyncssh.generate_private_key("ssh-ed25519")
            (tmp_path / name).write_text(_private(key))
            (tmp_path / name).chmod(0o600)
            (tmp_path / f"{name}.pub").write_text(_public(key))
            subprocess.run(["ssh-add", "-q", tmp_path / name], check=True)
        output: list[str] = []
        assert run_script(server, output, "true", agent=True) == ()
        assert "  SSH Agent: true\n" in output[0]
        output.clear()
        assert run_script(server, output, "ssh-add -L", password="pw", agent=True) == ()
        own = _public(keys["ed25519"])
        assert any(line.startswith(own) for line in output)  # the agent can be asked from there, too
        before = len(server.log("key"))
        assert run_script(server, [], "true", agent=None, agent_identity=str(tmp_path / "ed25519")) == ()
        assert [entry[2] for entry in server.log("key")[before:]] == [True]  # no stranger's key
        assert "attempted methods [none]" in details(run_script(server, [], "true", agent=False))[0]
    finally:
        subprocess.run(["kill", found["SSH_AGENT_PID"]], check=True)


def test_no_agent(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    found = run_script(server, [], "true", agent=True)
    assert details(found) == ["SSH agent requested but SSH_AUTH_SOCK not-specified"]


def test_bastion(server: Served, tmp_path: Path) -> None:
    with serving(tmp_path / "inner", password="inner") as inner:
        output: list[str] = []
        found = run_script(
            inner,
            output,
            "echo through",
            password="inner",
            host_key=inner.host_key,
            bastion_host="127.0.0.1",
            bastion_port=server.port,
            bastion_user="jumper",
            bastion_password="pw",
            bastion_host_key=server.host_key,
        )
        assert found == ()
        assert output[-1] == "through"
        assert output[1].startswith("Using configured bastion host...\n  Host: 127.0.0.1\n  User: jumper\n")
        assert inner.log("user") == [["user", "me"]]
        assert ["user", "jumper"] in server.log("user")
        (text,) = details(run_script(inner, [], "true", bastion_host="127.0.0.1", bastion_port=server.port))
        assert text.startswith("timeout - last error: Error connecting to bastion: SSH authentication failed (me@127.0.0.1:")


class Proxy:
    """A proxy for one connection after the other: HTTP CONNECT, or SOCKS 5 with a password."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n") -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.heard: list[bytes] = []
        self._answer = answer
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listening.accept()
            except OSError:
                return
            target = self._socks(link) if self._answer == b"socks" else self._http(link)
            if target is None:
                link.close()
                continue
            onward = socket.create_connection(("127.0.0.1", target))
            for one, other in ((link, onward), (onward, link)):
                threading.Thread(target=self._copy, args=(one, other), daemon=True).start()

    def _http(self, link: socket.socket) -> int | None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += link.recv(4096)
        self.heard.append(head)
        link.sendall(self._answer)
        return int(head.split(b" ")[1].rpartition(b":")[2]) if b" 200 " in self._answer else None

    def _socks(self, link: socket.socket) -> int:
        self.heard.append(link.recv(100))
        link.sendall(b"\x05\x02")
        self.heard.append(link.recv(100))
        link.sendall(b"\x01\x00")
        wanted = link.recv(300)
        self.heard.append(wanted)
        link.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        return int.from_bytes(wanted[-2:], "big")

    @staticmethod
    def _copy(one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        other.close()

    def close(self) -> None:
        self._listening.close()


def test_http_proxy(server: Served) -> None:
    proxy = Proxy()
    output: list[str] = []
    settings = {"proxy_host": "127.0.0.1", "proxy_port": proxy.port, "proxy_user_name": "u", "proxy_user_password": "p"}
    assert run_script(server, output, "true", password="pw", **settings) == ()
    assert proxy.heard[0].startswith(f"CONNECT 127.0.0.1:{server.port} HTTP/1.1\r\n".encode())
    assert b"Proxy-Authorization: Basic dTpw\r\n" in proxy.heard[0]
    assert output[1].endswith("  ProxyUserName: u\n  ProxyUserPassword: true")
    proxy.close()


def test_http_proxy_that_refuses(server: Served) -> None:
    proxy = Proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
    found = run_script(server, [], "true", password="pw", proxy_host="127.0.0.1", proxy_port=proxy.port)
    assert details(found) == ["timeout - last error: Connection to proxy failed: 407 Proxy Authentication Required"]
    proxy.close()


def test_socks_proxy(server: Served) -> None:
    proxy = Proxy(b"socks")
    settings = {"proxy_host": "127.0.0.1", "proxy_port": proxy.port, "proxy_user_name": "u", "proxy_user_password": "p"}
    assert run_script(server, [], "true", password="pw", proxy_scheme="socks5", **settings) == ()
    assert proxy.heard[:2] == [b"\x05\x02\x00\x02", b"\x01\x01u\x01p"]
    proxy.close()


def test_unknown_proxy(server: Served) -> None:
    found = run_script(server, [], "true", proxy_scheme="ftp", proxy_host="127.0.0.1")
    assert details(found) == ["timeout - last error: Error connecting to proxy: proxy: unknown scheme: ftp"]


def test_a_server_that_is_not_up_yet(tmp_path: Path) -> None:
    with serving(tmp_path / "server", password="pw", refuse=1) as server:
        output: list[str] = []
        assert run_script(server, output, "echo at last", password="pw", timeout="60s") == ()
        assert [line.partition("\n")[0] for line in output] == [
            "Connecting to remote host via SSH...",
            "Connecting to remote host via SSH...",
            "Connected!",
            "at last",
        ]


def test_nobody_listens(server: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    found = run_script(server, [], "true", port=port)
    assert details(found) == [f"timeout - last error: dial tcp 127.0.0.1:{port}: connect: connection refused"]


def test_interrupt(server: Served) -> None:
    """What runs remotely is hung up on."""
    found = provisioner("remote-exec")
    started = threading.Event()
    output: list[str] = []

    def take(line: str) -> None:
        output.append(line)
        if line == "started":
            started.set()

    settings = {"host": "127.0.0.1", "port": server.port, "password": "pw", "agent": False}
    settings["script_path"] = str(server.folder / "sleeps")
    asked = request(found.schema(), settings, output, inline=("echo started", "sleep 60"))._replace(output=take)
    ended: list[list[str]] = []
    thread = threading.Thread(target=lambda: ended.append(details(found.provision(asked))))
    thread.start()
    assert started.wait(60)
    found.stop()
    thread.join(30)
    assert not thread.is_alive()
    assert ended[0][0].startswith("interrupted - last error: ")


def test_windows(server: Served) -> None:
    """No terminal, no chmod, and arguments quoted as Windows wants them."""
    before = len(server.log("exec"))
    run_script(server, [], "echo x", password="pw", target_platform="windows", script_path=f"{server.folder}/a b.cmd")
    commands = [entry[1:] for entry in server.log("exec")[before:]]
    assert [command[1] for command in commands] == [None] * len(commands)
    assert not any("chmod" in command[0] for command in commands)
    assert commands[0][0] == f"scp -vt {server.folder}"


def test_winrm_is_refused(server: Served) -> None:
    (text,) = details(run_script(server, [], "true", type="winrm"))
    assert text.startswith("Connections of the type 'winrm' are not supported by iacctl")


def test_files_are_emptied_after_use(server: Served) -> None:
    path = server.folder / "kept"
    assert run_script(server, [], "true", password="pw", script_path=str(path)) == ()
    assert read(path) == ""
    assert path.stat().st_mode & 0o777 == 0o644  # as scp makes it, whatever it was
