"""The SDK's side of the provider port: an author's provider class behind the engine's verbs."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from iacctl import values
from iacctl.provider import port, requests, schema, search
from iacctl_providers.sdk.bindings import DataBinding, EphemeralBinding, ResourceBinding
from iacctl_providers.sdk.calls import Reporting
from iacctl_providers.sdk.checking import Checker
from iacctl_providers.sdk.errors import ProviderError
from iacctl_providers.sdk.providers import Provider
from iacctl_providers.sdk.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iacctl_providers.sdk.action_binding import ActionBinding
    from iacctl_providers.sdk.functions import Function
    from iacctl_providers.sdk.list_binding import ListBinding
    from iacctl_providers.sdk.resources import DataSource, Ephemeral, Resource


T = TypeVar("T")


class Adapter(port.Provider):
    """A provider written with the SDK, as the engine sees it.

    Attributes:
        instance: the author's provider, which resources find as `call.provider`.
    """

    def __init__(self, provider: type[Provider]) -> None:
        self._class = provider
        self._shape = shape_of(provider)
        self.instance: Provider = provider()
        self._resources: dict[str, ResourceBinding] = {}
        self._data_sources: dict[str, DataBinding] = {}
        self._ephemerals: dict[str, EphemeralBinding] = {}
        self._actions: dict[str, ActionBinding] = {}
        self._listings: dict[str, ListBinding] = {}
        self._schema: schema.ProviderSchema | None = None
        self._configured = False

    def capabilities(self) -> requests.Capabilities:
        return self._class._capabilities

    def schema(self) -> schema.ProviderSchema:
        if self._schema is None:
            cls = self._class
            self._schema = schema.ProviderSchema(
                provider=schema.Schema(self._shape.block),
                resources=_lazy(self._resource_types, lambda name: self._resource(name).schema),
                data_sources=_lazy(self._data_source_types, lambda name: self._data_source(name).schema),
                ephemeral_resources=_lazy(self._ephemeral_types, lambda name: self._ephemeral(name).schema),
                functions=_lazy(cls.functions, lambda name: self._function(name).schema),
                provider_meta=None if cls.provider_meta is None else schema.Schema(shape_of(cls.provider_meta).block),
                list_resources=_lazy(self.instance.list_resource_types(), lambda name: self._listing(name).schema),
                actions=_lazy(self.instance.action_types(), lambda name: self._action(name).schema),
            )
        return self._schema

    def validate_provider(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        own = self._class.check
        checker = Checker(self._shape, own=None if own is Provider.check else own)
        return requests.ValidateResponse(checker.check(request.config, self.instance), request.config)

    def configure(self, request: requests.ConfigureRequest) -> requests.ConfigureResponse:
        if not values.is_null(request.config):
            given = self._shape.load(request.config)
            self._shape.fill_in_defaults(given)
            self.instance.__dict__.update(given.__dict__)
        report = Reporting(self.instance)
        try:
            self.instance.configure(report)
        except ProviderError as problem:
            report.problems.append(problem.problem())
        else:
            self._configured = True
        return requests.ConfigureResponse(tuple(report.problems))

    def validate_resource(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        return self._resource(request.type_name).validate(request)

    def validate_data(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        return self._data_source(request.type_name).validate(request)

    def validate_ephemeral(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        return self._ephemeral(request.type_name).validate(request)

    def upgrade_state(self, request: requests.UpgradeStateRequest) -> requests.UpgradeStateResponse:
        return self._resource(request.type_name).upgrade_state(request)

    def upgrade_identity(self, request: requests.UpgradeIdentityRequest) -> requests.UpgradeIdentityResponse:
        return self._resource(request.type_name).upgrade_identity(request)

    def read(self, request: requests.ReadRequest) -> requests.ReadResponse:
        return self._resource(request.type_name).read(request)

    def plan(self, request: requests.PlanRequest) -> requests.PlanResponse:
        return self._resource(request.type_name).plan(request)

    def apply(self, request: requests.ApplyRequest) -> requests.ApplyResponse:
        return self._resource(request.type_name).apply(request)

    def find_created(self, request: search.FindCreatedRequest) -> search.FindCreatedResponse:
        return self._resource(request.type_name).find_created(request)

    def import_resource(self, request: requests.ImportRequest) -> requests.ImportResponse:
        return self._resource(request.type_name).import_resource(request)

    def move(self, request: requests.MoveRequest) -> requests.MoveResponse:
        return self._resource(request.target_type).move(request)

    def read_data(self, request: requests.ReadDataRequest) -> requests.ReadDataResponse:
        return self._data_source(request.type_name).read(request)

    def call_function(self, request: requests.CallFunctionRequest) -> requests.CallFunctionResponse:
        return self._function(request.name).call(request)

    def open_ephemeral(self, request: requests.OpenEphemeralRequest) -> requests.OpenEphemeralResponse:
        return self._ephemeral(request.type_name).open(request)

    def renew_ephemeral(self, request: requests.RenewEphemeralRequest) -> requests.RenewEphemeralResponse:
        return self._ephemeral(request.type_name).renew(request)

    def close_ephemeral(self, request: requests.CloseEphemeralRequest) -> requests.CloseEphemeralResponse:
        return self._ephemeral(request.type_name).close(request)

    def validate_list(self, request: requests.ValidateListRequest) -> requests.ValidateResponse:
        return self._listing(request.type_name).validate(request)

    def list(self, request: requests.ListRequest) -> Iterator[requests.ListEvent]:
        return self._listing(request.type_name).list(request)

    def validate_action(self, request: requests.ValidateRequest) -> requests.ValidateResponse:
        return self._action(request.type_name).validate(request)

    def plan_action(self, request: requests.PlanActionRequest) -> requests.PlanActionResponse:
        return self._action(request.type_name).plan(request)

    def invoke_action(self, request: requests.InvokeActionRequest) -> Iterator[requests.ActionEvent]:
        return self._action(request.type_name).invoke(request)

    def stop(self) -> None:
        if self._configured:
            self.instance.stop()

    def close(self) -> None:
        if self._configured:
            self.instance.close()

    @cached_property
    def _resource_types(self) -> Mapping[str, type[Resource] | str]:
        return self.instance.resource_types()

    @cached_property
    def _data_source_types(self) -> Mapping[str, type[DataSource] | str]:
        return self.instance.data_source_types()

    @cached_property
    def _ephemeral_types(self) -> Mapping[str, type[Ephemeral] | str]:
        return self.instance.ephemeral_resource_types()

    def _resource(self, name: str) -> ResourceBinding:
        found = self._resources.get(name)
        if found is None:
            found = self._resources[name] = ResourceBinding(name, _resolve(self._resource_types[name]), self.instance)
        return found

    def _data_source(self, name: str) -> DataBinding:
        found = self._data_sources.get(name)
        if found is None:
            found = self._data_sources[name] = DataBinding(_resolve(self._data_source_types[name]), self.instance)
        return found

    def _ephemeral(self, name: str) -> EphemeralBinding:
        found = self._ephemerals.get(name)
        if found is None:
            cls = _resolve(self._ephemeral_types[name])
            found = self._ephemerals[name] = EphemeralBinding(cls, self.instance)
        return found

    def _listing(self, name: str) -> ListBinding:
        found = self._listings.get(name)
        if found is None:
            from iacctl_providers.sdk.list_binding import ListBinding

            cls = _resolve(self.instance.list_resource_types()[name])
            found = self._listings[name] = ListBinding(cls, self._resource(name), self.instance)
        return found

    def _action(self, name: str) -> ActionBinding:
        found = self._actions.get(name)
        if found is None:
            from iacctl_providers.sdk.action_binding import ActionBinding

            found = self._actions[name] = ActionBinding(_resolve(self.instance.action_types()[name]), self.instance)
        return found

    def _function(self, name: str) -> Function:
        return _resolve(self._class.functions[name])  # type: ignore[no-any-return]


def _resolve(named: Any) -> Any:
    if not isinstance(named, str):
        return named
    from importlib import import_module

    module, _, name = named.partition(":")
    return getattr(import_module(module), name)


def _lazy(catalog: Mapping[str, Any], make: Callable[[str], T]) -> Mapping[str, T]:
    return schema.Lazy({name: partial(make, name) for name in catalog})
