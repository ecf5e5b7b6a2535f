"""Runs one remote provisioner against a server, without an engine around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from iacctl import values
from iacctl.provider.requests import Problems
from iacctl.provisioners import catalog
from iacctl.provisioners.connection import SCHEMA
from iacctl.provisioners.port import Provisioner, ProvisionRequest

from .servers import Served


def provisioner(name: str) -> Provisioner:
    found = catalog.make(name)
    assert found is not None
    return found


def request(schema: Any, connection: dict[str, Any] | None, output: list[str], **arguments: Any) -> ProvisionRequest:
    def conforming(block: Any, given: dict[str, Any]) -> values.Value:
        return values.object_value(
            {
                name: values.convert(given[name], item.value_type()) if name in given else values.null_of(item.value_type())
                for name, item in block.attributes.items()
            }
        )

    link = values.null_of(SCHEMA.object_type) if connection is None else conforming(SCHEMA, connection)
    return ProvisionRequest(conforming(schema, arguments), link, output.append)


def run_script(server: Served, output: list[str], *lines: str, **connection: Any) -> Problems:
    """Run a script on a server."""
    found = provisioner("remote-exec")
    settings = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": "me",
        "timeout": "100ms",
        "agent": False,
        "script_path": str(server.folder / "script_%RAND%"),
        **connection,
    }
    return found.provision(request(found.schema(), settings, output, inline=tuple(lines)))


def details(problems: Problems) -> list[str]:
    return [problem.detail for problem in problems]


def read(path: Path) -> str:
    return path.read_text().strip()
