"""The files of one directory to one module: names must be unique, and every resource gets its provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.addrs.providers import implied_provider
from iacctl.config.model import Module, implied_provider_name
from iacctl.config.names import provider_part_problem

if TYPE_CHECKING:
    from iacctl.addrs import ModulePath
    from iacctl.config.actions import Action
    from iacctl.config.file import File
    from iacctl.config.model import Import, Resource
    from iacctl.diag import Diagnostics, Range


def assemble(path: ModulePath, directory: str, primary: list[File], override: list[File], diags: Diagnostics) -> Module:
    """One module from its files.

    Args:
        path: where the module stands in the tree.
        directory: where it was read from.
        primary: its files in the order of their names.
        override: its override files in the order of their names.
        diags: gets the reports.
    """
    module = Module(path, directory)
    module.files = [file.source for file in (*primary, *override)]
    _require_providers(module, primary, override, diags)
    clouds: list[Range] = []
    for file in primary:
        _add_settings(module, file, clouds, diags)
        _add_values(module, file, diags)
        _add_objects(module, file, diags)
    if clouds:
        _refuse_cloud(module, clouds[0], diags)
    if override:
        from iacctl.config import overrides
    for file in override:
        overrides.apply(module, file, diags)
    for resource in module.resources.values():
        _find_provider(module, resource, diags)
    for action in module.actions.values():
        _find_provider(module, action, diags)
    for item in module.lists.values():
        item.provider = module.provider_for(item.provider_config_key[0])
    _imply_providers(module)
    return module


def _require_providers(module: Module, primary: list[File], override: list[File], diags: Diagnostics) -> None:
    first: Range | None = None
    for file in primary:
        for place, required in file.required_providers:
            if first is None:
                first = place
                module.required_providers = dict(required)
                continue
            diags.error(
                "Duplicate required providers configuration",
                "A module may have only one required providers configuration. The required providers were previously"
                f" configured at {first}.",
                place,
            )
    for file in override:
        for _, required in file.required_providers:
            module.required_providers.update(required)


def _add_settings(module: Module, file: File, clouds: list[Range], diags: Diagnostics) -> None:
    module.required_versions.extend(file.required_versions)
    for backend in file.backends:
        if module.backend is not None:
            diags.error(
                "Duplicate 'backend' configuration block",
                "A module may have only one 'backend' configuration block. The backend was previously configured at"
                f" {module.backend.range}.",
                backend.range,
            )
        else:
            module.backend = backend
    for encryption in file.encryptions:
        if module.encryption is not None:
            diags.error(
                "Duplicate 'encryption' configuration block",
                "A module may have only one 'encryption' configuration block. The encryption was previously configured at"
                f" {module.encryption.range}.",
                encryption.range,
            )
        else:
            module.encryption = encryption
    for cloud in file.clouds:
        if clouds:
            diags.error(
                "Duplicate HCP Terraform configurations",
                "A module may have only one 'cloud' block configuring HCP Terraform or Terraform Enterprise. The 'cloud'"
                f" block was previously configured at {clouds[0]}.",
                cloud,
            )
        else:
            clouds.append(cloud)
    for config in file.provider_configs:
        known = module.provider_configs.setdefault(config.key, config)
        if known is config:
            continue
        if config.alias is None:
            diags.error(
                "Duplicate provider configuration",
                f'A default (non-aliased) provider configuration for "{config.local_name}" was already given at'
                f' {known.range}. If multiple configurations are required, set the "alias" argument for alternative'
                " configurations.",
                config.range,
            )
        else:
            diags.error(
                "Duplicate provider configuration",
                f'A provider configuration for "{config.local_name}" with alias "{config.alias}" was already given at'
                f" {known.range}. Each configuration for the same provider must have a distinct alias.",
                config.range,
            )
    for meta in file.provider_meta:
        first = module.provider_meta.setdefault(meta.labels[0], meta)
        if first is not meta:
            diags.error(
                "Duplicate provider_meta block",
                f'A provider_meta block for provider "{meta.labels[0]}" was already declared at {first.definition_range}.'
                " Providers may only have one provider_meta block per module.",
                meta.definition_range,
            )


def _refuse_cloud(module: Module, cloud: Range, diags: Diagnostics) -> None:
    if module.backend is not None:
        diags.error(
            "Conflicting 'cloud' and 'backend' configuration blocks are present",
            "A module may declare either one 'cloud' block OR one 'backend' block for configuring state storage. The"
            f" 'cloud' block is configured at {cloud}; a 'backend' is configured at {module.backend.range}. Remove the"
            " 'backend' block to configure HCP Terraform or Terraform Enterprise.",
            module.backend.range,
        )
    module.cloud = cloud


def _add_values(module: Module, file: File, diags: Diagnostics) -> None:
    for variable in file.variables:
        known = module.variables.setdefault(variable.name, variable)
        if known is not variable:
            diags.error(
                "Duplicate variable declaration",
                f'A variable named "{variable.name}" was already declared at {known.range}. Variable names must be unique'
                " within a module.",
                variable.range,
            )
    for local in file.locals:
        first = module.locals.setdefault(local.name, local)
        if first is not local:
            diags.error(
                "Duplicate local value definition",
                f'A local value named "{local.name}" was already defined at {first.range}. Local value names must be'
                " unique within a module.",
                local.range,
            )
    for output in file.outputs:
        earlier = module.outputs.setdefault(output.name, output)
        if earlier is not output:
            diags.error(
                "Duplicate output definition",
                f'An output named "{output.name}" was already defined at {earlier.range}. Output names must be unique'
                " within a module.",
                output.range,
            )
    for call in file.module_calls:
        other = module.calls.setdefault(call.name, call)
        if other is not call:
            diags.error(
                "Duplicate module call",
                f'A module call named "{call.name}" was already defined at {other.range}. Module calls must have unique'
                " names within a module.",
                call.range,
            )


def _add_objects(module: Module, file: File, diags: Diagnostics) -> None:
    for resource in file.resources:
        known = module.resources.setdefault(resource.key, resource)
        if known is not resource:
            _refuse_duplicate(resource, known, "", diags)
    for check, scoped in file.checks:
        if scoped is not None:
            known = module.resources.setdefault(scoped.key, scoped)
            if known is not scoped:
                _refuse_duplicate(scoped, known, ", including within check blocks", diags)
        first = module.checks.setdefault(check.name, check)
        if first is not check:
            diags.error(
                f'Duplicate check "{check.name}" configuration',
                f'A check block named "{check.name}" was already declared at {first.range}. Check blocks must be unique'
                " within each module.",
                check.range,
            )
    for action in file.actions:
        declared = module.actions.setdefault(action.key, action)
        if declared is not action:
            diags.error(
                f'Duplicate action "{action.type}" configuration',
                f'An action named "{action.name}" was already declared at {declared.range}. Resource names must be unique'
                " per type in each module.",
                action.range,
            )
    for item in file.lists:
        listed = module.lists.setdefault(item.key, item)
        if listed is not item:
            diags.error(
                f'Duplicate list "{item.type}" configuration',
                f'A {item.type} list named "{item.name}" was already declared at {listed.range}. List names must be unique'
                " per type in each module.",
                item.range,
            )
    module.moved.extend(file.moved)
    module.removed.extend(file.removed)
    for wanted in file.imports:
        _add_import(module, wanted, diags)


def _refuse_duplicate(resource: Resource, known: Resource, where: str, diags: Diagnostics) -> None:
    managed = resource.mode == "managed"
    label = "resource" if managed else resource.mode
    word = "" if managed else f" {resource.mode}"
    diags.error(
        f'Duplicate {label} "{resource.type}" configuration',
        f'A {resource.type}{word} resource named "{resource.name}" was already declared at {known.range}. Resource'
        f" names must be unique per type in each module{where}.",
        resource.range,
    )


def _add_import(module: Module, item: Import, diags: Diagnostics) -> None:
    from iacctl.hcl.ast import Expression

    def literal(key: object) -> bool:
        return not isinstance(key, Expression)

    address = item.to[:3]
    if literal(item.to.key) and all(literal(key) for _, key in item.to.modules):
        for earlier in module.imports:
            if earlier.to[:3] == address:
                text = item.to_expression.range.text
                diags.error(
                    f'Duplicate import configuration for "{text}"',
                    f'An import block for the resource "{text}" was already declared at {earlier.range}. A resource can'
                    " have only one import block.",
                    item.to_expression.range,
                )
    module.imports.append(item)


def _find_provider(module: Module, resource: Resource | Action, diags: Diagnostics) -> None:
    ref = resource.provider_ref
    required = module.required_providers
    if ref is not None:
        resource.provider = module.provider_for(ref.name)
        return
    name = implied_provider_name(resource.type)
    found = required.get(name)
    if found is not None:
        resource.provider = found.source
        return
    problem = provider_part_problem(name)
    if problem is not None and hasattr(resource, "mode"):  # Terraform has no word for that of actions
        diags.error(
            "Invalid provider local name",
            f'"{name}" is an invalid implied provider local name: {problem}',
            resource.range,
        )
    resource.provider = implied_provider(name.lower())


def _imply_providers(module: Module) -> None:
    """Remember which local names are used without being required."""
    used = {key[0] for key in module.provider_configs}
    used.update(resource.provider_config_key[0] for resource in module.resources.values())
    used.update(action.provider_config_key[0] for action in module.actions.values())
    module.implied_providers = used - module.required_providers.keys()
