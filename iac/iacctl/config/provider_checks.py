"""Whether the provider configurations that modules pass to one another fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iacctl.addrs import DEFAULT_HOST, Provider, module_path_text
from iacctl.addrs.providers import implied_provider
from iacctl.config.model import implied_provider_name
from iacctl.diag import Diagnostics
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.model import Module, ModuleCall, PassedProvider, ProviderConfig
    from iacctl.diag import Range

_NOTHING = BodySchema()


class _Declared(NamedTuple):
    """What a module says about its providers; names are local names with `.alias` behind.

    Attributes:
        configured: blocks that configure something.
        empty: blocks that configure nothing, the old way to ask for a configuration.
        required: source addresses by local name.
        aliases: source addresses by the names of `configuration_aliases`.
        passed: what the call passes in.
    """

    configured: dict[str, ProviderConfig]
    empty: dict[str, ProviderConfig]
    required: dict[str, Provider]
    aliases: dict[str, Provider]
    passed: dict[str, PassedProvider]


def check(root: Module, diags: Diagnostics) -> None:
    """Report, module by module, what Terraform finds wrong before it asks any provider."""
    # The nearest meta-argument above a module that rules out provider blocks in it.
    repeated: dict[tuple[str, ...], Range | None] = {(): None}
    for module in root.walk():
        if module.path:
            assert module.call is not None
            repeated[module.path] = _repetition(module.call) or repeated[module.path[:-1]]
    for module in reversed(root.walk()):
        _check_module(module, repeated[module.path], diags)


def _repetition(call: ModuleCall) -> Range | None:
    if call.count is not None:
        return call.count.range
    if call.for_each is not None:
        return call.for_each.range
    return call.depends_on[0].range if call.depends_on else None


def _check_module(module: Module, repetition: Range | None, diags: Diagnostics) -> None:
    if not (module.provider_configs or module.required_providers or module.calls or module.call):
        return
    declared = _declared(module)
    _check_requirements(module, declared, diags)
    _check_implied_names(module, declared, diags)
    _check_passed_down(module, declared, diags)
    if not module.path:
        return
    assert module.call is not None
    if declared.configured and repetition is not None:
        diags.error(
            "Module is incompatible with count, for_each, and depends_on",
            f"The module at {module_path_text(module.path)} is a legacy module which contains its own local provider"
            " configurations, and so calls to it may not use the count, for_each, or depends_on arguments.\n\nIf you also"
            f' control the module "{module.source}", consider updating this module to instead expect provider'
            " configurations to be passed by its caller.",
            repetition,
        )
    _check_overridden(module, declared, diags)
    _check_aliases(module, declared, diags)
    for passed in declared.passed.values():
        _check_passed_in(module, declared, passed, diags)
    _suggest_requirements(module, declared, diags)


def _declared(module: Module) -> _Declared:
    declared = _Declared({}, {}, {}, {}, {})
    for config in module.provider_configs.values():
        problems = Diagnostics()
        config.body.content(_NOTHING, problems)
        group = declared.configured if problems.has_errors or config.version is not None else declared.empty
        group[config.moniker] = config
    for name, required in module.required_providers.items():
        declared.required[name] = required.source
        for ref in required.configuration_aliases:
            declared.aliases[str(ref)] = required.source
    if module.call is not None:
        for passed in module.call.providers or ():
            declared.passed[str(passed.in_child)] = passed
    return declared


def _check_requirements(module: Module, declared: _Declared, diags: Diagnostics) -> None:
    seen: dict[Provider, str] = {}
    for name, required in module.required_providers.items():
        source = required.source
        if source in seen:
            diags.warning(
                "Duplicate required provider",
                f'Provider {source.for_display()} with the local name "{name}" was previously required as'
                f' "{seen[source]}". A provider can only be required once within required_providers.',
                required.range,
            )
            continue
        seen[source] = name
        if (
            _is_default(source)
            and name != source.type
            and any(key[0] == source.type for key in module.provider_configs)
        ):
            diags.warning(
                "Duplicate required provider",
                f'Provider {source.for_display()} with the local name "{name}" was implicitly required via a configuration'
                f' block as "{source.type}". The provider configuration block name must match the name used in'
                " required_providers.",
                required.range,
            )


def _is_default(provider: Provider) -> bool:
    return provider.hostname == DEFAULT_HOST and provider.namespace == "hashicorp"


def _default(name: str) -> Provider:
    return Provider(DEFAULT_HOST, "hashicorp", name)


def _check_implied_names(module: Module, declared: _Declared, diags: Diagnostics) -> None:
    other_names: dict[Provider, str] = {}
    for name, source in declared.required.items():
        other_names.setdefault(source, name)
    if not other_names:
        return
    for resource in module.resources.values():
        if resource.provider_ref is not None:
            continue
        implied = implied_provider_name(resource.type)
        if implied in declared.required:
            continue
        name_there = other_names.get(implied_provider(implied.lower()))
        if name_there is not None:
            diags.warning(
                "Duplicate required provider",
                f'Provider "{implied_provider(implied.lower())}" was implicitly required via resource "{resource}", but'
                f' listed in required_providers as "{name_there}". Either the local name in required_providers must match'
                f' the resource name, or the "{name_there}" provider must be assigned within the resource block.',
                resource.range,
            )


def _text(module: Module | None) -> str:
    return module_path_text(module.path) if module is not None and module.path else "the root module"


def _check_passed_down(module: Module, declared: _Declared, diags: Diagnostics) -> None:
    """Whether what the module's calls pass on has a configuration here."""
    for call in module.calls.values():
        for passed in call.providers or ():
            if passed.in_parent.alias is not None:
                continue
            name = passed.in_parent.name
            if name not in declared.configured and name not in declared.required:
                source = _default(name).for_display()
                diags.warning(
                    "Reference to undefined provider",
                    f'There is no explicit declaration for local provider name "{name}" in {_text(module)}, so Terraform is'
                    f' assuming you mean to pass a configuration for provider "{source}".\n\nTo clarify your intent and'
                    f" silence this warning, add to {_text(module.parent)} a required_providers entry named"
                    f' "{name}" with source = "{source}", or a different source address if appropriate.',
                    passed.in_parent.name_range,
                )
            elif module.call is not None and name not in declared.configured and name not in declared.passed:
                diags.warning(
                    "Missing required provider configuration",
                    f"The configuration for {_text(module)} expects to inherit a configuration for provider"
                    f' {_default(name).for_display()} with local name "{name}", but {_text(module.parent)} doesn\'t pass a'
                    f' configuration under that name.\n\nTo satisfy this requirement, add an entry for "{name}" to the'
                    f' "providers" argument in the module "{module.call.name}" block.',
                    module.call.range,
                )


