"""The receiving side of the scp protocol, as OpenSSH's `scp -t` plays it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any


async def receive(
    command: str, folder: Path, stdin: Any, stdout: Any, stderr: Any, tell: Callable[..., None]
) -> int:
    """Take in files; the exit status.

    Args:
        command: what the client asked for, `scp -vt TARGET`.
        folder: where relative targets start.
        stdin: gives bytes.
        stdout: takes answers.
        stderr: takes what `-v` prints.
        tell: is told of each message.
    """
    words = shlex.split(command)[1:]
    target = folder / words[-1]
    recursive = any(word.startswith("-") and "r" in word for word in words[:-1])
    stderr.write(b"Sink: ready\n")
    where = [target]
    failed = False
    stdout.write(b"\0")
    while line := await stdin.readline():
        tell(line.decode().rstrip("\n"))
        kind, rest = line[:1], line[1:].decode().rstrip("\n")
        try:
            if kind == b"E":
                where.pop()
            elif kind in (b"C", b"D"):
                mode, size, name = rest.split(" ", 2)
                inside = where[-1] / name if where[-1].is_dir() else where[-1]
                if kind == b"D":
                    if not recursive:
                        raise OSError("received directory without -r")
                    inside.mkdir(exist_ok=True)
                    inside.chmod(int(mode, 8))
                    where.append(inside)
                else:
                    # OpenSSH opens the file before it answers, so that nothing is sent that has no place to go.
                    inside.touch()
                    inside.chmod(int(mode, 8))
                    stdout.write(b"\0")
                    inside.write_bytes(await stdin.readexactly(int(size)) if int(size) else b"")
                    await stdin.readexactly(1)
            else:
                raise OSError(f"unexpected message {line!r}")
        except OSError as error:
            failed = True
            stdout.write(f"\1scp: {error.filename or target}: {error.strerror or error}\n".encode())
            if kind != b"C":
                break
            continue
        stdout.write(b"\0")
    return 1 if failed else 0
