"""Whether a plan keeps to the configuration where the provider has no say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl import values
from iacctl.provider import schema
from iacctl.provider.containers import attributes_of, elements_of, entries_of, present
from iacctl.provider.findings import Finding
from iacctl.provider.go_syntax import go_value

if TYPE_CHECKING:
    from iacctl.provider.schema import Attribute, Block, NestedBlock, NestedObject
    from iacctl.values import Path, Value

_WANTS_EXISTENCE: Final = "planned for absence but config wants existence"
_WANTS_ABSENCE: Final = "planned for existence but config wants absence"
_NOT_UNKNOWN: Final = "must not be unknown itself; set nested attribute values to unknown instead"
_UNKNOWN_BLOCK: Final = f"attribute representing nested block {_NOT_UNKNOWN}"
_UNKNOWN_ELEMENT: Final = f"element representing nested block {_NOT_UNKNOWN}"


def assert_plan_valid(block: Block, prior: Value, config: Value, planned: Value) -> list[Finding]:
    """Check that a plan keeps to the configuration where the provider has no say.

    Args:
        block: the schema's body.
        prior: the object as it is, or null.
        config: the configuration; null for a deletion.
        planned: what the provider plans.
    """
    findings: list[Finding] = []
    _check_plan(block, prior, config, planned, (), findings)
    return findings


def _check_plan(block: Block, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]) -> None:
    if values.is_null(planned) is not values.is_null(config):
        findings.append(Finding(path, _WANTS_EXISTENCE if values.is_null(planned) else _WANTS_ABSENCE))
        return
    if not present(config) or not present(planned):
        return
    given, wanted = attributes_of(config), attributes_of(planned)
    before = attributes_of(prior) if present(prior) else None
    for name, attribute in block.attributes.items():
        new, configured = wanted[name], given[name]
        if new is configured and not attribute.write_only:
            continue
        old = values.null_of(attribute.value_type()) if before is None else before[name]
        _check_planned_attribute(attribute, old, configured, new, (*path, name), findings)
    for name, nested in block.blocks.items():
        new, configured = wanted[name], given[name]
        if new is not configured and not values.raw_equals(new, configured):
            old = values.null_of(nested.value_type()) if before is None else before[name]
            _check_planned_blocks(nested, old, configured, new, (*path, name), findings)


def _check_planned_attribute(
    attribute: Attribute, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]
) -> None:
    if attribute.write_only:
        if not values.is_null(planned):
            findings.append(Finding(path, "planned value for write-only attribute is not null"))
        return
    configured = not values.is_null(config)
    if attribute.computed and not configured:
        return
    if values.raw_equals(planned, config):
        return
    existed = not values.is_null(prior)
    if configured and existed and values.raw_equals(planned, prior):
        return  # the provider considers the configured value to be another spelling of what there is
    if not configured:
        shown = "sensitive planned value" if attribute.sensitive else f"planned value {go_value(planned)}"
        findings.append(Finding(path, f"{shown} for a non-computed attribute"))
    elif attribute.nested is not None:
        _check_planned_nested(attribute.nested, prior, config, planned, path, findings)
    elif attribute.sensitive:
        nor_prior = " nor prior value" if existed else ""
        findings.append(Finding(path, f"sensitive planned value does not match config value{nor_prior}"))
    else:
        nor_prior = f" nor prior value {go_value(prior)}" if existed else ""
        text = f"planned value {go_value(planned)} does not match config value {go_value(config)}{nor_prior}"
        findings.append(Finding(path, text))


def _check_planned_nested(
    nested: NestedObject, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]
) -> None:
    if values.is_null(planned):
        findings.append(Finding(path, _WANTS_EXISTENCE))
        return
    if type(config) is not values.Unknown and type(planned) is values.Unknown:
        findings.append(Finding(path, "planned unknown for configured value"))
        return
    if nested.nesting in (schema.SINGLE, schema.GROUP):
        _check_planned_members(nested, prior, config, planned, path, findings)
        return
    counts = values.unknown.length(planned), values.unknown.length(config)
    if not values.raw_equals(*counts):
        text = f"count in plan ({go_value(counts[0])}) disagrees with count in config ({go_value(counts[1])})"
        findings.append(Finding(path, text))
        return
    if nested.nesting == schema.MAP:
        _check_planned_map(nested, prior, config, planned, path, findings)
    elif nested.nesting == schema.LIST:
        priors = elements_of(prior)
        null = values.null_of(nested.object_type)
        for index, (configured, new) in enumerate(zip(elements_of(config), elements_of(planned), strict=True)):
            before = priors[index] if index < len(priors) else null
            _check_planned_members(nested, before, configured, new, (*path, values.Index(index)), findings)


def _check_planned_map(
    nested: NestedObject, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]
) -> None:
    given, wanted, before = entries_of(config), entries_of(planned), entries_of(prior)
    findings.extend(
        Finding(path, f'map key "{key}" from plan is not present in config') for key in wanted if key not in given
    )
    findings.extend(
        Finding(path, f'map key "{key}" from config is not present in plan') for key in given if key not in wanted
    )
    null = values.null_of(nested.object_type)
    for key, new in wanted.items():
        if key in given:
            old = before.get(key, null)
            _check_planned_members(nested, old, given[key], new, (*path, values.Index(key)), findings)


def _check_planned_members(
    nested: NestedObject, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]
) -> None:
    for name, attribute in nested.attributes.items():
        type_ = attribute.value_type()
        old, configured, new = (
            attributes_of(holder)[name]
            if present(holder)
            else (values.unknown_of(type_) if type(holder) is values.Unknown else values.null_of(type_))
            for holder in (prior, config, planned)
        )
        if new is not configured or attribute.write_only:
            _check_planned_attribute(attribute, old, configured, new, (*path, name), findings)


def _check_planned_blocks(
    nested: NestedBlock, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]
) -> None:
    single = nested.nesting in (schema.SINGLE, schema.GROUP)
    if not single and values.is_null(planned):
        text = (
            f"attribute representing a {nested.nesting} of nested blocks must be empty to indicate no blocks, not null"
        )
        findings.append(Finding(path, text))
        return
    if type(config) is values.Unknown:
        if values.is_null(planned):
            findings.append(Finding(path, _WANTS_EXISTENCE))
        elif type(planned) is not values.Unknown:
            findings.append(Finding(path, f"planned value {go_value(planned)} for unknown dynamic block"))
        return
    if type(planned) is values.Unknown:
        findings.append(Finding(path, _UNKNOWN_BLOCK))
    elif single:
        _check_plan(nested.block, prior, config, planned, path, findings)
    elif nested.nesting == schema.LIST:
        _check_planned_list(nested.block, prior, config, planned, path, findings)
    elif nested.nesting == schema.MAP:
        _check_planned_block_map(nested.block, prior, config, planned, path, findings)


def _check_planned_list(
    block: Block, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]
) -> None:
    given, wanted, priors = elements_of(config), elements_of(planned), elements_of(prior)
    if len(given) != len(wanted):
        text = f"block count in plan ({len(wanted)}) disagrees with count in config ({len(given)})"
        findings.append(Finding(path, text))
        return
    null = values.null_of(block.object_type)
    for index, (configured, new) in enumerate(zip(given, wanted, strict=True)):
        here = (*path, values.Index(index))
        if type(new) is values.Unknown:
            findings.append(Finding(here, _UNKNOWN_ELEMENT))
        else:
            _check_plan(block, priors[index] if index < len(priors) else null, configured, new, here, findings)


def _check_planned_block_map(
    block: Block, prior: Value, config: Value, planned: Value, path: Path, findings: list[Finding]
) -> None:
    given, wanted, before = entries_of(config), entries_of(planned), entries_of(prior)
    if len(given) != len(wanted):
        text = f"block count in plan ({len(wanted)}) disagrees with count in config ({len(given)})"
        findings.append(Finding(path, text))
        return
    null = values.null_of(block.object_type)
    for key, new in wanted.items():
        here = (*path, values.Index(key))
        if type(new) is values.Unknown:
            findings.append(Finding(here, _UNKNOWN_ELEMENT))
        elif key not in given:
            findings.append(Finding(here, f'block key "{key}" from plan is not present in config'))
        else:
            _check_plan(block, before.get(key, null), given[key], new, here, findings)
    findings.extend(
        Finding(path, f'block key "{key}" from config is not present in plan') for key in given if key not in wanted
    )
