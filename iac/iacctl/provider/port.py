"""The provider port: the verbs the engine calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.provider import requests, search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iacctl.provider.schema import ProviderSchema


class Provider:
    """A provider, configured or not. All methods may be called concurrently once `configure` has returned.

    A subclass overrides the verbs it has; those here answer as a provider does that lacks them. Any verb may raise:
    the engine reports an exception as an error of this provider, with the state kept.
    """

    def capabilities(self) -> requests.Capabilities:
        """What the engine may expect of this provider. Constant."""
        return requests.DEFAULT_CAPABILITIES

    def schema(self) -> ProviderSchema:
        """Everything the provider declares. Constant, and cheap to ask for again."""
        raise NotImplementedError

    def validate_provider(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check the provider's own configuration, and fill in defaults."""
        return requests.ValidateResponse(prepared=request.config)

    def validate_resource(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check a resource's configuration."""
        return requests.ValidateResponse()

    def validate_data(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check a data source's configuration."""
        return requests.ValidateResponse()

    def validate_ephemeral(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check an ephemeral resource's configuration."""
        return requests.ValidateResponse()

    def validate_list(self, request: requests.ValidateListRequest) -> requests.ValidateResponse:
        """Check the configuration of a list block."""
        return requests.ValidateResponse()

    def validate_action(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        """Check an action's configuration."""
        return requests.ValidateResponse()

    def configure(self, request: requests.ConfigureRequest) -> requests.ConfigureResponse:
        """Take the configuration; called once, before any verb that touches the remote system."""
        return requests.ConfigureResponse()

    def upgrade_state(self, request: requests.UpgradeStateRequest) -> requests.UpgradeStateResponse:
        """Bring a stored object to the current schema; called for every object, also for current ones."""
        raise NotImplementedError

    def upgrade_identity(self, request: requests.UpgradeIdentityRequest) -> requests.UpgradeIdentityResponse:
        """Bring a stored identity to the current identity schema."""
        raise NotImplementedError

    def read(self, request: requests.ReadRequest) -> requests.ReadResponse:
        """Read an object as it now is."""
        return requests.ReadResponse(request.current, request.private, identity=request.identity)

    def plan(self, request: requests.PlanRequest) -> requests.PlanResponse:
        """Plan a change."""
        raise NotImplementedError

    def apply(self, request: requests.ApplyRequest) -> requests.ApplyResponse:
        """Make a planned change."""
        raise NotImplementedError

    def find_created(self, request: search.FindCreatedRequest) -> search.FindCreatedResponse:
        """Look for the object of a creation that was interrupted, by its token or by an argument that is unique.

        Called only where the capability `find_created` is set.
        """
        return search.FindCreatedResponse(None)

    def import_resource(self, request: requests.ImportRequest) -> requests.ImportResponse:
        """Find objects to take into state."""
        problem = requests.error(
            "Resource Import Not Implemented", "This resource does not support import. Please contact the provider."
        )
        return requests.ImportResponse(diagnostics=(problem,))

    def move(self, request: requests.MoveRequest) -> requests.MoveResponse:
        """Take over an object of another resource type."""
        raise NotImplementedError

    def read_data(self, request: requests.ReadDataRequest) -> requests.ReadDataResponse:
        """Read a data source."""
        raise NotImplementedError

    def call_function(self, request: requests.CallFunctionRequest) -> requests.CallFunctionResponse:
        """Call a provider-defined function."""
        raise NotImplementedError

    def open_ephemeral(self, request: requests.OpenEphemeralRequest) -> requests.OpenEphemeralResponse:
        """Open an ephemeral resource."""
        raise NotImplementedError

    def renew_ephemeral(self, request: requests.RenewEphemeralRequest) -> requests.RenewEphemeralResponse:
        """Keep an ephemeral resource open."""
        return requests.RenewEphemeralResponse(request.private)

    def close_ephemeral(self, request: requests.CloseEphemeralRequest) -> requests.CloseEphemeralResponse:
        """Close an ephemeral resource."""
        return requests.CloseEphemeralResponse()

    def list(self, request: requests.ListRequest) -> Iterator[requests.ListEvent]:
        """Find objects in the remote system, one event each."""
        raise NotImplementedError

    def plan_action(self, request: requests.PlanActionRequest) -> requests.PlanActionResponse:
        """Plan an action."""
        return requests.PlanActionResponse()

    def invoke_action(self, request: requests.InvokeActionRequest) -> Iterator[requests.ActionEvent]:
        """Run an action, with an event for each step of it."""
        raise NotImplementedError

    def generate_config(self, request: requests.GenerateConfigRequest) -> requests.GenerateConfigResponse:
        """Generate configuration for an object."""
        raise NotImplementedError

    def stop(self) -> None:
        """Ask running calls to end soon; called from another thread."""

    def close(self) -> None:
        """Let go of everything; the last call."""