def _check_overridden(module: Module, declared: _Declared, diags: Diagnostics) -> None:
    for name in declared.configured:
        passed = declared.passed.get(name)
        if passed is not None:
            diags.error(
                "Cannot override provider configuration",
                f"The configuration of {_text(module)} has its own local configuration for {name}, and so it cannot accept"
                f" an overridden configuration provided by {_text(module.parent)}.",
                passed.in_child.name_range,
            )


def _check_aliases(module: Module, declared: _Declared, diags: Diagnostics) -> None:
    assert module.call is not None
    for name, source in declared.aliases.items():
        if name not in declared.configured and name not in declared.passed:
            diags.error(
                "Missing required provider configuration",
                f"The child module requires an additional configuration for provider {source.for_display()}, with the local"
                f' name "{name}".\n\nRefer to the module\'s documentation to understand the intended purpose of this'
                f' additional provider configuration, and then add an entry for {name} in the "providers" meta-argument in'
                " the module block to choose which provider configuration the module should use for that purpose.",
                module.call.range,
            )


def _check_passed_in(module: Module, declared: _Declared, passed: PassedProvider, diags: Diagnostics) -> None:
    name = str(passed.in_child)
    expected = declared.aliases.get(name) or declared.required.get(name)
    if expected is None:
        # The child only implies the provider by its name, which is allowed where that means a default one.
        parent_source = _default(passed.in_child.name)
        local = module.required_providers.get(passed.in_child.name)
        expected = local.source if local is not None else parent_source
        if name not in declared.empty:
            _report_undeclared(module, name, expected, passed, diags)
    elif name in declared.required and name not in declared.aliases:
        return
    assert module.parent is not None
    required = module.parent.required_providers.get(passed.in_parent.name)
    given = required.source if required is not None else _default(passed.in_parent.name)
    if given != expected:
        _report_mismatch(module, given, expected, passed, diags)


def _report_undeclared(
    module: Module, name: str, expected: Provider, passed: PassedProvider, diags: Diagnostics
) -> None:
    source = expected.for_display()
    if _is_default(expected):
        diags.warning(
            "Reference to undefined provider",
            f'There is no explicit declaration for local provider name "{name}" in {_text(module)}, so Terraform is'
            f' assuming you mean to pass a configuration for "{source}".\n\nIf you also control the child module, add a'
            f' required_providers entry named "{name}" with the source address "{source}".',
            passed.in_child.name_range,
        )
    else:
        diags.error(
            "Reference to undefined provider",
            f'The child module does not declare any provider requirement with the local name "{name}".\n\nIf you also'
            f' control the child module, you can add a required_providers entry named "{name}" with the source address'
            f' "{source}" to accept this provider configuration.',
            passed.in_child.name_range,
        )


def _report_mismatch(
    module: Module, given: Provider, expected: Provider, passed: PassedProvider, diags: Diagnostics
) -> None:
    diags.error(
        "Provider type mismatch",
        f'The local name "{passed.in_parent}" in {_text(module.parent)} represents provider "{given.for_display()}", but'
        f' "{passed.in_child}" in {_text(module)} represents "{expected.for_display()}".\n\nEach provider has its own'
        f' distinct configuration schema and provider types, so this module\'s "{passed.in_child}" can be assigned only a'
        f" configuration for {expected.for_display()}, which is not required by {_text(module)}.",
        passed.in_parent.name_range,
    )


def _suggest_requirements(module: Module, declared: _Declared, diags: Diagnostics) -> None:
    """For provider blocks that only ask for a configuration, show what to write instead."""
    by_provider: dict[str, list[str]] = {}
    for name in sorted(declared.empty):
        by_provider.setdefault(name.partition(".")[0], []).append(name)
    for local_name, names in by_provider.items():
        source = declared.required.get(local_name, _default(local_name)).for_display()
        lines = [f"    {local_name} = {{", f'      source = "{source}"']
        if any(name != local_name for name in names):
            lines += ["      configuration_aliases = [", *(f"        {name}," for name in names), "      ]"]
        lines.append("    }")
        diags.warning(
            "Redundant empty provider block",
            "Earlier versions of Terraform used empty provider blocks"
            ' ("proxy provider configurations") for child modules to declare their need to be passed a provider'
            " configuration by their callers. That approach was ambiguous and is now deprecated.\n\nIf you control this"
            " module, you can migrate to the new declaration syntax by removing all of the empty provider"
            f' "{local_name}" blocks and then adding or updating an entry like the following to the required_providers'
            f" block of {_text(module)}:\n" + "\n".join(lines),
            min((declared.empty[name].range for name in names), key=lambda place: (place.file.name, place.start)),
        )
