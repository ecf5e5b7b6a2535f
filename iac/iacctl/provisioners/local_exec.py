"""The provisioner `local-exec`: runs a program on this machine."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iacctl.provider import requests
from iacctl.provider.schema import Attribute, Block
from iacctl.provisioners import arguments
from iacctl.provisioners.processes import Child, error_text, status_text
from iacctl.values import BOOL, STRING, list_of, map_of
from iacctl.values.set_hash import go_quoted

if TYPE_CHECKING:
    from iacctl.provider.requests import Problems
    from iacctl.provisioners.port import ProvisionRequest
    from iacctl.values import Value

_SHELL: Final = ("/bin/sh", "-c")
_KEPT: Final = 8192
"""Bytes of output that an error quotes, the last ones."""

SCHEMA: Final = Block(
    {
        "command": Attribute(STRING, required=True),
        "interpreter": Attribute(list_of(STRING), optional=True),
        "working_dir": Attribute(STRING, optional=True),
        "environment": Attribute(map_of(STRING), optional=True),
        "quiet": Attribute(BOOL, optional=True),
    }
)


class LocalExec:
    """See `iacctl.provisioners.port.Provisioner`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[Child] = set()
        self._stopped = False

    def schema(self) -> Block:
        """See the port."""
        return SCHEMA

    def validate(self, config: Value) -> Problems:
        """See the port. The schema says it all."""
        return requests.NO_PROBLEMS

    def provision(self, request: ProvisionRequest) -> Problems:
        """See the port."""
        command = arguments.text(request.config, "command") or ""
        if not command:
            return (
                requests.error("Invalid local-exec provisioner command", "The command must be a non-empty string."),
            )
        words = [*(arguments.texts(request.config, "interpreter") or _SHELL), command]
        if arguments.flag(request.config, "quiet"):
            request.output("local-exec: Executing: Suppressed by quiet=true")
        else:
            request.output(f"Executing: [{' '.join(map(go_quoted, words))}]")
        kept = bytearray()

        def keep(data: bytes) -> None:
            kept.extend(data)
            del kept[:-_KEPT]

        problem = self._run(words, request, keep)
        if not problem:
            return requests.NO_PROBLEMS
        if request.confidential:
            detail = (
                f"Error running the command: {problem}. The command and its output are not shown, since sensitive or "
                "ephemeral values are part of the provisioner's configuration."
            )
        else:
            detail = f"Error running command '{command}': {problem}. Output: {kept.decode(errors='replace')}"
        return (requests.error("local-exec provisioner error", detail),)

    def _run(self, words: list[str], request: ProvisionRequest, keep: arguments.Keep) -> str:
        """Run a program; what went wrong, or nothing."""
        directory = arguments.text(request.config, "working_dir") or None
        if directory is not None and not os.access(directory, os.X_OK):
            return f"chdir {directory}: {_why_not(directory)}"
        program = words[0]
        if "/" not in program:
            # The program is looked for where iacctl itself would, whatever PATH it is given.
            found = shutil.which(program)
            if found is None:
                return f"exec: {go_quoted(program)}: executable file not found in $PATH"
            program = found
        environment = {**os.environ, **arguments.text_map(request.config, "environment")}
        try:
            child = Child([program, *words[1:]], directory, environment)
        except OSError as error:
            return f"fork/exec {program}: {error_text(error)}"
        except ValueError:
            return f"fork/exec {program}: invalid argument"
        with self._lock:
            self._running.add(child)
            if self._stopped:
                child.interrupt()
        try:
            status = child.follow(request.output, keep)
        finally:
            with self._lock:
                self._running.discard(child)
        return status_text(status) if status else ""

    def stop(self) -> None:
        """See the port."""
        with self._lock:
            self._stopped = True
            for child in self._running:
                child.interrupt()

    def close(self) -> None:
        """See the port."""


def _why_not(directory: str) -> str:
    """Why a directory cannot be entered."""
    try:
        Path(directory).stat()
    except OSError as error:
        return error_text(error)
    return "permission denied"
