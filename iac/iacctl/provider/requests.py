"""Requests and responses of the provider port, one pair a verb.

Values are iacctl values that conform to the schema's object type. They are never marked: the engine takes marks off
before a request and puts them back on the answer. Every response carries problems in `diagnostics`; where one of
them is an error, the other fields are best effort (an apply that fails half-way still says what exists).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from iacctl.provider.other_requests import (
        ActionEvent,
        CallFunctionRequest,
        CallFunctionResponse,
        CloseEphemeralRequest,
        CloseEphemeralResponse,
        GenerateConfigRequest,
        GenerateConfigResponse,
        ImportedResource,
        ImportRequest,
        ImportResponse,
        InvokeActionRequest,
        ListEvent,
        ListRequest,
        MoveRequest,
        MoveResponse,
        OpenEphemeralRequest,
        OpenEphemeralResponse,
        PlanActionRequest,
        PlanActionResponse,
        ReadDataRequest,
        ReadDataResponse,
        RenewEphemeralRequest,
        RenewEphemeralResponse,
        UpgradeIdentityRequest,
        UpgradeIdentityResponse,
        ValidateListRequest,
    )
    from iacctl.values import Value
    from iacctl.values.paths import Path
    from iacctl.values.types import Type


__all__ = [
    "DEFAULT_CAPABILITIES",
    "NO_PROBLEMS",
    "ActionEvent",
    "ApplyRequest",
    "ApplyResponse",
    "CallFunctionRequest",
    "CallFunctionResponse",
    "Capabilities",
    "ClientCapabilities",
    "CloseEphemeralRequest",
    "CloseEphemeralResponse",
    "ConfigureRequest",
    "ConfigureResponse",
    "Deferred",
    "GenerateConfigRequest",
    "GenerateConfigResponse",
    "ImportRequest",
    "ImportResponse",
    "ImportedResource",
    "InvokeActionRequest",
    "ListEvent",
    "ListRequest",
    "MoveRequest",
    "MoveResponse",
    "OpenEphemeralRequest",
    "OpenEphemeralResponse",
    "PlanActionRequest",
    "PlanActionResponse",
    "PlanRequest",
    "PlanResponse",
    "Problem",
    "Problems",
    "Progress",
    "ReadDataRequest",
    "ReadDataResponse",
    "ReadRequest",
    "ReadResponse",
    "RenewEphemeralRequest",
    "RenewEphemeralResponse",
    "UpgradeIdentityRequest",
    "UpgradeIdentityResponse",
    "UpgradeStateRequest",
    "UpgradeStateResponse",
    "ValidateListRequest",
    "ValidateRequest",
    "ValidateResponse",
    "error",
    "implied_null",
    "warning",
]


def __getattr__(name: str) -> Any:
    # Making the classes takes as long as planning dozens of resources, and a plan needs a third of them.
    if name in __all__:
        from iacctl.provider import other_requests

        found = globals()[name] = getattr(other_requests, name)
        return found
    raise AttributeError(name)


class Problem(NamedTuple):
    """A diagnostic of a provider: it knows paths into values, not places in files."""

    severity: Literal["error", "warning"]
    summary: str
    detail: str = ""
    path: Path | None = None


Problems: TypeAlias = "tuple[Problem, ...]"
NO_PROBLEMS: Final[Problems] = ()


def error(summary: str, detail: str = "", path: Path | None = None) -> Problem:
    """An error to put into a response's `diagnostics`."""
    return Problem("error", summary, detail, path)


def warning(summary: str, detail: str = "", path: Path | None = None) -> Problem:
    """A warning to put into a response's `diagnostics`."""
    return Problem("warning", summary, detail, path)


class Deferred(NamedTuple):
    """A provider says that it can't answer yet."""

    reason: Literal[
        "unknown", "resource_config_unknown", "provider_config_unknown", "absent_prereq", "deferred_prereq"
    ] = "unknown"


class ClientCapabilities(NamedTuple):
    """What the engine can deal with."""

    deferral_allowed: bool = False
    write_only_attributes_allowed: bool = True


