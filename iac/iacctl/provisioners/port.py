"""The port that every provisioner implements; its verbs are those of Terraform's plugin protocol 5 (`Provisioner`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.provider.requests import Problems
    from iacctl.provider.schema import Block
    from iacctl.values import Value


class ProvisionRequest(NamedTuple):
    """What is to be done for one object.

    Attributes:
        config: the provisioner's arguments, conforming to its schema, wholly known and without marks.
        connection: how to reach the object, conforming to `connection.SCHEMA`; null when the configuration does not say.
        output: takes a line of output; may be called from any thread until `provision` returns.
        confidential: whether arguments hold sensitive or ephemeral values, so that problems must not quote them.
    """

    config: Value
    connection: Value
    output: Callable[[str], None]
    confidential: bool = False


class Provisioner(Protocol):
    """Something that a `provisioner` block can name. One instance serves a whole operation, from many threads."""

    def schema(self) -> Block:
        """The arguments of its block."""
        ...

    def validate(self, config: Value) -> Problems:
        """What is wrong with arguments, of which some may be unknown."""
        ...

    def provision(self, request: ProvisionRequest) -> Problems:
        """Do it; returns when it is done, has failed or was stopped."""
        ...

    def stop(self) -> None:
        """Ask what goes on to end soon, with an error. May be called from any thread."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...
