"""Override files: how a block in one changes the block of the same name in a primary file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.config.bodies import OverriddenBody
from iacctl.values import DYNAMIC_UNKNOWN, ConversionError, convert, is_null

if TYPE_CHECKING:
    from iacctl.config.actions import Action
    from iacctl.config.file import File
    from iacctl.config.model import Module, ModuleCall, Output, ProviderConfig, Resource, Variable
    from iacctl.diag import Diagnostics, Range
    from iacctl.hcl.ast import ScopeTraversal


def apply(module: Module, file: File, diags: Diagnostics) -> None:
    """Change a module by what an override file declares."""
    if file.required_versions:
        module.required_versions = list(file.required_versions)
    for backend in file.backends:
        module.backend = backend
        module.cloud = None
    for cloud in file.clouds:
        module.cloud = cloud
        module.backend = None
    for encryption in file.encryptions:
        module.encryption = encryption
    for config in file.provider_configs:
        _provider_config(module, config, diags)
    for variable in file.variables:
        _variable(module, variable, diags)
    for local in file.locals:
        if local.name not in module.locals:
            _missing(
                "base local value definition", "a local value", f'local value named "{local.name}"', local.range, diags
            )
        else:
            module.locals[local.name] = local
    for output in file.outputs:
        _output(module, output, diags)
    for call in file.module_calls:
        _module_call(module, call, diags)
    for resource in file.resources:
        _resource(module, resource, diags)
    for action in file.actions:
        _action(module, action, diags)
    for moved in file.moved:
        diags.error(
            "Cannot override 'moved' blocks",
            "Records of moved objects can appear only in normal files, not in override files.",
            moved.range,
        )
    for item in file.imports:
        diags.error(
            "Cannot override 'import' blocks",
            "Import blocks can appear only in normal files, not in override files.",
            item.range,
        )


def _missing(what: str, article: str, named: str, place: Range, diags: Diagnostics, verb: str = "defined") -> None:
    diags.error(
        f"Missing {what} to override",
        f"There is no {named}. An override file can only override {article} that was already {verb} in a primary"
        " configuration file.",
        place,
    )


def _provider_config(module: Module, config: ProviderConfig, diags: Diagnostics) -> None:
    base = module.provider_configs.get(config.key)
    if base is not None:
        if config.version is not None:
            base.version = config.version
        base.body = OverriddenBody(base.body, config.body)
    elif config.alias is None:
        # Without a block a default configuration is there nevertheless, and empty: that is what is overridden.
        module.provider_configs[config.key] = config
    else:
        diags.error(
            "Missing base provider configuration for override",
            f'There is no {config.local_name} provider configuration with the alias "{config.alias}". An override file can'
            " only override an aliased provider configuration that was already defined in a primary configuration file.",
            config.range,
        )


def _variable(module: Module, override: Variable, diags: Diagnostics) -> None:
    base = module.variables.get(override.name)
    if base is None:
        _missing(
            "base variable declaration",
            "a variable",
            f'variable named "{override.name}"',
            override.range,
            diags,
            "declared",
        )
        return
    given = override.sets
    for name in ("description", "sensitive", "ephemeral", "nullable", "deprecated", "deprecated_range", "const"):
        if name.removesuffix("_range") in given:
            setattr(base, name, getattr(override, name))
    if "type" in given:
        base.type, base.defaults, base.literal = override.type, override.defaults, override.literal
        base.type_expression = override.type_expression
    if "default" in given:
        base.default = override.default
        base.has_default = True
    if not base.has_default or base.default is DYNAMIC_UNKNOWN:
        return
    try:
        base.default = convert(base.default, base.type)
    except ConversionError as error:
        if "type" in given and "default" not in given:
            problem = "Overriding this variable's type constraint has made its default value invalid"
        elif "type" not in given:
            problem = (
                "The overridden default value for this variable is not compatible with the variable's type constraint"
            )
        else:
            problem = "This variable's default value is not compatible with its type constraint"
        diags.error("Invalid default value for variable", f"{problem}: {error.message}.", override.range)
        return
    if not base.nullable and is_null(base.default):
        diags.error(
            "Invalid default value for variable",
            "A null default value is not valid when nullable=false.",
            override.range,
        )


def _output(module: Module, override: Output, diags: Diagnostics) -> None:
    base = module.outputs.get(override.name)
    if base is None:
        _missing("base output definition", "an output", f'output named "{override.name}"', override.range, diags)
        return
    given = override.sets
    if "value" in given:
        base.expression = override.expression
    if "type" in given:
        base.type, base.defaults = override.type, override.defaults
    for name in ("description", "sensitive", "ephemeral", "deprecated", "deprecated_range"):
        if name.removesuffix("_range") in given:
            setattr(base, name, getattr(override, name))
    _refuse_depends_on(override.depends_on, diags)


def _refuse_depends_on(depends_on: list[ScopeTraversal], diags: Diagnostics) -> None:
    if depends_on:
        diags.error("Unsupported override", "The depends_on argument may not be overridden.", depends_on[0].range)


def _module_call(module: Module, override: ModuleCall, diags: Diagnostics) -> None:
    base = module.calls.get(override.name)
    if base is None:
        diags.error(
            "Missing module call to override",
            f'There is no module call named "{override.name}". An override file can only override a module call that was'
            " defined in a primary configuration file.",
            override.range,
        )
        return
    if override.source_expression is not None:
        base.source_expression = override.source_expression
        base.source_range = override.source_range
    if override.version_expression is not None:
        base.version_expression = override.version_expression
        base.version_range = override.version_range
    if override.count is not None:
        base.count = override.count
    if override.for_each is not None:
        base.for_each = override.for_each
    if override.enabled is not None:
        base.enabled = override.enabled
    if override.providers:
        base.providers = override.providers
    base.body = OverriddenBody(base.body, override.body)
    _refuse_depends_on(override.depends_on, diags)


def _action(module: Module, override: Action, diags: Diagnostics) -> None:
    base = module.actions.get(override.key)
    if base is None:
        diags.error(
            "Missing resource to override",
            f'There is no action named "{override.name}". An override file can only override a resource block defined in a'
            " primary configuration file.",
            override.range,
        )
        return
    if override.provider_ref is not None:
        base.provider_ref = override.provider_ref
    if override.count is not None:
        base.count = override.count
    if override.for_each is not None:
        base.for_each = override.for_each
    if override.config is not None:
        base.config = override.config if base.config is None else OverriddenBody(base.config, override.config)


def _resource(module: Module, override: Resource, diags: Diagnostics) -> None:
    base = module.resources.get(override.key)
    if base is None:
        if override.mode == "ephemeral":
            return
        word, block = ("", "resource") if override.mode == "managed" else ("data ", "data")
        diags.error(
            f"Missing {word}resource to override",
            f'There is no {override.type} {word}resource named "{override.name}". An override file can only override a'
            f" {block} block defined in a primary configuration file.",
            override.range,
        )
        return
    if override.provider_ref is not None:
        base.provider_ref = override.provider_ref
    if override.count is not None:
        base.count = override.count
    if override.for_each is not None:
        base.for_each = override.for_each
    if override.connection is not None:
        base.connection = override.connection
    if override.create_before_destroy is not None:
        base.create_before_destroy = override.create_before_destroy
    if override.prevent_destroy is not None:
        base.prevent_destroy = override.prevent_destroy
    if override.destroy is not None:
        base.destroy = override.destroy
    if override.enabled is not None:
        base.enabled = override.enabled
    if override.ignore_changes:
        base.ignore_changes = override.ignore_changes
    if override.ignore_all_changes:
        base.ignore_all_changes = True
    if override.replace_triggered_by:
        base.replace_triggered_by = override.replace_triggered_by
    if override.provisioners:
        base.provisioners = override.provisioners
    if override.action_triggers:
        base.action_triggers = override.action_triggers
    base.body = OverriddenBody(base.body, override.body)
    _refuse_depends_on(override.depends_on, diags)
