"""The provisioner `file`: copies a file, a directory or a text to another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.provider import requests
from iacctl.provider.schema import Attribute, Block
from iacctl.provisioners import arguments
from iacctl.provisioners.communicator import Interruption, RemoteError, Retry, open_communicator
from iacctl.values import STRING

if TYPE_CHECKING:
    from iacctl.provider.requests import Problems
    from iacctl.provisioners.port import ProvisionRequest
    from iacctl.values import Value

SCHEMA: Final = Block(
    {
        "source": Attribute(STRING, optional=True),
        "content": Attribute(STRING, optional=True),
        "destination": Attribute(STRING, required=True),
    }
)


class File:
    """See `iacctl.provisioners.port.Provisioner`."""

    def __init__(self) -> None:
        self._interruption = Interruption()

    def schema(self) -> Block:
        """See the port."""
        return SCHEMA

    def validate(self, config: Value) -> Problems:
        """See the port."""
        source = arguments.is_given(config, "source")
        content = arguments.is_given(config, "content")
        if source and content:
            return (requests.error("Cannot set both 'source' and 'content'"),)
        if not source and not content:
            return (requests.error("Must provide one of 'source' or 'content'"),)
        return requests.NO_PROBLEMS

    def provision(self, request: ProvisionRequest) -> Problems:
        """See the port."""
        config = request.config
        destination = arguments.text(config, "destination") or ""
        content = arguments.text(config, "content")
        try:
            communicator = open_communicator(request.connection, request.output)
            with self._interruption.watching(communicator):
                Retry(communicator, self._interruption).connect()
                if content is not None:
                    communicator.upload(destination, content.encode())
                else:
                    communicator.upload_path(arguments.text(config, "source") or "", destination)
        except RemoteError as error:
            detail = error.public if request.confidential else str(error)
            return (requests.error("file provisioner error", detail),)
        return requests.NO_PROBLEMS

    def stop(self) -> None:
        """See the port."""
        self._interruption.stop()

    def close(self) -> None:
        """See the port."""
