"""`null_resource` and `null_data_source`."""

from __future__ import annotations

from typing import Any

from iacctl_providers import sdk

_STORED_PRIVATE = b"null"
"""What the original keeps as private data of its objects."""


def _random_id() -> str:
    from os import urandom

    return str(int.from_bytes(urandom(8), "big") >> 1)


class NullResource(sdk.Resource, description=""):
    """A resource without a remote object; a change of `triggers` replaces it."""

    id = sdk.string(optional=True, computed=True, keep=True)
    triggers = sdk.map_of(sdk.string)(optional=True, force_new=True)

    def check(self, report: sdk.Reporting[Any]) -> None:
        if self.id is not None:
            report.error(": invalid or unknown key: id")

    def create(self, call: sdk.Call[Any]) -> None:
        self.id = _random_id()
        call.private = _STORED_PRIVATE


class NullDataSource(sdk.DataSource, description=""):
    """Copies `inputs` to `outputs`."""

    has_computed_default = sdk.string(optional=True, computed=True)
    id = sdk.string(optional=True, computed=True)
    inputs = sdk.map_of(sdk.string)(optional=True)
    outputs = sdk.map_of(sdk.string)(computed=True)
    random = sdk.string(computed=True)

    def read(self, call: sdk.Call[Any]) -> None:
        # The original's SDK does not tell empty from absent.
        self.inputs = self.inputs or None
        self.outputs = self.inputs or {}
        self.has_computed_default = self.has_computed_default or "default"
        self.id = "static"
        self.random = _random_id()


class Null(
    sdk.Provider,
    description="",
    capabilities=sdk.Capabilities(inline=True, no_external_effects=True, legacy_type_system=True),
):
    """Behaves as hashicorp/null."""

    resources = {"null_resource": NullResource}
    data_sources = {"null_data_source": NullDataSource}
