"""What each command needs of its view.

Every protocol has a human and a JSON implementation with the same methods; `iacctl.views.choice` makes them. Import this
module for typing only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iacctl.addrs import ModulePath, Provider
    from iacctl.diag import Diagnostic
    from iacctl.diag.events import Event
    from iacctl.plan.model import Mode, Plan
    from iacctl.provider.schema import ProviderSchema
    from iacctl.testing.events import Event as TestEvent
    from iacctl.testing.suites import Abandoned
    from iacctl_state.document import OutputState, StateDocument

Operation = Literal["apply", "destroy", "refresh"]


class Schemas(Protocol):
    """Where views learn what providers declare; `eval.providers.ProviderPool` is one."""

    def schema(self, source: Provider, /) -> ProviderSchema:
        """What a provider declares. Raises `eval.providers.UnknownProviderError` if there is no such provider."""


class View(Protocol):
    """What every view can do."""

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Show problems: errors and warnings, in Terraform's order."""


class OperationView(View, Protocol):
    """What goes on while something is planned, refreshed or applied."""

    def event(self, event: Event) -> None:
        """Show that something happened. Pass this method as the `listener` of an operation; any thread may call it."""

    def state_lock(self, step: Literal["waiting", "releasing"]) -> None:
        """Say that the state's lock is being waited for (call it after 400 ms without the lock) or being released."""

    def plan(self, plan: Plan) -> None:
        """Show a plan (also one that ended in errors; show its diagnostics afterwards)."""

    def interrupted(self, times: int) -> None:
        """Say that an interrupt was taken notice of: the first ends gracefully, the second at once."""

    def close(self) -> None:
        """End whatever is redrawn. Call it before the command ends, in any case; calling it twice does no harm."""


class PlanView(OperationView, Protocol):
    """`plan`."""

    def next_step(self, plan: Plan, *, saved_to: str | None = None, generated_config: str | None = None) -> None:
        """Say how to go on.

        Args:
            plan: the plan that was shown.
            saved_to: the path given with `-out`.
            generated_config: the path given with `-generate-config-out`, if configuration was written there.
        """


class ApplyView(OperationView, Protocol):
    """`apply`, `destroy` and `refresh`."""

    def planned(self, plan: Plan) -> None:
        """Show what a saved plan is about to do, in as far as that is of use at this point: to machines it is."""

    def cancelled(self, mode: Mode) -> None:
        """Say that the plan was not approved."""

    def finished(
        self, operation: Operation, outputs: Mapping[str, OutputState], *, state_out: str = "", errored: bool = False
    ) -> None:
        """Say what was done (counted from the events) and which outputs there are now.

        Args:
            operation: the command.
            outputs: the root module's outputs afterwards.
            state_out: the path given with `-state-out`.
            errored: whether the operation failed; then only machines are told the counts and outputs.
        """


class QueryView(View, Protocol):
    """`query`."""

    def event(self, event: Event) -> None:
        """Show that something was found. Pass this method as the `listener` of an operation; any thread may call it."""

    def finished(self) -> None:
        """Say what is to be said at the end."""

    def interrupted(self, times: int) -> None:
        """Say that an interrupt was taken notice of: the first ends gracefully, the second at once."""

    def close(self) -> None:
        """End whatever is redrawn."""


class OutputView(View, Protocol):
    """`output`."""

    def all(self, outputs: Mapping[str, OutputState]) -> None:
        """Show all outputs."""

    def one(self, name: str, outputs: Mapping[str, OutputState]) -> bool:
        """Show one output; False, with an error shown, if that is impossible."""


class ShowView(View, Protocol):
    """`show`."""

    def plan(self, plan: Plan, schemas: Schemas) -> None:
        """Show a saved plan."""

    def state(self, state: StateDocument | None, schemas: Schemas) -> None:
        """Show a state; None is a state that does not exist."""


class ValidateView(View, Protocol):
    """`validate`."""

    def results(self, found: Sequence[Diagnostic]) -> None:
        """Show whether the configuration is valid. (`diagnostics` is for problems that kept it from being looked at.)"""


class InitView(View, Protocol):
    """`init`."""

    def message(self, step: InitStep) -> None:
        """Show a step."""


class InitStep(NamedTuple):
    """One thing that `init` does.

    Attributes:
        kind: what.
        provider: the provider concerned, for the kinds that start with "provider-".
        version: its version, or the version constraints for `provider-finding`; for `backend-changed` the backend's
            previous type.
        module: the module concerned, for the kinds that start with "module-".
        text: the backend type (`backend-…`), the module's source or directory, how much of it has arrived, how a provider
            was verified, the path of a source directory, or where the requirements of `providers` were found:
            `configuration` or `state`.
        upgrade: whether `-upgrade` was given.
    """

    kind: Literal[
        "backend",
        "backend-changed",
        "backend-configured",
        "backend-unconfiguring",
        "backend-unset",
        "copying-configuration",
        "modules",
        "module-downloading",
        "module-progress",
        "module-installed",
        "providers",
        "provider-builtin",
        "provider-in-process",
        "provider-reusing",
        "provider-finding",
        "provider-finding-latest",
        "provider-using",
        "provider-using-cache",
        "provider-installing",
        "provider-installed",
        "lock-file-created",
        "lock-file-changed",
        "empty-directory",
        "done",
        "gap",
    ]
    provider: Provider | None = None
    version: str = ""
    module: ModulePath = ()
    text: str = ""
    upgrade: bool = False


class TestView(View, Protocol):
    """`test`."""

    def event(self, event: TestEvent) -> None:
        """Tell of something that happens."""

    def interrupted(self, times: int) -> None:
        """Say that an interrupt was received, and what is done about it."""

    def abandoned(self, left: Abandoned) -> None:
        """Say what is left behind, as everything ends at once."""

    def close(self) -> None:
        """End what is drawn while the tests run."""


class WorkspaceView(View, Protocol):
    """`workspace`."""

    def list(self, names: Sequence[str], current: str, *, overridden: bool = False) -> None:
        """Show all workspaces. `overridden` says that TF_WORKSPACE, not a choice made before, selects the current one."""

    def current(self, name: str) -> None:
        """Show the current workspace."""

    def created(self, name: str) -> None:
        """Say that a workspace was made and selected."""

    def selected(self, name: str) -> None:
        """Say that another workspace was selected."""

    def deleted(self, name: str, *, forced: bool = False) -> None:
        """Say that a workspace was deleted; `forced` if its state still held objects."""


class VersionInfo(NamedTuple):
    """What `version` tells.

    Attributes:
        terraform: the Terraform version that iacctl stands in for, such as `1.15.5`.
        iacctl: iacctl's own version.
        platform: operating system and architecture as Go names them, such as `linux_amd64`.
        providers: versions of the providers in the dependency lock file; empty text for a built-in one.
    """

    terraform: str
    iacctl: str
    platform: str
    providers: Mapping[Provider, str]


class VersionView(View, Protocol):
    """`version`."""

    def version(self, info: VersionInfo) -> None:
        """Show versions."""
