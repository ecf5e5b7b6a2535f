"""A provider that takes down what it is asked, for tests of tests."""

from __future__ import annotations

from collections.abc import Callable

from iacctl import values
from iacctl.provider import requests
from iacctl.provider.port import Provider
from iacctl.provider.schema import Attribute, Block, ProviderSchema, Schema
from iacctl.values import STRING

ADDRESS = "registry.terraform.io/test/thing"
THING = Block({"id": Attribute(STRING, computed=True), "name": Attribute(STRING, optional=True)})
REQUIRED = """
terraform {
  required_providers {
    thing = {
      source = "test/thing"
    }
  }
}
"""


class Recording(Provider):
    """Makes things, and notes every verb with the name of the thing."""

    def __init__(self, calls: list[str], before_apply: Callable[[str], None] = lambda name: None) -> None:
        self._calls = calls
        self._before_apply = before_apply

    def schema(self) -> ProviderSchema:
        region = Attribute(STRING, optional=True)
        return ProviderSchema(
            Schema(Block({"region": region})), {"thing": Schema(THING)}, {"thing": Schema(THING)}
        )

    def configure(self, request: requests.ConfigureRequest) -> requests.ConfigureResponse:
        self._calls.append(f"configure {_member(request.config, 'region')}")
        return requests.ConfigureResponse()

    def upgrade_state(self, request: requests.UpgradeStateRequest) -> requests.UpgradeStateResponse:
        return requests.UpgradeStateResponse(values.json.decode(request.attributes, THING.object_type))

    def plan(self, request: requests.PlanRequest) -> requests.PlanResponse:
        if values.is_null(request.proposed) or not values.is_null(request.prior):
            return requests.PlanResponse(request.proposed)
        planned = {"id": values.unknown_of(STRING), "name": _member(request.proposed, "name")}
        return requests.PlanResponse(values.object_value(planned))

    def apply(self, request: requests.ApplyRequest) -> requests.ApplyResponse:
        if values.is_null(request.planned):
            self._calls.append(f"destroy {_member(request.prior, 'name')}")
            return requests.ApplyResponse(request.planned)
        name = str(_member(request.planned, "name"))
        self._before_apply(name)
        self._calls.append(f"apply {name}")
        return requests.ApplyResponse(values.object_value({"id": f"real {name}", "name": name}))

    def read_data(self, request: requests.ReadDataRequest) -> requests.ReadDataResponse:
        name = _member(request.config, "name")
        self._calls.append(f"read {name}")
        return requests.ReadDataResponse(values.object_value({"id": "real data", "name": name}))


def _member(value: values.Value, name: str) -> values.Value:
    if isinstance(value, values.ObjectValue):
        return value.attributes[name]
    assert isinstance(value, dict)
    return value[name]
