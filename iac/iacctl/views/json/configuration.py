"""The `configuration` of plan JSON: what the modules declare, with expressions that are read, not evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iacctl import values
from iacctl.provisioners import catalog
from iacctl.views.json import expressions
from iacctl.views.json.attributes import known_part
from iacctl.views.json.provider_configs import ProviderConfigs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl.addrs import ModulePath
    from iacctl.config.model import Module, ModuleCall, Output, Provisioner, Resource, Variable
    from iacctl.views.protocols import Schemas


_MODES: Final = ("managed", "data")
"""Those of the resources that the section lists, in order: Terraform leaves ephemeral ones out."""


def document(root: Module, schemas: Schemas) -> dict[str, Any]:
    """The whole section."""
    configs = ProviderConfigs(root, schemas)
    tree = root.walk()
    modules = {module.path: _module(module, configs, schemas) for module in tree}
    for module in tree:
        _add_calls(module, modules)
    found: dict[str, Any] = {}
    listed = configs.listed()
    if listed:
        found["provider_config"] = listed
    found["root_module"] = modules[()]
    return found


def _add_calls(module: Module, modules: Mapping[ModulePath, dict[str, Any]]) -> None:
    """Put calls and variables into what is shown of a module."""
    found = modules[module.path]
    if module.calls:
        found["module_calls"] = {
            name: _call(call, module.children.get(name), modules.get((*module.path, name), {}))
            for name, call in sorted(module.calls.items())
        }
    if module.variables:
        found["variables"] = {name: _variable(variable) for name, variable in sorted(module.variables.items())}


def _module(module: Module, configs: ProviderConfigs, schemas: Schemas) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if module.outputs:
        found["outputs"] = {name: _output(output) for name, output in sorted(module.outputs.items())}
    resources = [
        _resource(resource, configs.key_of(module, resource), schemas)
        for mode in _MODES
        for _, resource in sorted((str(item), item) for item in module.resources.values() if item.mode == mode)
    ]
    if resources:
        found["resources"] = resources
    if module.actions:
        found["actions"] = [
            {
                "address": str(action),
                "type": action.type,
                "name": action.name,
                "provider_config_key": configs.key_of(module, action),
            }
            for action in sorted(module.actions.values(), key=str)
        ]
    return found


def _output(output: Output) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if output.sensitive:
        found["sensitive"] = True
    found["expression"] = expressions.expression(output.expression)
    if output.depends_on:
        found["depends_on"] = expressions.dependencies(output.depends_on)
    if output.description:
        found["description"] = output.description
    return found


def _variable(variable: Variable) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if variable.has_default:
        found["default"] = known_part(values.unmark_deep(variable.default)[0])
    if variable.description:
        found["description"] = variable.description
    if variable.sensitive:
        found["sensitive"] = True
    return found


def _resource(resource: Resource, provider_config_key: str, schemas: Schemas) -> dict[str, Any]:
    provider = schemas.schema(resource.provider)
    kinds = {"managed": provider.resources, "data": provider.data_sources}
    schema = kinds[resource.mode][resource.type]
    found: dict[str, Any] = {
        "address": str(resource),
        "mode": resource.mode,
        "type": resource.type,
        "name": resource.name,
        "provider_config_key": provider_config_key,
    }
    if resource.provisioners:
        found["provisioners"] = [_provisioner(item) for item in resource.provisioners]
    written = expressions.body(resource.body, schema.block)
    if written:
        found["expressions"] = written
    found["schema_version"] = schema.version
    _add_repetition(found, resource)
    if resource.depends_on:
        found["depends_on"] = expressions.dependencies(resource.depends_on)
    return found


def _add_repetition(found: dict[str, Any], block: Resource | ModuleCall) -> None:
    for name, tree in (("count_expression", block.count), ("for_each_expression", block.for_each)):
        shown = expressions.expression(tree)
        if shown:
            found[name] = shown


def _provisioner(provisioner: Provisioner) -> dict[str, Any]:
    found: dict[str, Any] = {"type": provisioner.type}
    block = catalog.schema(provisioner.type)
    written = expressions.body(provisioner.body, block) if block is not None else {}
    if written:
        found["expressions"] = written
    return found


def _call(call: ModuleCall, child: Module | None, shown: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if call.source:
        found["source"] = call.source
    declared = child.variables if child is not None else {}
    written = {
        name: expressions.expression(argument.expression)
        for name, argument in sorted(call.arguments.items())
        if name in declared
    }
    if written:
        found["expressions"] = written
    _add_repetition(found, call)
    found["module"] = shown
    if call.version is not None:
        found["version_constraint"] = str(call.version)
    if call.depends_on:
        found["depends_on"] = expressions.dependencies(call.depends_on)
    return found
