"""Requests and responses of the verbs that not every run needs; found under their names in `iacctl.provider.requests`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl.provider.requests import ClientCapabilities

if TYPE_CHECKING:
    from iacctl.provider.requests import Deferred, Problems
    from iacctl.values import Value


class ImportRequest(NamedTuple):
    """Find objects by `id` or by `identity`."""

    type_name: str
    id: str = ""
    identity: Value = None
    client: ClientCapabilities = ClientCapabilities()


class ImportedResource(NamedTuple):
    """One object found: enough of it to be read."""

    type_name: str
    state: Value
    private: bytes = b""
    identity: Value = None


class ImportResponse(NamedTuple):
    """The objects found."""

    resources: tuple[ImportedResource, ...] = ()
    diagnostics: Problems = ()
    deferred: Deferred | None = None


class MoveRequest(NamedTuple):
    """Take over an object that was of another resource type."""

    source_provider: str
    source_type: str
    source_version: int
    source_attributes: dict[str, Any] | None
    source_private: bytes
    target_type: str
    source_identity: Value = None


class MoveResponse(NamedTuple):
    """The object as one of the target type."""

    state: Value
    private: bytes = b""
    diagnostics: Problems = ()
    identity: Value = None


class ReadDataRequest(NamedTuple):
    """Read a data source; its configuration is wholly known."""

    type_name: str
    config: Value
    provider_meta: Value = None
    client: ClientCapabilities = ClientCapabilities()


class ReadDataResponse(NamedTuple):
    """The data source's object."""

    state: Value
    diagnostics: Problems = ()
    deferred: Deferred | None = None


class CallFunctionRequest(NamedTuple):
    """Call a provider-defined function."""

    name: str
    arguments: tuple[Value, ...]


class CallFunctionResponse(NamedTuple):
    """The result, or what went wrong and with which argument."""

    result: Value
    error: str = ""
    argument: int | None = None


class OpenEphemeralRequest(NamedTuple):
    """Open an ephemeral resource."""

    type_name: str
    config: Value
    client: ClientCapabilities = ClientCapabilities()


class OpenEphemeralResponse(NamedTuple):
    """The opened object; `renew_at` is in seconds since the epoch."""

    result: Value
    private: bytes = b""
    renew_at: float | None = None
    diagnostics: Problems = ()
    deferred: Deferred | None = None


class RenewEphemeralRequest(NamedTuple):
    """Renew an ephemeral resource that is open."""

    type_name: str
    private: bytes


class RenewEphemeralResponse(NamedTuple):
    """When to renew next, in seconds since the epoch."""

    private: bytes = b""
    renew_at: float | None = None
    diagnostics: Problems = ()


class CloseEphemeralRequest(NamedTuple):
    """Close an ephemeral resource."""

    type_name: str
    private: bytes


class CloseEphemeralResponse(NamedTuple):
    """Problems found."""

    diagnostics: Problems = ()


class ValidateListRequest(NamedTuple):
    """Check the configuration of a list block. Null says that `include_resource` or `limit` is not given."""

    type_name: str
    config: Value
    include_resource: Value = None
    limit: Value = None


class ListRequest(NamedTuple):
    """List objects of a resource type."""

    type_name: str
    config: Value
    include_resource: bool = False
    limit: int = 0


class ListEvent(NamedTuple):
    """One object found by `list`."""

    identity: Value = None
    display_name: str = ""
    resource: Value = None
    diagnostics: Problems = ()


class PlanActionRequest(NamedTuple):
    """Plan an action."""

    type_name: str
    config: Value
    client: ClientCapabilities = ClientCapabilities()


class PlanActionResponse(NamedTuple):
    """Problems found, or a deferral."""

    diagnostics: Problems = ()
    deferred: Deferred | None = None


class InvokeActionRequest(NamedTuple):
    """Invoke an action."""

    type_name: str
    config: Value


class ActionEvent(NamedTuple):
    """A step of a running action; the last one has `done` set."""

    message: str = ""
    done: bool = False
    diagnostics: Problems = ()


class GenerateConfigRequest(NamedTuple):
    """Generate configuration for an object."""

    type_name: str
    state: Value


class GenerateConfigResponse(NamedTuple):
    """The configuration as a value."""

    config: Value
    diagnostics: Problems = ()


class UpgradeIdentityRequest(NamedTuple):
    """Bring a stored identity to the current identity schema."""

    type_name: str
    version: int
    identity: dict[str, Any]


class UpgradeIdentityResponse(NamedTuple):
    """The identity, typed by the current schema."""

    identity: Value
    diagnostics: Problems = ()
