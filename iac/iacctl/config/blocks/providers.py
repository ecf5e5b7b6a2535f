"""`provider` and `required_providers` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.addrs.providers import implied_provider
from iacctl.config import constants, provider_sources
from iacctl.config.bodies import JoinedBody
from iacctl.config.model import ProviderConfig, ProviderRef, RequiredProvider, VersionRequirement
from iacctl.config.names import BAD_NAME, check_provider_name
from iacctl.config.requirements import parse_or_report, version_constraint
from iacctl.diag import Diagnostics
from iacctl.hcl import static
from iacctl.hcl.ast import AttributeStep
from iacctl.hcl.body import BodySchema
from iacctl.hcl.names import is_name
from iacctl.values import STRING, ConversionError, convert

if TYPE_CHECKING:
    from iacctl.hcl.ast import Attribute, Expression
    from iacctl.hcl.body import Block

SCHEMA: Final = BodySchema(
    {"version": False, "alias": False, "count": False, "depends_on": False, "for_each": False, "source": False},
    {"_": (), "lifecycle": (), "locals": ()},
)
DEPRECATED_VERSION: Final = "Version constraints inside provider configuration blocks are deprecated"
"""Summary of the warning of a `version` argument."""

_RESERVED: Final = ("count", "depends_on", "for_each", "source")


def decode(block: Block, diags: Diagnostics) -> ProviderConfig:
    """A provider configuration."""
    content, rest = block.body.partial_content(SCHEMA, diags)
    name_range = block.label_ranges[0]
    config = ProviderConfig(block.labels[0], rest, block.definition_range, name_range)
    check_provider_name(config.local_name, config.range, diags)
    attributes = content.attributes
    if "alias" in attributes:
        config.alias = constants.string(attributes["alias"], diags)
        config.alias_range = attributes["alias"].range
        if config.alias is None or not is_name(config.alias):
            diags.error("Invalid provider configuration alias", f"An alias must be a valid name. {BAD_NAME}")
    if "version" in attributes:
        diags.warning(
            DEPRECATED_VERSION,
            "Terraform 0.13 and earlier allowed provider version constraints inside the provider configuration block, but"
            " that is now deprecated and will be removed in a future version of Terraform. To silence this warning, move"
            " the provider version constraint into the required_providers block.",
            attributes["version"].expression.range,
        )
        config.version = version_constraint(attributes["version"], diags)
    if "for_each" in attributes and "alias" in attributes:
        config.for_each = attributes["for_each"].expression  # OpenTofu's; Terraform reserves the name
    for name in _RESERVED:
        if name in attributes and not (name == "for_each" and config.for_each is not None):
            diags.error(
                "Reserved argument name in provider block",
                f'The provider argument name "{name}" is reserved for use by Terraform in a future version.',
                attributes[name].name_range,
            )
    first_escape: Block | None = None
    for nested in content.blocks:
        if nested.type != "_":
            diags.error(
                "Reserved block type name in provider block",
                f'The block type name "{nested.type}" is reserved for use by Terraform in a future version.',
                nested.type_range,
            )
        elif first_escape is None:
            first_escape = nested
            config.body = JoinedBody((config.body, nested.body))
        else:
            diags.error(
                "Duplicate escaping block",
                'The special block type "_" can be used to force particular arguments to be interpreted as'
                " provider-specific rather than as meta-arguments, but each provider block can have only one such block."
                f" The first escaping block was at {first_escape.definition_range}.",
                nested.definition_range,
            )
    return config


def decode_required(block: Block, diags: Diagnostics) -> dict[str, RequiredProvider]:
    """The entries of a required_providers block, by local name."""
    found: dict[str, RequiredProvider] = {}
    for name, attribute in block.body.just_attributes(diags).items():
        required = _required(name, attribute, diags)
        if required is not None:
            found[name] = required
    return found


def _required(name: str, attribute: Attribute, diags: Diagnostics) -> RequiredProvider | None:
    expression = attribute.expression
    required = RequiredProvider(name, implied_provider(name), expression.range)
    pairs = static.pairs(expression, Diagnostics())
    if pairs is None:
        return _version_only(required, expression, diags)
    if not check_provider_name(name, expression.range, diags):
        return None
    for key_expression, value in pairs:
        before = len(diags)
        key = static.keyword(key_expression) or constants.value(key_expression, diags)
        if len(diags) > before:
            return None
        if key == "version":
            _version(required, value, diags)
        elif key == "source":
            _source(required, value, diags)
        elif key == "configuration_aliases":
            _aliases(required, value, diags)
        else:
            diags.error(
                "Invalid required_providers object",
                'required_providers objects can only contain "version", "source" and "configuration_aliases" attributes.'
                ' To configure a provider, use a "provider" block.',
                key_expression.range,
            )
            break
    return required


def _version_only(required: RequiredProvider, expression: Expression, diags: Diagnostics) -> RequiredProvider | None:
    """An entry that is a version constraint, the form of Terraform 0.12."""
    text = _text(expression)
    if text is None:
        diags.error(
            "Invalid required_providers object",
            "required_providers entries must be strings or objects.",
            expression.range,
        )
        return None
    constraints = parse_or_report(text, expression.range, diags)
    if constraints is None:
        return None
    required.requirement = VersionRequirement(constraints, expression.range)
    return required


def _text(expression: Expression) -> str | None:
    """The string that an entry holds; None if it is none."""
    value = constants.value(expression, Diagnostics())
    try:
        value = convert(value, STRING)
    except ConversionError:
        return None
    return value if type(value) is str else None


def _version(required: RequiredProvider, expression: Expression, diags: Diagnostics) -> None:
    text = constants.value(expression, Diagnostics())
    if type(text) is not str:
        diags.error("Invalid version constraint", "Version must be specified as a string.", expression.range)
        return
    constraints = parse_or_report(text, expression.range, diags)
    if constraints is not None:
        required.requirement = VersionRequirement(constraints, expression.range)


def _source(required: RequiredProvider, expression: Expression, diags: Diagnostics) -> None:
    text = constants.value(expression, Diagnostics())
    if type(text) is not str:
        diags.error("Invalid source", "Source must be specified as a string.", expression.range)
        return
    provider = provider_sources.parse(text, expression.range, diags)
    if provider is not None:
        required.source = provider
        required.source_text = text


def _aliases(required: RequiredProvider, expression: Expression, diags: Diagnostics) -> None:
    for item in static.items(expression, diags) or ():
        traversal = static.traversal(item, diags)
        if traversal is None:
            continue
        step = traversal.steps[0] if traversal.steps else None
        ref = ProviderRef(traversal.root, traversal.root_range)
        if type(step) is AttributeStep:
            ref = ref._replace(alias=step.name, alias_range=step.range)
        if ref.name != required.local_name:
            diags.error(
                "Invalid configuration_aliases value",
                "Configuration aliases must be prefixed with the provider name. Expected"
                f' "{required.local_name}", but found "{ref.name}".',
                expression.range,
            )
            continue
        required.configuration_aliases.append(ref)
