"""The data source `terraform_remote_state`: the outputs of another configuration, from its state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.values import json
from iacctl_providers import sdk
from iacctl_providers.sdk import plain

if TYPE_CHECKING:
    from iacctl.values import Value
    from iacctl_state.document import StateDocument

_BACKENDS = frozenset(
    ("azurerm", "consul", "cos", "gcs", "http", "inmem", "kubernetes", "local", "oci", "oss", "pg", "remote", "s3")
)
_LOCAL_ARGUMENTS = ("path", "workspace_dir")


class RemoteState(sdk.DataSource, description=""):
    """Reads the root outputs of a state. Sensitive outputs are plain here, as in Terraform."""

    backend = sdk.string(
        required=True, description="The remote backend to use, e.g. `remote` or `http`.", markdown=True
    )
    config = sdk.dynamic(
        optional=True,
        description="The configuration of the remote backend. Although this is optional, most backends require some "
        "configuration.\n\nThe object can use any arguments that would be valid in the equivalent "
        '`terraform { backend "<TYPE>" { ... } }` block.',
        markdown=True,
    )
    defaults = sdk.dynamic(
        optional=True,
        description="Default values for outputs, in case the state file is empty or lacks a required output.",
        markdown=True,
    )
    outputs = sdk.dynamic(
        computed=True,
        description="An object containing every root-level output in the remote state.",
        markdown=True,
    )
    workspace = sdk.string(
        optional=True, description="The Terraform workspace to use, if the backend supports workspaces.", markdown=True
    )

    def check(self, report: sdk.Reporting[Any]) -> None:
        if sdk.is_known(self.backend):
            if self.backend not in _BACKENDS:
                detail = f'There is no backend type named "{self.backend}".'
                raise sdk.ProviderError("Invalid backend configuration", detail, "backend")
            if self.backend == "local":
                _local_config(self.config)
        if self.defaults is not None and sdk.is_known(self.defaults) and values.type_of(self.defaults).kind != "object":
            report.error("Invalid default values", "Defaults must be given in an object value.", "defaults")

    def read(self, call: sdk.Call[Any]) -> None:
        if self.backend != "local":
            detail = f'Reading states of backend type "{self.backend}" is not supported.'
            raise sdk.ProviderError("Unsupported backend", detail, "backend")
        document = _stored(_local_path(_local_config(self.config), self.workspace or "default"))
        if document is None:
            detail = "No stored state was found for the given workspace in the given backend."
            raise sdk.ProviderError("Unable to find remote state", detail, "workspace" if self.workspace else None)
        found: dict[str, Value] = {}
        if not values.is_null(self.defaults):
            found.update(plain.attributes_of(self.defaults))
        found.update(_outputs(document))
        self.outputs = values.object_value(found)


def _local_config(config: Value) -> dict[str, Any]:
    """The backend's arguments; unknown ones are left out."""
    if values.is_null(config) or not values.is_known(config):
        return {}
    if values.type_of(config).kind != "object":
        raise _invalid("an object is required")
    known = {}
    for name, value in plain.attributes_of(config).items():
        if name not in _LOCAL_ARGUMENTS:
            raise _invalid(f'unexpected attribute "{name}"')
        try:
            known[name] = values.convert(value, values.STRING)
        except values.ConversionError:
            got = values.type_of(value).friendly_name()
            raise _invalid(f".{name}: string required, but have {got}") from None
    return {name: item for name, item in known.items() if isinstance(item, str)}


def _invalid(reason: str) -> sdk.ProviderError:
    detail = f'The given configuration is not valid for backend "local": {reason}.'
    return sdk.ProviderError("Invalid backend configuration", detail, "config")


def _local_path(config: dict[str, Any], workspace: str) -> Path:
    if workspace == "default":
        return Path(config.get("path") or "terraform.tfstate")
    return Path(config.get("workspace_dir") or "terraform.tfstate.d", workspace, "terraform.tfstate")


def _stored(path: Path) -> StateDocument | None:
    from iacctl_state import reader
    from iacctl_state.errors import StateError

    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise sdk.ProviderError("Error loading state", str(problem)) from None
    if not content:
        return None
    try:
        return reader.parse(content)
    except StateError as problem:
        raise sdk.ProviderError(problem.summary, problem.detail) from None


def _outputs(document: StateDocument) -> dict[str, Value]:
    return {
        name: json.decode(output.value, values.type_from_json(output.type)) for name, output in document.outputs.items()
    }
