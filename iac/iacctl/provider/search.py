"""Looking for an object whose creation was interrupted, so that nobody knows whether it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iacctl.provider.requests import Problems
    from iacctl.values import Value


class FindCreatedRequest(NamedTuple):
    """What is known of the creation.

    Attributes:
        type_name: the resource type.
        token: the idempotency token that the creation was called with.
        planned: the object as it was planned, unknown where that is no longer known.
        private: the planned private data.
    """

    type_name: str
    token: str
    planned: Value
    private: bytes = b""


class FindCreatedResponse(NamedTuple):
    """What was found.

    Attributes:
        state: the object as it now is; null if there is none.
        certain: whether a null means that the creation made nothing, and will not make anything any more. Otherwise it
            only says that nothing was found.
        complete: whether the object is all that was asked for. If not, it is recorded as tainted, as after a creation
            that failed half-way.
        private: private data to keep with the object.
        diagnostics: what went wrong; with an error nothing is said about the object.
        identity: the object's identity.
    """

    state: Value
    certain: bool = False
    complete: bool = True
    private: bytes = b""
    diagnostics: Problems = ()
    identity: Value = None
