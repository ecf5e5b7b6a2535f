"""The provisioner `remote-exec`: uploads scripts to another machine and runs them there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.provider import requests
from iacctl.provider.schema import Attribute, Block
from iacctl.provisioners import arguments
from iacctl.provisioners.communicator import Interruption, RemoteError, Retry, open_communicator
from iacctl.provisioners.processes import error_text
from iacctl.values import STRING, list_of

if TYPE_CHECKING:
    from iacctl.provider.requests import Problems
    from iacctl.provisioners.port import ProvisionRequest
    from iacctl.values import Value

SCHEMA: Final = Block(
    {
        "inline": Attribute(list_of(STRING), optional=True),
        "script": Attribute(STRING, optional=True),
        "scripts": Attribute(list_of(STRING), optional=True),
    }
)


class RemoteExec:
    """See `iacctl.provisioners.port.Provisioner`."""

    def __init__(self) -> None:
        self._interruption = Interruption()

    def schema(self) -> Block:
        """See the port."""
        return SCHEMA

    def validate(self, config: Value) -> Problems:
        """See the port."""
        given = sum(arguments.is_given(config, name) for name in SCHEMA.attributes)
        if given == 1:
            return requests.NO_PROBLEMS
        return (
            requests.error(
                "Invalid remote-exec provisioner configuration",
                'Only one of "inline", "script", or "scripts" must be set',
            ),
        )

    def provision(self, request: ProvisionRequest) -> Problems:
        """See the port."""
        try:
            communicator = open_communicator(request.connection, request.output)
            scripts = _scripts(request.config)
            with self._interruption.watching(communicator):
                Retry(communicator, self._interruption, request.output).connect()
                for script in scripts:
                    communicator.run_script(script)
        except RemoteError as error:
            detail = error.public if request.confidential else str(error)
            return (requests.error("remote-exec provisioner error", detail),)
        return requests.NO_PROBLEMS

    def stop(self) -> None:
        """See the port."""
        self._interruption.stop()

    def close(self) -> None:
        """See the port."""


def _scripts(config: Value) -> list[bytes]:
    """The scripts to run.

    Raises:
        RemoteError: one cannot be read, or there is none.
    """
    if arguments.is_given(config, "inline"):
        lines: list[str] = []
        for line in arguments.optional_texts(config, "inline"):
            if line is None:
                raise RemoteError("invalid null string in 'scripts'")
            if not line:
                raise RemoteError("invalid empty string in 'scripts'")
            lines.append(line)
        return [("\n".join(lines) + "\n").encode()]
    paths: list[str | None] = []
    if arguments.is_given(config, "script"):
        paths.append(arguments.text(config, "script"))
    paths.extend(arguments.optional_texts(config, "scripts"))
    found: list[bytes] = []
    for path in paths:
        if path is None:
            raise RemoteError("invalid null string in 'script'")
        if not path:
            raise RemoteError("invalid empty string in 'script'")
        try:
            with open(path, "rb") as file:
                found.append(file.read())
        except OSError as error:
            problem = error_text(error)
            raise RemoteError(
                f"Failed to open script '{path}': open {path}: {problem}", f"Failed to open a script: {problem}"
            ) from error
    return found
