"""A state as `show -json` prints it, and as the prior state within a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl import values
from iacctl.addrs import (
    AbsResource,
    AddressError,
    ResourceInstance,
    key_order,
    parse_abs_provider_config,
    parse_target,
)
from iacctl.eval.objects import decoded
from iacctl.eval.sensitivity import mark_sensitive
from iacctl.views.json import checks, modules
from iacctl.views.json.attributes import known_part, sensitive_part
from iacctl.views.json.output_values import output
from iacctl.views.json.problems import StateShowError
from iacctl_state.document import TAINTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.addrs import ModuleInstance
    from iacctl.provider.schema import Schema
    from iacctl.views.protocols import Schemas
    from iacctl_state.document import InstanceKey, ObjectState, ResourceState, StateDocument

FORMAT_VERSION: Final = "1.0"
"""The version of Terraform's state format for programs."""


def document(found_state: StateDocument | None, schemas: Schemas) -> dict[str, Any]:
    """The whole document; without a state, or with nothing in it, only its format version.

    Raises:
        StateShowError: the state does not fit the schemas.
    """
    if found_state is None or found_state.is_empty:
        return {"format_version": FORMAT_VERSION}
    outputs = {name: output(item) for name, item in found_state.outputs.items()}
    found = content(found_state, outputs, found_state.terraform_version, schemas)
    results = checks.of_state(found_state.check_results)
    if results:
        found["checks"] = results
    return found


def content(
    found_state: StateDocument, outputs: Mapping[str, dict[str, Any]], version: str, schemas: Schemas
) -> dict[str, Any]:
    """The document without check results.

    Args:
        found_state: where the resources are.
        outputs: the output values to show, each as `output` gives it.
        version: the Terraform version to name.
        schemas: what providers declare.

    Raises:
        StateShowError: the state does not fit the schemas.
    """
    shown: dict[str, Any] = {}
    if outputs:
        shown["outputs"] = {name: outputs[name] for name in sorted(outputs)}
    shown["root_module"] = modules.tree(_resources(found_state, schemas))
    return {"format_version": FORMAT_VERSION, "terraform_version": version, "values": shown}


def _resources(found_state: StateDocument, schemas: Schemas) -> dict[ModuleInstance, list[dict[str, Any]]]:
    by_module: dict[ModuleInstance, list[dict[str, Any]]] = {}
    paths: dict[str, ModuleInstance] = {}
    ordered = sorted(found_state.resources.values(), key=lambda item: (item.mode != "data", item.type, item.name))
    for resource in ordered:
        if not resource.instances:
            continue
        path = paths.get(resource.module)
        if path is None:
            path = paths[resource.module] = _module(resource.module)
        by_module.setdefault(path, []).extend(_instances(resource, path, schemas))
    return by_module


def _module(text: str) -> ModuleInstance:
    if not text:
        return ()
    try:
        found = parse_target(text)
    except AddressError:
        return ()
    return () if isinstance(found, AbsResource | ResourceInstance) else found


def _instances(resource: ResourceState, path: ModuleInstance, schemas: Schemas) -> list[dict[str, Any]]:
    provider = parse_abs_provider_config(resource.provider)
    if provider is None:
        raise StateShowError(f"invalid provider address {resource.provider}")
    declared = schemas.schema(provider.provider)
    schema = (declared.resources if resource.mode == "managed" else declared.data_sources).get(resource.type)
    found: list[dict[str, Any]] = []
    for key in sorted(resource.instances, key=key_order):
        instance = resource.instances[key]
        if schema is None:
            address = ResourceInstance(path, resource.mode, resource.type, resource.name, None)
            raise StateShowError(f"no schema found for {address} (in provider {provider.provider})")
        common = _common(resource, path, key, str(provider.provider))
        if instance.current is not None:
            found.append(_object(common, instance.current, schema))
        for deposed in sorted(instance.deposed):
            shown = _object(common, instance.deposed[deposed], schema)
            shown["deposed_key"] = deposed
            found.append(shown)
    return found


def _common(resource: ResourceState, path: ModuleInstance, key: InstanceKey, provider: str) -> dict[str, Any]:
    address = ResourceInstance(path, resource.mode, resource.type, resource.name, key)
    found: dict[str, Any] = {
        "address": str(address),
        "mode": resource.mode,
        "type": resource.type,
        "name": resource.name,
    }
    if key is not None:
        found["index"] = key
    found["provider_name"] = provider
    return found


def _object(common: dict[str, Any], item: ObjectState, schema: Schema) -> dict[str, Any]:
    if item.schema_version != schema.version:
        raise StateShowError(
            f"schema version {item.schema_version} for {common['address']} in state does not match version "
            f"{schema.version} from the provider"
        )
    block = schema.block
    try:
        value = values.json.decode(item.attributes, block.object_type)
    except values.json.JsonError as error:
        where = values.paths.text(error.path)
        raise StateShowError(f"{where}: {error}" if where else str(error)) from None
    if item.sensitive_attributes:
        value = decoded(item, value).value
    if block.has_sensitive:
        value = mark_sensitive(block, value)
    found = dict(common)
    found["schema_version"] = schema.version
    shown = known_part(value)
    if shown:
        found["values"] = shown
    found["sensitive_values"] = sensitive_part(value)
    if item.dependencies:
        found["depends_on"] = sorted(item.dependencies)
    if item.status == TAINTED:
        found["tainted"] = True
    if item.identity is not None and schema.identity is not None:
        found["identity_schema_version"] = item.identity_schema_version
        found["identity"] = item.identity
    return found
