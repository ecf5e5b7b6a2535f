"""The arguments of a ``backend "s3"`` block: Terraform's names and types, and what contradicts what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iacctl_state.errors import BackendConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.document import Json

_STRINGS: Final = ["set", "string"]


def _nested(**attributes: Json) -> Json:
    """An object all of whose attributes may be left out."""
    return ["object", attributes, sorted(attributes)]


ATTRIBUTES: Final[dict[str, Json]] = {
    "access_key": "string",
    "acl": "string",
    "allowed_account_ids": _STRINGS,
    "assume_role": _nested(
        duration="string",
        external_id="string",
        policy="string",
        policy_arns=_STRINGS,
        role_arn="string",
        session_name="string",
        source_identity="string",
        tags=["map", "string"],
        transitive_tag_keys=_STRINGS,
    ),
    "assume_role_with_web_identity": _nested(
        duration="string",
        policy="string",
        policy_arns=_STRINGS,
        role_arn="string",
        session_name="string",
        web_identity_token="string",
        web_identity_token_file="string",
    ),
    "bucket": "string",
    "custom_ca_bundle": "string",
    "dynamodb_endpoint": "string",
    "dynamodb_table": "string",
    "ec2_metadata_service_endpoint": "string",
    "ec2_metadata_service_endpoint_mode": "string",
    "encrypt": "bool",
    "endpoint": "string",
    "endpoints": _nested(dynamodb="string", iam="string", s3="string", sso="string", sts="string"),
    "forbidden_account_ids": _STRINGS,
    "force_path_style": "bool",
    "http_proxy": "string",
    "https_proxy": "string",
    "iam_endpoint": "string",
    "insecure": "bool",
    "key": "string",
    "kms_key_id": "string",
    "max_retries": "number",
    "no_proxy": "string",
    "profile": "string",
    "region": "string",
    "retry_mode": "string",
    "secret_key": "string",
    "shared_config_files": _STRINGS,
    "shared_credentials_file": "string",
    "shared_credentials_files": _STRINGS,
    "skip_credentials_validation": "bool",
    "skip_metadata_api_check": "bool",
    "skip_region_validation": "bool",
    "skip_requesting_account_id": "bool",
    "skip_s3_checksum": "bool",
    "sse_customer_key": "string",
    "sts_endpoint": "string",
    "sts_region": "string",
    "token": "string",
    "use_dualstack_endpoint": "bool",
    "use_fips_endpoint": "bool",
    "use_lockfile": "bool",
    "use_path_style": "bool",
    "workspace_key_prefix": "string",
}
"""Arguments and their types, in the JSON form of type constraints. (The same as Terraform's, and so is their hash.)"""

_CONFLICTS: Final = (
    ("kms_key_id", "sse_customer_key"),
    ("allowed_account_ids", "forbidden_account_ids"),
    ("shared_credentials_file", "shared_credentials_files"),
    ("use_path_style", "force_path_style"),
)
_RETRY_MODES: Final = ("standard", "adaptive")


def check(config: Mapping[str, Json], region: str) -> None:
    """Refuse arguments that cannot be used.

    Args:
        config: the arguments; null stands for one that was not given.
        region: the region that the environment gives where the arguments give none.

    Raises:
        BackendConfigError: with the argument at fault.
    """
    for name in ("bucket", "key"):
        if not config.get(name):
            raise BackendConfigError(
                "Invalid Value" if config.get(name) == "" else "Missing Required Value",
                f'The attribute "{name}" is required by the backend.\n\nRefer to the backend documentation for additional '
                "information which attributes are required."
                if config.get(name) is None
                else "The value cannot be empty or all whitespace",
                name,
            )
    key: str = config["key"]
    if key.startswith("/") or key.endswith("/"):
        raise BackendConfigError("Invalid Value", "The value must not start or end with '/'", "key")
    if "//" in key:
        raise BackendConfigError("Invalid Value", 'Value must not contain "//"', "key")
    prefix = config.get("workspace_key_prefix")
    if prefix and (prefix.startswith("/") or prefix.endswith("/")):
        raise BackendConfigError("Invalid Value", "The value must not start or end with '/'", "workspace_key_prefix")
    if not (config.get("region") or region):
        raise BackendConfigError(
            "Missing region value",
            'The "region" attribute or the "AWS_REGION" or "AWS_DEFAULT_REGION" environment variables must be set.',
            "region",
        )
    for left, right in _CONFLICTS:
        if config.get(left) is not None and config.get(right) is not None:
            raise BackendConfigError("Invalid Attribute Combination", f"Only one of {left}, {right} can be set.", right)
    _check_keys(config)
    mode = config.get("retry_mode")
    if mode is not None and mode not in _RETRY_MODES:
        raise BackendConfigError("Invalid Value", 'Value must be one of: "standard", "adaptive"', "retry_mode")
    role = config.get("assume_role")
    if role is not None and not role.get("role_arn"):
        raise BackendConfigError(
            "Missing Required Value", 'The attribute "assume_role.role_arn" is required by the backend.', "assume_role"
        )


def _check_keys(config: Mapping[str, Json]) -> None:
    given = [name for name in ("access_key", "secret_key") if config.get(name)]
    if len(given) == 1:
        other = "secret_key" if given == ["access_key"] else "access_key"
        raise BackendConfigError(
            "Missing Required Value", f'"{given[0]}" was given without "{other}": both or neither are needed.', other
        )
    customer_key = config.get("sse_customer_key")
    if customer_key:
        from base64 import b64decode
        from binascii import Error

        try:
            length = len(b64decode(customer_key, validate=True))
        except Error:
            raise BackendConfigError(
                "Invalid Value", "sse_customer_key must be base64 encoded", "sse_customer_key"
            ) from None
        if length != 32:
            raise BackendConfigError(
                "Invalid Value", "sse_customer_key must be 44 characters in length", "sse_customer_key"
            )
