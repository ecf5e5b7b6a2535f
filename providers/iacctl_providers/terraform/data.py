"""The resource `terraform_data`: it stores a value, and can be replaced when another changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from iacctl import values
from iacctl_providers import sdk

if TYPE_CHECKING:
    from iacctl.provider import requests
    from iacctl.values import Value
    from iacctl_providers.sdk.attributes import Attributes


def _planned_output(planned: Attributes, before: Attributes | None, _config: Attributes) -> Value:
    """The output takes over a changed input only on apply, but its type is known now."""
    wanted = planned["input"]
    if before is not None and values.raw_equals(before["input"], wanted):
        return before["output"]
    if values.is_null(wanted):
        return wanted if before is None else values.unknown_of(values.type_of(wanted))
    return values.unknown_of(values.type_of(wanted))


class TerraformData(sdk.Resource, description="", import_by="id", reports_identity=False):
    """Behaves as Terraform's own: `output` follows `input`, a change of `triggers_replace` replaces it."""

    id = sdk.string(computed=True, keep=True, not_null=True, identity="The unique identifier for the data store.")
    input = sdk.dynamic(optional=True)
    output = sdk.dynamic(computed=True, planned=_planned_output)
    triggers_replace = sdk.dynamic(optional=True, force_new=True)

    def create(self, call: sdk.Call[Any]) -> None:
        self.id = _new_uuid()
        self.update(call)

    def update(self, call: sdk.Call[Any]) -> None:
        if not sdk.is_known(self.output):
            self.output = self.input

    @classmethod
    def move_from(cls, move: requests.MoveRequest) -> Self:
        """Objects of `null_resource` can be taken over."""
        if not move.source_provider.endswith("/hashicorp/null"):
            raise sdk.ProviderError(
                "Unsupported source provider for move operation",
                "Only moving from the official hashicorp/null provider to terraform_data is supported.",
            )
        if move.source_type != "null_resource":
            raise sdk.ProviderError(
                "Unsupported source resource type for move operation",
                "Only moving from the null_resource managed resource to terraform_data is supported.",
            )
        held = move.source_attributes or {}
        triggers = held.get("triggers")
        return cls(id=held.get("id"), triggers_replace=None if triggers is None else values.object_value(triggers))


def _new_uuid() -> str:
    from os import urandom

    text = urandom(16).hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
