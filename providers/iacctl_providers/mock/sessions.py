"""Ephemeral resources of the mock cloud: what all types share, and the ready-made type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iacctl_providers import sdk
from iacctl_providers.mock.faults import Call, strike
from iacctl_providers.mock.objects import invented
from iacctl_providers.sdk import shapes

if TYPE_CHECKING:
    from iacctl_providers.mock.provider import Mock


class MockEphemeral(sdk.Ephemeral):
    """What every ephemeral type does: its computed attributes are made up when it is opened.

    Attributes:
        renew_after: seconds after which it has to be renewed, and again; None if it does not expire.
    """

    type_name: ClassVar[str] = ""
    renew_after: ClassVar[float | None] = None

    def open(self, call: sdk.EphemeralCall[Mock]) -> None:
        name = self.__dict__.get("name")
        name = name if isinstance(name, str) else ""
        self._enter(call, "open", name)
        shape = shapes.shape_of(type(self))
        for attribute_name, attribute in shape.attributes.items():
            python_name = shape.python_names[attribute_name]
            if attribute.computed and self.__dict__[python_name] is None:
                self.__dict__[python_name] = invented(attribute_name, attribute.kind, name)
        call.private = name.encode()
        self._expire(call)

    @classmethod
    def renew(cls, call: sdk.EphemeralCall[Mock]) -> None:
        cls._enter(call, "renew", call.private.decode())
        cls._expire(call)

    @classmethod
    def close(cls, call: sdk.EphemeralCall[Mock]) -> None:
        cls._enter(call, "close", call.private.decode())

    @classmethod
    def _enter(cls, call: sdk.EphemeralCall[Mock], operation: str, name: str) -> None:
        _, faults = call.provider.enter(Call(operation, cls.type_name, name))
        strike(faults, "after")

    @classmethod
    def _expire(cls, call: sdk.EphemeralCall[Mock]) -> None:
        if cls.renew_after is not None:
            from time import time

            call.renew_at = time() + cls.renew_after


class Session(sdk.Ephemeral):
    """A session that is opened for a run and closed after it."""

    user = sdk.string(required=True, description="Whose session it is.")
    lifetime = sdk.number(default=3600.0, description="Seconds until it has to be renewed.")
    token = sdk.string(computed=True, sensitive=True, description="Proves the session.")

    def open(self, call: sdk.EphemeralCall[Mock]) -> None:
        from os import urandom
        from time import time

        call.provider.enter(Call("open", "mock_session", self.user))
        self.token = urandom(8).hex()
        call.private = f"{self.user}\n{self.lifetime}".encode()
        call.renew_at = time() + self.lifetime

    @classmethod
    def renew(cls, call: sdk.EphemeralCall[Mock]) -> None:
        from time import time

        user, _, lifetime = call.private.decode().partition("\n")
        call.provider.enter(Call("renew", "mock_session", user))
        call.renew_at = time() + float(lifetime)

    @classmethod
    def close(cls, call: sdk.EphemeralCall[Mock]) -> None:
        call.provider.enter(Call("close", "mock_session", call.private.decode().partition("\n")[0]))
