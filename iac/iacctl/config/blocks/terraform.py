"""`terraform` blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl.config import constants
from iacctl.config.blocks import providers
from iacctl.config.model import Backend
from iacctl.config.requirements import TERRAFORM_VERSION, version_constraint
from iacctl.hcl import static
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from iacctl.config.file import File
    from iacctl.diag import Diagnostics
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Block

SCHEMA: Final = BodySchema(
    {"required_version": False, "experiments": False, "language": False},
    {"backend": ("type",), "cloud": (), "required_providers": (), "provider_meta": ("provider",), "encryption": ()},
)
_EDITION: Final = "TF2021"


def decode(block: Block, file: File, diags: Diagnostics) -> None:
    """Read a terraform block into what its file declares."""
    content = block.body.content(SCHEMA, diags)
    attributes = content.attributes
    if "required_version" in attributes:
        requirement = version_constraint(attributes["required_version"], diags)
        if requirement is not None:
            file.required_versions.append(requirement)
    if "language" in attributes:
        _language(attributes["language"], diags)
    if "experiments" in attributes:
        diags.error(
            "Module uses experimental features",
            "Experimental features are intended only for gathering early feedback on new language designs, and so are"
            " available only in alpha releases of Terraform.",
            attributes["experiments"].name_range,
        )
    for nested in content.blocks:
        if nested.type == "backend":
            file.backends.append(
                Backend(nested.labels[0], nested.body, nested.definition_range, nested.label_ranges[0])
            )
        elif nested.type == "cloud":
            file.clouds.append(nested.definition_range)
        elif nested.type == "encryption":
            from iacctl.config.blocks import encryption

            file.encryptions.append(encryption.decode(nested, diags))
        elif nested.type == "required_providers":
            file.required_providers.append((nested.definition_range, providers.decode_required(nested, diags)))
        else:
            for argument in nested.body.just_attributes(diags).values():
                constants.value(argument.expression, diags)
            file.provider_meta.append(nested)


def _language(attribute: Attribute, diags: Diagnostics) -> None:
    edition = static.keyword(attribute.expression)
    place = attribute.expression.range
    if edition is None:
        diags.error(
            "Invalid language edition",
            "The language argument expects a bare language edition keyword. Terraform"
            f" {TERRAFORM_VERSION} supports only language edition {_EDITION}, which is the default.",
            place,
        )
    elif edition.startswith("TF") and edition != _EDITION:
        diags.error(
            "Unsupported language edition",
            f"Terraform v{TERRAFORM_VERSION} only supports language edition {_EDITION}. This module requires a newer"
            " version of Terraform CLI.",
            place,
        )
    elif edition != _EDITION:
        diags.error(
            "Unsupported language edition",
            f"The language edition {edition} is not supported. Terraform v{TERRAFORM_VERSION} only supports language"
            f" edition {_EDITION}.",
            place,
        )