class Capabilities(NamedTuple):
    """What a provider says about itself.

    Attributes:
        plan_destroy: `plan` is called for destroys, too.
        get_provider_schema_optional: the schema need not be fetched before the other verbs.
        move_resource_state: `move` may be asked for.
        inline: the verbs on resources (validate, upgrade, read, plan, apply, import) are cheap and do not block: the
            engine calls them on its own thread. Data sources, ephemeral resources and functions go to the pool anyway.
        no_external_effects: objects live in state alone, so a lost apply leaves nothing behind and no intent
            has to be recorded first.
        legacy_type_system: breaks of the plan consistency rules are tolerated (and logged), as Terraform does
            for providers of its first SDK.
        find_created: `find_created` can tell what became of creations that were interrupted.
        generate_config: `generate_config` knows better than the schema which arguments to write for an object.
    """

    plan_destroy: bool = False
    get_provider_schema_optional: bool = True
    move_resource_state: bool = False
    inline: bool = False
    no_external_effects: bool = False
    legacy_type_system: bool = False
    find_created: bool = False
    generate_config: bool = False


DEFAULT_CAPABILITIES: Final = Capabilities()


class ValidateRequest(NamedTuple):
    """Validate a configuration (of a resource, data source, provider, ...); `config` may hold unknown values."""

    type_name: str
    config: Value


class ValidateResponse(NamedTuple):
    """Problems found. A provider configuration may come back prepared (defaults filled in)."""

    diagnostics: Problems = ()
    prepared: Value = None


class ConfigureRequest(NamedTuple):
    """Configure the provider. `version` is the compatible Terraform version."""

    config: Value
    terraform_version: str
    client: ClientCapabilities = ClientCapabilities()


class ConfigureResponse(NamedTuple):
    """Problems found."""

    diagnostics: Problems = ()


class UpgradeStateRequest(NamedTuple):
    """Bring a stored object to the current schema. `attributes` is undecoded JSON, `flat` the format of old."""

    type_name: str
    version: int
    attributes: dict[str, Any] | None
    flat: dict[str, str] | None = None


class UpgradeStateResponse(NamedTuple):
    """The object, typed by the current schema."""

    state: Value
    diagnostics: Problems = ()


class ReadRequest(NamedTuple):
    """Read an object as it now is."""

    type_name: str
    current: Value
    private: bytes = b""
    provider_meta: Value = None
    identity: Value = None
    client: ClientCapabilities = ClientCapabilities()


class ReadResponse(NamedTuple):
    """The object; a null value says that it is gone."""

    state: Value
    private: bytes = b""
    diagnostics: Problems = ()
    identity: Value = None
    deferred: Deferred | None = None


class PlanRequest(NamedTuple):
    """Plan a change from `prior` to what `config` wants; `proposed` merges both (see `proposed.proposed_new`).

    A null `prior` asks for a creation, a null `proposed` for a deletion.
    """

    type_name: str
    prior: Value
    proposed: Value
    config: Value
    private: bytes = b""
    provider_meta: Value = None
    prior_identity: Value = None
    client: ClientCapabilities = ClientCapabilities()


class PlanResponse(NamedTuple):
    """What the object is planned to be, with unknown values for what is known only after apply."""

    planned: Value
    private: bytes = b""
    requires_replace: tuple[Path, ...] = ()
    diagnostics: Problems = ()
    planned_identity: Value = None
    deferred: Deferred | None = None
    legacy_type_system: bool = False


Progress: TypeAlias = "Callable[[Value, bytes], None]"
"""Says during an apply what exists so far (object and private data), so that it is journalled at once."""


class ApplyRequest(NamedTuple):
    """Make the planned change. A null `planned` asks for deletion.

    `progress` may be called from the thread of the call, as often as wanted. `token` is the same for every attempt
    at one planned change: hand it to the remote system where it knows idempotency tokens.
    """

    type_name: str
    prior: Value
    planned: Value
    config: Value
    private: bytes = b""
    provider_meta: Value = None
    planned_identity: Value = None
    progress: Progress | None = None
    token: str = ""


class ApplyResponse(NamedTuple):
    """The object as it now is; null when it is deleted. After an error, what exists all the same.

    `uncertain` says of a creation that failed that the provider itself does not know whether an object was made.
    """

    state: Value
    private: bytes = b""
    diagnostics: Problems = ()
    identity: Value = None
    legacy_type_system: bool = False
    uncertain: bool = False


def implied_null(type_: Type) -> Value:
    """The null value that stands for an object that does not exist."""
    from iacctl import values

    return values.null_of(type_)
