"""A state as text: its objects by module, then its outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.addrs import (
    AbsResource,
    AddressError,
    ResourceInstance,
    key_order,
    module_instance_text,
    parse_abs_provider_config,
    parse_target,
)
from iacctl.diag import Diagnostic, DiagnosticError
from iacctl.eval.objects import decoded
from iacctl.eval.sensitivity import mark_sensitive
from iacctl.values import SENSITIVE
from iacctl.views.human.diff import build, nodes
from iacctl.views.human.style import style
from iacctl_state.document import TAINTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.addrs import ModuleInstance
    from iacctl.provider.schema import Schema
    from iacctl.values import Value
    from iacctl.views.human.diff.nodes import Options
    from iacctl.views.protocols import Schemas
    from iacctl_state.document import ObjectState, OutputState, ResourceState, StateDocument


def text(state: StateDocument, declared: Schemas, *, color: bool) -> str:
    """The state as Terraform shows it.

    Args:
        state: the state.
        declared: what providers declare.
        color: whether to colour.

    Raises:
        DiagnosticError: the state does not fit the schemas.
    """
    if state.is_empty:
        return "The state file is empty. No resources are represented.\n"
    options = nodes.Options(style(color), symbols=False, everything=True)
    by_module: dict[ModuleInstance, list[ResourceState]] = {(): []}
    for resource in state.resources.values():
        path = _module(resource.module)
        for length in range(len(path)):
            by_module.setdefault(path[:length], [])
        by_module.setdefault(path, []).append(resource)
    parts: list[str] = []
    # Terraform parts modules by empty lines only below one that has resources: `started` are those.
    started: set[ModuleInstance] = set()
    for path in sorted(by_module, key=_module_order):
        first = not any(path[:length] in started for length in range(len(path)))
        resources = by_module[path]
        if resources:
            started.add(path)
            if not first:
                parts.append("\n")
        ordered = sorted(resources, key=lambda item: (item.mode != "data", item.type, item.name))
        for shown in (text for resource in ordered for text in _objects(resource, path, declared, options)):
            parts.append(shown if first else f"\n{shown}")
            first = False
    if state.outputs:
        parts.append("\n\nOutputs:\n\n")
        parts.extend(f"{name} = {_output(state.outputs[name], options)}\n" for name in sorted(state.outputs))
    return "".join(parts)


def one(state: StateDocument, wanted: ResourceInstance, declared: Schemas, *, color: bool) -> str | None:
    """One instance of a resource as Terraform shows it; None when the state does not hold it.

    Raises:
        DiagnosticError: the state does not fit the schemas.
    """
    path = module_instance_text(wanted.module)
    resource = state.resource((path, wanted.mode, wanted.type, wanted.name))
    instance = None if resource is None else resource.instances.get(wanted.key)
    if resource is None or instance is None:
        return None
    alone = type(resource)(
        resource.module, resource.mode, resource.type, resource.name, resource.provider, {wanted.key: instance}
    )
    options = nodes.Options(style(color), symbols=False, everything=True)
    return "".join(_objects(alone, wanted.module, declared, options))


def _module(address: str) -> ModuleInstance:
    if not address:
        return ()
    try:
        found = parse_target(address)
    except AddressError:
        return ()
    return () if isinstance(found, AbsResource | ResourceInstance) else found


def _module_order(path: ModuleInstance) -> tuple[str, ...]:
    """Parents before children, siblings in the order of their addresses as text."""
    return tuple(module_instance_text(path[: length + 1]) for length in range(len(path)))


def _objects(resource: ResourceState, path: ModuleInstance, declared: Schemas, options: Options) -> Iterable[str]:
    """The texts of a resource's objects."""
    schema = _schema(resource, path, declared)
    keyword = "data" if resource.mode == "data" else "resource"
    for key in sorted(resource.instances, key=key_order):
        instance = resource.instances[key]
        address = ResourceInstance(path, resource.mode, resource.type, resource.name, key)
        found: list[tuple[str, ObjectState]] = []
        if instance.current is not None:
            found.append((" (tainted)" if instance.current.status == TAINTED else "", instance.current))
        found.extend((f" (deposed object {name})", instance.deposed[name]) for name in sorted(instance.deposed))
        for note, item in found:
            value = _value(item, schema, address)
            body = nodes.draw(build.of_bodies(schema.block, value, value), 0, options)
            yield f'# {address}:{note}\n{keyword} "{resource.type}" "{resource.name}" {body}\n'


def _schema(resource: ResourceState, path: ModuleInstance, declared: Schemas) -> Schema:
    provider = parse_abs_provider_config(resource.provider)
    if provider is None:
        raise _unfit(f"invalid provider address {resource.provider}")
    known = declared.schema(provider.provider)
    found = (known.resources if resource.mode == "managed" else known.data_sources).get(resource.type)
    if found is None:
        address = AbsResource(path, resource.mode, resource.type, resource.name)
        raise _unfit(f"no schema found for {address} (in provider {provider.provider})")
    return found


def _value(item: ObjectState, schema: Schema, address: ResourceInstance) -> Value:
    if item.schema_version != schema.version:
        raise _unfit(
            f"schema version {item.schema_version} for {address} in state does not match version {schema.version} from the "
            "provider"
        )
    try:
        value = values.json.decode(item.attributes, schema.block.object_type)
    except values.json.JsonError as error:
        raise _unfit(f"{values.paths.text(error.path)}: {error}") from None
    return mark_sensitive(schema.block, decoded(item, value).value)


def _unfit(reason: str) -> DiagnosticError:
    return DiagnosticError([Diagnostic("error", "Failed to marshal state to json", reason)])


def _output(output: OutputState, options: Options) -> str:
    type_ = values.type_from_json(output.type)
    value = values.json.decode(output.value, type_)
    if output.sensitive:
        value = values.mark(value, (SENSITIVE,))
    return nodes.draw(build.of_values(type_, value, value), 0, options)
