"""An SSH server on loopback, as a program: `python -m tests.provisioners.ssh_server FOLDER '{"password": "x"}'`.

Commands are run by `/bin/sh` in FOLDER, `scp -t` is played by `scp_sink`. The first line of output is the port and the host key;
everything that clients do is appended to FOLDER/log, one JSON list a line.

Options: `password`, `authorized` (public keys, in lines), `authorities` (keys that sign certificates), `keyboard`
(whether the password is asked for as a question), `exit_signal` (commands that contain this end by a signal), `forward`
(whether connections are passed on to other hosts), `refuse` (how many connections are dropped first).
"""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import sys
from pathlib import Path
from typing import Any

import asyncssh

from . import scp_sink


class Log:
    """What clients did."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "log"

    def add(self, *entry: Any) -> None:
        with self._path.open("a") as file:
            file.write(json.dumps(entry) + "\n")


class Server(asyncssh.SSHServer):
    """Decides who may come in."""

    def __init__(self, options: dict[str, Any], log: Log) -> None:
        self._options = options
        self._log = log
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._log.add("connected")
        if self._options.get("refuse", 0) > 0:
            self._options["refuse"] -= 1
            conn.abort()

    def begin_auth(self, username: str) -> bool:
        self._log.add("user", username)
        return username != "nobody-asks"

    def password_auth_supported(self) -> bool:
        return "password" in self._options and not self._options.get("keyboard")

    def validate_password(self, username: str, password: str) -> bool:
        self._log.add("password", password)
        return bool(password == self._options["password"])

    def kbdint_auth_supported(self) -> bool:
        return bool(self._options.get("keyboard"))

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: Any) -> bool:
        self._log.add("answer", list(responses))
        return list(responses) == [self._options["password"]]

    def public_key_auth_supported(self) -> bool:
        return bool(self._options.get("authorized"))

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        known = [" ".join(line.split()[:2]) for line in self._options["authorized"]]
        text = " ".join(key.export_public_key().decode().split()[:2])
        self._log.add("key", text.split()[0], text in known)
        return text in known

    def validate_ca_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        known = [" ".join(line.split()[:2]) for line in self._options.get("authorities", [])]
        self._log.add("authority")
        return " ".join(key.export_public_key().decode().split()[:2]) in known

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        self._log.add("forward", dest_host)
        return bool(self._options.get("forward"))


async def serve(folder: Path, options: dict[str, Any]) -> None:
    """Serve until killed."""
    log = Log(folder)
    host_key = asyncssh.generate_private_key("ssh-ed25519")

    async def run(process: asyncssh.SSHServerProcess[bytes]) -> None:
        command = process.command or ""
        log.add("exec", command, process.term_type, list(process.term_size[:2]))
        if shlex.split(command)[:1] == ["scp"]:
            streams = process.stdin, process.stdout, process.stderr
            process.exit(await scp_sink.receive(command, folder, *streams, lambda line: log.add("scp", line)))
            return
        child = await asyncio.create_subprocess_shell(
            command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "SSH_AUTH_SOCK": process.channel.get_agent_path() or ""},
        )
        assert child.stdout is not None and child.stderr is not None

        async def copy(source: asyncio.StreamReader, target: Any) -> None:
            while data := await source.read(65536):
                target.write(data)

        await asyncio.gather(copy(child.stdout, process.stdout), copy(child.stderr, process.stderr))
        status = await child.wait()
        if options.get("exit_signal") and options["exit_signal"] in command:
            process.exit_with_signal("TERM")
        else:
            process.exit(status)

    server = await asyncssh.create_server(
        lambda: Server(options, log),
        "127.0.0.1",
        0,
        server_host_keys=[host_key],
        process_factory=run,
        sftp_factory=False,
        encoding=None,
        line_editor=False,
        login_timeout=30,
    )
    print(server.get_port(), host_key.export_public_key().decode().strip(), flush=True)
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), json.loads(sys.argv[2])))
