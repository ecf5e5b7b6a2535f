"""The built-in provider's catalog."""

from __future__ import annotations

from iacctl_providers import sdk


class Terraform(
    sdk.Provider,
    description="",
    capabilities=sdk.Capabilities(move_resource_state=True, inline=True, no_external_effects=True),
):
    """What Terraform itself offers as a provider. It has no configuration."""

    resources = {"terraform_data": "iacctl_providers.terraform.data:TerraformData"}
    functions = {
        "decode_tfvars": "iacctl_providers.terraform.functions:decode_tfvars",
        "encode_expr": "iacctl_providers.terraform.functions:encode_expr",
        "encode_tfvars": "iacctl_providers.terraform.functions:encode_tfvars",
    }
    data_sources = {"terraform_remote_state": "iacctl_providers.terraform.remote_state:RemoteState"}
